#include <doctest/doctest.h>

#include <cmath>

#include "chimata/io/road_draft.hpp"
#include "io/road_text.hpp"
#include "support/input_error.hpp"
#include "support/temporary_directory.hpp"

using namespace chimata;
using namespace chimata::test;

TEST_CASE("two links of MATSim against each other are one street, a third beside them is another") {
  const auto roads = matsim(R"(<!DOCTYPE network SYSTEM "http://www.matsim.org/files/dtd/network_v2.dtd">
    <network name="n"><attributes>
      <attribute name="coordinateReferenceSystem" class="java.lang.String">EPSG:25832</attribute></attributes>
    <nodes><node id="A" x="400000" y="5000000"/><node id="B" x="400100" y="5000000"/></nodes>
    <links capperiod="00:30:00" effectivecellsize="7.5">
      <link id="ab" from="A" to="B" length="120" freespeed="13.8889" capacity="900" permlanes="2.0" modes="car,ride">
        <attributes><attribute name="type" class="java.lang.String">highway.primary</attribute></attributes></link>
      <link id="ba" from="B" to="A" length="120.5" freespeed="8.3333" capacity="450" permlanes="1.0" modes="car,bike,walk"/>
      <link id="ba2" from="B" to="A" length="300" freespeed="10" capacity="450" permlanes="0.5"/>
      <link id="rail" from="A" to="B" length="100" freespeed="30" capacity="10" permlanes="1" modes="train"/>
      <link id="stop" from="A" to="A" length="10" freespeed="30" capacity="10" permlanes="1" modes="car"/>
    </links></network>)");
  CHECK(roads.crs == "EPSG:25832");
  CHECK(drawn(roads) ==
        "A-B --c 2 lanes 50 km/h 1800/h 120 m\n"
        "B-A fbc 1 lanes 30 km/h 900/h 120 m\n"
        "B-A --c 1 lanes 36 km/h 900/h 300 m\n");
  CHECK(roads.network.road_class.values()[0] == RoadClass::primary);
  CHECK(roads.network.road_class.values()[1] == RoadClass::unclassified);
  CHECK(roads.link_id == std::vector<std::string>{"ab", "ba", "ba2", ""});
  CHECK(contains(all_notes(roads), "1 links for other modes (rails, buses only) were left out"));
  CHECK(contains(all_notes(roads), "1 links that return to their own node were left out"));
}

TEST_CASE("people walk along roads for cars when asked for") {
  const std::string text = R"(<network><nodes><node id="1" x="0" y="0"/><node id="2" x="100" y="0"/></nodes>
    <links><link id="7" from="1" to="2" length="100" freespeed="10" capacity="3600" permlanes="1"/></links></network>)";
  CHECK(drawn(matsim(text)) == "1-2 --c 1 lanes 36 km/h 3600/h 100 m\n");
  io::RoadOptions options;
  options.walk_along = true;
  options.source_crs = "EPSG:6677";
  const auto roads = matsim(text, options);
  CHECK(drawn(roads) == "1-2 f-c 1 lanes 36 km/h 3600/h 100 m\n2-1 f-- 0 lanes 36 km/h 0/h 100 m\n");
  CHECK(roads.network.segment_source.values()[0] == 7);
  CHECK(roads.network.node_source.values()[1] == 2);
  CHECK(roads.crs == "EPSG:6677");
}

TEST_CASE("TNTP links carry the units of their header, or the noted default") {
  const std::string head =
      "<NUMBER OF ZONES> 1\n<NUMBER OF NODES> 3\n<FIRST THRU NODE> 2\n<NUMBER OF LINKS> 3\n";
  const std::string rows =
      "<END OF METADATA>\n\n~ init term capacity length time b power speed toll type ;\n"
      "1 2 1800 5280 1 0.15 4 0 0 1 ;\n\t2 1 1800 5280 1 0.15 4 0 0 1;\n2 3 900 2640 0 0 0 0 0.5 3 ;\n";
  const auto feet =
      tntp(head + "<ORIGINAL HEADER>~ Tail Head Capacity (veh/h) Length (ft) Free Flow Time (min)\n" + rows);
  CHECK(drawn(feet) ==
        "1-2 --c 1 lanes 97 km/h 1800/h 1609 m\n"  // a mile a minute
        "2-1 --c 1 lanes 97 km/h 1800/h 1609 m\n"
        "2-3 --c 1 lanes 40 km/h 900/h 805 m\n");
  CHECK(feet.no_through == std::vector<std::uint8_t>{1, 0, 0});
  CHECK(feet.figures.at("free_flow_time_s")[0] == 60);
  CHECK(feet.figures.at("b")[1] == 0.15);
  CHECK(feet.figures.at("toll")[2] == 0.5);
  CHECK(std::isnan(feet.figures.at("toll")[3]));  // the direction that the file does not have
  CHECK(contains(all_notes(feet), "no coordinates; the nodes stand on a grid"));
  CHECK(contains(all_notes(feet), "1 links have no length or no free flow time"));
  CHECK_FALSE(contains(all_notes(feet), "does not say the unit"));

  const auto miles = tntp(head + rows);
  CHECK(miles.network.length.values()[1] == doctest::Approx(2640 * 1609.344));
  CHECK(contains(all_notes(miles), "does not say the unit of its lengths; taken as mile"));
  io::RoadOptions options;
  options.length_unit = "km", options.time_unit = "h";
  CHECK(tntp(head + rows, options).network.length.values()[0] == 5'280'000);
}

