// Ropes and fences in an event's area, and checks at its gates.
#include "chimata/mobility/area_barriers.hpp"

#include <cmath>
#include <map>

#include "chimata/core/error.hpp"
#include "event/event_town.hpp"

using namespace chimata;
using namespace chimata::testing;

namespace {

Time minute(int m) {
  return kStart + std::chrono::minutes(m);
}

std::vector<double> visitors(const TableSet& tables, const char* column) {
  return tables.at("visitors").get<double>(column);
}

AreaBarrier rope(std::vector<Point> line, Window stands = {kStart, kNever}, const char* id = "barrier/1") {
  return {id, std::move(line), stands};
}

/// Cuts the street's gate off from the meadow.
const std::vector<Point> round_the_gate{{450, -8}, {458, -8}, {458, 8}, {450, 8}};

/// A second gate in the northern border of the meadow, joined to the street's end.
void add_gate(FocusArea& site) {
  AreaGate cut;
  cut.id = "extra/2", cut.node = site.gates.front().node, cut.to_node = 80;
  cut.line = {{470, 30}, {474, 30}};
  site.gates.push_back(cut);
}

}  // namespace

TEST_CASE("a barrier is cut to what of it lies in the area, and a gap that nobody gets through is closed") {
  const auto town = EventTown{}.world();
  const Area& meadow = *town->areas.front().area;  // 450 to 550, -30 to 30
  const auto whole = barrier_pieces(meadow, {{500, -80}, {500, 0}, {520, 0}});
  REQUIRE(whole.size() == 2);
  CHECK(whole[0].a.y == doctest::Approx(-30));
  CHECK(whole[1].b == Point{520, 0});
  const auto near = barrier_pieces(meadow, {{500, 29.7}, {500, 0}});
  REQUIRE(near.size() == 2);
  CHECK(near[1].a == Point{500, 29.7});
  CHECK(near[1].b.y == doctest::Approx(30));
  CHECK(barrier_pieces(meadow, {{500, 29}, {500, 0}}).size() == 1);  // people fit through a metre
  CHECK(barrier_pieces(meadow, {{600, 0}, {620, 0}}).empty());
  CHECK(barrier_pieces(meadow, {{500, 0}, {510, 0}}, {{{510.3, -5}, {510.3, 5}}}).size() == 2);
}

TEST_CASE("a rope across the way out holds the crowd until it is taken away") {
  EventTown town;
  town.rebuild = [](FocusArea& site) {
    put_up(site, {rope({{460, -30}, {460, 30}}, {minute(69), minute(90)})}, "plan");
    const CutOff always = find_sides(site, "plan"), last = cut_off_at_last(site);
    CHECK(always.spots + always.gates.size() + last.spots + last.gates.size() == 0);
  };
  const TableSet tables = town.run();
  const auto out = visitors(tables, "out_s"), home = visitors(tables, "home_s");
  for (std::size_t row = 0; row < out.size(); ++row) {
    CHECK(out[row] > 90 * 60);
    CHECK(home[row] > out[row]);
  }
  const double first = *std::min_element(out.begin(), out.end());
  CHECK(first < 90 * 60 + 50 / 1.25 + 10);  // from where they stand: they set out when it falls
}

TEST_CASE("people go round a fence through the gap that it leaves") {
  const auto time_out = [](bool fenced) {
    EventTown town;
    town.residents = 5;
    town.model.attendance = 1;
    if (fenced)
      town.rebuild = [](FocusArea& site) {
        put_up(site, {rope({{475, -30}, {475, 24}})}, "plan");
        (void)find_sides(site, "plan");
      };
    const TableSet tables = town.run();
    return visitors(tables, "out_s")[0] - visitors(tables, "set_out_s")[0];
  };
  // 50 m of way to the gate become 70
  CHECK(time_out(true) > time_out(false) + 15 / 1.25);
}

TEST_CASE(
    "of a meadow that a fence divides everybody fills the side to which their gate leads, and stays in it") {
  EventTown town;
  town.rebuild = [](FocusArea& site) {
    add_gate(site);
    put_up(site, {rope({{450, 10}, {550, 10}})}, "plan");
    CHECK(find_sides(site, "plan").spots == 0);
    CHECK_FALSE(site.leads(0, 0) == site.leads(1, 0));
  };
  town.model.viewing_density = 1;
  town.residents = 850;
  town.model.attendance = 800;
  town.minutes = 180;
  const auto world = town.world();
  const TableSet tables = town.run();
  const auto& gate = tables.at("visitors").get<std::uint32_t>("gate_in");
  const auto& spot = tables.at("visitors").get<std::uint32_t>("spot");
  std::size_t north = 0;
  for (std::size_t row = 0; row < gate.size(); ++row) {
    CHECK(world->areas.front().leads(gate[row], spot[row]));
    north += gate[row] == 1 ? 1 : 0;
  }
  CHECK(north > 50);
  CHECK(north < 750);
  const Table& ways = tables.at("area_ways");
  const auto& y = ways.get<double>("y_m");
  const auto& who = ways.get<std::uint32_t>("person");
  std::map<std::uint32_t, bool> side;
  std::size_t crossed = 0;
  for (std::size_t row = 0; row < y.size(); ++row)
    crossed += side.emplace(who[row], y[row] > 10).first->second == (y[row] > 10) ? 0 : 1;
  CHECK(crossed == 0);
  const auto home = visitors(tables, "home_s");
  CHECK(std::none_of(home.begin(), home.end(), [](double t) { return std::isnan(t); }));
}

