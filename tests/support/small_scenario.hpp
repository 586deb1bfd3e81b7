/// A flood on the small city, in memory: the western half is under water from 60 minutes on.
#pragma once

#include <memory>
#include <string>

#include "chimata/scenario/simulation.hpp"
#include "support/small_city.hpp"

namespace chimata::testing {

/// Water rises from 0 at 45 min to 2 m at 75 min over the western kilometre.
inline std::shared_ptr<const DepthSeries> western_flood() {
  auto series = std::make_shared<DepthSeries>();
  series->frame = RasterFrame{-200, 200, 50, 50, 48, 8};
  series->source = "in memory";
  for (const auto& [minute, depth] : {std::pair{0, 0.0f}, {45, 0.0f}, {75, 2.0f}}) {
    std::vector<float> grid(series->frame.size(), 0.0f);
    for (std::size_t cell = 0; cell < grid.size(); ++cell) {
      if (cell % series->frame.columns < 24) grid[cell] = depth;  // x < 1000
    }
    series->time.push_back(time_of(60.0 * minute));
    series->depth.push_back(std::move(grid));
  }
  return series;
}

inline ScenarioInputs small_inputs(City city = small_city()) {
  ScenarioInputs inputs;
  inputs.city = std::make_shared<const City>(std::move(city));
  inputs.where = "test.yaml";
  inputs.read_depths = [](const FloodSource&, const City&, Duration) { return western_flood(); };
  inputs.locate = [](double lon, double lat) { return Point{(lon - 135) * 1000, (lat - 35) * 1000}; };
  return inputs;
}

/// A document with `extra` members, e.g. R"("evacuation": {"compliance": 1})". Everybody lives alone on the
/// ground floor, so that whoever stays is caught and nobody waits for others.
inline std::string small_document(const std::string& extra = {}) {
  return R"({"name": "洪水", "start": "2025-09-10 02:00", "duration": "2h", "population": {"total": 1000, "seed": 3},
             "flood": {"rasters": "none"})" +
         std::string(extra.find("\"people\"") == std::string::npos ? R"(, "people": {"households": false})"
                                                                   : "") +
         (extra.empty() ? "" : ", " + extra) + "}";
}

inline Scenario small_scenario(const std::string& extra = {}) {
  return Scenario(small_document(extra), small_inputs());
}

}  // namespace chimata::testing
