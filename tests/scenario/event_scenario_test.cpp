// Events as scenarios describe them: who comes, through which gates, and what is refused.
#include <doctest/doctest.h>

#include "chimata/core/error.hpp"
#include "support/small_scenario.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

constexpr double kWest = 1650, kEast = 1950, kReach = 60;

/// The small city with a meadow across the eastern end of its street. Its northern border is cut into pieces
/// of this length, which bend by turns.
City city_with_meadow(double piece = kEast - kWest) {
  City city = small_city();
  Features areas;
  areas.layer = "areas";
  areas.geometry = Geometry::polygon;
  areas.id = areas.name = {"meadow"};
  Polygon meadow = rectangle(kWest, -kReach, kEast, kReach);
  auto& border = meadow.rings.front();
  border.pop_back();
  const int pieces = static_cast<int>((kEast - kWest) / piece);
  for (int i = pieces - 1; i >= 0; --i) border.push_back({kWest + i * piece, kReach + (i % 2) * 0.5});
  areas.shape = {meadow};
  city.layers["areas"] = areas;
  return city;
}

/// An event with `extra` lines, e.g. R"("attendance": 100)", on a summer evening.
Scenario event_scenario(const std::string& extra, City city = city_with_meadow()) {
  return Scenario(R"({"name": "祭", "start": "2025-08-02 17:00", "duration": "3h",
                      "population": {"total": 1000, "seed": 3}, "driving": {},
                      "event": {"at": "area:meadow", "start": "19:00", "end": "19:30", )" +
                      extra + "}}",
                  small_inputs(std::move(city)));
}

}  // namespace

TEST_CASE("shares of the attendance are never more people than come") {
  for (const int attendance : {500, 501, 503}) {
    CAPTURE(attendance);
    const Scenario scenario =
        event_scenario(R"("train_share": 0.5, "car_share": 0.5, "station": "135.5, 35.0",
                          "car_from": ["135.0, 35.0"], "car_parks": ["136.5, 35.0, 300"], "attendance": )" +
                       std::to_string(attendance));
    CHECK(scenario.people()->size() == 1000 + static_cast<std::size_t>(attendance));
    CHECK_NOTHROW(Simulation(scenario, Seed{1}));
  }
}

TEST_CASE("an event that cannot be is refused before anybody runs it, and its file is named") {
  const auto refused = [](const std::string& extra, const char* line) {
    CHECK_THROWS_WITH_AS(event_scenario(extra), doctest::Contains(line), InputError);
  };
  refused(R"("attendance": 1500)", "test.yaml: event.attendance: is 1500, but only ");
  refused(R"("attendance": 900, "within_m": 30, "viewing_density": 0.2)",
          "test.yaml: event.attendance: is 900, but only ");
  refused(R"("attendance": 100, "car_share": 0.5, "car_from": ["135.0, 35.0"],
             "car_parks": ["136.5, 35.0, 3"])",
          "test.yaml: event.car_parks: have 3 spaces for 20 cars");
}

TEST_CASE("a gate is cut into the border where it is asked for, or refused") {
  const auto with_gate = [](const char* gate, double piece = kEast - kWest) {
    return event_scenario(R"("attendance": 100, "extra_gates": [")" + std::string(gate) + "\"]",
                          city_with_meadow(piece));
  };
  CHECK_NOTHROW(with_gate("136.75, 35.06, 4"));
  CHECK_NOTHROW(with_gate("136.75, 35.06, 4", 5));
  // the sides are long enough, but not where the gate is to be
  CHECK_THROWS_WITH_AS(with_gate("136.75, 35.06, 4", 3),
                       doctest::Contains("extra_gates: \"136.75, 35.06, 4\": needs a straight piece of the "
                                         "border of 4.0 m, but the longest nearby has 3.0 m"),
                       InputError);
  CHECK_THROWS_WITH_AS(with_gate("136.75, 35.19, 4"),
                       doctest::Contains("is 130.0 m from the border of area:meadow"), InputError);
}
