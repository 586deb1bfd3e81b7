#include <doctest/doctest.h>

#include <cmath>

#include "chimata/pedestrian/surroundings.hpp"
#include "pedestrian/room.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::pedestrian;
using namespace chimata::test;

namespace {

Layer everywhere(Quantity quantity, double value) {
  Layer layer;
  layer.quantity = quantity;
  layer.values = {value};
  return layer;
}

/// A hall of 60 x 4 m with one person at its west end who walks out in the east.
struct Corridor : Room {
  JourneyRow out;
  explicit Corridor(double dt = 0.02) : Room(60, 4, model(dt)), out(venue.add_journey({east})) {}
  static VenueModel model(double dt) {
    VenueModel model;
    model.dt = dt;
    return model;
  }
  void put(std::uint32_t number, Point at, double starts_s = 0, double desired = 1.25) {
    Visitor visitor;
    visitor.body.person = PersonId{number};
    visitor.body.at = at;
    visitor.body.speed = desired;
    visitor.journey = out;
    visitor.starts_s = starts_s;
    venue.let_in({visitor});
  }
  void surround(std::vector<Layer> layers) {
    Surroundings surroundings;
    for (Layer& layer : layers) surroundings.add(std::move(layer));
    venue.set_surroundings(surroundings);
  }
};

}  // namespace

TEST_CASE("smoke slows people down to a crawl of 0.3 m/s, whatever their speed") {
  const SmokeModel jin;
  CHECK(smoke_factor(jin, 0, 1.25) == 1);
  CHECK(smoke_factor(jin, 1, 1.25) == 0.5);
  CHECK(smoke_factor(jin, 10, 1.25) * 1.25 == doctest::Approx(0.3));
  CHECK(smoke_factor(jin, 10, 0.2) == 1);  // nobody gets faster
  SmokeModel lund;
  lund.law = SmokeLaw::frantzich_nilsson;
  CHECK(smoke_factor(lund, 1, 1.25) == doctest::Approx(1 - 0.0807).epsilon(1e-3));
  CHECK(smoke_factor(lund, 100, 1.25) == 0.1);
}

TEST_CASE("the dose of gases is that of Purser's equations") {
  const double co = 4.607e-7 * std::pow(5000.0, 1.036) * std::exp(0.193 * 2 + 2.0004) / 7.1;
  const double o2 = 1 / (60 * std::exp(8.13 - 0.54 * (20.9 - 18)));
  CHECK(dose_rate({.co = 5000, .co2 = 2, .o2 = 18}) == doctest::Approx(co + o2).epsilon(1e-12));
  CHECK(dose_rate({}) == 0);
  CHECK(dose_rate({.co2 = 5}) == 0);  // makes breathing faster, and does nothing by itself here
}

TEST_CASE("a shape of smoke is there from its first moment, grows evenly and stays") {
  Layer layer;
  layer.shapes = {rectangle(10, 0, 20, 4)};
  layer.times_s = {10, 20};
  layer.values = {0, 4};
  Surroundings surroundings;
  surroundings.add(layer);
  surroundings.add(everywhere(Quantity::smoke, 0.5));
  CHECK(surroundings.at({15, 2}, 5).smoke == 0.5);
  CHECK(surroundings.at({15, 2}, 15).smoke == 2);
  CHECK(surroundings.at({15, 2}, 99).smoke == 4);
  CHECK(surroundings.at({5, 2}, 99).smoke == 0.5);
}

TEST_CASE("cells of water slow those who stand in them, and gaps in the grid are dry") {
  Layer layer;
  layer.quantity = Quantity::water;
  layer.frame = {0, 4, 2, 4, 3, 1};
  layer.values = {0.2, NAN, 0.6};
  Surroundings surroundings;
  surroundings.add(layer);
  const auto factor = [&](double x, PersonClass who) {
    return surroundings.factor(surroundings.at({x, 2}, 0), 1.3, who);
  };
  CHECK(factor(1, PersonClass::adult) == doctest::Approx(0.8));
  CHECK(factor(3, PersonClass::adult) == 1);
  CHECK(factor(5, PersonClass::adult) == doctest::Approx(0.4));
  CHECK(factor(5, PersonClass::child) == 0);
  CHECK(factor(7, PersonClass::child) == 1);
}

TEST_CASE("somebody takes twice as long through smoke that halves their speed") {
  Corridor clear, smoky;
  clear.put(0, {5, 2}), smoky.put(0, {5, 2});
  Layer layer = everywhere(Quantity::smoke, 1);
  smoky.surround({layer});
  clear.run_until(200), smoky.run_until(200);
  const double fast = clear.times(clear.east).at(0), slow = smoky.times(smoky.east).at(0);
  CHECK(fast == doctest::Approx((55 - 0.3) / 1.25).epsilon(0.01));
  CHECK(slow == doctest::Approx(2 * fast).epsilon(0.005));
}

