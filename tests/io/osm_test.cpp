#include "chimata/io/osm.hpp"

#include <doctest/doctest.h>

#include "io/osm_drawing.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

io::OsmResult read(const OsmDrawing& drawing, const io::OsmOptions& options = {}) {
  const TemporaryDirectory folder;
  return io::read_osm(folder.write("town.osm", drawing.xml()), options);
}

// The links as "AB foot bicycle car", one per direction that anyone may use, in order of the segments.
std::string streets(const Network& n) {
  std::string text;
  for (std::uint32_t l = 0; l < n.link_count(); ++l) {
    const LinkId link{l};
    if (!n.modes[link]) continue;
    text += static_cast<char>(n.node_source[n.tail(link)]);
    text += static_cast<char>(n.node_source[n.head(link)]);
    text += n.allows(link, kFoot) ? " f" : " -";
    text += n.allows(link, kBicycle) ? "b" : "-";
    text += n.allows(link, kCar) ? "c\n" : "-\n";
  }
  return text;
}

std::string turns(const Network& n) {
  std::string text;
  for (const auto& r : n.restrictions) {
    text += r.only ? "only " : "no ";
    text += static_cast<char>(n.node_source[n.tail(r.path.front())]);
    for (const LinkId link : r.path) text += static_cast<char>(n.node_source[n.head(link)]);
    text += (r.modes & kBicycle) ? " bicycle" : "";
    text += (r.modes & kCar) ? " car\n" : "\n";
  }
  return text;
}

const OsmTags kStreet = {{"highway", "residential"}};

}  // namespace

TEST_CASE("nodes where nothing happens become the shape of a street") {
  const auto town = read(OsmDrawing("A B C D\n    E").way(1, "ABCD", kStreet).way(2, "CE", kStreet));
  CHECK(streets(town.network) == "AC fbc\nCA fbc\nCD fbc\nDC fbc\nCE fbc\nEC fbc\n");
  CHECK(town.network.shape(SegmentId{0u}).size() == 3);
  CHECK(town.network.length[SegmentId{0u}] == doctest::Approx(4 * 81.4).epsilon(0.01));
  CHECK(town.crs == "EPSG:6680");
}

TEST_CASE("a bridge does not touch the street below it") {
  // B and X lie in the same place but are two nodes
  OsmDrawing drawing("A B C\n\n\nD    ");
  std::string xml = drawing.way(1, "ABC", kStreet)
                        .way(2, "DX", {{"highway", "primary"}, {"bridge", "yes"}, {"layer", "1"}})
                        .xml();
  xml.insert(xml.find("<node id=\"66\""), "<node id=\"88\" lon=\"141.302\" lat=\"43.1\"/>");
  const TemporaryDirectory folder;
  const auto town = io::read_osm(folder.write("town.osm", xml));
  CHECK(town.network.node_count() == 4);
  CHECK(components(town.network, kFoot).length.size() == 2);
  CHECK((town.network.flags[SegmentId{1u}] & kBridge) != 0);
}

TEST_CASE("cars and bicycles keep to one-way streets, people walk both ways") {
  const auto with = [&](OsmTags tags) { return streets(read(OsmDrawing("A B").way(1, "AB", tags)).network); };
  CHECK(with({{"highway", "residential"}, {"oneway", "yes"}}) == "AB fbc\nBA f--\n");
  CHECK(with({{"highway", "residential"}, {"oneway", "-1"}}) == "AB f--\nBA fbc\n");
  CHECK(with({{"highway", "residential"}, {"oneway", "yes"}, {"oneway:bicycle", "no"}}) ==
        "AB fbc\nBA fb-\n");
  CHECK(with({{"highway", "residential"}, {"oneway", "yes"}, {"cycleway", "opposite_lane"}}) ==
        "AB fbc\nBA fb-\n");
  CHECK(with({{"highway", "residential"}, {"junction", "roundabout"}}) == "AB fbc\nBA f--\n");
  CHECK(with({{"highway", "residential"}, {"junction", "roundabout"}, {"oneway", "no"}}) ==
        "AB fbc\nBA fbc\n");
  CHECK(with({{"highway", "motorway"}}) == "AB --c\n");
  CHECK(with({{"highway", "steps"}, {"conveying", "forward"}}) == "AB f--\n");
}

