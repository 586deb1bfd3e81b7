/// Private to io: directed links on their way to a network.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "chimata/io/roads.hpp"
#include "chimata/network/builder.hpp"

namespace chimata::io {

struct RoadNode {
  std::string id;
  Point place;
  bool signal = false;
};

struct RoadLink {
  std::string id;
  std::uint32_t from = 0, to = 0;  ///< rows of nodes
  std::vector<Point> shape = {};   ///< with both ends, in the file's system; empty: straight
  std::optional<double> length = {}, speed = {}, capacity = {}, width = {};  ///< m, m/s, vehicles/s, m
  std::optional<int> lanes = {};
  ModeMask modes = kCar;
  bool two_way = false;         ///< says the same of both directions
  bool walk_both_ways = false;  ///< people pass against it as well, if they may use it
  RoadClass road_class = RoadClass::unclassified;
  std::uint8_t flags = 0;
  std::string name = {};
};

/// Collects nodes and links; `assemble` makes the network of them.
class RoadDraft {
 public:
  RoadDraft(std::string file, const RoadOptions& options) : file_(std::move(file)), options_(options) {}

  /// @throws InputError if the id is taken
  std::uint32_t add_node(RoadNode node, const std::string& where);
  /// @throws InputError naming the nearest ids if there is no such node
  [[nodiscard]] std::uint32_t node(const std::string& id, const std::string& where) const;
  /// Row of the link. @throws InputError if the id is taken, or a figure is out of range
  std::uint32_t add_link(RoadLink link, const std::string& where);
  [[nodiscard]] std::optional<std::uint32_t> link(const std::string& id) const;

  /// @param source_crs  what the file says; "": nothing
  /// @param degrees     whether coordinates within ±180, ±90 of an unknown system are degrees
  void assemble(const std::string& source_crs, bool degrees);

  // after `assemble`
  [[nodiscard]] const Network& network() const { return builder_.so_far(); }
  /// Along the file's link; none for one that was left out.
  [[nodiscard]] LinkId link_of(std::uint32_t row) const { return link_of_[row]; }
  [[nodiscard]] NodeId node_of(std::uint32_t row) const { return NodeId{row}; }
  /// Links that leave a node, ascending.
  [[nodiscard]] const std::vector<LinkId>& leaving(NodeId node) const { return leaving_[node.value]; }
  /// Binds whoever of `modes` may use both links, if anybody may.
  void forbid(LinkId in, LinkId out, ModeMask modes);
  void add_signal_plan(SignalPlan plan);

  void note(std::string message, std::string fix = {}) { remark(Problem::Severity::note, message, fix); }
  void warn(std::string message, std::string fix = {}) { remark(Problem::Severity::warning, message, fix); }
  [[nodiscard]] RoadResult result() &&;

  std::vector<RoadNode> nodes;
  std::vector<RoadLink> links;
  std::vector<std::uint8_t> no_through;
  std::map<std::string, std::vector<double>> figures;  ///< per row of links
  bool left_hand = false;

 private:
  void remark(Problem::Severity severity, const std::string& message, const std::string& fix) {
    notes_.push_back({severity, "network", "", file_ + ": " + message, fix});
  }
  void project(const std::string& source_crs, bool degrees);
  [[nodiscard]] bool twins(const RoadLink& a, const RoadLink& b) const;
  void add_segment(std::uint32_t row, std::optional<std::uint32_t> twin);

  std::string file_, crs_;
  const RoadOptions& options_;
  std::unordered_map<std::string, std::uint32_t> node_rows_, link_rows_;
  std::vector<LinkId> link_of_;
  std::vector<std::vector<LinkId>> leaving_;
  std::vector<std::string> link_ids_;
  bool numbered_ = false, numbered_nodes_ = false;
  NetworkBuilder builder_;
  std::vector<Problem> notes_;
};

/// "primary", "highway.primary", "primary_link", and the words of transport models: freeway, arterial, …
[[nodiscard]] std::optional<RoadClass> road_class_named(std::string_view text);

/// Factor to metres, metres per second, seconds. @throws InputError listing the units there are
[[nodiscard]] double length_unit(std::string_view unit, const std::string& where);
[[nodiscard]] double speed_unit(std::string_view unit, const std::string& where);
[[nodiscard]] double time_unit(std::string_view unit, const std::string& where);

/// A stretch of a signal program: who has green, yellow counting as red.
struct SignalInterval {
  double duration = 0;                           ///< s
  std::vector<std::pair<LinkId, LinkId>> green;  ///< any order
};
/// The plan that runs through the intervals from `offset` on: those without any green become the intergreen
/// of the one before. None if nobody ever has green, or the cycle takes no time.
[[nodiscard]] std::optional<SignalPlan> signal_plan(NodeId node, double offset,
                                                    std::vector<SignalInterval> intervals);

}  // namespace chimata::io
