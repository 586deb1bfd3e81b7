#include "chimata/io/level_items.hpp"
#include "chimata/space/levels.hpp"
#include "fuzz.hpp"

/// Every line is the name of a drawing's layer; what is drawn there is the same for each kind.
CHIMATA_FUZZ_ONE(bytes) {
  using namespace chimata;
  std::vector<io::detail::LevelItem> items;
  std::istringstream lines{std::string(bytes)};
  double east = 0;
  for (std::string line; std::getline(lines, line) && items.size() < 40; east += 20) {
    auto item = io::detail::level_item_of_layer(line, "plan.dxf");
    if (!item) continue;
    if (item->kind == "floor" || item->kind == "obstacle") {
      item->shapes = {{{{{east, 0}, {east + 10, 0}, {east + 10, 10}, {east, 10}}}}};
    } else {
      item->lines = {{{east, 0}, {east, 3}}};
    }
    items.push_back(std::move(*item));
  }
  const auto drawing = io::detail::levels_of(items, {}, "plan.dxf");
  std::vector<Flight> flights;
  for (const auto& one : drawing.flights) flights.push_back(one.flight);
  std::vector<Shaft> shafts;
  for (const auto& one : drawing.shafts) shafts.push_back(one.shaft);
  const Levels levels(drawing.levels, flights, shafts);
  if (levels.sheets().empty()) std::abort();
}
