/// Private to io: what a net.xml says, element by element, before it becomes a network.
#pragma once

#include <string>
#include <vector>

#include "chimata/io/xml_reading.hpp"
#include "chimata/network/network.hpp"

namespace chimata::io {

struct SumoLane {
  ModeMask modes = 0;
  double speed = 0, length = 0, drawn = 0;  ///< m/s, m, m along its shape
};
struct SumoEdge {
  std::string id, from, to, name, type, where;
  std::vector<Point> shape;
  std::vector<SumoLane> lanes;
};
struct SumoJunction {
  std::string id, where;
  Point place;
  bool signal = false;
};
struct SumoConnection {
  std::string from, to, program, where;
  std::size_t from_lane = 0, to_lane = 0, position = 0;
};
struct SumoPhase {
  double duration = 0;
  std::string state, where;
};
struct SumoProgram {
  std::string id;
  double offset = 0;
  bool actuated = false;
  std::vector<SumoPhase> phases;
};
/// Edges and junctions without those inside junctions, in the order of the file.
struct SumoNet {
  std::vector<SumoEdge> edges;
  std::vector<SumoJunction> junctions;
  std::vector<SumoConnection> connections;
  std::vector<SumoProgram> programs;
  std::vector<std::string> roundabout_edges;
  std::string projection;
  Point offset{0, 0};
  bool left_hand = false;
};

[[nodiscard]] SumoNet read_sumo_elements(std::istream& stream, const std::string& file);

}  // namespace chimata::io
