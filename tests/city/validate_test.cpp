#include <doctest/doctest.h>

#include <algorithm>

#include "chimata/city/city.hpp"
#include "support/small_city.hpp"

using namespace chimata;
using namespace chimata::testing;
using Severity = Problem::Severity;

namespace {

/// The first problem of this layer and severity whose message contains `text`.
const Problem* find(const std::vector<Problem>& problems, Severity severity, std::string_view layer,
                    std::string_view text) {
  for (const Problem& p : problems) {
    if (p.severity == severity && p.layer == layer && p.message.find(text) != std::string::npos) return &p;
  }
  return nullptr;
}

/// Whether breaking a sound city in one way is reported, with a way to mend it.
bool finds(void (*spoil)(City&), Severity severity, std::string_view layer, std::string_view text,
           std::string_view id = "") {
  City city = small_city();
  if (find(validate(city), severity, layer, text)) return false;  // it must not be there before
  spoil(city);
  const auto problems = validate(city);
  const Problem* found = find(problems, severity, layer, text);
  return found && !found->fix.empty() && found->id.find(id) != std::string::npos;
}

void set_outside(City& city, Point p) {
  city.shelters.position[ShelterId{0u}] = p;
}

}  // namespace

TEST_CASE("a sound city has neither errors nor warnings") {
  for (const Problem& p : validate(small_city())) {
    INFO(p.layer, " ", p.id, " ", p.message);
    CHECK(p.severity == Severity::note);
  }
}

TEST_CASE("each fault of the shelters is found") {
  CHECK(finds([](City& c) { c.shelters = {}; }, Severity::error, "shelters", "no shelters"));
  CHECK(finds(
      [](City& c) {
        add_shelter(c.shelters, "S1", {100, 0}, 10);
      },
      Severity::error, "shelters", "same id", "S1"));
  CHECK(finds(
      [](City& c) {
        add_shelter(c.shelters, "", {100, 0}, 10);
      },
      Severity::error, "shelters", "no id"));
  CHECK(finds(
      [](City& c) {
        add_shelter(c.shelters, "S2", {100, 0}, 0);
      },
      Severity::warning, "shelters", "capacity 0", "S2 (shelters.csv:3)"));
  CHECK(finds([](City& c) { set_outside(c, {2000, 250}); }, Severity::warning, "shelters", "250 m from"));
  CHECK(finds([](City& c) { set_outside(c, {2000, 501}); }, Severity::error, "shelters", "501 m from"));
  CHECK(finds(
      [](City& c) {
        set_outside(c, {2000, 20000});
      },
      Severity::error, "shelters", "outside the streets", "S1"));
  CHECK(finds([](City& c) { set_outside(c, {30, 2000}); }, Severity::error, "shelters", "swapped"));
  CHECK(finds([](City& c) { c.shelters.fit[ShelterId{0u}] = kEarthquake; }, Severity::error, "shelters",
              "fit for floods"));
  CHECK(finds([](City& c) { c.shelters.capacity[ShelterId{0u}] = 300; }, Severity::warning, "shelters",
              "(50 %)"));
}

TEST_CASE("areas drawn as lines are found: nobody can stand on a line") {
  CHECK(finds(
      [](City& c) {
        Features& areas = c.layers["areas"];
        areas.geometry = Geometry::line;
        areas.id = {"lawn"}, areas.name = {"lawn"};
        areas.shape = {Polygon{{{{0, 0}, {100, 0}}}}};
      },
      Severity::warning, "areas", "lines"));
}

TEST_CASE("each fault of the zones and residences is found") {
  CHECK(finds([](City& c) { c.zones = {}; }, Severity::warning, "zones", "no zones"));
  CHECK(finds([](City& c) { c.zones.id[ZoneId{1u}] = "west"; }, Severity::error, "zones", "same id", "west"));
  CHECK(finds([](City& c) { c.zones.population[ZoneId{0u}] = 0; }, Severity::note, "zones", "no residents",
              "west"));
  CHECK(finds([](City& c) { c.zones.population[ZoneId{0u}] = -3; }, Severity::error, "zones", "negative",
              "west"));
  CHECK(finds([](City& c) { c.zones.share_75_up[ZoneId{1u}] = 15; }, Severity::error, "zones", "shares",
              "east"));
  CHECK(finds([](City& c) { c.zones.share_impaired[ZoneId{1u}] = NAN; }, Severity::error, "zones", "shares",
              "east"));
  CHECK(finds([](City& c) { c.zones.shape[ZoneId{1u}] = Polygon{}; }, Severity::error, "zones", "no area",
              "east"));
  CHECK(finds([](City& c) { c.zones.shape[ZoneId{1u}] = rectangle(900, -100, 2100, 100); }, Severity::warning,
              "zones", "overlaps zone east", "west"));
  CHECK(finds([](City& c) { c.zones.in_warning_area[ZoneId{0u}] = 0; }, Severity::note, "zones",
              "warning area"));
  CHECK(finds([](City& c) { c.residences = {}; }, Severity::warning, "residences", "no residences"));
  CHECK(finds([](City& c) { c.residences.residents[3] = -1; }, Severity::error, "residences", "head count",
              "row 4"));
  CHECK(finds(
      [](City& c) {
        add_residence(c, {500, 300}, 500);
      },
      Severity::warning, "residences", "outside all zones"));
  CHECK(finds(
      [](City& c) {
        add_residence(c, {500, 50}, 500);
      },
      Severity::note, "residences", "zones' own population"));
  CHECK(finds(
      [](City& c) {
        for (Point& p : c.residences.position) p = {p.y, p.x};
      },
      Severity::error, "residences", "swapped"));
}

