#include <random>

#include "support/ascii_city.hpp"
#include "support/walk.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

/// Streets of the given lengths one after the other.
std::shared_ptr<const Network> chain(const std::vector<double>& lengths, double width = 2,
                                     RoadClass road_class = RoadClass::residential) {
  NetworkBuilder builder;
  NodeId last = builder.add_node({0, 0});
  double x = 0;
  for (const double length : lengths) {
    const NodeId next = builder.add_node({x += length, 0});
    builder.add_segment(
        {.from = last, .to = next, .road_class = road_class, .width = width, .length = length});
    last = next;
  }
  return std::make_shared<const Network>(builder.build());
}

}  // namespace

TEST_CASE("alone, a walker takes length over speed to the millisecond, however short the streets") {
  std::mt19937 dice(7);
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<double> lengths;
    double total = 0;
    for (unsigned i = 0; i < 1 + dice() % 60; ++i) {
      lengths.push_back(trial % 3 == 0 ? 0.3 : 0.05 + 120.0 * (dice() % 1000) / 1000.0);
      total += lengths.back();
    }
    const auto network = chain(lengths, trial % 2 ? 0.8 : 6);
    for (const auto law : {WalkingLaw::weidmann, WalkingLaw::crowdwalk}) {
      WalkingModel model;
      model.law = law;
      Walk walk(network, model);
      const double depart = (dice() % 5000) / 1000.0;
      const auto speed = static_cast<float>(0.3 + (dice() % 1500) / 1000.0);
      const PersonId person = walk.add(NodeId{0u}, NodeId{lengths.size()}, depart, double{speed});
      walk.run_out();
      CAPTURE(trial);
      REQUIRE(walk.arrived(person));
      CHECK(walk.arrival(person) ==
            doctest::Approx(depart + total / double{speed}).epsilon(0).scale(1).epsilon(0.0011));
    }
  }
}

TEST_CASE("a hundred links of one centimetre cost no time") {
  Walk walk(chain(std::vector<double>(300, 0.01)));
  const PersonId person = walk.add(NodeId{0u}, NodeId{300u}, 0.25, 1.5);
  walk.run_out();
  CHECK(std::abs(walk.arrival(person) - (0.25 + 3.0 / 1.5)) < 0.0011);
}

TEST_CASE("whoever is at the goal already arrives at the moment of setting out") {
  Walk walk(chain({100}));
  const PersonId person = walk.add(NodeId{1u}, NodeId{1u}, 3.456);
  walk.run_out();
  CHECK(walk.arrived(person));
  CHECK(walk.arrival(person) == doctest::Approx(3.456));
}

TEST_CASE("stairs slow people, up more than down, by the mean where the heights are unknown") {
  const auto time_on = [](double rise) {
    NetworkBuilder builder;
    const NodeId a = builder.add_node({0, 0}), b = builder.add_node({20, 0});
    if (rise == rise) builder.set_elevation(a, 0), builder.set_elevation(b, rise);
    builder.add_segment({.from = a, .to = b, .road_class = RoadClass::steps, .width = 2.0});
    Walk walk(std::make_shared<const Network>(builder.build()));
    const PersonId person = walk.add(a, b, 0, 1.0);
    walk.run_out();
    return walk.arrival(person);
  };
  CHECK(time_on(5) == doctest::Approx(40));
  CHECK(time_on(-5) == doctest::Approx(20 / 0.6).epsilon(1e-4));
  CHECK(time_on(std::nan("")) == doctest::Approx(20 / 0.55).epsilon(1e-4));
}

