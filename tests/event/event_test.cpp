#include <algorithm>
#include <cmath>
#include <map>

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

TEST_CASE("of two gates at the end of one street the shut one lets nobody through") {
  EventTown town;
  town.rebuild = [](FocusArea& site) {
    AreaGate cut;
    cut.id = "extra/2", cut.node = site.gates.front().node, cut.to_node = 80;
    cut.line = {{470, 30}, {474, 30}};
    site.gates.front().way_in = site.gates.front().way_out = false;
    site.gates.push_back(cut);
  };
  const TableSet tables = town.run();
  for (const char* way : {"gate_in", "gate_out"}) {
    const auto& gate = tables.at("visitors").get<std::uint32_t>(way);
    CHECK(std::count(gate.begin(), gate.end(), 1) == 40);
  }
  const auto& gate = tables.at("gates").get<std::uint32_t>("gate");
  for (const char* way : {"came", "left"}) {
    const auto& people = tables.at("gates").get<std::int64_t>(way);
    for (std::size_t row = 0; row < gate.size(); ++row) CHECK((gate[row] == 1 || people[row] == 0));
    CHECK(people.back() == 40);
  }
  const auto out = visitors(tables, "out_s"), home = visitors(tables, "home_s");
  for (std::size_t row = 0; row < out.size(); ++row) CHECK(home[row] > out[row]);
}

TEST_CASE("ways inside the area begin and end at the gate, in the order of time, a step at a time") {
  EventTown town;
  const TableSet tables = town.run();
  const Table& ways = tables.at("area_ways");
  const auto& moment = ways.get<double>("t_s");
  const auto& who = ways.get<std::uint32_t>("person");
  const auto& x = ways.get<double>("x_m");
  const auto& ends = ways.get<std::uint8_t>("ends");
  std::map<std::uint32_t, std::size_t> last;  // row of everybody's last place
  std::size_t whole = 0, wrong = 0;
  for (std::size_t row = 0; row < moment.size(); ++row) {
    const auto before = last.find(who[row]);
    if (before == last.end() || ends[before->second] != 0) {
      wrong += std::fabs(x[row] - 450) < 0.01 ? 0 : 1;  // the gate
    } else {
      const std::size_t i = before->second;
      const double took = moment[row] - moment[i];
      wrong += took >= 0 && std::fabs(x[row] - x[i]) <= 1.6 * took + 3 ? 0 : 1;
    }
    if (ends[row] != 0) ++whole, wrong += std::fabs(x[row] - 450) < 0.01 ? 0 : 1;
    last[who[row]] = row;
  }
  CHECK(wrong == 0);
  CHECK(whole == 40);
  // who stands for half an hour costs no rows
  CHECK(moment.size() < 40 * 40);
  town.crowds.ways_every = {};
  CHECK(town.run().count("area_ways") == 0);
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

TEST_CASE("whoever is held before a gate for minutes keeps their place in its line") {
  EventTown town;
  town.crowds.gate_flow = 0.02;  // through 4 m: one in 12.5 s
  const auto world = town.world();
  const NodeId gate = world->areas.front().goal_of_gate(0);
  const Fields fields;
  const auto crowds = make_crowds(world, town.crowds, {}, fields, kGiver);
  Arena arena(1);
  Outbox outbox;
  std::vector<PersonId> came, went;
  for (std::uint32_t second = 0; second < 200; ++second) {
    std::vector<Handover> arrivals;
    const Time now = kStart + std::chrono::seconds(second);
    if (second % 4 == 0 && second < 48) {
      came.push_back(PersonId{20 - second / 4});  // later people have lower numbers
      arrivals.push_back({.time = now, .person = came.back(), .at = gate, .goal = gate});
    }
    crowds->advance({now, now + std::chrono::seconds(1)}, {arrivals, {}}, outbox, arena);
  }
  for (const Handover& out : outbox.departures) went.push_back(out.person);
  CHECK(went.size() == 12);
  CHECK(went == came);
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

TEST_CASE("the gates of the station let out no more than their flow, from one train to the next") {
  EventTown town;
  town.riders = 30;
  town.model.train_every = std::chrono::minutes(5);
  town.model.station_gates = 0.02;  // 6 of a train are out when the next one comes
  town.minutes = 150;
  const TableSet tables = town.run();
  const auto& by_train = tables.at("visitors").get<std::uint8_t>("by_train");
  const auto left = visitors(tables, "left_home_s");
  std::vector<double> out;
  for (std::size_t row = 0; row < left.size(); ++row) {
    if (by_train[row] == 1) out.push_back(left[row]);
  }
  std::sort(out.begin(), out.end());
  for (std::size_t i = 1; i < out.size(); ++i) CHECK(out[i] - out[i - 1] >= 50);
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
  using std::chrono::minutes;
  for (const bool round_jams : {false, true}) {
    CAPTURE(round_jams);
    EventTown town;
    town.riders = 20;
    town.crowds.quickest = round_jams;
    check_goes_on_bit_for_bit(town, minutes(90), {minutes(40), minutes(62), minutes(73)});
  }
}

TEST_CASE("an event that nobody can reach, or that has no room, is refused") {
  EventTown town;
  town.model.attendance = 51;
  CHECK_THROWS_WITH_AS(town.run(), doctest::Contains("only 50 residents live within"), InputError);
  town.model.attendance = 40;
  town.model.catchment = 100;
  CHECK_THROWS_WITH_AS(town.run(), doctest::Contains("lower it, raise train_share"), InputError);
}
