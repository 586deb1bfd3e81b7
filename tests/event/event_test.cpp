#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "event/event_town.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

std::vector<double> visitors(const TableSet& tables, const char* column) {
  return tables.at("visitors").get<double>(column);
}

}  // namespace

TEST_CASE("the meadow has one gate as wide as its street, and spots that keep clear of it") {
  const auto town = EventTown{}.world();
  const FocusArea& site = town->areas.front();
  REQUIRE(site.gates.size() == 1);
  const AreaGate& gate = site.gates.front();
  CHECK(gate.width() == doctest::Approx(4));
  CHECK(gate.from_tail == doctest::Approx(50));
  CHECK(gate.to_node == doctest::Approx(50));
  CHECK(town->network->head(gate.out) == gate.node);
  REQUIRE_FALSE(site.spots.empty());
  for (const AreaSpot& spot : site.spots) {
    CHECK(site.area->contains(spot.shape.centroid()));
    CHECK(distance(spot.shape.centroid(), {450, 0}) > 8);
  }
  CHECK(distance(site.spots.front().shape.centroid(), {500, 0}) <=
        distance(site.spots.back().shape.centroid(), {500, 0}));
}

TEST_CASE("everybody comes to the event, watches, and is home again") {
  EventTown town;
  const TableSet tables = town.run();
  const auto came = visitors(tables, "came_s"), out = visitors(tables, "out_s"),
             home = visitors(tables, "home_s"), set_out = visitors(tables, "set_out_s");
  REQUIRE(came.size() == 40);
  for (std::size_t row = 0; row < came.size(); ++row) {
    CHECK(came[row] >= 30 * 60 - 1);
    CHECK(came[row] <= 60 * 60 + 60);
    CHECK(set_out[row] >= 70 * 60);
    CHECK(set_out[row] <= 75 * 60);
    CHECK(out[row] > set_out[row]);
    CHECK(home[row] > out[row]);
  }
  const auto& visiting = tables.at("areas").get<std::uint32_t>("visiting");
  CHECK(*std::max_element(visiting.begin(), visiting.end()) == 40);
  CHECK(visiting.back() == 0);
}

TEST_CASE("an area that everybody has left is empty now, and keeps what was measured") {
  EventTown town;
  const TableSet tables = town.run();
  const auto& inside = tables.at("areas").get<std::uint32_t>("inside");
  const auto& density = tables.at("areas").get<double>("density");
  REQUIRE(inside.back() == 0);
  for (std::size_t row = 0; row < inside.size(); ++row) CHECK((inside[row] > 0 || density[row] == 0));
  CHECK(*std::max_element(density.begin(), density.end()) > 0.3);
  CHECK(tables.at("areas").get<double>("density_max").back() > 0.3);
}

TEST_CASE("time in the area counts once, and none of it while nobody was there") {
  EventTown town;
  town.west = 400.5;  // who comes to the gate is inside within the same window
  const TableSet tables = town.run();
  // nobody is there for the first half hour
  const auto came = visitors(tables, "came_s"), out = visitors(tables, "out_s");
  double inside = 0;  // person min
  for (std::size_t row = 0; row < came.size(); ++row) inside += (out[row] - came[row]) / 60;
  const Table& levels = tables.at("area_levels");
  REQUIRE(levels.get<std::string>("level") == std::vector<std::string>{"A", "B", "C", "D", "E", "F"});
  for (const char* kind : {"walkway_person_min", "queue_person_min"}) {
    double all = 0;
    for (const double minutes : levels.get<double>(kind)) all += minutes;
    CHECK(all == doctest::Approx(inside).epsilon(0.005));
  }
}

TEST_CASE("posts for marshals stand where the crowd of an event is densest") {
  EventTown town;
  town.residents = 850;
  town.model.attendance = 800;
  town.model.release = std::chrono::minutes(0);
  town.minutes = 180;
  const TableSet tables = town.run();
  const Table& posts = tables.at("guard_posts");
  const auto& x = posts.get<double>("x_m");
  const auto& dense = posts.get<double>("dense_person_min");
  REQUIRE(!x.empty());
  CHECK(x.size() <= 10);
  CHECK(x[0] < 470);  // behind the gate at 450 m
  CHECK(dense[0] > 0);
  double all = 0;
  for (const double minutes : dense) all += minutes;
  CHECK(all <= tables.at("areas").get<double>("dense_person_min").back() * (1 + 1e-6));
  CHECK(tables.at("areas").get<double>("counterflow_person_min").back() >= 0);
}

