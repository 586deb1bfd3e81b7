#include <doctest/doctest.h>

#include <cmath>

#include "io/road_text.hpp"
#include "support/real_data.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

// What a network holds, in the units of the files: counted with grep and awk over the same files.
struct Figures {
  std::size_t nodes, links, for_cars;
  double capacity, length;  // vehicles/h and m, summed over the file's links

  friend bool operator==(const Figures&, const Figures&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Figures& f) {
    return out << f.nodes << " nodes, " << f.links << " links, " << f.for_cars << " for cars, " << f.capacity
               << "/h, " << f.length << " m";
  }
};

Figures figures(const io::RoadResult& roads) {
  const Network& n = roads.network;
  Figures f{n.node_count(), 0, 0, 0, 0};
  for (std::uint32_t l = 0; l < n.link_count(); ++l) {
    if (roads.link_id[l].empty()) continue;
    ++f.links;
    f.for_cars += n.allows(LinkId{l}, kCar);
    f.capacity += 3600.0 * n.capacity[LinkId{l}];
    f.length += n.length_of(LinkId{l});
  }
  f.capacity = std::round(f.capacity);
  f.length = std::round(f.length);
  return f;
}

std::optional<io::RoadResult> load(const std::string& name) {
  const auto path = real_data("network/" + name);
  if (!path) return std::nullopt;
  return io::read_roads(*path, io::road_format_of(*path));
}

void check(const std::string& name, const Figures& wanted) {
  CAPTURE(name);
  const auto roads = load(name);
  if (!roads) return;
  const Figures found = figures(*roads);
  CHECK(found.nodes == wanted.nodes);
  CHECK(found.links == wanted.links);
  CHECK(found.for_cars == wanted.for_cars);
  CHECK(found.capacity == doctest::Approx(wanted.capacity).epsilon(1e-6));
  CHECK(found.length == doctest::Approx(wanted.length).epsilon(1e-5));
}

constexpr double kMile = 1609.344, kFoot12 = 0.3048;

}  // namespace

TEST_CASE("staged MATSim networks hold what their files count") {
  check("matsim/equil/network.xml", {15, 23, 23, 221400, 210000});
  check("matsim/equil/equil-network.xml", {15, 23, 23, 221400, 210000});
  check("matsim/3-links/3-links-network.xml", {4, 3, 3, 10800, 1200});
  check("matsim/drt/grid_network.xml", {62, 170, 170, 15552, 66368});
  // 54 links, 6 of them for trains, 2 of these from a station to itself
  check("matsim/pt_tutorial/multimodalnetwork.xml", {19, 48, 48, 96000, 57600});
}

TEST_CASE("staged TNTP networks hold what their metadata announce") {
  check("tntp/SiouxFalls/SiouxFalls_net.tntp", {24, 76, 76, 778787.681, 314 * kMile});
  check("tntp/Anaheim/Anaheim_net.tntp", {416, 914, 914, 5511600, 2459915 * kFoot12});
  check("tntp/Chicago-Sketch/ChicagoSketch_net.tntp", {933, 2950, 2950, 46718000, 8195.771 * kMile});
  check("tntp/Braess-Example/Braess_net.tntp", {4, 5, 5, 5, 500 * kMile});
  const auto anaheim = load("tntp/Anaheim/Anaheim_net.tntp");
  if (!anaheim) return;
  CHECK(std::count(anaheim->no_through.begin(), anaheim->no_through.end(), 1) == 38);  // <FIRST THRU NODE> 39
  // its own column of speeds says 4842 ft/min for the first link
  CHECK(anaheim->network.speed[LinkId{0u}] == doctest::Approx(4842 * kFoot12 / 60).epsilon(1e-4));
}

TEST_CASE("staged GMNS networks agree with the TNTP files they came from") {
  check("gmns/Sioux_Falls", {24, 76, 76, 778787.681, 314 * kMile});
  check("gmns/Chicago_Sketch", {933, 2950, 2950, 46718000, 8195.771 * kMile});
  check("gmns/Two_Corridor", {4, 4, 4, 14000, 50 * kMile});
  check("gmns/Braess", {4, 4, 4, 34400, 90.02 * kMile});
  if (const auto asu = load("gmns/ASU")) {
    CHECK(asu->network.node_count() == 998);
    CHECK(figures(*asu).links == 1836);
    // OSM ways drawn in degrees: their declared lengths are those of their lines
    for (std::uint32_t s = 0; s < asu->network.segment_count(); ++s) {
      const SegmentId segment{s};
      CHECK(asu->network.length[segment] ==
            doctest::Approx(polyline_length(asu->network.shape(segment))).epsilon(0.02));
    }
  }
}

