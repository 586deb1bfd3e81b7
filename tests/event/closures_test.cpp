// Streets that are closed by order on the way to an event and back.
#include <algorithm>
#include <cmath>

#include "event/warned_town.hpp"

using namespace chimata;
using namespace chimata::testing;
using std::chrono::minutes;

namespace {

/// Both ways along the piece of street between nodes `piece` and `piece` + 1.
std::vector<Closure> closed(std::uint32_t piece, Duration from, Duration to, bool wait = false) {
  const LinkId forward = Network::forward(SegmentId{piece});
  const Window when{kStart + from, kStart + to};
  return {{forward, when, kFoot, wait}, {Network::twin_of(forward), when, kFoot, wait}};
}

/// A second gate, a little farther, whose street joins the other one at node 3.
void add_gate(FocusArea& site) {
  AreaGate cut;
  cut.id = "extra/2", cut.node = NodeId{3u}, cut.to_node = 160;
  cut.line = {{450, 20}, {450, 24}};
  site.gates.push_back(cut);
}

std::vector<double> visitors(const TableSet& tables, const char* column) {
  return tables.at("visitors").get<double>(column);
}

long known(const std::vector<double>& moments) {
  return std::count_if(moments.begin(), moments.end(), [](double t) { return !std::isnan(t); });
}

long by_gate(const TableSet& tables, std::uint32_t gate) {
  const auto& all = tables.at("visitors").get<std::uint32_t>("gate_in");
  return std::count(all.begin(), all.end(), gate);
}

}  // namespace

TEST_CASE("people come by a gate whose street is open") {
  EventTown town;
  town.rebuild = add_gate;
  CHECK(by_gate(town.run(), 0) == 40);
  town.closed = closed(3, minutes(0), minutes(120));
  TableSet tables = town.run();
  CHECK(by_gate(tables, 1) == 40);
  CHECK(known(visitors(tables, "home_s")) == 40);
  // where people wait for the street to open they do not plan to go round it
  town.closed = closed(3, minutes(0), minutes(65), true);
  CHECK(by_gate(town.run(), 0) == 40);
}

TEST_CASE("whoever finds the street to their gate closed goes to another gate") {
  EventTown town;
  town.rebuild = add_gate;
  town.closed = closed(3, minutes(0), minutes(50));  // open again when the event starts, as all have planned
  const TableSet tables = town.run();
  const auto came = visitors(tables, "came_s");
  REQUIRE(known(came) == 40);
  for (const double moment : came) CHECK(moment <= 60 * 60 + 60);
  CHECK(by_gate(tables, 0) > 0);
  CHECK(by_gate(tables, 1) > 0);
}

TEST_CASE("whoever is kept by a closed street comes when it is opened, and gets home so too") {
  EventTown town;
  town.closed = closed(3, minutes(0), minutes(45));
  for (const Closure& closure : closed(2, minutes(71), minutes(95))) town.closed.push_back(closure);
  town.minutes = 150;
  const TableSet tables = town.run();
  const auto came = visitors(tables, "came_s"), home = visitors(tables, "home_s");
  REQUIRE(known(came) == 40);
  for (const double moment : came) CHECK(moment > 45 * 60 + 150 / 1.25);
  CHECK(std::count_if(came.begin(), came.end(), [](double t) { return t < 55 * 60; }) > 10);
  REQUIRE(known(home) == 40);
  for (const double moment : home) CHECK(moment > 95 * 60);
}

TEST_CASE("whoever is kept until it is over stays at home") {
  EventTown town;
  town.closed = closed(3, minutes(0), minutes(50));
  const auto late = closed(3, minutes(70), minutes(110)), early = closed(2, minutes(0), minutes(58));
  town.closed.insert(town.closed.end(), late.begin(), late.end());
  town.closed.insert(town.closed.end(), early.begin(), early.end());
  town.model.start = kStart + minutes(59);
  town.model.end = kStart + minutes(60);
  town.model.release = Duration{0};
  const TableSet tables = town.run();  // nobody is at the gate before the end, and all turn round there
  CHECK(known(visitors(tables, "out_s")) == 0);
  CHECK(known(visitors(tables, "home_s")) == 40);
}

TEST_CASE("people kept by a closed street flee when a warning comes") {
  WarnedTown warned;
  warned.town.closed = closed(3, minutes(0), minutes(59));
  warned.evacuation.order_at = kStart + minutes(50);
  const TableSet tables = warned.run();
  const auto& state = tables.at("persons").get<std::uint8_t>("state");
  CHECK(std::count(state.begin(), state.end(), static_cast<std::uint8_t>(PersonState::sheltered)) == 50);
}

TEST_CASE("an event among closed streets goes on bit for bit after a snapshot") {
  EventTown town;
  town.riders = 20;
  town.rebuild = add_gate;
  town.closed = closed(3, minutes(0), minutes(50));
  for (const Closure& closure : closed(2, minutes(74), minutes(85))) town.closed.push_back(closure);
  check_goes_on_bit_for_bit(town, minutes(110), {minutes(35), minutes(48), minutes(62), minutes(78)});
}

TEST_CASE("whoever has set out keeps to their plan when a fork closes streets") {
  EventTown base, fork;
  base.rebuild = fork.rebuild = add_gate;
  fork.closed = closed(3, minutes(45), minutes(120));
  const auto before = base.kernel();
  before->run_until(kStart + minutes(45));
  const auto after = fork.kernel();
  after->restore(before->snapshot());
  after->run_until(kStart + minutes(fork.minutes));
  static_cast<void>(after->census());
  const TableSet tables = after->finish();
  CHECK(by_gate(tables, 0) > 0);
  CHECK(by_gate(tables, 1) > 0);
  CHECK(known(visitors(tables, "came_s")) == 40);
}
