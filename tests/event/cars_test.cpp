// People who come to an event by car: to a car park, on foot from there, and home together.
#include <algorithm>
#include <cmath>
#include <map>

#include "chimata/core/error.hpp"
#include "event/warned_town.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

/// 24 people in cars of three, besides 20 who live there.
EventTown town_with_cars() {
  EventTown town;
  town.residents = 20;
  town.drivers = 24;
  town.model.attendance = 44;
  town.model.persons_per_car = 3;
  return town;
}

std::vector<double> of_drivers(const TableSet& tables, const char* column) {
  const auto& by_car = tables.at("visitors").get<std::uint8_t>("by_car");
  const auto& all = tables.at("visitors").get<double>(column);
  std::vector<double> some;
  for (std::size_t row = 0; row < all.size(); ++row) {
    if (by_car[row] == 1) some.push_back(all[row]);
  }
  return some;
}

std::vector<std::uint32_t> parked(const TableSet& tables) {
  return tables.at("car_parks").get<std::uint32_t>("cars");
}

}  // namespace

TEST_CASE("who comes by car parks, walks to the event, and drives home with those they came with") {
  const EventTown town = town_with_cars();
  const TableSet tables = town.run();
  const auto came = of_drivers(tables, "came_s"), out = of_drivers(tables, "out_s"),
             home = of_drivers(tables, "home_s"), left = of_drivers(tables, "left_home_s");
  REQUIRE(came.size() == 24);
  for (std::size_t row = 0; row < came.size(); ++row) {
    // a drive of 100 m, two minutes to park, 20 m and 300 m on foot from the car park to the street at the
    // gate
    CHECK(came[row] - left[row] > 120 + 320 / 1.25);
    CHECK(came[row] <= 60 * 60 + 60);
    CHECK(home[row] - out[row] > 120 + 370 / 1.25);
    CHECK(home[row] == home[row / 3 * 3]);
  }
  const auto cars = parked(tables);
  CHECK(*std::max_element(cars.begin(), cars.end()) == 8);
  CHECK(cars.back() == 0);
  CHECK(tables.at("cars").rows() == 16);
}

TEST_CASE("a car waits for the last of its party") {
  EventTown town = town_with_cars();
  const auto world = town.world();
  const TableSet tables = town.run();
  const auto out = of_drivers(tables, "out_s"), home = of_drivers(tables, "home_s");
  for (std::size_t first = 0; first < out.size(); first += 3) {
    const double last =
        *std::max_element(out.begin() + static_cast<long>(first), out.begin() + static_cast<long>(first) + 3);
    // 350 m to the street at the car park, 20 m to the car, two minutes to get in, 100 m at the street's
    // speed
    const double drive = world->network->length_of(LinkId{0u}) / double{world->network->speed[LinkId{0u}]};
    CHECK(home[first] - last == doctest::Approx(370 / 1.25 + 120 + drive).epsilon(0.02));
  }
}

TEST_CASE("parties are as large on average as asked for") {
  EventTown town = town_with_cars();
  town.model.persons_per_car = 2.5;
  const TableSet tables = town.run();
  std::map<double, int> parties;
  for (const double time : of_drivers(tables, "home_s")) ++parties[time];
  for (const auto& [time, people] : parties) {
    CAPTURE(time);
    CHECK(people >= 2);
  }
  const auto cars = parked(tables);
  CHECK(*std::max_element(cars.begin(), cars.end()) == 10);  // 24 / 2.5, the last one not full
}

TEST_CASE("too few spaces, and a car park that no road leads to, are refused") {
  EventTown town = town_with_cars();
  town.spaces = 7;
  CHECK_THROWS_WITH_AS(town.run(), doctest::Contains("7 spaces for 8 cars"), InputError);
  town.spaces = 8;
  auto setting = town.setting();
  setting.visitors.car_parks.front().by_car = NodeId{5u};  // on the meadow, whose streets are closed
  CHECK_THROWS_WITH_AS(make_event(town.world(), town.model, setting), doctest::Contains("no road leads"),
                       InputError);
}

TEST_CASE("cars that a closed road stops go on when it is open, on the way there and back") {
  EventTown town = town_with_cars();
  town.park = NodeId{2u};
  town.pace = 0.05f;  // so that some are on the road when it is closed
  town.minutes = 180;
  using std::chrono::minutes;
  for (const auto& [from, to] : {std::pair{36, 48}, {80, 100}}) {
    for (const LinkId link : {LinkId{2u}, LinkId{3u}})
      town.closed.push_back({link, {kStart + minutes(from), kStart + minutes(to)}, kCar});
  }
  const TableSet tables = town.run();
  const auto came = of_drivers(tables, "came_s"), home = of_drivers(tables, "home_s"),
             left = of_drivers(tables, "left_home_s");
  int stopped = 0, kept = 0;
  for (std::size_t row = 0; row < came.size(); ++row) {
    CHECK(std::isnan(came[row]) == (left[row] >= 36 * 60 && left[row] < 48 * 60));  // no road led in
    CHECK_FALSE(std::isnan(home[row]));
    stopped += left[row] < 36 * 60 && came[row] > 48 * 60 + 120 + 220 / 1.25 ? 1 : 0;
    kept += home[row] >= 100 * 60 ? 1 : 0;
  }
  CHECK(stopped > 0);
  CHECK(kept > 0);
  CHECK(parked(tables).back() == 0);
}

TEST_CASE("an event with cars goes on bit for bit after a snapshot, and on any number of threads") {
  using std::chrono::minutes;
  check_goes_on_bit_for_bit(town_with_cars(), minutes(100),
                            {minutes(35), minutes(42), minutes(62), minutes(78), minutes(82)});
}

