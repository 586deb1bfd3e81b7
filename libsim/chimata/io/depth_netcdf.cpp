#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/io/flood_files.hpp"
#include "chimata/io/raster_reading.hpp"
#include "chimata/io/text_file.hpp"

namespace chimata::io {

namespace {

using ArrayPointer = std::shared_ptr<GDALMDArray>;

const std::vector<std::string> kDepthNames = {"depth", "water_depth", "waterdepth", "h", "inundation_depth"};
constexpr double kLongest = 31 * 86'400.0;  // s, longest scenario

std::string attribute(const GDALMDArray& array, const char* name) {
  if (std::string(name) == "units" && !array.GetUnit().empty()) return array.GetUnit();
  const auto found = array.GetAttribute(name);
  const char* text = found ? found->ReadAsString() : nullptr;
  return text ? text : "";
}

/// The whole of an array as doubles; values that are missing are NaN.
std::vector<double> values_of(const GDALMDArray& array, const std::string& file) {
  std::vector<GUInt64> start;
  std::vector<std::size_t> count;
  std::size_t size = 1;
  for (const auto& dimension : array.GetDimensions()) {
    start.push_back(0);
    count.push_back(static_cast<std::size_t>(dimension->GetSize()));
    size *= count.back();
  }
  std::vector<double> values(size);
  const QuietGdal quiet;
  if (size == 0 || !array.Read(start.data(), count.data(), nullptr, nullptr,
                               GDALExtendedDataType::Create(GDT_Float64), values.data())) {
    throw InputError(file, "variable " + array.GetName() + " cannot be read (" + QuietGdal::last(file) + ")",
                     "it may be damaged or cut off: export it again");
  }
  return values;
}

/// Seconds per unit, and local seconds since 1970 of the moment they count from.
struct TimeUnits {
  double unit = 0;
  std::optional<std::int64_t> reference;
};

std::optional<std::int64_t> seconds_of_date(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0;
  double second = 0;
  const int read =
      std::sscanf(text.c_str(), "%d-%d-%d%*1[ T]%d:%d:%lf", &year, &month, &day, &hour, &minute, &second);
  if (read < 3) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count() * std::int64_t{86'400} + hour * 3600 +
         minute * 60 + static_cast<std::int64_t>(second);
}

std::optional<TimeUnits> time_units(const std::string& units) {
  const auto since = units.find(" since ");
  if (since == std::string::npos) return std::nullopt;
  const std::string word = units.substr(0, since);
  const auto is = [&](std::initializer_list<const char*> names) {
    return std::any_of(names.begin(), names.end(), [&](const char* name) { return word == name; });
  };
  TimeUnits result;
  if (is({"seconds", "second", "sec", "secs", "s"})) result.unit = 1;
  if (is({"minutes", "minute", "min", "mins"})) result.unit = 60;
  if (is({"hours", "hour", "hr", "h"})) result.unit = 3600;
  if (is({"days", "day", "d"})) result.unit = 86'400;
  if (result.unit == 0) return std::nullopt;
  result.reference = seconds_of_date(units.substr(since + 7));
  return result;
}

class Reader {
 public:
  Reader(const NetcdfFile& options, const std::string& city_crs, const Box& city)
      : options_(options), city_crs_(city_crs), city_(city), file_(file_name(options.path)) {
    dataset_ = open_dataset(options.path, GDAL_OF_MULTIDIM_RASTER, "NetCDF file");
    root_ = dataset_->GetRootGroup();
    if (!root_) throw InputError(file_, "holds no variables", "export it again");
  }

  DepthSeries read() {
    const ArrayPointer depth =
        variable(options_.variable, options_.usual.empty() ? kDepthNames : options_.usual);
    find_axes(*depth);
    DepthSeries series;
    series.source = file_;
    series.time = times();
    read_grids(*depth, series.frame, series.depth);
    if (std::all_of(series.depth.begin(), series.depth.end(), [](const auto& grid) {
          return std::all_of(grid.begin(), grid.end(), [](float v) { return std::isnan(v); });
        })) {
      throw InputError(
          file_, "has no " + options_.what + " anywhere (every value of " + depth->GetName() + " is missing)",
          "export it again; " + nothing_is_zero(options_.what));
    }
    if (!options_.velocity.empty()) read_velocity(series);
    return series;
  }

 private:
  ArrayPointer variable(const std::string& wanted, const std::vector<std::string>& usual) const {
    const auto names = root_->GetMDArrayNames(nullptr);
    const auto& tried = wanted.empty() ? usual : std::vector<std::string>{wanted};
    for (const std::string& name : tried) {
      if (std::find(names.begin(), names.end(), name) == names.end()) continue;
      const ArrayPointer array = root_->OpenMDArray(name);
      if (!array) break;
      const bool scaled = array->GetScale() != 1.0 || array->GetOffset() != 0.0;
      return scaled ? array->GetUnscaled() : array;
    }
    throw InputError(file_,
                     wanted.empty() ? "has no variable of " + options_.what + " (" + listed(usual) + ")"
                                    : "has no variable " + wanted,
                     "its variables are " + listed(names));
  }

  /// Which dimension is which, and where the cells lie.
  void find_axes(const GDALMDArray& array) {
    const auto& dimensions = array.GetDimensions();
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      const ArrayPointer axis = dimensions[d]->GetIndexingVariable();
      const std::string name = dimensions[d]->GetName(), units = axis ? attribute(*axis, "units") : "",
                        standard = axis ? attribute(*axis, "standard_name") : "";
      const auto named = [&](std::initializer_list<const char*> names) {
        return std::any_of(names.begin(), names.end(),
                           [&](const char* n) { return name == n || standard == n; });
      };
      if (units.find(" since ") != std::string::npos || named({"time", "t"})) {
        time_ = d, time_axis_ = axis;
      } else if (named({"x", "lon", "longitude", "easting", "projection_x_coordinate", "X"})) {
        x_ = d, x_axis_ = axis, degrees_ = units.starts_with("degree") || standard == "longitude";
      } else if (named({"y", "lat", "latitude", "northing", "projection_y_coordinate", "Y"})) {
        y_ = d, y_axis_ = axis;
      } else if (dimensions[d]->GetSize() != 1) {
        throw InputError(
            file_,
            "variable " + array.GetName() + " has the dimension " + name + ", which is neither time, x nor y",
            "choose a variable on a regular grid, e.g. variable: depth");
      }
    }
    if (!time_axis_)
      throw InputError(file_, "variable " + array.GetName() + " has no axis of time",
                       options_.what == "depth" ? "for one map without time use maximum: instead of netcdf:"
                                                : "give it a dimension of time, with one value if it stays");
    if (!x_axis_ || !y_axis_)
      throw InputError(file_,
                       "variable " + array.GetName() + " lies on no regular grid (no coordinates x and y)",
                       "resample it to a regular grid first, e.g. with gdal_grid or cdo remapbil");
    west_ = first_edge(*x_axis_, step_x_), north_ = first_edge(*y_axis_, step_y_);
  }

  /// Edge of the first cell; `step` is signed.
  double first_edge(const GDALMDArray& axis, double& step) const {
    const std::vector<double> centres = values_of(axis, file_);
    if (centres.size() < 2)
      throw InputError(file_, axis.GetName() + " has fewer than two values", "export more cells");
    step = (centres.back() - centres.front()) / static_cast<double>(centres.size() - 1);
    for (std::size_t i = 0; i < centres.size(); ++i) {
      // written as single precision they may be off by a little
      if (!(std::fabs(centres[i] - centres.front() - step * static_cast<double>(i)) <=
            0.02 * std::fabs(step))) {
        throw InputError(file_, axis.GetName() + " is not evenly spaced",
                         "resample the file to a regular grid first");
      }
    }
    return centres.front() - step / 2;
  }

  std::vector<Time> times() const {
    const std::string units = attribute(*time_axis_, "units");
    const auto understood = time_units(units);
    if (!understood) {
      throw InputError(file_, units.empty() ? "time has no units" : "time is in \"" + units + "\"",
                       "give units such as \"seconds since 2025-09-10 02:00\"");
    }
    std::int64_t shift = 0;
    if (options_.time == NetcdfTime::calendar) {
      const auto start = seconds_of_date(options_.start);
      if (!understood->reference || !start)
        throw InputError(file_, "time is in \"" + units + "\", which names no date", "use time: elapsed");
      shift = *understood->reference - *start;
    }
    const std::vector<double> written = values_of(*time_axis_, file_);
    std::vector<Time> times;
    for (const double value : written) {
      const double counted = options_.time == NetcdfTime::first ? value - written.front() : value;
      const double s = counted * understood->unit + static_cast<double>(shift);
      if (!(std::fabs(s) <= 10 * kLongest)) {
        throw InputError(file_,
                         "has a frame " + std::to_string(std::llround(s / 3600)) + " hours from the start",
                         "say what its times count from with time: elapsed, calendar or first");
      }
      times.push_back(time_of(s));
      if (times.size() > 1 && times.back() <= times[times.size() - 2])
        throw InputError(file_, "frame " + std::to_string(times.size()) + " is not later than the one before",
                         "sort its times, each once");
    }
    return times;
  }

  /// Every frame of an array in the city's coordinates.
  void read_grids(const GDALMDArray& array, RasterFrame& frame,
                  std::vector<std::vector<float>>& grids) const {
    const auto& dimensions = array.GetDimensions();
    if (dimensions.size() <= std::max({time_, x_, y_}))
      throw InputError(file_, "variable " + array.GetName() + " has other dimensions than the depth",
                       "choose another");
    const auto frames = static_cast<std::size_t>(dimensions[time_]->GetSize());
    const auto columns = static_cast<std::size_t>(dimensions[x_]->GetSize()),
               rows = static_cast<std::size_t>(dimensions[y_]->GetSize());
    bool has_missing = false;
    const double missing = array.GetNoDataValueAsDouble(&has_missing);
    std::vector<GUInt64> start(dimensions.size(), 0);
    std::vector<std::size_t> count(dimensions.size(), 1);
    count[x_] = columns, count[y_] = rows;
    std::vector<float> values(columns * rows), upright(columns * rows);
    for (std::size_t k = 0; k < frames; ++k) {
      start[time_] = k;
      const QuietGdal quiet;
      if (!array.Read(start.data(), count.data(), nullptr, nullptr, GDALExtendedDataType::Create(GDT_Float32),
                      values.data())) {
        throw InputError(
            file_,
            "frame " + std::to_string(k + 1) + " cannot be read (" + QuietGdal::last(options_.path) + ")",
            "it may be damaged or cut off: export it again");
      }
      for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
          const float value = y_ < x_ ? values[r * columns + c] : values[c * rows + r];
          const std::size_t row = step_y_ > 0 ? rows - 1 - r : r, column = step_x_ > 0 ? c : columns - 1 - c;
          const bool gone =
              !std::isfinite(value) || (has_missing && double{value} == double{static_cast<float>(missing)});
          upright[row * columns + column] = gone ? std::numeric_limits<float>::quiet_NaN() : value;
        }
      }
      Raster placed = place(array, upright, columns, rows);
      if (k > 0 && !(placed.frame == frame))
        throw InputError(file_, "frames lie on different grids", "export it again");
      frame = placed.frame;
      grids.push_back(std::move(placed.values));
    }
  }