TEST_CASE("a slope slows as Tobler found, and gently downhill is the fastest") {
  CHECK(tobler_factor(0) == doctest::Approx(1));
  CHECK(tobler_factor(-0.05) == doctest::Approx(std::exp(3.5 * 0.05)));
  CHECK(tobler_factor(0.1) == doctest::Approx(std::exp(-3.5 * 0.1)));
  NetworkBuilder builder;
  const NodeId a = builder.add_node({0, 0}), b = builder.add_node({100, 0});
  builder.set_elevation(a, 0), builder.set_elevation(b, 10);
  builder.add_segment({.from = a, .to = b, .width = 2.0});
  const auto network = std::make_shared<const Network>(builder.build());
  Walk walk(network);
  const PersonId up = walk.add(a, b, 0, 1.0);
  walk.run_out();
  CHECK(walk.arrival(up) == doctest::Approx(100 * std::exp(0.35)).epsilon(1e-4));
  WalkingModel level;
  level.slope = false;
  Walk flat(network, level);
  flat.add(a, b, 0, 1.0);
  flat.run_out();
  CHECK(flat.arrival(up) == doctest::Approx(100));
}

TEST_CASE("people take the quickest way, not the shortest") {
  const auto city = ascii_city(R"(
      A====B----C     # stairs, then street
      |         |
      D---------E
  )");
  Walk walk(city.network);
  const PersonId person = walk.add(city.node('A'), city.node('C'));
  walk.run_out();
  // A-B-C: 100 m of stairs count as 182 m, 282 m in all, less than 400 m round by D and E
  CHECK(city.letters(walk.links_of(person)) == "ABC");
}

TEST_CASE("the legs table holds distance, free-flow time and how each stay ended") {
  const auto city = ascii_city("A----B----C");
  Walk walk(city.network);
  walk.add(city.node('A'), city.node('C'), 1.5, 1.25);
  walk.add(city.node('C'), city.node('A'), 0, 1.0);
  walk.run_until(170);
  const TableSet tables = walk.tables();
  const Table& legs = tables.at("legs");
  REQUIRE(legs.rows() == 2);
  const auto& person = legs.get<std::uint32_t>("person");
  const std::size_t first = person[0] == 0 ? 0 : 1, second = 1 - first;
  CHECK(legs.get<std::uint8_t>("outcome")[first] == 0);
  CHECK(legs.get<double>("end_s")[first] == doctest::Approx(1.5 + 160));
  CHECK(legs.get<float>("distance_m")[first] == doctest::Approx(200));
  CHECK(legs.get<float>("free_flow_s")[first] == doctest::Approx(160));
  CHECK(legs.get<std::uint8_t>("outcome")[second] == 2);
  CHECK(legs.get<float>("distance_m")[second] == doctest::Approx(170));
  CHECK(legs.get<float>("last_fraction")[second] == doctest::Approx(0.7));
  CHECK(legs.get<std::uint32_t>("last_link")[second] == city.link("BA").value);
}

TEST_CASE("who is sent to another goal on the way goes there from the next corner") {
  const auto city = ascii_city(R"(
      A----B----C
           |
           D
  )");
  Walk walk(city.network);
  const PersonId person = walk.add(city.node('A'), city.node('C'), 0, 1.0);
  walk.run_until(50);
  walk.orders.push_back({time_of(50), person, city.node('D')});
  walk.run_out();
  CHECK(walk.left.at(0).at == city.node('D'));
  CHECK(walk.arrival(person) == doctest::Approx(200));
}

TEST_CASE("whoever is asked for is handed over where they stand") {
  const auto city = ascii_city(R"(
      A----B----C
  )");
  Walk walk(city.network);
  const PersonId person = walk.add(city.node('A'), city.node('C'), 0, 1.0);
  walk.run_until(150);
  Order request{.time = time_of(150), .person = person};
  request.kind = Order::Kind::hand_over;
  request.hand_to = 2;
  walk.orders.push_back(request);
  walk.run_until(153);
  const Handover& given = walk.left.at(person.value);
  CHECK(given.to == 2);
  CHECK(given.reason == HandoverReason::on_request);
  CHECK(given.at == city.node('C'));
  CHECK(city.network->head(given.on) == city.node('C'));
  CHECK(given.along_mm == doctest::Approx(seconds(given.time) * 1000 - 100'000).epsilon(0.001));
}
