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

std::vector<Problem> validate(const City& city) {
  Findings findings;
  check_network(city, findings);
  check_terrain(city, findings);
  check_shelters(city, findings);
  check_zones(city, findings);
  check_residences(city, findings);
  for (const auto& [name, layer] : city.layers) check_ids(layer.id, name, findings);
  return std::move(findings).sorted();
}

}  // namespace chimata
