/// Areas in which people move in the plane, and how they hang together with the streets.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/core/time.hpp"
#include "chimata/geo/raster.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/network/network.hpp"
#include "chimata/space/area.hpp"

namespace chimata {

/// How people are let in where they are checked one after the other: bags, tickets.
struct GateCheck {
  std::uint32_t lanes = 0;  ///< beside each other; 0: nobody is checked
  double mean = 0;          ///< s for one person in one lane
  double variation = 0.5;   ///< standard deviation over mean
};

/// Where a street leads into an area. People who leave by it stand on the street right behind the line;
/// people who come in walk on from the street's node to the line.
struct AreaGate {
  std::string id;
  NodeId node;           ///< of the streets: the street's end outside the area; gates may share one
  LinkId out;            ///< leads from the area to that node
  double from_tail = 0;  ///< m from the tail of `out` to the line
  double to_node = 0;    ///< m from the line to the node
  Wall line;             ///< on the border, as wide as the passage
  bool way_in = true, way_out = true;
  GateCheck check = {};                    ///< of those who come in
  std::vector<std::uint32_t> sides = {0};  ///< of the area that it leads to

  [[nodiscard]] double width() const { return distance(line.a, line.b); }
  /// Of the line.
  [[nodiscard]] Point middle() const { return between(line.a, line.b, 0.5); }
};

/// A part of an area where people stay.
struct AreaSpot {
  Polygon shape;
  std::uint32_t room = 0;  ///< persons
  NodeId goal;             ///< by which handovers and orders name it: no node of the streets
  std::uint32_t side = 0;  ///< of the area, which may be in pieces that no way joins
};

/// A rope or fence that nobody passes while it stands.
struct AreaBarrier {
  std::string id;
  std::vector<Point> line;           ///< as it was drawn: two points or more
  Window stands = {kStart, kNever};  ///< when
  /// Its straight pieces inside: from this row of the area's gates on, so many.
  std::uint32_t first_piece = 0, pieces = 0;

  [[nodiscard]] bool always() const { return stands.from <= kStart && stands.to == kNever; }
};

/// One area. The streets inside it are closed to people on foot: who is in it moves in the plane.
struct FocusArea {
  std::string id, name;
  std::shared_ptr<const Area> area;
  std::vector<AreaGate> gates;
  std::vector<AreaSpot> spots;
  std::vector<LinkId> inside;  ///< streets that lie wholly inside
  double density = 1.5;        ///< persons/m² on the spots
  std::vector<AreaBarrier> barriers = {};

  /// By which handovers and orders name a gate: no node of the streets, and no other gate's.
  [[nodiscard]] NodeId goal_of_gate(std::uint32_t gate) const;
  /// The gate that a goal names; none if it names something else.
  [[nodiscard]] std::optional<std::uint32_t> gate_named(NodeId goal) const;
  /// Whether people get from a gate to a spot, and back, past everything that stands all the time.
  [[nodiscard]] bool leads(std::uint32_t gate, std::uint32_t spot) const;
};

/// What of a city becomes an area.
struct FocusPlan {
  std::string id, name;
  Polygon shape;
  Point centre;                         ///< spots are those nearest to here first
  double within = 0;                    ///< m from the centre in which people stay; 0: anywhere
  double density = 1.0;                 ///< persons/m² where people stay
  std::uint32_t first_goal = 0;         ///< spots, and gates after them, are numbered from here
  std::vector<Polygon> obstacles = {};  ///< what `cut_out_obstacles` cuts out of it
};

/// Gates wherever a street that is open to people on foot crosses the border, and spots of 6 m x 6 m with
/// aisles of 2 m between them, clear of the ways inside and of the gates, in order of their distance from the
/// centre.
/// @throws InputError if no street leads in, or nobody has room
[[nodiscard]] FocusArea focus_area(const Network& network, const FocusPlan& plan);

/// The cells, 5 m wide, in which fields of an area are sampled.
[[nodiscard]] RasterFrame cells_over(const FocusArea& area);
/// The middles of the cells of all areas, one area after the other: the points of "depth.areas".
[[nodiscard]] std::vector<Point> cells_of(const std::vector<FocusArea>& areas);

}  // namespace chimata
