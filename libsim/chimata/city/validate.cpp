#include <cmath>

#include "chimata/city/checks.hpp"

namespace chimata {

void check_terrain(const City& city, Findings& findings) {
  if (city.terrain.empty()) {
    findings.add(Problem::Severity::note, "terrain", "", "there is no terrain: slopes do not slow anyone",
                 "add a terrain raster if the city is hilly");
    return;
  }
  const auto& position = city.network.position;
  std::size_t missing = 0;
  for (const Point p : position) missing += std::isnan(city.terrain.at(p)) ? 1 : 0;
  if (missing == 0 || position.empty()) return;
  const double share = 100.0 * static_cast<double>(missing) / static_cast<double>(position.size());
  findings.add(missing == position.size() ? Problem::Severity::error : Problem::Severity::warning, "terrain",
               "",
               "covers all but " + std::to_string(missing) + " of " + std::to_string(position.size()) +
                   " nodes (" + written(share) + " % without height)",
               "give a raster that covers the streets, or check its coordinate system; streets without "
               "height count as level");
}

namespace {

/// An event needs an area with an inside; points are enough to move a shelter to.
void check_areas(const City& city, Findings& findings) {
  for (const char* name : {"area", "areas"}) {
    const auto areas = city.layers.find(name);
    if (areas == city.layers.end() || areas->second.geometry != Geometry::line) continue;
    findings.add(Problem::Severity::warning, name, "",
                 "holds lines, which have no inside: no event can take place there",
                 "draw areas as polygons");
  }
}

}  // namespace

std::vector<Problem> validate(const City& city) {
  Findings findings;
  check_network(city, findings);
  check_terrain(city, findings);
  check_shelters(city, findings);
  check_zones(city, findings);
  check_residences(city, findings);
  check_areas(city, findings);
  for (const auto& [name, layer] : city.layers) check_ids(layer.id, name, findings);
  return std::move(findings).sorted();
}

}  // namespace chimata