TEST_CASE("a warning while cars are on their way turns them round, and who heeds it is the evacuation's") {
  WarnedTown warned;
  warned.town = town_with_cars();
  warned.evacuation.order_at = kStart + std::chrono::minutes(45);
  const TableSet tables = warned.run();  // everybody is counted twice every minute
  const auto& phase = tables.at("visitors").get<std::uint8_t>("phase");
  const auto& by_car = tables.at("visitors").get<std::uint8_t>("by_car");
  int fled = 0, home = 0;
  for (std::size_t row = 0; row < phase.size(); ++row) {
    if (by_car[row] == 0) continue;
    fled += phase[row] == 7 ? 1 : 0, home += phase[row] == 0 ? 1 : 0;
  }
  CHECK(fled > 0);
  CHECK(fled + home == 24);
  // cars of those who fled on foot stay; nobody waits for them for ever
  const auto cars = parked(tables);
  CHECK(cars.back() > 0);
  CHECK(cars.back() <= static_cast<std::uint32_t>(fled));
}

TEST_CASE("a warning finds people anywhere between the road and the street, and nobody is counted twice") {
  int fled = 0;
  for (int second = 0; second < 60; ++second) {
    CAPTURE(second);
    WarnedTown warned;
    warned.town = town_with_cars();
    warned.town.minutes = 90;
    warned.evacuation.order_at = kStart + std::chrono::minutes(42) + std::chrono::seconds(second);
    TableSet tables;
    REQUIRE_NOTHROW(tables = warned.run());  // everybody is counted twice every minute
    for (const std::uint8_t phase : tables.at("visitors").get<std::uint8_t>("phase"))
      fled += phase == 7 ? 1 : 0;
  }
  CHECK(fled > 60 * 12);
}

TEST_CASE("whoever turns back before the gate never was to set out for home") {
  WarnedTown warned;
  warned.town = town_with_cars();
  warned.town.pace = 0.05f;  // so that some are on the road when the event is called off
  warned.evacuation.order_at = kStart + std::chrono::minutes(40);
  warned.evacuation.compliance = 0;
  const TableSet tables = warned.run();
  const auto came = of_drivers(tables, "came_s"), set_out = of_drivers(tables, "set_out_s"),
             home = of_drivers(tables, "home_s");
  int turned_back = 0;
  for (std::size_t row = 0; row < came.size(); ++row) {
    CHECK(std::isnan(set_out[row]) == std::isnan(came[row]));
    turned_back += std::isnan(came[row]) && !std::isnan(home[row]) ? 1 : 0;
  }
  CHECK(turned_back > 0);
}

TEST_CASE("nobody waits at a car for those whom a warning moves on their way back to it") {
  int parted = 0;
  for (int second = 76 * 60; second < 84 * 60; second += 10) {  // some are at the car, others on their way
    WarnedTown warned;
    warned.town = town_with_cars();
    warned.town.model.persons_per_car = 8;
    warned.evacuation.order_at = kStart + std::chrono::seconds(second);
    warned.evacuation.compliance = 0.5;
    const TableSet tables = warned.run();
    const auto& phase = tables.at("visitors").get<std::uint8_t>("phase");
    const auto& party = tables.at("visitors").get<std::uint32_t>("party");
    std::map<std::uint32_t, int> fled;
    for (std::size_t row = 0; row < phase.size(); ++row) {
      CAPTURE(second);
      CHECK((phase[row] == 0 || phase[row] == 7));
      if (phase[row] == 7) ++fled[party[row]];
    }
    for (const auto& [car, people] : fled) parted += people < 8 ? 1 : 0;
  }
  CHECK(parted >= 10);
}

TEST_CASE("who leaves a car in water goes on on foot, and has no car to come back to") {
  WarnedTown warned;
  warned.town = town_with_cars();
  warned.town.minutes = 150;
  warned.town.pace = 0.05f;  // so that some are on their way when the water comes
  warned.evacuation.order_at = kNever;
  warned.flooded = true;
  const auto samples = warned.town.world()->samples;
  warned.weather = [&](Time now, Fields& fields) {
    // too deep for engines, not for people, on the street to the car park for two minutes
    Field& depth = fields.all().at("depth.streets");
    const bool flooded = now > kStart + std::chrono::minutes(40) && now < kStart + std::chrono::minutes(42);
    std::fill(depth.next().begin(), depth.next().end(), 0.0f);
    for (std::uint32_t i = 0; i < samples->count(SegmentId{0u}); ++i)
      depth.next()[i] = flooded ? 0.35f : 0.0f;
    depth.publish();
  };
  const TableSet tables = warned.run();
  const auto came = of_drivers(tables, "came_s"), home = of_drivers(tables, "home_s");
  const auto& cars = tables.at("cars").get<std::uint8_t>("outcome");
  const auto stalled = static_cast<int>(std::count(cars.begin(), cars.end(), 3));
  CHECK(stalled >= 1);
  const auto in_park = parked(tables);
  CHECK(*std::max_element(in_park.begin(), in_park.end()) == static_cast<std::uint32_t>(8 - stalled));
  CHECK(in_park.back() == 0);
  // whoever was about to set out in these minutes stays at home; all others come and get home
  const auto& phase = tables.at("visitors").get<std::uint8_t>("phase");
  CHECK(std::count(phase.begin(), phase.end(), 0) == static_cast<long>(phase.size()));
  CHECK(std::count_if(came.begin(), came.end(), [](double t) { return std::isnan(t); }) <= 3);
}