TEST_CASE("the signals of Arlington have plans of two minutes") {
  const auto roads = load("gmns/Arlington_Signals");
  if (!roads) return;
  CHECK(roads->crs == "EPSG:32619");
  CHECK(figures(*roads).links == 14 + 2 * 13);  // 13 of 27 rows are not directed
  REQUIRE(roads->network.signal_plans.size() == 2);
  for (const SignalPlan& plan : roads->network.signal_plans) {
    CHECK(plan.cycle_s == 120);
    CHECK(roads->network.signal[plan.node] == 1);
    CHECK(plan.phases.size() >= 3);
    double sum = 0;
    for (const SignalPhase& phase : plan.phases) {
      sum += phase.duration_s + phase.intergreen_s;
      for (const auto& [in, out] : phase.green) {
        CHECK(roads->network.head(in) == plan.node);
        CHECK(roads->network.tail(out) == plan.node);
      }
    }
    CHECK(sum == doctest::Approx(120));
  }
}

TEST_CASE("staged SUMO networks hold the edges, lanes and signals of their files") {
  // edges for anybody, for cars; lanes for cars; signalled junctions: counted by another XML parser
  struct Wanted {
    const char* name;
    std::size_t nodes, edges, for_cars, lanes, signals;
    std::string crs;
  };
  for (const Wanted& w :
       {Wanted{"sumo/bologna_acosta/acosta_buslanes.net.xml", 112, 164, 164, 245, 16, "EPSG:32632"},
        Wanted{"sumo/bad_hersfeld/osm_edited.net.xml.gz", 4165, 9831, 4057, 4406, 24, "EPSG:32632"},
        Wanted{"bench/grid11.net.xml.gz", 121, 440, 440, 440, 0, ""}}) {
    CAPTURE(w.name);
    const auto roads = load(w.name);
    if (!roads) continue;
    const Network& n = roads->network;
    const Figures f = figures(*roads);
    CHECK(roads->crs == w.crs);
    CHECK(f.nodes == w.nodes);
    CHECK(f.links == w.edges);
    CHECK(f.for_cars == w.for_cars);
    std::size_t lanes = 0, signals = 0;
    for (const auto count : n.lanes) lanes += count;
    for (const auto signal : n.signal) signals += signal;
    CHECK(lanes == w.lanes);
    CHECK(signals == w.signals);
    for (const SignalPlan& plan : n.signal_plans) {
      CHECK(n.signal[plan.node] == 1);
      double sum = 0;
      for (const SignalPhase& phase : plan.phases) sum += phase.duration_s + phase.intergreen_s;
      CHECK(sum == doctest::Approx(plan.cycle_s));
    }
  }
}

TEST_CASE("Bad Hersfeld lies where it is") {
  const auto roads = load("sumo/bad_hersfeld/osm_edited.net.xml.gz");
  if (!roads) return;
  // 50.87 N, 9.71 E is in the middle of the town
  const Box box = roads->network.box();
  CHECK(box.contains({549'960, 5'635'750}));
  CHECK(roads->network.signal_plans.size() > 15);
}

TEST_CASE("the format of a file is told by its name or its beginning") {
  const std::pair<const char*, io::RoadFormat> files[] = {
      {"gmns/ASU", io::RoadFormat::gmns},
      {"gmns/ASU/link.csv", io::RoadFormat::gmns},
      {"matsim/equil/network.xml", io::RoadFormat::matsim},
      {"sumo/bologna_acosta/acosta_buslanes.net.xml", io::RoadFormat::sumo},
      {"sumo/bad_hersfeld/osm_edited.net.xml.gz", io::RoadFormat::sumo},
      {"tntp/Anaheim/Anaheim_net.tntp", io::RoadFormat::tntp},
      {"tntp/Anaheim/anaheim.geojson", io::RoadFormat::lines},
      {"osm/de_bad_hersfeld.osm.gz", io::RoadFormat::osm},
      {"osm/li_liechtenstein.osm.pbf", io::RoadFormat::osm}};
  for (const auto& [name, format] : files) {
    if (const auto path = real_data(std::string("network/") + name))
      CHECK(io::road_format_of(*path) == format);
  }
}