TEST_CASE("who goes through a gate loses no time and no way") {
  EventTown town;
  town.residents = 1;
  town.model.attendance = 1;
  const TableSet tables = town.run();
  // 450 m of street from the gate to the home at walking speed; windows of a second may each add one
  const double way_home = visitors(tables, "home_s")[0] - visitors(tables, "out_s")[0];
  CHECK(way_home == doctest::Approx(450 / 1.25).epsilon(0.006));
}

TEST_CASE("a street that is full holds people back in the area") {
  EventTown town;
  town.residents = 850;
  town.model.attendance = 800;
  town.model.release = std::chrono::minutes(0);
  town.minutes = 180;
  town.width = 2;
  town.neck = 0.5;
  const TableSet tables = town.run();
  // 50 m x 2 m behind the gate hold 500 people at 5 persons/m2; all others come as the neck of 0.5 m lets go
  const auto& link = tables.at("links").get<std::uint32_t>("link");
  const auto& density = tables.at("links").get<float>("max_density");
  const std::uint32_t street = town.world()->areas.front().gates.front().out.value >> 1;
  float most = 0;
  for (std::size_t row = 0; row < link.size(); ++row) {
    if (link[row] >> 1 == street) most = std::max(most, density[row]);
  }
  CHECK(most * 100 * 2 <= 501);
  CHECK(most * 100 * 2 >= 480);
  auto out = visitors(tables, "out_s");
  std::sort(out.begin(), out.end());
  const double neck_flow = 0.5 * 1.22;
  CHECK((out[799] - out[599]) == doctest::Approx(200 / neck_flow).epsilon(0.08));
  // before the street was full nobody was held back: as fast as the gate of 2 m lets people out
  CHECK((out[300] - out[100]) == doctest::Approx(200 / (1.33 * 2)).epsilon(0.1));
  const auto home = visitors(tables, "home_s");
  CHECK(std::none_of(home.begin(), home.end(), [](double t) { return std::isnan(t); }));
}

TEST_CASE("the parts of the crowd set out one after the other, the outer ones first") {
  EventTown town;
  town.model.blocks = 2;
  const TableSet tables = town.run();
  const auto set_out = visitors(tables, "set_out_s");
  const auto& spot = tables.at("visitors").get<std::uint32_t>("spot");
  const std::uint32_t spots = 1 + *std::max_element(spot.begin(), spot.end());
  CHECK(spots >= 2);
  for (std::size_t row = 0; row < spot.size(); ++row)
    CHECK((set_out[row] >= 72.5 * 60) == (spot[row] * 2 < spots));
}

TEST_CASE("trains take as many as find room, first come, first on board") {
  EventTown town;
  town.riders = 30;
  town.model.attendance = 40;
  town.model.train_every = std::chrono::minutes(10);
  town.model.train_capacity = 12;
  const TableSet tables = town.run();
  const auto& by_train = tables.at("visitors").get<std::uint8_t>("by_train");
  CHECK(std::count(by_train.begin(), by_train.end(), 1) == 30);
  std::map<double, int> boarded;
  const auto home = visitors(tables, "home_s");
  for (std::size_t row = 0; row < home.size(); ++row) {
    if (by_train[row] == 1) ++boarded[home[row]];
  }
  for (const auto& [time, people] : boarded) {
    CHECK(std::fmod(time, 600) == 0);
    CHECK(people <= 12);
  }
  CHECK(boarded.size() == 3);
  const auto& left = tables.at("station").get<std::int64_t>("boarded");
  CHECK(left.back() == 30);
}

TEST_CASE("a larger event brings the same people and further ones") {
  EventTown town;
  town.model.attendance = 20;
  const auto few = town.run().at("visitors").get<std::uint32_t>("person");
  town.model.attendance = 40;
  const auto many = town.run().at("visitors").get<std::uint32_t>("person");
  CHECK(std::includes(many.begin(), many.end(), few.begin(), few.end()));
}

TEST_CASE("an event goes on bit for bit after a snapshot, and on any number of threads") {
  EventTown town;
  town.riders = 20;
  using std::chrono::minutes;
  check_goes_on_bit_for_bit(town, minutes(90), {minutes(40), minutes(62), minutes(73)});
}

TEST_CASE("an event that nobody can reach, or that has no room, is refused") {
  EventTown town;
  town.model.attendance = 51;
  CHECK_THROWS_WITH_AS(town.run(), doctest::Contains("only 50 residents live within"), InputError);
  town.model.attendance = 40;
  town.model.catchment = 100;
  CHECK_THROWS_WITH_AS(town.run(), doctest::Contains("lower it, raise train_share"), InputError);
}
