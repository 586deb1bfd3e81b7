/// The streets of a city as columns.
///
/// A *segment* is a piece of street between two nodes, with length, width and shape. Each segment has
/// exactly two *links*, one per direction: link 2s runs along its shape, link 2s+1 against it. Who may
/// use a direction is a mode mask, so a one-way street simply lacks `car` in one link while people
/// still walk both ways. Directions of one segment share its width.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "chimata/core/id.hpp"
#include "chimata/geo/point.hpp"
#include "chimata/network/signal_plan.hpp"

namespace chimata {

/// Who may use a link; a bit mask.
enum Mode : std::uint8_t { kFoot = 1, kBicycle = 2, kCar = 4 };
using ModeMask = std::uint8_t;

/// Kind of street, from the widest; OSM's highway values, link roads with their class.
enum class RoadClass : std::uint8_t {
  motorway,
  trunk,
  primary,
  secondary,
  tertiary,
  unclassified,
  residential,
  living_street,
  service,
  pedestrian,
  track,
  cycleway,
  footway,
  path,
  steps
};
[[nodiscard]] std::string_view name_of(RoadClass road_class);

/// What holds for a whole segment; a bit mask.
enum SegmentFlag : std::uint8_t {
  kBridge = 1,
  kTunnel = 2,
  kSidewalk = 4,
  kRoundabout = 8,
  kSidewalkSeparate = 16,
  kFerry = 32  ///< a crossing by boat: its speed is the boat's
};

/// Which attributes were not given by the source but filled in by class; a bit mask.
enum Imputed : std::uint8_t { kImputedWidth = 1, kImputedLanes = 2, kImputedSpeed = 4, kImputedAccess = 8 };

/// A forbidden or mandatory turn.
struct TurnRestriction {
  std::vector<LinkId> path;  ///< from link, via links if any, to link
  bool only = false;         ///< true: whoever comes along path.front() must follow the path; false: must not
  ModeMask modes = kCar;     ///< whom it binds
};

/// Immutable street network. Built by `NetworkBuilder`, which keeps every invariant below:
/// links come in pairs, lengths are positive, offsets ascend.
struct Network {
  // nodes
  Column<NodeId, Point> position;
  Column<NodeId, float> elevation;           ///< m above datum; NaN if there is no terrain
  Column<NodeId, std::int64_t> node_source;  ///< OSM node id or the source's own number; 0 if none
  Column<NodeId, std::uint8_t> signal;       ///< 1 where traffic signals stand

  // segments
  Column<SegmentId, NodeId> from, to;
  Column<SegmentId, double> length;  ///< m along the shape, > 0
  Column<SegmentId, float> width;    ///< m usable on foot, > 0; see `imputed`
  Column<SegmentId, RoadClass> road_class;
  Column<SegmentId, std::uint8_t> flags;           ///< SegmentFlag
  Column<SegmentId, std::uint8_t> imputed;         ///< Imputed
  Column<SegmentId, std::int64_t> segment_source;  ///< OSM way id or the source's own number
  Column<SegmentId, std::uint32_t> name;           ///< row of `names`; 0 is the empty name
  Column<SegmentId, std::uint32_t> shape_offset;   ///< size segments + 1; rows of `shape_points`
  std::vector<Point> shape_points;                 ///< every segment's polyline with both ends
  std::vector<std::string> names;

  // links: two per segment
  Column<LinkId, ModeMask> modes;
  Column<LinkId, std::uint8_t> lanes;
  Column<LinkId, float> speed;     ///< m/s for cars
  Column<LinkId, float> capacity;  ///< vehicles/s, all lanes; 0: the source says nothing (then by class)

  // adjacency: links that leave a node, ascending
  Column<NodeId, std::uint32_t> out_offset;  ///< size nodes + 1; rows of `out_links`
  std::vector<LinkId> out_links;

  std::vector<TurnRestriction> restrictions;
  std::vector<SignalPlan> signal_plans;  ///< ascending by node; a signal may have none
  bool left_hand = false;                ///< vehicles keep to the left

  [[nodiscard]] std::size_t node_count() const { return position.size(); }
  [[nodiscard]] std::size_t segment_count() const { return length.size(); }
  [[nodiscard]] std::size_t link_count() const { return modes.size(); }

  [[nodiscard]] static constexpr SegmentId segment_of(LinkId link) { return SegmentId{link.value >> 1}; }
  [[nodiscard]] static constexpr LinkId twin_of(LinkId link) { return LinkId{link.value ^ 1u}; }
  [[nodiscard]] static constexpr bool runs_backward(LinkId link) { return (link.value & 1u) != 0; }
  [[nodiscard]] static constexpr LinkId forward(SegmentId s) { return LinkId{s.value * 2}; }

  [[nodiscard]] NodeId tail(LinkId link) const {
    return runs_backward(link) ? to[segment_of(link)] : from[segment_of(link)];
  }
  [[nodiscard]] NodeId head(LinkId link) const {
    return runs_backward(link) ? from[segment_of(link)] : to[segment_of(link)];
  }
  [[nodiscard]] double length_of(LinkId link) const { return length[segment_of(link)]; }
  [[nodiscard]] std::span<const LinkId> leaving(NodeId node) const {
    return {out_links.data() + out_offset[node], out_links.data() + out_offset[NodeId{node.value + 1}]};
  }
  /// Polyline of a segment, from its first to its second node.
  [[nodiscard]] std::span<const Point> shape(SegmentId s) const {
    return {shape_points.data() + shape_offset[s],
            shape_points.data() + shape_offset[SegmentId{s.value + 1}]};
  }
  /// Rise in metres per metre in the link's direction; 0 without terrain.
  [[nodiscard]] double grade(LinkId link) const;
  [[nodiscard]] bool allows(LinkId link, ModeMask mode) const { return (modes[link] & mode) != 0; }
  [[nodiscard]] Box box() const;
};

/// Connected parts of the network for one mode, direction ignored.
struct Components {
  Column<NodeId, std::uint32_t>
      of_node;                 ///< component; 0 is the one with most length; none_value where no link serves
  std::vector<double> length;  ///< m of segments, per component, descending
};
[[nodiscard]] Components components(const Network& network, ModeMask mode);

}  // namespace chimata
