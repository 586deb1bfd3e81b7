#include "chimata/scenario/inputs.hpp"

#include "chimata/core/error.hpp"
#include "chimata/io/crs.hpp"
#include "chimata/io/raster.hpp"
#include "chimata/scenario/yaml.hpp"

namespace chimata {

namespace {

io::FrameTime time_rule(const std::string& name) {
  if (name == "seconds") return io::FrameTime::seconds;
  if (name == "minutes") return io::FrameTime::minutes;
  if (name == "hours") return io::FrameTime::hours;
  return io::FrameTime::clock;
}

}  // namespace

ScenarioInputs inputs_from_files(std::shared_ptr<const City> city, std::string where) {
  ScenarioInputs inputs;
  inputs.city = city;
  inputs.where = std::move(where);
  inputs.read_depths = [](const FloodSource& source, const City& place, Duration start_of_day) {
    const io::DepthFiles files{{source.rasters}, time_rule(source.time), start_of_day, source.crs};
    return std::make_shared<const DepthSeries>(io::read_depth_series(files, place.crs, place.network.box()));
  };
  inputs.locate = [city](double lon, double lat) {
    return io::Projection(city->crs).to_city(io::LonLat{lon, lat});
  };
  return inputs;
}

Scenario Scenario::from_yaml(const std::string& path, City city) {
  return Scenario(read_scenario_file(path),
                  inputs_from_files(std::make_shared<const City>(std::move(city)), path));
}

}  // namespace chimata