TEST_CASE("the most specific access tag decides") {
  const auto with = [&](OsmTags tags) {
    return streets(
        read(OsmDrawing("A B\nC D").way(1, "AB", tags).way(9, "CD", {{"highway", "motorway"}})).network);
  };
  const std::string other = "CD --c\n";
  CHECK(with({{"highway", "residential"}, {"access", "no"}, {"foot", "yes"}}) == "AB f--\nBA f--\n" + other);
  CHECK(with({{"highway", "service"}, {"vehicle", "no"}, {"bicycle", "yes"}}) == "AB fb-\nBA fb-\n" + other);
  CHECK(with({{"highway", "service"}, {"motor_vehicle", "no"}, {"motorcar", "destination"}}) ==
        "AB fbc\nBA fbc\n" + other);
  CHECK(with({{"highway", "service"}, {"motor_vehicle:forward", "no"}}) == "AB fb-\nBA fbc\n" + other);
  CHECK(with({{"highway", "footway"}, {"access", "yes"}}) == "AB f--\nBA f--\n" + other);
  CHECK(with({{"highway", "footway"}, {"bicycle", "designated"}}) == "AB fb-\nBA fb-\n" + other);
  CHECK(with({{"highway", "primary"}, {"foot", "use_sidepath"}}) == "AB -bc\nBA -bc\n" + other);
  CHECK(with({{"highway", "track"}, {"motor_vehicle", "agricultural;destination"}}) ==
        "AB fbc\nBA fbc\n" + other);
  CHECK(with({{"highway", "steps"}, {"bicycle", "yes"}}) == "AB f--\nBA f--\n" + other);
  CHECK(with({{"highway", "trunk"}, {"motorroad", "yes"}}) == "AB --c\nBA --c\n" + other);
  CHECK(with({{"highway", "service"}, {"access", "private"}}) == other);
}

TEST_CASE("private ways are for walkers only when asked for") {
  io::OsmOptions options;
  options.walk_private = true;
  CHECK(streets(read(OsmDrawing("A B").way(1, "AB", {{"highway", "service"}, {"access", "private"}}), options)
                    .network) == "AB f--\nBA f--\n");
}

