/// Walkers who cross streets with cars.
#include "chimata/walking/walking.hpp"
#include "support/ascii_city.hpp"

#include <doctest/doctest.h>

using namespace chimata;

namespace {

/// When somebody who sets out at A at 0 s is at C; `delay` s to cross at B, or no cars where negative.
struct Crossing {
  double arrival = -1;
  std::vector<float> crossed;  ///< "crossing.walkers" once the minute is over
  explicit Crossing(double delay) {
    const auto city = test::ascii_city("A----B----C");
    auto people = std::make_shared<Population>();
    people->home.push_back({});
    people->free_speed.push_back(1.25f);
    people->person_class.push_back(PersonClass::adult);
    auto world = std::make_shared<World>();
    world->network = city.network, world->people = people;
    Fields fields;
    if (delay >= 0) {
      Field& field = fields.create("crossing.delay", "s", city.network->node_count());
      for (float& each : field.next()) each = static_cast<float>(delay);
      field.publish();
      field.exchange();
    }
    const auto walking = make_walking(world, {}, {}, fields, 0);
    Arena arena(1);
    Handover start{};
    start.person = PersonId{0u};
    start.at = city.node('A'), start.goal = city.node('C');
    for (int second = 0; second < 300; ++second) {
      Outbox outbox;
      const std::vector<Handover> arrivals(second == 0 ? 1 : 0, start);
      walking->advance({time_of(second), time_of(second + 1)}, {arrivals, {}}, outbox, arena);
      if (!outbox.departures.empty()) arrival = seconds(outbox.departures[0].time);
      for (auto& [name, field] : fields.all()) field.exchange();
      if (second == 120 && delay >= 0) crossed = fields.find("crossing.walkers")->values();
    }
  }
};

}  // namespace

TEST_CASE("whoever crosses a street with cars waits as long as the cars make them, and is counted") {
  CHECK(Crossing(-1).arrival == doctest::Approx(160));
  CHECK(Crossing(0).arrival == doctest::Approx(160));
  const Crossing busy(7.5);
  CHECK(busy.arrival == doctest::Approx(167.5));
  CHECK(busy.crossed == std::vector<float>{0, 1 / 60.0f, 0});
}