TEST_CASE("each fault of the network and the terrain is found") {
  CHECK(finds([](City& c) { c.network = Network{}; }, Severity::error, "network", "no streets"));
  CHECK(finds([](City& c) { c.network.modes.assign(c.network.link_count(), kCar); }, Severity::error,
              "network", "on foot"));
  CHECK(finds([](City& c) { c.network.width[SegmentId{2u}] = 0; }, Severity::error, "network", "0 m wide",
              "segment 2"));
  CHECK(finds([](City& c) { c.network.width[SegmentId{2u}] = 0.2f; }, Severity::warning, "network",
              "0.2 m wide", "segment 2"));
  CHECK(finds([](City& c) { c.network.width[SegmentId{2u}] = 400; }, Severity::warning, "network",
              "400 m wide", "segment 2"));
  CHECK(finds([](City& c) { c.network.length[SegmentId{2u}] = 0.01; }, Severity::warning, "network",
              "0.01 m long", "segment 2"));
  CHECK(finds([](City& c) { c.network.length[SegmentId{2u}] = 30; }, Severity::error, "network",
              "100 m apart", "segment 2"));
  CHECK(finds([](City& c) { c.network.length[SegmentId{2u}] = 30e3; }, Severity::warning, "network",
              "30000 m long", "segment 2"));
  CHECK(finds([](City& c) { c.network.position[NodeId{4u}].x = NAN; }, Severity::error, "network", "finite",
              "node 4"));
  CHECK(finds(
      [](City& c) {
        for (Point& p : c.network.position) p.x /= 100e3;
      },
      Severity::error, "network", "degrees"));
  CHECK(finds([](City& c) { c.network.position[NodeId{0u}].x = -900e3; }, Severity::warning, "network",
              "span"));
  CHECK(finds([](City& c) { c.network.imputed[SegmentId{0u}] = kImputedWidth; }, Severity::note, "network",
              "5 % of widths come from class defaults"));
  CHECK(finds([](City& c) { c.network.capacity[LinkId{3u}] = -1; }, Severity::error, "network",
              "capacity is negative", "link 3"));
  CHECK(finds(
      [](City& c) {
        c.network.signal_plans = {{NodeId{0u}, 60, 0, {{20, 5, {}}}}};
      },
      Severity::error, "network", "phases of 25 s in a cycle of 60 s", "node 0"));
  CHECK(finds(
      [](City& c) {
        const LinkId in{0u}, out = Network::twin_of(in);
        c.network.signal_plans = {{c.network.tail(in), 25, 0, {{20, 5, {{in, out}}}}}};
      },
      Severity::error, "network", "green to a movement elsewhere"));
  CHECK(finds([](City& c) { c.terrain = {}; }, Severity::note, "terrain", "no terrain"));
  CHECK(finds([](City& c) { c.terrain.frame.west += 1000; }, Severity::warning, "terrain",
              "covers all but 8 of 21"));
  CHECK(finds([](City& c) { c.terrain.frame.west += 1e6; }, Severity::error, "terrain",
              "100 % without height"));
}

TEST_CASE("streets cut off from the main part are reported with their share and their nodes") {
  City city = small_city();
  const LinkId cut = Network::forward(SegmentId{14u});
  city.network.modes[cut] = city.network.modes[Network::twin_of(cut)] = kCar;
  const auto problems = validate(city);
  const Problem* found =
      find(problems, Severity::warning, "network", "26.32 % of the walking length (0.5 km in 1 parts)");
  REQUIRE(found);
  CHECK(found->message.find("nodes 15") != std::string::npos);
}

TEST_CASE("a layer with a repeated id is reported under its own name") {
  City city = small_city();
  city.layers["ports"].id = {"P1", "P2", "P1"};
  CHECK(find(validate(city), Severity::error, "ports", "rows 1 and 3"));
}

TEST_CASE(
    "many faults of one kind are named five times and then counted, worst first, always in the same order") {
  City city = small_city();
  for (std::size_t s = 0; s < 12; ++s) city.network.width[SegmentId{s}] = 0.1f;
  city.shelters.capacity[ShelterId{0u}] = 0;
  const auto problems = validate(city);
  const auto narrow = std::count_if(problems.begin(), problems.end(), [](const Problem& p) {
    return p.message.find("0.1 m wide") != std::string::npos && p.severity == Severity::warning;
  });
  CHECK(narrow == 6);
  CHECK(find(problems, Severity::warning, "network", "and 7 more"));
  CHECK(std::is_sorted(problems.begin(), problems.end(),
                       [](const Problem& a, const Problem& b) { return a.severity > b.severity; }));
  const auto again = validate(city);
  REQUIRE(again.size() == problems.size());
  for (std::size_t i = 0; i < again.size(); ++i) CHECK(again[i].message == problems[i].message);
}