TEST_CASE("widths, speeds and lanes are read in their units, or marked as imputed") {
  const auto with = [&](OsmTags tags) {
    tags.try_emplace("highway", "residential");
    return read(OsmDrawing("A B").way(1, "AB", tags)).network;
  };
  const SegmentId s{0u};
  const auto width = [&](OsmTags tags) { return with(std::move(tags)).width[s]; };
  CHECK(width({{"width", "3.5"}}) == doctest::Approx(3.5));
  CHECK(width({{"width", "350 cm"}}) == doctest::Approx(3.5));
  CHECK(width({{"width", "12'6&quot;"}}) == doctest::Approx(3.81));
  CHECK(width({{"width", "3,5 m"}}) == doctest::Approx(3.5));
  CHECK(width({{"yh:WIDTH", "5.5m〜13.0m"}}) == doctest::Approx(5.5));
  CHECK(width({{"width", "wide"}}) == doctest::Approx(4));
  CHECK((with({{"width", "wide"}}).imputed[s] & kImputedWidth) != 0);
  CHECK((with({{"est_width", "3"}}).imputed[s] & kImputedWidth) == 0);
  // a carriageway of 20 m is not 20 m for walkers
  CHECK(width({{"highway", "primary"}, {"width", "20"}}) == doctest::Approx(4));
  CHECK(width({{"highway", "primary"}, {"sidewalk:both:width", "3"}}) == doctest::Approx(6));

  const auto kmh = [&](const char* text) { return with({{"maxspeed", text}}).speed[LinkId{0u}] * 3.6; };
  CHECK(kmh("40") == doctest::Approx(40));
  CHECK(kmh("30 mph") == doctest::Approx(48.28).epsilon(0.001));
  CHECK(kmh("walk") == doctest::Approx(7));
  CHECK(kmh("none") == doctest::Approx(130));
  CHECK(kmh("JP:urban") == doctest::Approx(60));
  CHECK(kmh("DE:zone30") == doctest::Approx(30));
  CHECK(kmh("DE:zone:30") == doctest::Approx(30));
  CHECK((with({{"maxspeed", "signals"}}).imputed[s] & kImputedSpeed) != 0);

  const auto lanes = [&](OsmTags tags) {
    const Network n = with(std::move(tags));
    return std::to_string(n.lanes[LinkId{0u}]) + "+" + std::to_string(n.lanes[LinkId{1u}]);
  };
  CHECK(lanes({{"lanes", "4"}}) == "2+2");
  CHECK(lanes({{"lanes", "1"}}) == "1+1");
  CHECK(lanes({{"lanes", "3"}, {"lanes:backward", "2"}}) == "1+2");
  CHECK(lanes({{"lanes", "3"}, {"oneway", "yes"}}) == "3+0");
  CHECK(lanes({{"lanes", "3"}, {"oneway", "-1"}}) == "0+3");
}

TEST_CASE("names fall back from name to Japanese, and flags are kept") {
  const auto network =
      read(OsmDrawing("A B C\nD E")
               .way(1, "AB",
                    {{"highway", "tertiary"}, {"name", "駅前通"}, {"name:ja", "別"}, {"sidewalk", "both"}})
               .way(2, "BC",
                    {{"highway", "tertiary"},
                     {"name:ja", "北大通"},
                     {"tunnel", "yes"},
                     {"sidewalk", "separate"}})
               .way(3, "DE", {{"highway", "tertiary"}, {"junction", "roundabout"}}))
          .network;
  const auto name = [&](std::uint32_t s) { return network.names[network.name[SegmentId{s}]]; };
  CHECK(name(0) == "駅前通");
  CHECK(name(1) == "北大通");
  CHECK(name(2) == "");
  CHECK(network.flags[SegmentId{0u}] == kSidewalk);
  CHECK(network.flags[SegmentId{1u}] == (kTunnel | kSidewalkSeparate));
  CHECK(network.flags[SegmentId{2u}] == kRoundabout);
}

TEST_CASE("a clipped way ends where the data ends, and is reported") {
  const auto town = read(OsmDrawing("A B C D").way(1, "ABXYCD", kStreet));
  CHECK(streets(town.network) == "AB fbc\nBA fbc\nCD fbc\nDC fbc\n");
  CHECK(town.counts.missing_nodes == 2);
  CHECK(town.counts.clipped_ways == 1);
  REQUIRE(town.notes.size() == 1);
  CHECK(town.notes[0].message ==
        "town.osm: 2 nodes of 1 ways are not in the file; these streets end where the data ends");
}

TEST_CASE("loops are cut so that every street joins two different nodes") {
  const auto town = read(OsmDrawing("A B C\n  E D").way(1, "AB", kStreet).way(2, "BCDEB", kStreet));
  CHECK(streets(town.network) == "AB fbc\nBA fbc\nBD fbc\nDB fbc\nDB fbc\nBD fbc\n");
}

TEST_CASE("plazas are their outline, degenerate and doubled ways are counted") {
  const auto town = read(OsmDrawing("A B\nD C\nE F")
                             .way(1, "ABCDA", {{"highway", "pedestrian"}, {"area", "yes"}})
                             .way(2, "EE", kStreet)
                             .way(3, "EF", kStreet)
                             .way(4, "FE", kStreet));
  CHECK(town.counts.areas == 1);
  CHECK(town.counts.degenerate_ways == 1);
  CHECK(town.counts.duplicate_streets == 1);
  CHECK(streets(town.network) == "AC f--\nCA f--\nCA f--\nAC f--\nEF fbc\nFE fbc\n");
}