  /// One frame as a raster in memory, brought into the city's system as any other raster.
  Raster place(const GDALMDArray& array, std::vector<float>& values, std::size_t columns,
               std::size_t rows) const {
    GDALDriver* memory = GetGDALDriverManager()->GetDriverByName("MEM");
    const DatasetPointer dataset{
        memory->Create("", static_cast<int>(columns), static_cast<int>(rows), 1, GDT_Float32, nullptr)};
    if (!dataset) throw InputError(file_, "does not fit into memory", "cut it to the city");
    const double left = step_x_ > 0 ? west_ : west_ + step_x_ * static_cast<double>(columns),
                 top = step_y_ < 0 ? north_ : north_ + step_y_ * static_cast<double>(rows);
    double affine[] = {left, std::fabs(step_x_), 0, top, 0, -std::fabs(step_y_)};
    dataset->SetGeoTransform(affine);
    if (const auto own = array.GetSpatialRef()) {
      dataset->SetSpatialRef(own.get());
    } else if (degrees_) {
      const OGRSpatialReference wgs84 = reference("EPSG:4326");
      dataset->SetSpatialRef(&wgs84);
    }
    GDALRasterBand& band = *dataset->GetRasterBand(1);
    band.SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
    if (band.RasterIO(GF_Write, 0, 0, band.GetXSize(), band.GetYSize(), values.data(), band.GetXSize(),
                      band.GetYSize(), GDT_Float32, 0, 0, nullptr) != CE_None) {
      throw InputError(file_, "does not fit into memory", "cut it to the city");
    }
    return placed_raster(*dataset, options_.path, city_crs_, options_.crs, city_);
  }