TEST_CASE("TNTP nodes stand where their file says") {
  const auto roads =
      io::parse_tntp("<NUMBER OF NODES> 2\n<END OF METADATA>\n1 2 1 1 1 0 0 0 0 1;\n", "a_net.tntp",
                     "Node\tX\tY\t;\n1 139.70 35.68 ;\n2\t139.71\t35.68\t;\n", "a_node.tntp");
  CHECK(roads.crs == "EPSG:6677");
  CHECK(distance(roads.network.position.values()[0], roads.network.position.values()[1]) ==
        doctest::Approx(905).epsilon(0.01));
}

TEST_CASE("GMNS links have the units of config.csv, directions, uses by group, and lines from elsewhere") {
  const std::map<std::string, std::string> tables = {
      {"config", "dataset_name,short_length,long_length,speed,crs\nx,foot,km,kmh,32632\n"},
      {"use_group", "use_group,uses\nauto,\"car, truck\"\nall,\"auto, walk, bike\"\n"},
      {"geometry",
       "geometry_id,geometry\nG1,\"LINESTRING (400200 5000000, 400150 5000050, 400100 5000000)\"\n"},
      {"node",
       "node_id,x_coord,y_coord,ctrl_type\na,400000,5000000,\nb,400100,5000000,signal\nc,400200,5000000,\n"},
      {"link",
       "link_id,name,from_node_id,to_node_id,directed,geometry_id,geometry,length,facility_type,capacity,"
       "free_speed,lanes,ped_facility,allowed_uses\n"
       "1,First,a,b,0,,\"LINESTRING (400000 5000000, 400100 5000000)\",0.1,ARTERIAL,900,50,2,,ALL\n"
       "2,,b,c,1,G1,,0.15,local,600,30,,sidewalk,auto\n"
       "3,,c,b,1,,,0.1,BIKEWAY,,15,0,,\"WALK, BIKE\"\n"},
      {"movement",
       "mvmt_id,node_id,ib_link_id,ob_link_id,type,penalty\nm1,b,1,1,uturn,\nm2,b,1,2,no_thru,\nm3,b,3,1,"
       "thru,5\n"}};
  const auto roads = io::parse_gmns(tables);
  CHECK(roads.crs == "EPSG:32632");
  CHECK(drawn(roads) ==
        "a-b fbc 2 lanes 50 km/h 1800/h 100 m\n"
        "b-a fbc 2 lanes 50 km/h 1800/h 100 m\n"
        "b-c f-c 1 lanes 30 km/h 600/h 150 m\n"
        "c-b f-- 0 lanes 30 km/h 0/h 150 m\n"
        "c-b fb- 0 lanes 15 km/h 0/h 100 m\n"
        "b-c f-- 0 lanes 15 km/h 0/h 100 m\n");
  CHECK(forbidden(roads) == "no a-b-c car\n");  // link 2 is for cars only
  const Network& n = roads.network;
  CHECK(n.shape(SegmentId{1u})[1] == Point{400150, 5000050});  // drawn the other way round
  CHECK(n.signal == Column<NodeId, std::uint8_t>{0, 1, 0});
  CHECK(n.names[n.name.values()[0]] == "First");
  CHECK((n.flags.values()[1] & kSidewalk) != 0);
  CHECK(contains(all_notes(roads), "1 penalties of movements are not used"));
}

TEST_CASE("a SUMO edge counts the lanes of cars, and people walk it both ways") {
  const auto roads = sumo(kCrossing);
  CHECK(roads.crs == "EPSG:32632");
  CHECK(drawn(roads) ==
        "W-C fbc 2 lanes 50 km/h 0/h 100 m\n"
        "C-W fbc 1 lanes 50 km/h 0/h 100 m\n"
        "C-E --c 1 lanes 50 km/h 0/h 100 m\n"
        "C-S --c 1 lanes 30 km/h 0/h 200 m\n");  // its lane is twice as long as drawn
  const Network& n = roads.network;
  CHECK(n.position.values()[1] == Point{400100, 5000000});
  CHECK(n.road_class.values()[0] == RoadClass::primary);
  CHECK(n.names[n.name.values()[0]] == "Main Street");
  CHECK((n.flags.values()[0] & kSidewalk) != 0);
  CHECK((n.flags.values()[1] & kRoundabout) != 0);
  CHECK(n.left_hand);
  CHECK(contains(all_notes(roads), "1 links for other modes"));
}

