#include <doctest/doctest.h>

#include "io/road_text.hpp"
#include "support/input_error.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

std::string of_matsim(const std::string& text) {
  return complaint([&] { (void)matsim(text); });
}
std::string of_links(const std::string& link) {
  return of_matsim(
      "<network><nodes>\n<node id='north' x='0' y='0'/><node id='south' x='1' y='0'/></nodes><links>\n" +
      link + "</links></network>");
}
std::string of_sumo(const std::string& text) {
  return complaint([&] { (void)sumo(text); });
}
std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}
std::string of_tntp(const std::string& rows, const std::string& nodes = "<NUMBER OF NODES> 2\n") {
  return complaint([&] { (void)tntp(nodes + "<END OF METADATA>\n" + rows); });
}
std::string of_gmns(const std::string& name, const std::string& text) {
  std::map<std::string, std::string> tables = {
      {"node", "node_id,x_coord,y_coord\n1,139.70,35.68\n2,139.71,35.68\n"},
      {"link", "link_id,from_node_id,to_node_id,length,free_speed,capacity\n1,1,2,0.5,30,800\n"}};
  if (text.empty()) {
    tables.erase(name);
  } else {
    tables[name] = text;
  }
  return complaint([&] { (void)io::parse_gmns(tables); });
}

}  // namespace

TEST_CASE("wrong MATSim networks are refused in one line") {
  CHECK(of_matsim("<network><nodes>") ==
        "network.xml:1: is no well-formed XML (no element found); write or download the file again");
  CHECK(of_matsim("<population/>") ==
        "network.xml:1: begins with <population>, not <network>; give a MATSim network");
  CHECK(contains(of_matsim("<network/>"), "network.xml: holds no links"));
  CHECK(contains(of_matsim(""), "is no well-formed XML"));
  CHECK(contains(of_links("<link id='1' from='nort' to='south' length='1' freespeed='1' capacity='1'/>"),
                 "network.xml:3: there is no node nort; did you mean north?"));
  CHECK(of_links("<link id='1' from='north' to='south' length='1 m' freespeed='1' capacity='1'/>") ==
        "network.xml:3: length is '1 m'; give a number");
  CHECK(of_links("<link id='1' from='north' to='south' length='nan' freespeed='1' capacity='1'/>") ==
        "network.xml:3: length is 'nan'; give a number");
  CHECK(of_links("<link id='1' from='north' to='south' length='-5' freespeed='1' capacity='1'/>") ==
        "network.xml:3 (link 1): length is -5 m; give 0 or more, in the unit that the file declares");
  CHECK(of_links("<link id='1' from='north' to='south' length='5' freespeed='1'/>") ==
        "network.xml:3: <link> has no capacity; give it one");
  CHECK(contains(of_links("<link id='1' from='north' to='south' length='5' freespeed='1' capacity='1'/>\n"
                          "<link id='1' from='south' to='north' length='5' freespeed='1' capacity='1'/>"),
                 "network.xml:4: link 1 is given twice"));
  CHECK(contains(
      of_matsim("<network><nodes><node id='a' x='0' y='0'/><node id='a' x='0' y='0'/></nodes></network>"),
      "node a is given twice"));
  CHECK(contains(of_matsim("<network><links capperiod='one hour'/></network>"),
                 "capperiod is 'one hour'; write it as 01:00:00"));
  CHECK(contains(
      of_links("<link id='1' from='north' to='south' length='5' freespeed='1' capacity='1' modes='rail'/>"),
      "holds no link that people, bicycles or cars may use"));
}

TEST_CASE("damaged and missing files are refused in one line") {
  const TemporaryDirectory folder;
  const auto line = [&](const std::string& path) { return complaint([&] { (void)io::read_matsim(path); }); };
  CHECK(contains(line(folder / "none.xml"), "none.xml: there is no such file"));
  CHECK(line(folder.write("empty.xml", "")) == "empty.xml: is empty; write or download the file again");
  CHECK(contains(line(folder.write("bad.xml.gz", "\x1f\x8b\x08\x00 no gzip")), "bad.xml.gz: is damaged"));
}

TEST_CASE("wrong SUMO networks are refused in one line") {
  const std::string good = kCrossing;
  CHECK(of_sumo(good).empty());
  CHECK(contains(of_sumo("<routes/>"), "town.net.xml:1: begins with <routes>, not <net>"));
  CHECK(contains(of_sumo("<net/>"), "holds no edges between junctions"));
  CHECK(contains(of_sumo(changed(good, "from=\"W\" to=\"C\"", "from=\"X\" to=\"C\"")), "there is no node X"));
  CHECK(contains(of_sumo(changed(good, "shape=\"100,-100 90,-50 100,0\"", "shape=\"100;-100\"")),
                 "shape holds '100;-100'; write it as x,y x,y"));
  CHECK(contains(of_sumo(changed(good, "speed=\"8.33\"", "speed=\"-1\"")), "speed is '-1'; give 0 or more"));
  CHECK(contains(of_sumo(changed(good, "to=\"CE\" fromLane=\"1\"", "to=\"CX\" fromLane=\"1\"")),
                 ": there is no edge CX; add it, or correct the id"));
  CHECK(contains(of_sumo(changed(good, "linkIndex=\"1\"", "linkIndex=\"7\"")),
                 "the state of program C has 2 signals, a connection names number 7"));
  CHECK(contains(of_sumo(changed(good, "duration=\"30\"", "duration=\"long\"")), "duration is 'long'"));
  CHECK(contains(of_sumo(changed(good, "linkIndex=\"1\"", "linkIndex=\"1e9\"")), "linkIndex is '1e9'"));
}