TEST_CASE("nobody stays where a fence shuts everybody out, and a gate that it cuts off is shut") {
  EventTown town;
  town.rebuild = [](FocusArea& site) {
    add_gate(site);
    const std::size_t spots = site.spots.size();
    const NodeId first = site.spots.front().goal;
    put_up(site,
           {rope({{465, 30}, {465, 25}, {480, 25}, {480, 30}}),
            rope({{520, -30}, {520, 30}}, {kStart, kNever}, "barrier/2")},
           "plan");
    const CutOff found = find_sides(site, "plan");
    CHECK(found.spots > 0);
    CHECK(found.room > 100);
    CHECK(found.gates == std::vector<std::uint32_t>{1});
    CHECK_FALSE(site.gates[1].way_in);
    CHECK(site.spots.size() < spots);
    for (std::uint32_t spot = 0; spot < site.spots.size(); ++spot) {
      CHECK(site.spots[spot].shape.box().max_x <= 520);
      CHECK(site.spots[spot].goal.value == first.value + spot);
    }
  };
  const TableSet tables = town.run();
  const auto& gate = tables.at("visitors").get<std::uint32_t>("gate_in");
  CHECK(std::count(gate.begin(), gate.end(), 0) == 40);
  const Table& gates = tables.at("area_gates");
  CHECK(gates.get<std::string>("mode_in") == std::vector<std::string>{"emergent", "shut"});
  CHECK(gates.get<std::string>("mode_out") == std::vector<std::string>{"capped", "shut"});
}

TEST_CASE("whose gate is cut off for good while they watch leaves by another one") {
  EventTown town;
  town.rebuild = [](FocusArea& site) {
    add_gate(site);
    site.gates[1].way_in = false;  // all come by the street's gate
    put_up(site, {rope(round_the_gate, {minute(65), kNever})}, "plan");
    (void)find_sides(site, "plan");
    const CutOff last = cut_off_at_last(site);
    CHECK(last.spots == 0);
    CHECK(last.gates == std::vector<std::uint32_t>{0});
  };
  const TableSet tables = town.run();
  const auto& gate = tables.at("visitors").get<std::uint32_t>("gate_out");
  CHECK(std::count(gate.begin(), gate.end(), 1) == 40);
  const auto home = visitors(tables, "home_s");
  CHECK(std::none_of(home.begin(), home.end(), [](double t) { return std::isnan(t); }));
}

TEST_CASE("barriers that cannot be are refused") {
  const auto town = EventTown{}.world();
  const auto refused = [&](AreaBarrier barrier) {
    FocusArea site = town->areas.front();
    put_up(site, {std::move(barrier)}, "plan");
    (void)find_sides(site, "plan");
  };
  CHECK_THROWS_WITH_AS(refused(rope({{600, 0}, {620, 0}})),
                       doctest::Contains("plan: barrier/1 lies outside meadow"), InputError);
  CHECK_THROWS_WITH_AS(refused(rope(round_the_gate)),
                       doctest::Contains("plan: nobody can get to any place in meadow"), InputError);
  FocusArea later = town->areas.front();
  put_up(later, {rope(round_the_gate, {minute(65), kNever})}, "plan");
  CHECK(find_sides(later, "plan").spots == 0);
  CHECK(cut_off_at_last(later).spots == later.spots.size());
}

TEST_CASE("a check at the gate lets in as many as its lanes, and is told with the time that people waited") {
  EventTown town;
  town.rebuild = [](FocusArea& site) { site.gates.front().check = {2, 90, 0}; };
  const TableSet tables = town.run();
  const Table& gates = tables.at("area_gates");
  CHECK(gates.get<std::string>("mode_in") == std::vector<std::string>{"service"});
  CHECK(gates.get<std::uint32_t>("lanes") == std::vector<std::uint32_t>{2});
  CHECK(gates.get<double>("check_s") == std::vector<double>{90});
  CHECK(gates.get<double>("flow_out").front() == doctest::Approx(4 * 1.33));
  CHECK(gates.get<double>("wait_mean_s").front() > 90);
  CHECK(gates.get<double>("wait_max_s").front() > gates.get<double>("wait_mean_s").front());
  // 40 people come within half an hour, 40 * 90 s / 2 are as much: they queue
  const auto& waiting = tables.at("gates").get<std::uint32_t>("waiting");
  CHECK(*std::max_element(waiting.begin(), waiting.end()) > 5);
  const auto home = visitors(tables, "home_s");
  CHECK(std::none_of(home.begin(), home.end(), [](double t) { return std::isnan(t); }));
  CHECK(tables.at("gates").get<std::int64_t>("came").back() == 40);
  CHECK(tables.at("gates").get<std::int64_t>("left").back() == 40);
}

TEST_CASE("who still stands before a check when the event is over goes home without one") {
  EventTown town;
  town.rebuild = [](FocusArea& site) { site.gates.front().check = {1, 600, 0}; };
  const TableSet tables = town.run();
  const auto out = visitors(tables, "out_s"), set_out = visitors(tables, "set_out_s");
  REQUIRE(out.size() == 40);
  for (std::size_t row = 0; row < out.size(); ++row) CHECK(out[row] < set_out[row] + 300);
}

TEST_CASE("barriers and checks go on bit for bit after a snapshot, and on any number of threads") {
  using std::chrono::minutes;
  EventTown town;
  town.riders = 20;
  town.rebuild = [](FocusArea& site) {
    site.gates.front().check = {2, 40, 0.5};
    put_up(site,
           {rope({{460, -30}, {460, 30}}, {minute(62), minute(80)}),
            rope({{480, -30}, {480, 20}}, {kStart, kNever}, "barrier/2")},
           "plan");
    (void)find_sides(site, "plan");
  };
  check_goes_on_bit_for_bit(town, minutes(90), {minutes(40), minutes(62), minutes(73)});
}