TEST_CASE("traffic signals are nodes") {
  const auto town =
      read(OsmDrawing("A B C").way(1, "ABC", kStreet).node('B', {{"highway", "traffic_signals"}}));
  CHECK(town.network.node_count() == 3);
  CHECK(town.network.signal[NodeId{1u}] == 1);
  CHECK(town.counts.signals == 1);
}

TEST_CASE("bollards stop cars only, walls stop everyone") {
  const auto bollard = read(OsmDrawing("A B C").way(1, "ABC", kStreet).node('B', {{"barrier", "bollard"}}));
  CHECK(turns(bollard.network) == "no CBA car\nno ABC car\n");
  const auto gate = read(OsmDrawing("A B C").way(1, "ABC", kStreet).node('B', {{"barrier", "gate"}}));
  CHECK(turns(gate.network).empty());
  const auto wall = read(OsmDrawing("A B C").way(1, "ABC", kStreet).node('B', {{"barrier", "wall"}}));
  CHECK(components(wall.network, kFoot).length.size() == 2);
}

TEST_CASE("turn restrictions become paths of links") {
  const auto crossing = [] {
    return OsmDrawing("  N  \nW X E\n  S  ")
        .way(1, "WXE", kStreet)
        .way(2, "NX", kStreet)
        .way(3, "XS", kStreet);
  };
  const auto turn = [&](int from, int to, OsmTags tags) {
    return turns(read(crossing().restriction(1, from, {}, 'X', to, tags)).network);
  };
  CHECK(turn(2, 3, {{"restriction", "no_straight_on"}}) == "no NXS bicycle car\n");
  CHECK(turn(2, 3, {{"restriction", "only_straight_on"}}) == "only NXS bicycle car\n");
  CHECK(turn(2, 3, {{"restriction", "no_straight_on"}, {"except", "bicycle;psv"}}) == "no NXS car\n");
  CHECK(turn(2, 3, {{"restriction:motorcar", "no_straight_on"}}) == "no NXS car\n");
  CHECK(turn(2, 2, {{"restriction", "no_u_turn"}}) == "no NXN bicycle car\n");
  CHECK(turn(2, 3, {{"restriction:conditional", "no_straight_on @ (Mo-Fr)"}}).empty());
  // way 1 runs on past X: which of its two arms is meant cannot be told
  CHECK(turn(2, 1, {{"restriction", "no_left_turn"}}).empty());
}

TEST_CASE("a turn restriction may lead over ways between") {
  // dual carriageway: turning back from AB over BC into CD is forbidden
  const auto town = read(OsmDrawing("A B E\nD C F")
                             .way(1, "AB", {{"highway", "primary"}, {"oneway", "yes"}})
                             .way(2, "BE", {{"highway", "primary"}, {"oneway", "yes"}})
                             .way(3, "CB", kStreet)
                             .way(4, "FC", {{"highway", "primary"}, {"oneway", "yes"}})
                             .way(5, "CD", {{"highway", "primary"}, {"oneway", "yes"}})
                             .restriction(1, 1, {3}, 0, 5, {{"restriction", "no_u_turn"}}));
  CHECK(turns(town.network) == "no ABCD bicycle car\n");
  CHECK(town.counts.mapped_restrictions == 1);
}

TEST_CASE("the order of a file does not matter") {
  OsmDrawing drawing("A B C\n  D  ");
  const auto first = read(OsmDrawing(drawing).way(1, "ABC", kStreet).way(2, "BD", kStreet));
  const auto second = read(OsmDrawing(drawing).way(2, "BD", kStreet).way(1, "ABC", kStreet));
  CHECK(streets(first.network) == streets(second.network));
}
