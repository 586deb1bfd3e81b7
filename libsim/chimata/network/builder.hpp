/// Puts a network together, whatever the source.
#pragma once

#include <optional>
#include <unordered_map>

#include "chimata/network/network.hpp"

namespace chimata {

/// What a source says of one segment; what it leaves open is filled in by class and marked as imputed.
struct SegmentDraft {
  NodeId from, to;
  std::vector<Point> shape = {};  ///< with both ends; empty: the straight line
  RoadClass road_class = RoadClass::residential;
  std::uint8_t flags = 0;
  std::int64_t source = 0;
  std::string name = {};
  std::optional<double> width = {};   ///< m usable on foot
  std::optional<double> length = {};  ///< m; by default the shape's
  std::optional<ModeMask> modes_forward = {}, modes_backward = {};
  std::optional<int> lanes_forward = {}, lanes_backward = {};
  std::optional<double> speed = {};           ///< m/s
  std::optional<double> speed_backward = {};  ///< m/s; by default `speed`
  /// Used instead of the class's defaults where nothing is said; imputed all the same.
  std::optional<double> usual_width = {}, usual_speed = {};
  std::optional<int> usual_lanes = {};
  std::optional<double> capacity_forward = {}, capacity_backward = {};  ///< vehicles/s
};

/// Collects nodes, segments and restrictions; `build` sorts out the rest.
class NetworkBuilder {
 public:
  NodeId add_node(Point position, std::int64_t source = 0, bool signal = false);
  /// Adds a segment and its two links. A segment shorter than 1 cm is given 1 cm.
  SegmentId add_segment(SegmentDraft draft);
  void add_restriction(TurnRestriction restriction) {
    network_.restrictions.push_back(std::move(restriction));
  }
  void add_signal_plan(SignalPlan plan) { network_.signal_plans.push_back(std::move(plan)); }
  void set_left_hand(bool left_hand) { network_.left_hand = left_hand; }
  void set_signal(NodeId node) { network_.signal[node] = 1; }
  void set_elevation(NodeId node, double metres) { network_.elevation[node] = static_cast<float>(metres); }

  [[nodiscard]] const Network& so_far() const { return network_; }
  /// The finished network; the builder is empty afterwards.
  [[nodiscard]] Network build();

 private:
  std::uint32_t name_row(const std::string& name);
  Network network_;
  std::unordered_map<std::string, std::uint32_t> name_rows_;
};

/// Defaults by class, used where a source is silent.
struct ClassDefaults {
  double walking_width;  ///< m usable on foot, both sides together
  int lanes;             ///< per direction
  double speed;          ///< m/s for cars
  ModeMask modes;
};
[[nodiscard]] const ClassDefaults& defaults_of(RoadClass road_class);

}  // namespace chimata