TEST_CASE("who has breathed in a full dose stays where they are and is counted") {
  Corridor corridor;
  corridor.put(0, {5, 2}, 1000);
  corridor.put(1, {55, 2});
  corridor.surround({everywhere(Quantity::co, 5000)});
  const double at = 1 / dose_rate({.co = 5000});
  corridor.run_until(std::ceil(at) + 2);
  CHECK(corridor.venue.incapacitated() == 1);
  CHECK(corridor.venue.exposure(PersonId{0u}).down_s == doctest::Approx(at).epsilon(0.6 / at));
  CHECK(corridor.venue.left() == 1);
  // what somebody breathed in on their way out is known afterwards
  const double way = corridor.times(corridor.east).at(0);
  CHECK(corridor.venue.exposure(PersonId{1u}).dose == doctest::Approx(way / at).epsilon(0.01));
  corridor.run_until(1100);
  CHECK(corridor.venue.present() == 1);
  CHECK(corridor.venue.crowd().position()[0] == Point{5, 2});
}

TEST_CASE("who rides in an elevator breathes in nothing on the way") {
  // a clean hall, and a deck 60 m higher that is full of gas
  const auto building = std::make_shared<const Levels>(
      std::vector<Level>{{"1F", {rectangle(0, 0, 10, 10)}, 0}, {"2F", {rectangle(40, 0, 50, 10)}, 60}},
      std::vector<Flight>{},
      std::vector<Shaft>{{"lift", {{"1F", {{4, 10}, {5.2, 10}}}, {"2F", {{44, 10}, {45.2, 10}}}}}});
  VenueModel model;
  model.dt = 0.02;
  Venue venue(building, {}, {{}}, model);
  const Polygon deck = building->place("2F", rectangle(40, 0, 50, 10));
  Layer gas = everywhere(Quantity::co, 3000);
  gas.shapes = {deck};
  Surroundings surroundings;
  surroundings.add(gas);
  venue.set_surroundings(surroundings);
  Visitor visitor;
  visitor.body.person = PersonId{0u}, visitor.body.at = {4.6, 5};
  visitor.journey =
      venue.add_journey({venue.add_stage({"out", {}, {building->place("2F", Wall{{42, 0}, {48, 0}})}})});
  venue.let_in({visitor});
  Arena arena(1);
  double on_deck = 0;  // s
  for (double now = 0.02; venue.left() == 0 && now < 200; now += 0.02) {
    venue.run_until(now, arena);
    on_deck += venue.crowd().size() == 1 && deck.contains(venue.crowd().position()[0]) ? 0.02 : 0;
  }
  REQUIRE(venue.left() == 1);
  CHECK(on_deck < 10);
  CHECK(venue.exposure(PersonId{0u}).dose ==
        doctest::Approx(on_deck * dose_rate({.co = 3000})).epsilon(0.02));
}

TEST_CASE("a child stands in water that an adult wades through, until it falls") {
  Corridor corridor;
  corridor.put(0, {5, 1}), corridor.put(1, {5, 3});
  corridor.venue.set_class({PersonId{1u}}, PersonClass::child);
  Layer water = everywhere(Quantity::water, 0);
  water.times_s = {0, 100, 101};
  water.values = {0.4, 0.4, 0};
  corridor.surround({water});
  corridor.run_until(100);
  REQUIRE(corridor.venue.present() == 1);
  CHECK(corridor.venue.crowd().position()[0].x == doctest::Approx(5).epsilon(0.001));
  CHECK(corridor.times(corridor.east).at(0) == doctest::Approx(54.7 / (0.6 * 1.25)).epsilon(0.01));
  corridor.run_until(200);
  CHECK(corridor.venue.left() == 2);
}

TEST_CASE("what people breathed in goes on from a saved state, for any number of threads") {
  const auto make = [] {
    auto corridor = std::make_unique<Corridor>();
    for (std::uint32_t i = 0; i < 60; ++i) corridor->put(i, {1.0 + 0.5 * (i % 30), 1.0 + 2.0 * (i / 30)});
    Layer co = everywhere(Quantity::co, 0);
    co.times_s = {0, 60};
    co.values = {1000, 100000};
    corridor->surround({co, everywhere(Quantity::smoke, 0.8)});
    return corridor;
  };
  CHECK(goes_on_as_saved(make, {7.3, 30.0}, 80));
  const auto one = make(), four = make();
  Arena arena(4);
  one->run_until(60), four->venue.run_until(60, arena);
  CHECK(one->state() == four->state());
  CHECK(one->venue.incapacitated() > 0);
}

TEST_CASE("surroundings that cannot be are refused in one line") {
  Surroundings surroundings;
  const auto refused = [&](const Layer& layer) { return complaint([&] { surroundings.add(layer); }); };
  Layer layer;
  CHECK(refused(layer) == "smoke (layer 1): has 0 values; give 1: one per moment");
  layer.times_s = {0, 0}, layer.values = {1, 1};
  CHECK(refused(layer) == "smoke (layer 1): has moments that do not rise; sort them, none twice");
  CHECK(refused(everywhere(Quantity::co, -1)) == "co (layer 1): cannot be -1.000000; give 0 or more");
  CHECK(refused(everywhere(Quantity::o2, 209000)) ==
        "o2 (layer 1): cannot be 209000.000000; give 0 to 100 %");
  Layer beside = everywhere(Quantity::water, 1);
  beside.shapes = {rectangle(100, 100, 110, 110)};
  surroundings.add(beside);
  Room room;
  CHECK(complaint([&] { room.venue.set_surroundings(surroundings); }) ==
        "water (layer 1): lies outside the area; use the coordinates of the area, in m");
}