  /// A speed, or the length of its two components.
  void read_velocity(DepthSeries& series) const {
    const auto comma = options_.velocity.find(',');
    RasterFrame frame;
    read_grids(*variable(options_.velocity.substr(0, comma), {}), frame, series.velocity);
    if (comma == std::string::npos) return;
    std::vector<std::vector<float>> across;
    read_grids(*variable(options_.velocity.substr(comma + 1), {}), frame, across);
    for (std::size_t k = 0; k < across.size() && k < series.velocity.size(); ++k) {
      for (std::size_t cell = 0; cell < across[k].size(); ++cell) {
        const double u = series.velocity[k][cell], v = across[k][cell];
        series.velocity[k][cell] = static_cast<float>(std::sqrt(u * u + v * v));
      }
    }
  }

  const NetcdfFile& options_;
  const std::string& city_crs_;
  Box city_;
  std::string file_;
  DatasetPointer dataset_;
  std::shared_ptr<GDALGroup> root_;
  std::size_t time_ = 0, x_ = 0, y_ = 0;  // rows of the dimensions
  ArrayPointer time_axis_, x_axis_, y_axis_;
  double west_ = 0, north_ = 0, step_x_ = 1, step_y_ = 1;
  bool degrees_ = false;
};

}  // namespace

DepthSeries read_netcdf_depths(const NetcdfFile& file, const std::string& city_crs, const Box& city) {
  return Reader(file, city_crs, city).read();
}

}  // namespace chimata::io
