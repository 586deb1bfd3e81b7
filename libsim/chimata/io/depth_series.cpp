#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "chimata/core/error.hpp"
#include "chimata/io/raster_reading.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kDay = 86'400'000;  // ms

// What a .prj says, for grids whose own is missing: any.prj, or the only one in the folder.
std::string folder_crs(const fs::path& raster) {
  fs::path found = raster.parent_path() / "any.prj";
  if (!fs::exists(found)) {
    std::vector<fs::path> all;
    for (const auto& entry : fs::directory_iterator(raster.has_parent_path() ? raster.parent_path() : ".")) {
      if (entry.path().extension() == ".prj") all.push_back(entry.path());
    }
    if (all.size() != 1) return {};
    found = all.front();
  }
  std::ifstream stream(found);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

// Times of day become times after the start: one series, cut at its longest pause.
void unroll(std::vector<FrameFile>& frames, Duration start_of_day) {
  std::stable_sort(frames.begin(), frames.end(),
                   [](const FrameFile& a, const FrameFile& b) { return a.time < b.time; });
  std::size_t first = 0;
  std::int64_t longest = -1;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto before = frames[(i + frames.size() - 1) % frames.size()].time.count() - (i == 0 ? kDay : 0);
    const auto pause = frames[i].time.count() - before;
    if (pause > longest) longest = pause, first = i;
  }
  std::int64_t offset = frames[first].time.count() - start_of_day.count();
  while (offset < -kDay / 2) offset += kDay;
  while (offset >= kDay / 2) offset -= kDay;
  const std::int64_t origin = frames[first].time.count();
  for (FrameFile& frame : frames) {
    const auto since = frame.time.count() - origin;
    frame.time = Duration{offset + (since < 0 ? since + kDay : since)};
  }
}

}  // namespace

std::vector<FrameFile> frame_files(const DepthFiles& files) {
  std::vector<FrameFile> frames;
  for (const std::string& pattern : files.patterns) {
    const auto paths = matching_files(pattern);
    if (paths.empty()) throw InputError(pattern, "no file matches", "check the folder and the pattern");
    for (const auto& path : paths) frames.push_back({path, frame_time(path, files.time)});
  }
  if (frames.empty())
    throw InputError(files.what + " series", "names no files", "give a pattern such as depth_*.tif");
  if (files.time == FrameTime::clock) unroll(frames, files.start_of_day);
  std::stable_sort(frames.begin(), frames.end(),
                   [](const FrameFile& a, const FrameFile& b) { return a.time < b.time; });
  for (std::size_t i = 1; i < frames.size(); ++i) {
    if (frames[i].time == frames[i - 1].time) {
      throw InputError(file_name(frames[i].path), "has the same time as " + file_name(frames[i - 1].path),
                       "leave one of them out");
    }
  }
  return frames;
}

namespace {

std::string grid(const RasterFrame& f) {
  std::ostringstream text;
  text << f.columns << " × " << f.rows << " cells of " << f.cell_x << " m from " << f.west << ", " << f.north;
  return std::move(text).str();
}

}  // namespace

Duration frame_time(const std::string& path, FrameTime rule) {
  const std::string stem = fs::path(path).stem().string();
  std::size_t end = stem.size();
  while (end > 0 && !std::isdigit(static_cast<unsigned char>(stem[end - 1]))) --end;
  std::size_t begin = end;
  while (begin > 0 && std::isdigit(static_cast<unsigned char>(stem[begin - 1]))) --begin;
  std::string digits = stem.substr(begin, end - begin);
  if (digits.empty() || digits.size() > 12) {
    throw InputError(file_name(path), "has no time in its name",
                     "name the maps like depth_0230.tif, or choose them by a narrower pattern");
  }
  if (rule != FrameTime::clock) {
    const std::int64_t unit = rule == FrameTime::seconds   ? 1'000
                              : rule == FrameTime::minutes ? 60'000
                                                           : 3'600'000;
    return Duration{std::stoll(digits) * unit};
  }
  if (digits.size() > 4) digits = digits.substr(digits.size() - 4);  // a date before the time
  const int hour = digits.size() == 4 ? std::stoi(digits.substr(0, 2)) : 99,
            minute = digits.size() == 4 ? std::stoi(digits.substr(2)) : 99;
  if (hour > 23 || minute > 59) {
    throw InputError(file_name(path), "'" + digits + "' is no time of day (HHMM)",
                     "say how names tell time: clock, seconds, minutes or hours");
  }
  return Duration{(hour * 60 + minute) * std::int64_t{60'000}};
}

namespace {

DepthSeries read_series(const DepthFiles& files, const std::string& city_crs, const Box& city) {
  DepthSeries series;
  for (const std::string& pattern : files.patterns)
    series.source += (series.source.empty() ? "" : ", ") + file_name(pattern);
  std::string first_file;
  for (const FrameFile& frame : frame_files(files)) {
    const std::string file = file_name(frame.path);
    Raster raster =
        read_raster(frame.path, city_crs, files.crs.empty() ? folder_crs(frame.path) : files.crs, city);
    if (std::all_of(raster.values.begin(), raster.values.end(), [](float v) { return std::isnan(v); })) {
      throw InputError(file, "has no " + files.what + " anywhere (every value is missing)",
                       "export it again; " + nothing_is_zero(files.what));
    }
    if (first_file.empty()) {
      series.frame = raster.frame;
      first_file = file;
    } else if (raster.frame != series.frame) {
      throw InputError(file,
                       "has another grid (" + grid(raster.frame) + ") than " + first_file + " (" +
                           grid(series.frame) + ")",
                       "export all maps on one grid");
    }
    series.time.push_back(Time{frame.time});
    series.depth.push_back(std::move(raster.values));
  }
  return series;
}

}  // namespace

DepthSeries read_depth_series(const DepthFiles& files, const std::string& city_crs, const Box& city) {
  DepthSeries series = read_series(files, city_crs, city);
  if (files.velocity.empty()) return series;
  DepthFiles others = files;
  others.patterns = files.velocity;
  DepthSeries speed = read_series(others, city_crs, city);
  if (speed.time != series.time || !(speed.frame == series.frame)) {
    throw InputError(speed.source, "has other times or another grid than " + series.source,
                     "give one raster of velocity per raster of depth");
  }
  series.velocity = std::move(speed.depth);
  series.source += ", " + speed.source;
  return series;
}

}  // namespace chimata::io
