#include "chimata/scenario/inputs.hpp"

#include "chimata/core/error.hpp"
#include "chimata/hazard/arrival.hpp"
#include "chimata/hazard/water_level.hpp"
#include "chimata/io/crs.hpp"
#include "chimata/io/flood_files.hpp"
#include "chimata/io/raster.hpp"
#include "chimata/scenario/flood_source.hpp"
#include "chimata/scenario/smoke_source.hpp"
#include "chimata/scenario/trip_files.hpp"
#include "chimata/scenario/yaml.hpp"

namespace chimata {

namespace {

using Kind = FloodSource::Kind;

io::FrameTime time_rule(const std::string& name) {
  if (name == "seconds") return io::FrameTime::seconds;
  if (name == "minutes") return io::FrameTime::minutes;
  if (name == "hours") return io::FrameTime::hours;
  return io::FrameTime::clock;
}

io::NetcdfTime netcdf_rule(const std::string& name) {
  return name == "calendar" ? io::NetcdfTime::calendar
         : name == "first"  ? io::NetcdfTime::first
                            : io::NetcdfTime::elapsed;
}

io::NetcdfFile netcdf_of(const FloodSource& source) {
  return {source.file,  source["variable"], source["velocity"], netcdf_rule(source["time"]),
          source.start, source["crs"]};
}

io::DepthFiles rasters_of(const FloodSource& source, Duration start_of_day) {
  io::DepthFiles files{{source.file}, time_rule(source["time"]), start_of_day, source["crs"]};
  if (const std::string speeds = source["velocity_rasters"]; !speeds.empty()) files.velocity = {speeds};
  return files;
}

DepthSeries polygons_of(const FloodSource& source, const City& city, Duration start_of_day) {
  io::DepthPolygons polygons;
  polygons.files = {{source.file}, time_rule(source["time"]), start_of_day, source["crs"]};
  polygons.timed = !source["time"].empty();
  polygons.time_field = source["time_field"];
  polygons.depth_field = source["depth_field"];
  polygons.rank_field = source["rank_field"];
  polygons.velocity_field = source["velocity_field"];
  polygons.layer = source["layer"];
  polygons.rank_edges = source.rank_edges;
  polygons.bound = source.model.rank_bound;
  polygons.cell = source.model.cell;
  return io::read_polygon_depths(polygons, city.crs, city.network.box());
}

/// Levels less the ground; what the levels are read as depends on the file.
DepthSeries levels_of(const FloodSource& source, const City& city, Duration start_of_day) {
  const Box area = city.network.box();
  DepthSeries series;
  std::vector<Point> sources;
  const io::Projection projection(city.crs);
  for (const Point place : source.sources)
    sources.push_back(projection.to_city(io::LonLat{place.x, place.y}));
  if (source.file.ends_with(".csv") || source.file.ends_with(".CSV")) {
    const Hydrograph levels = io::read_hydrograph(source.file, city.crs, start_of_day);
    series = level_series(levels, city.terrain, area);
    series.source = source.file.substr(source.file.find_last_of('/') + 1);
    if (sources.empty() && levels.gauge.front() != Point{}) sources = levels.gauge;
  } else if (source.file.ends_with(".nc")) {
    series = io::read_netcdf_depths(netcdf_of(source), city.crs, area);
  } else {
    series = io::read_depth_series(rasters_of(source, start_of_day), city.crs, area);
  }
  if (source.model.connected && sources.empty()) {
    throw InputError("flood.connected", "is true, but nothing says where the water comes from",
                     "give sources: [[longitude, latitude], ...]");
  }
  if (!source.model.connected) sources.clear();
  subtract_ground(series, city.terrain, sources);
  return series;
}

DepthSeries maximum_of(const FloodSource& source, const City& city) {
  const Box area = city.network.box();
  const Raster greatest = io::read_raster(source.file, city.crs, source["crs"], area);
  Raster arrival;
  if (const std::string file = source["arrival"]; !file.empty()) {
    arrival = io::read_raster(file, city.crs, source["crs"], area);
    const std::string time = source["time"];
    const float unit = time == "seconds" ? 1.0f : time == "hours" ? 3600.0f : 60.0f;
    for (float& value : arrival.values) value *= unit;
  }
  DepthSeries series = ramped_series(greatest, arrival, duration_of(source.model.rise_h * 3600));
  series.source = source.file.substr(source.file.find_last_of('/') + 1);
  return series;
}

DepthSeries read_flood(const FloodSource& source, const City& city, Duration start_of_day) {
  switch (source.kind) {
    case Kind::netcdf:
      return io::read_netcdf_depths(netcdf_of(source), city.crs, city.network.box());
    case Kind::polygons:
      return polygons_of(source, city, start_of_day);
    case Kind::levels:
      return levels_of(source, city, start_of_day);
    case Kind::maximum:
      return maximum_of(source, city);
    case Kind::rasters:
      break;
  }
  return io::read_depth_series(rasters_of(source, start_of_day), city.crs, city.network.box());
}

/// A quantity of smoke, by how messages call it and by the keys of rasters and of NetCDF variables.
struct AirKeys {
  AirQuantity quantity;
  const char *what, *rasters, *variable;
};
constexpr AirKeys kAir[] = {{AirQuantity::extinction, "extinction coefficient", "rasters", "variable"},
                            {AirQuantity::co, "CO", "co_rasters", "co"},
                            {AirQuantity::co2, "CO2", "co2_rasters", "co2"},
                            {AirQuantity::o2_lack, "O2", "o2_rasters", "o2"}};

/// The readers of depths read whatever stands on grids.
DepthSeries read_quantity(const SmokeSource& source, const AirKeys& keys, const City& city,
                          Duration start_of_day) {
  const Box area = city.network.box();
  if (source.kind == SmokeSource::Kind::netcdf) {
    io::NetcdfFile file{source.file,  source[keys.variable], {}, netcdf_rule(source["time"]),
                        source.start, source["crs"]};
    file.what = keys.what;
    file.usual = {"extinction", "extinction_coefficient", "ks", "smoke"};
    return io::read_netcdf_depths(file, city.crs, area);
  }
  const bool smoke = keys.quantity == AirQuantity::extinction;
  io::DepthFiles files{
      {smoke ? source.file : source[keys.rasters]}, time_rule(source["time"]), start_of_day, source["crs"]};
  files.what = keys.what;
  return io::read_depth_series(files, city.crs, area);
}

SmokeSeries read_smoke(const SmokeSource& source, const City& city, Duration start_of_day) {
  SmokeSeries smoke;
  for (const AirKeys& keys : kAir) {
    const bool first = keys.quantity == AirQuantity::extinction;
    const bool netcdf = source.kind == SmokeSource::Kind::netcdf;
    if (!first && source[netcdf ? keys.variable : keys.rasters].empty()) continue;
    DepthSeries read = read_quantity(source, keys, city, start_of_day);
    if (first) {
      smoke.frame = read.frame, smoke.time = read.time, smoke.source = read.source;
    } else if (read.time != smoke.time || !(read.frame == smoke.frame)) {
      throw InputError(read.source,
                       std::string("has ") + keys.what + " at other times or on another grid than " +
                           smoke.source + " has smoke",
                       "give one grid of it per grid of smoke");
    }
    add_air(smoke, keys.quantity, std::move(read.depth));
    if (!first && !netcdf) smoke.source += ", " + read.source;
  }
  return smoke;
}

}  // namespace

ScenarioInputs inputs_from_files(std::shared_ptr<const City> city, std::string where) {
  ScenarioInputs inputs;
  inputs.city = city;
  inputs.where = std::move(where);
  inputs.read_depths = [](const FloodSource& source, const City& place, Duration start_of_day) {
    return std::make_shared<const DepthSeries>(read_flood(source, place, start_of_day));
  };
  inputs.read_smoke = [](const SmokeSource& source, const City& place, Duration start_of_day) {
    return std::make_shared<const SmokeSeries>(read_smoke(source, place, start_of_day));
  };
  inputs.read_trips = [](const TripModel& model, const City& place, std::size_t people) {
    return std::make_shared<const TripPlan>(read_trips(model, place, people));
  };
  inputs.locate = [city](double lon, double lat) {
    return io::Projection(city->crs).to_city(io::LonLat{lon, lat});
  };
  inputs.degrees = [city](Point at) {
    const io::LonLat place = io::Projection(city->crs).to_lonlat(at);
    return Point{place.lon, place.lat};
  };
  return inputs;
}

Scenario Scenario::from_yaml(const std::string& path, City city) {
  return Scenario(read_scenario_file(path),
                  inputs_from_files(std::make_shared<const City>(std::move(city)), path));
}

}  // namespace chimata
