#include "chimata/scenario/smoke_source.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"

namespace chimata {

namespace {

using Kind = SmokeSource::Kind;
const std::vector<std::string> kKinds = {"rasters", "netcdf", "disc"};

/// A key beside the source itself, and whether it names a file.
struct SourceKey {
  const char* name;
  std::vector<Kind> of;
  bool file;
  const char* help;
};

const std::vector<SourceKey>& source_keys() {
  static const std::vector<SourceKey> all = {
      {"time",
       {Kind::rasters, Kind::netcdf},
       false,
       "rasters: what the number in a file's name is (filename: a time of day HHMM; seconds, minutes, hours "
       "after the start); netcdf: elapsed, calendar or first"},
      {"crs",
       {Kind::rasters, Kind::netcdf},
       false,
       "coordinate system of files that do not say their own, e.g. EPSG:6673"},
      {"co_rasters", {Kind::rasters}, true, "rasters of CO, ppm, one per raster of smoke"},
      {"co2_rasters", {Kind::rasters}, true, "rasters of CO2, % of volume, one per raster of smoke"},
      {"o2_rasters", {Kind::rasters}, true, "rasters of O2, % of volume, one per raster of smoke"},
      {"variable", {Kind::netcdf}, false, "NetCDF variable of the extinction coefficient, 1/m"},
      {"co", {Kind::netcdf}, false, "NetCDF variable of CO, ppm"},
      {"co2", {Kind::netcdf}, false, "NetCDF variable of CO2, % of volume"},
      {"o2", {Kind::netcdf}, false, "NetCDF variable of O2, % of volume"},
  };
  return all;
}

/// Parameters that say something of a disc only.
const std::vector<std::string> kOfDisc = {"starts_at", "ends_at",        "extinction_per_m",
                                          "radius_m",  "growth_m_per_s", "largest_m",
                                          "co_ppm",    "co2_percent",    "o2_percent"};

std::string text_of(const Json& value, const std::string& where, const char* example) {
  if (!value.is_string() || value.get<std::string>().empty())
    throw InputError(where, "is " + value.dump(), std::string("write a text such as ") + example);
  return value.get<std::string>();
}

Kind kind_of(const Json& section, const std::string& where) {
  std::vector<std::string> found;
  for (const std::string& kind : kKinds) {
    if (section.is_object() && section.contains(kind)) found.push_back(kind);
  }
  if (found.empty()) {
    throw InputError(where, "names no source of smoke",
                     "write rasters: smoke/ks_*.tif, netcdf: fire.nc, or disc: \"longitude, latitude\"");
  }
  if (found.size() > 1)
    throw InputError(where, "names several sources of smoke (" + listed(found) + ")", "keep one of them");
  return static_cast<Kind>(std::find(kKinds.begin(), kKinds.end(), found.front()) - kKinds.begin());
}

void check_time(const SmokeSource& source, const std::string& where) {
  static const std::vector<std::string> of_names = {"filename", "seconds", "minutes", "hours"},
                                        of_netcdf = {"elapsed", "calendar", "first"};
  const std::string time = source["time"];
  const auto& known = source.kind == Kind::netcdf ? of_netcdf : of_names;
  if (!time.empty() && std::find(known.begin(), known.end(), time) == known.end())
    throw InputError(where + ".time", "is \"" + time + "\"", "use one of " + listed(known));
}

/// Middles of the area's cells that the smoke's grid covers, of those inside the area.
struct Cover {
  std::size_t cells = 0, covered = 0;
};
Cover cover_of(const RasterFrame& frame, const FocusArea& area) {
  Cover cover;
  for (const Point middle : cells_of({area})) {
    if (!area.area->contains(middle)) continue;
    ++cover.cells;
    cover.covered += frame.cell_of(middle) != RasterFrame::outside ? 1 : 0;
  }
  return cover;
}

std::string range(const Box& box) {
  char text[128];
  std::snprintf(text, sizeof text, "x %.0f–%.0f, y %.0f–%.0f", box.min_x, box.max_x, box.min_y, box.max_y);
  return text;
}

}  // namespace

SmokeSource take_smoke_source(Json& section, Json& taken, const std::string& document) {
  const std::string where = document + ": smoke";
  SmokeSource source;
  source.kind = kind_of(section, where);
  const std::string kind = kKinds[static_cast<std::size_t>(source.kind)];
  const auto refuse = [&](const std::string& key) {
    throw InputError(where + "." + key, "does not go with " + kind, "leave it out");
  };
  if (source.kind != Kind::disc) {
    source.file = text_of(section[kind], where + "." + kind, "smoke/ks_*.tif");
    taken[kind] = source.file;
    section.erase(kind);
    for (const std::string& key : kOfDisc) {
      if (section.contains(key)) refuse(key);
    }
  }
  if (source.kind == Kind::rasters) taken["time"] = "filename";
  for (const SourceKey& key : source_keys()) {
    if (!section.contains(key.name)) continue;
    if (std::find(key.of.begin(), key.of.end(), source.kind) == key.of.end()) refuse(key.name);
    const Json value = section[key.name];
    section.erase(key.name);
    taken[key.name] = value;
    source.option[key.name] = text_of(value, where + "." + key.name, key.file ? "smoke/co_*.tif" : "a name");
  }
  check_time(source, where);
  return source;
}

bool names_smoke_file(std::string_view key) {
  return key == "rasters" || key == "netcdf" ||
         std::any_of(source_keys().begin(), source_keys().end(),
                     [&](const SourceKey& one) { return one.file && one.name == key; });
}

void add_smoke_source_schema(Json& section) {
  section["oneOf"] = Json::array();
  for (const std::string& kind : kKinds) section["oneOf"].push_back({{"required", {kind}}});
  section["properties"]["rasters"] = {
      {"type", "string"}, {"description", "rasters of the extinction coefficient, 1/m, e.g. smoke/ks_*.tif"}};
  section["properties"]["netcdf"] = {{"type", "string"},
                                     {"description", "NetCDF file with dimensions (time, y, x)"}};
  for (const SourceKey& key : source_keys())
    section["properties"][key.name] = {{"description", key.help}, {"type", "string"}};
  section["properties"]["time"]["enum"] = {"filename", "seconds",  "minutes", "hours",
                                           "elapsed",  "calendar", "first"};
}

std::vector<std::string> notes_on_smoke(const SmokeSeries& smoke, const FocusArea& area) {
  const Cover cover = cover_of(smoke.frame, area);
  if (cover.covered == 0) {
    throw InputError(smoke.source,
                     "covers nothing of " + area.id + " (" + range(smoke.frame.box()) + "; the area " +
                         range(area.area->box()) + ")",
                     "is the axis order or the zone right?");
  }
  std::vector<std::string> notes;
  if (cover.covered < cover.cells) {
    const long share =
        std::lround(100 * static_cast<double>(cover.covered) / static_cast<double>(cover.cells));
    notes.push_back(smoke.source + " covers " + std::to_string(share) + " % of " + area.id +
                    "; beyond it the air is clean");
  }
  const bool poisons = std::any_of(smoke.grids.begin() + 1, smoke.grids.end(),
                                   [](const auto& grids) { return !grids.empty(); });
  if (!poisons) notes.push_back(smoke.source + " has no gases: it slows people down, and nobody is overcome");
  notes.push_back("smoke acts inside " + area.id +
                  " only: on the streets and before its gates nobody is slowed or poisoned");
  return notes;
}

}  // namespace chimata