TEST_CASE("a turn without a connection in SUMO is forbidden to vehicles, not to people") {
  // W is a dead end where SUMO lets nobody turn
  CHECK(forbidden(sumo(kCrossing)) == "no W-C-S car\nno C-W-C bicycle car\n");
}

TEST_CASE("a SUMO program becomes greens with their intergreens") {
  const auto roads = sumo(kCrossing);
  REQUIRE(roads.network.signal_plans.size() == 1);
  const SignalPlan& plan = roads.network.signal_plans[0];
  CHECK(plan.node == NodeId{1u});
  CHECK(plan.cycle_s == 60);
  CHECK(plan.offset_s == 15);  // 5 s of red before the first green
  REQUIRE(plan.phases.size() == 2);
  CHECK(plan.phases[0].duration_s == 30);
  CHECK(plan.phases[0].intergreen_s == 5);
  CHECK(plan.phases[0].green == std::vector{std::pair{LinkId{0u}, LinkId{2u}}});
  CHECK(plan.phases[1].duration_s == 20);
  CHECK(plan.phases[1].intergreen_s == 5);
  CHECK(plan.phases[1].green == std::vector{std::pair{LinkId{0u}, LinkId{1u}}});
}

TEST_CASE("the phases of a plan fill its cycle, whatever the intervals were") {
  const std::pair a{LinkId{0u}, LinkId{2u}}, b{LinkId{4u}, LinkId{2u}};
  const auto plan =
      io::signal_plan(NodeId{0u}, -7, {{10, {a}}, {3, {b, a, b}}, {2, {}}, {0, {b}}, {5, {b}}, {5, {b}}});
  REQUIRE(plan);
  double sum = 0;
  for (const SignalPhase& phase : plan->phases) sum += phase.duration_s + phase.intergreen_s;
  CHECK(sum == plan->cycle_s);
  CHECK(plan->offset_s == 18);
  REQUIRE(plan->phases.size() == 3);
  CHECK(plan->phases[1].green == std::vector{a, b});
  CHECK(plan->phases[2].duration_s == 10);
  CHECK_FALSE(io::signal_plan(NodeId{0u}, 0, {{10, {}}}));
}

TEST_CASE("two rings of GMNS run side by side, and meet at their barrier") {
  const auto roads = io::parse_gmns({
      {"config", "long_length,speed,crs\nkm,kmh,32632\n"},
      {"node",
       "node_id,x_coord,y_coord\nc,400000,5000000\nn,400000,5000100\ns,400000,4999900\ne,400100,5000000\n"},
      {"link", "link_id,from_node_id,to_node_id,directed,length\n1,n,c,0,0.1\n2,s,c,0,0.1\n3,e,c,0,0.1\n"},
      {"movement", "mvmt_id,node_id,ib_link_id,ob_link_id\nns,c,1,2\nsn,c,2,1\nes,c,3,2\n"},
      {"signal_timing_plan", "timing_plan_id,controller_id,cycle_length\n1,c,60\n2,c,90\n"},
      {"signal_timing_phase",
       "timing_phase_id,timing_plan_id,signal_phase_num,max_green,clearance,ring,barrier,position\n"
       "11,1,2,26,4,1,1,1\n12,1,6,16,4,2,1,1\n13,1,4,26,4,1,2,1\n"},
      {"signal_phase_mvmt", "signal_phase_mvmt_id,timing_phase_id,mvmt_id\n1,11,ns\n2,12,sn\n3,13,es\n"},
      {"signal_coordination", "timing_plan_id,coord_phase,coord_ref_to,offset\n1,4,begin_of_green,40\n"},
  });
  REQUIRE(roads.network.signal_plans.size() == 1);
  const SignalPlan& plan = roads.network.signal_plans[0];
  CHECK(plan.cycle_s == 60);
  CHECK(plan.offset_s == 10);
  REQUIRE(plan.phases.size() == 2);
  CHECK(plan.phases[0].green.size() == 2);  // the shorter ring waits for the other
  CHECK(plan.phases[0].duration_s == 26);
  CHECK(plan.phases[0].intergreen_s == 4);
  CHECK(plan.phases[1].green.size() == 1);
  CHECK(contains(all_notes(roads), "1 timing plans for other hours were left out"));
}