TEST_CASE("wrong TNTP networks are refused in one line") {
  CHECK(of_tntp("1 2 1 1 1 0 0 0 0 1 ;\n").empty());
  CHECK(of_tntp("1 2 1 1 ;\n").starts_with("town_net.tntp:3: has 4 columns; write init_node, term_node"));
  CHECK(contains(of_tntp("1 3 1 1 1 0 0 0 0 1 ;\n"), "town_net.tntp:3: there is no node 3"));
  CHECK(of_tntp("1 2 many 1 1 0 0 0 0 1 ;\n") == "town_net.tntp:3: capacity is 'many'; give a number");
  CHECK(contains(of_tntp("1 2 1 1 -1 0 0 0 0 1 ;\n"), "free_flow_time is '-1'; give 0 or more"));
  CHECK(contains(of_tntp("1 2 1 1 1 0 0 0 0 1 ;\n", "<NUMBER OF NODES> 2\n<NUMBER OF LINKS> 2\n"),
                 "has 1 links but announces 2; is the file cut off?"));
  CHECK(
      contains(of_tntp("1 2 1 1 1 0 0 0 0 1 ;\n", "<NUMBER OF NODES> two\n"), "<NUMBER OF NODES> is 'two'"));
  CHECK(contains(of_tntp("1 2 1 1 1 0 0 0 0 1 ;\n", ""), "has no line <NUMBER OF NODES>"));
  CHECK(contains(complaint([] { (void)tntp("1 2 3\n"); }), "a row comes before <END OF METADATA>"));
  CHECK(contains(complaint([] { (void)tntp("<NUMBER OF NODES> 2\n"); }), "has no line <END OF METADATA>"));
  io::RoadOptions options;
  options.length_unit = "furlong";
  CHECK(contains(complaint([&] {
                   (void)tntp("<NUMBER OF NODES> 2\n<END OF METADATA>\n1 2 1 1 1 0 0 0 0 1 ;\n", options);
                 }),
                 "does not know the length unit 'furlong'; use one of m, meter"));
}

TEST_CASE("wrong GMNS tables are refused in one line") {
  CHECK(of_gmns("config", "speed\nkmh\n").empty());
  CHECK(of_gmns("node", "") ==
        "node.csv: there is no such file; GMNS needs node.csv and link.csv in one folder");
  CHECK(
      contains(of_gmns("node", "id,x_coord,y_coord\n1,2,3\n"), "node.csv: has no column for the node's id"));
  CHECK(contains(of_gmns("node", "node_id,x_coord,y_coord\n1,2,\n"), "node.csv:2: has no coordinates"));
  CHECK(of_gmns("link", "link_id,from_node_id,to_node_id\n1,1,9\n") ==
        "link.csv:2: there is no node 9; did you mean 1?");
  CHECK(contains(of_gmns("link", "link_id,from_node_id,to_node_id,geometry\n1,1,2,POINT (1 2)\n"),
                 "link.csv:2: geometry is 'POINT (1 2)'; write it as LINESTRING"));
  CHECK(contains(of_gmns("link", "link_id,from_node_id,to_node_id,lanes\n1,1,2,-2\n"),
                 "lanes is '-2'; give 0 to 99"));
  CHECK(contains(of_gmns("link", "link_id,from_node_id,to_node_id,directed\n1,1,2,maybe\n"),
                 "directed is 'maybe'; give 1 or 0"));
  CHECK(contains(of_gmns("link", "link_id,from_node_id,to_node_id,free_speed\n1,1,2,fast\n"),
                 "link.csv:2: free_speed is 'fast'; give a number"));
  CHECK(contains(of_gmns("movement", "node_id,ib_link_id,ob_link_id\n2,1,5\n"),
                 "movement.csv:2: ob_link_id names link 5, which is not in link.csv"));
  CHECK(contains(of_gmns("config", "long_length,crs\nmile,EPSG:999999\n"),
                 "EPSG:999999: is not a known coordinate system"));
  CHECK(contains(of_gmns("config", "long_length\nparsec\n"),
                 "config.csv:2: does not know the length unit 'parsec'"));
}
