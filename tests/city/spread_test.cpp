#include "chimata/city/spread.hpp"

#include <doctest/doctest.h>

#include <numeric>

#include "support/small_city.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

/// Cells of 100 m on the street from x = 0 and one far from it, 30 people each.
struct Cells {
  Residences residences;
  std::vector<Polygon> areas;
  void add(double west, double south) {
    areas.push_back(rectangle(west, south, west + 100, south + 100));
    residences.position.push_back({west + 50, south + 50});
    residences.residents.push_back(30);
    residences.zone.push_back(ZoneId::none());
  }
};

Cells three_cells() {
  Cells cells;
  cells.add(0, -50), cells.add(100, -50), cells.add(0, 5000);
  return cells;
}

void add_house(City& city, double x, double y, double side, const char* usage = "") {
  Features& layer = city.layers["buildings"];
  layer.geometry = Geometry::polygon;
  if (layer.attributes.empty()) layer.attributes = {{"usage", std::vector<std::string>{}}};
  layer.id.push_back(std::to_string(layer.size()));
  layer.name.emplace_back();
  layer.shape.push_back(rectangle(x - side / 2, y - side / 2, x + side / 2, y + side / 2));
  std::get<1>(layer.attributes[0].values).emplace_back(usage);
}

double people_in(const Residences& residences, const Polygon& area) {
  double sum = 0;
  for (std::size_t i = 0; i < residences.size(); ++i)
    sum += area.contains(residences.position[i]) ? residences.residents[i] : 0;
  return sum;
}

}  // namespace

TEST_CASE("people of a cell stay in it, whatever they are put at") {
  City city = small_city();
  add_house(city, 20, 20, 10), add_house(city, 70, -20, 20);
  const Cells cells = three_cells();
  for (const SpreadLaw law : {SpreadLaw::automatic, SpreadLaw::buildings, SpreadLaw::streets,
                              SpreadLaw::scattered, SpreadLaw::centre}) {
    const Spread placed = spread(city, cells.residences, cells.areas, law);
    for (const Polygon& area : cells.areas) CHECK(people_in(placed.residences, area) == doctest::Approx(30));
    CHECK(std::accumulate(placed.residences.residents.begin(), placed.residences.residents.end(), 0.0) ==
          doctest::Approx(90));
  }
}

TEST_CASE("people are put at buildings by floor area, else along streets, else scattered") {
  City city = small_city();
  add_house(city, 20, 20, 10), add_house(city, 70, -20, 20);
  const Cells cells = three_cells();
  const Spread placed = spread(city, cells.residences, cells.areas);
  CHECK(placed.at_buildings == 1);
  CHECK(placed.along_streets == 1);
  CHECK(placed.scattered == 1);
  CHECK(placed.residences.residents[0] == doctest::Approx(6));  // 100 m² to 400 m²
  CHECK(placed.residences.residents[1] == doctest::Approx(24));
  CHECK(placed.residences.position[2] == Point{112.5, 0});
  CHECK(placed.residences.size() == 2 + 4 + 30);
  const Spread again = spread(city, cells.residences, cells.areas);
  CHECK(again.residences.position == placed.residences.position);
}

TEST_CASE("where dwellings are known nobody is put at a factory") {
  City city = small_city();
  add_house(city, 20, 20, 10, "411"), add_house(city, 70, -20, 20, "441");
  const Cells cells = three_cells();
  const Spread placed = spread(city, cells.residences, cells.areas);
  CHECK(placed.residences.residents[0] == doctest::Approx(30));
}

TEST_CASE("residences without an area stay as they are") {
  const City city = small_city();
  const Spread placed =
      spread(city, city.residences, std::vector<Polygon>(city.residences.size()), SpreadLaw::automatic);
  CHECK(placed.residences.position == city.residences.position);
  CHECK(placed.residences.residents == city.residences.residents);
}
