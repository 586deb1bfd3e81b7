/// Small networks of other programs as text, and how to look at what became of them.
#pragma once

#include <sstream>
#include <string>

#include "chimata/io/gmns.hpp"
#include "chimata/io/matsim.hpp"
#include "chimata/io/sumo_net.hpp"
#include "chimata/io/tntp.hpp"

namespace chimata::test {

inline io::RoadResult matsim(const std::string& text, const io::RoadOptions& options = {}) {
  std::istringstream stream(text);
  return io::parse_matsim(stream, "network.xml", options);
}
inline io::RoadResult sumo(const std::string& text, const io::RoadOptions& options = {}) {
  std::istringstream stream(text);
  return io::parse_sumo_net(stream, "town.net.xml", options);
}
inline io::RoadResult tntp(const std::string& text, const io::RoadOptions& options = {}) {
  return io::parse_tntp(text, "town_net.tntp", std::nullopt, "", options);
}

/// "A-B fbc 2 lanes 50 km/h 1800/h 100 m" for every direction that anyone may use, by the file's ids.
inline std::string drawn(const io::RoadResult& roads) {
  const Network& n = roads.network;
  std::ostringstream text;
  for (std::uint32_t l = 0; l < n.link_count(); ++l) {
    const LinkId link{l};
    if (!n.modes[link]) continue;
    text << roads.node_id[n.tail(link).value] << "-" << roads.node_id[n.head(link).value] << " "
         << (n.allows(link, kFoot) ? "f" : "-") << (n.allows(link, kBicycle) ? "b" : "-")
         << (n.allows(link, kCar) ? "c" : "-") << " " << int{n.lanes[link]} << " lanes "
         << std::lround(n.speed[link] * 3.6) << " km/h " << std::lround(n.capacity[link] * 3600) << "/h "
         << std::lround(n.length_of(link)) << " m\n";
  }
  return text.str();
}

/// "no A-B-C car" for every forbidden turn.
inline std::string forbidden(const io::RoadResult& roads) {
  const Network& n = roads.network;
  std::string text;
  for (const auto& r : n.restrictions) {
    text += "no " + roads.node_id[n.tail(r.path.front()).value];
    for (const LinkId link : r.path) text += "-" + roads.node_id[n.head(link).value];
    text += (r.modes & kBicycle) ? " bicycle" : "";
    text += (r.modes & kCar) ? " car\n" : "\n";
  }
  return text;
}

inline std::string all_notes(const io::RoadResult& roads) {
  std::string text;
  for (const Problem& p : roads.notes) text += p.message + "; " + p.fix + "\n";
  return text;
}

/// A crossing in SUMO's format: W, E, S around C; from W one may go on to E only.
inline const char* const kCrossing = R"(<?xml version="1.0"?>
<net version="1.20" lefthand="true">
 <location netOffset="-400000.00,-5000000.00" convBoundary="0,0,200,100" origBoundary="0,0,1,1" projParameter="+proj=utm +zone=32 +ellps=WGS84 +datum=WGS84 +units=m +no_defs"/>
 <edge id=":C_0" function="internal"><lane id=":C_0_0" index="0" speed="13.89" length="9" shape="95,0 105,0"/></edge>
 <edge id="WC" from="W" to="C" priority="1" type="highway.primary" name="Main Street">
  <lane id="WC_0" index="0" allow="pedestrian" speed="1.39" length="95" shape="0,-4 95,-4"/>
  <lane id="WC_1" index="1" disallow="pedestrian" speed="13.89" length="95" shape="0,-2 95,-2"/>
  <lane id="WC_2" index="2" disallow="pedestrian" speed="13.89" length="95" shape="0,-1 95,-1"/>
 </edge>
 <edge id="CW" from="C" to="W" type="highway.primary"><lane id="CW_0" index="0" allow="passenger bicycle" speed="13.89" length="95" shape="95,2 0,2"/></edge>
 <edge id="CE" from="C" to="E"><lane id="CE_0" index="0" disallow="pedestrian bicycle" speed="13.89" length="95" shape="105,0 200,0"/></edge>
 <edge id="SC" from="S" to="C" shape="100,-100 90,-50 100,0"><lane id="SC_0" index="0" allow="bus" speed="8.33" length="97" shape="100,-100 100,-5"/></edge>
 <edge id="CS" from="C" to="S"><lane id="CS_0" index="0" allow="passenger" speed="8.33" length="190" shape="100,-5 100,-100"/></edge>
 <tlLogic id="C" type="static" programID="0" offset="10">
  <phase duration="5" state="rr"/>
  <phase duration="30" state="Gr"/>
  <phase duration="4" state="yr"/>
  <phase duration="1" state="rr"/>
  <phase duration="20" state="rg"/>
 </tlLogic>
 <junction id="W" type="dead_end" x="0" y="0"/>
 <junction id="C" type="traffic_light" x="100" y="0"/>
 <junction id="E" type="dead_end" x="200" y="0"/>
 <junction id="S" type="dead_end" x="100" y="-100"/>
 <junction id=":C_0" type="internal" x="100" y="0"/>
 <connection from="WC" to="CE" fromLane="1" toLane="0" via=":C_0_0" tl="C" linkIndex="0" dir="s" state="O"/>
 <connection from="WC" to="CW" fromLane="2" toLane="0" tl="C" linkIndex="1" dir="t" state="o"/>
 <connection from=":C_0" to="CE" fromLane="0" toLane="0" dir="s" state="M"/>
 <roundabout nodes="C" edges="CE"/>
</net>)";

}  // namespace chimata::test
