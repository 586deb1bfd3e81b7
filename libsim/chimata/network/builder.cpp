#include "chimata/network/builder.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace chimata {

namespace {
constexpr double kShortest = 0.01;  // m
constexpr double kKmh = 1 / 3.6;
}  // namespace

const ClassDefaults& defaults_of(RoadClass road_class) {
  // Widths on foot are our own cautious judgement (grade C): on large roads the pavements only, on
  // small streets the carriageway shared with cars. Speeds and lanes are the usual urban values (C).
  static const ClassDefaults table[] = {
      {0.5, 2, 100 * kKmh, kCar},                    // motorway
      {2.0, 2, 60 * kKmh, kFoot | kBicycle | kCar},  // trunk
      {4.0, 2, 50 * kKmh, kFoot | kBicycle | kCar},  // primary
      {4.0, 1, 50 * kKmh, kFoot | kBicycle | kCar},  // secondary
      {3.0, 1, 40 * kKmh, kFoot | kBicycle | kCar},  // tertiary
      {3.0, 1, 40 * kKmh, kFoot | kBicycle | kCar},  // unclassified
      {4.0, 1, 30 * kKmh, kFoot | kBicycle | kCar},  // residential
      {4.0, 1, 20 * kKmh, kFoot | kBicycle | kCar},  // living_street
      {3.0, 1, 20 * kKmh, kFoot | kBicycle | kCar},  // service
      {5.0, 0, 0, kFoot},                            // pedestrian
      {2.5, 1, 20 * kKmh, kFoot | kBicycle},         // track
      {2.0, 0, 0, kFoot | kBicycle},                 // cycleway
      {2.0, 0, 0, kFoot},                            // footway
      {1.5, 0, 0, kFoot},                            // path
      {1.5, 0, 0, kFoot},                            // steps
  };
  return table[static_cast<std::size_t>(road_class)];
}

NodeId NetworkBuilder::add_node(Point position, std::int64_t source, bool signal) {
  network_.position.push_back(position);
  network_.elevation.push_back(std::numeric_limits<float>::quiet_NaN());
  network_.node_source.push_back(source);
  network_.signal.push_back(signal ? 1 : 0);
  return NodeId{network_.position.size() - 1};
}

std::uint32_t NetworkBuilder::name_row(const std::string& name) {
  if (network_.names.empty()) network_.names.emplace_back();  // row 0: no name
  if (name.empty()) return 0;
  const auto [it, fresh] = name_rows_.try_emplace(name, static_cast<std::uint32_t>(network_.names.size()));
  if (fresh) network_.names.push_back(name);
  return it->second;
}

SegmentId NetworkBuilder::add_segment(SegmentDraft draft) {
  Network& n = network_;
  ClassDefaults usual = defaults_of(draft.road_class);
  usual.walking_width = draft.usual_width.value_or(usual.walking_width);
  usual.speed = draft.usual_speed.value_or(usual.speed);
  usual.lanes = draft.usual_lanes.value_or(usual.lanes);
  if (draft.shape.size() < 2) draft.shape = {n.position[draft.from], n.position[draft.to]};

  std::uint8_t imputed = 0;
  if (!draft.width) imputed |= kImputedWidth;
  if (!draft.lanes_forward && !draft.lanes_backward) imputed |= kImputedLanes;
  if (!draft.speed) imputed |= kImputedSpeed;
  if (!draft.modes_forward && !draft.modes_backward) imputed |= kImputedAccess;

  if (n.shape_offset.empty()) n.shape_offset.push_back(0);
  n.from.push_back(draft.from);
  n.to.push_back(draft.to);
  n.length.push_back(std::max(draft.length.value_or(polyline_length(draft.shape)), kShortest));
  n.width.push_back(static_cast<float>(draft.width.value_or(usual.walking_width)));
  n.road_class.push_back(draft.road_class);
  n.flags.push_back(draft.flags);
  n.imputed.push_back(imputed);
  n.segment_source.push_back(draft.source);
  n.name.push_back(name_row(draft.name));
  n.shape_points.insert(n.shape_points.end(), draft.shape.begin(), draft.shape.end());
  n.shape_offset.push_back(static_cast<std::uint32_t>(n.shape_points.size()));
  const ModeMask both[] = {draft.modes_forward.value_or(usual.modes),
                           draft.modes_backward.value_or(usual.modes)};
  const int lanes[] = {draft.lanes_forward.value_or(usual.lanes), draft.lanes_backward.value_or(usual.lanes)};
  for (int direction = 0; direction < 2; ++direction) {
    n.modes.push_back(both[direction]);
    n.lanes.push_back(static_cast<std::uint8_t>((both[direction] & kCar) ? lanes[direction] : 0));
    const double speed = draft.speed.value_or(usual.speed);
    n.speed.push_back(static_cast<float>(direction ? draft.speed_backward.value_or(speed) : speed));
    const auto capacity = direction ? draft.capacity_backward : draft.capacity_forward;
    n.capacity.push_back(static_cast<float>((both[direction] & kCar) ? capacity.value_or(0) : 0));
  }
  return SegmentId{n.length.size() - 1};
}

Network NetworkBuilder::build() {
  Network& n = network_;
  if (n.shape_offset.empty()) n.shape_offset.push_back(0);
  if (n.names.empty()) n.names.emplace_back();
  n.out_offset.assign(n.node_count() + 1, 0);
  for (std::uint32_t l = 0; l < n.link_count(); ++l) ++n.out_offset[NodeId{n.tail(LinkId{l}).value + 1}];
  for (std::uint32_t i = 0; i < n.node_count(); ++i) n.out_offset[NodeId{i + 1}] += n.out_offset[NodeId{i}];
  n.out_links.resize(n.link_count());
  std::vector<std::uint32_t> next(n.out_offset.begin(), n.out_offset.end());
  for (std::uint32_t l = 0; l < n.link_count(); ++l) n.out_links[next[n.tail(LinkId{l}).value]++] = LinkId{l};
  std::stable_sort(n.signal_plans.begin(), n.signal_plans.end(),
                   [](const SignalPlan& a, const SignalPlan& b) { return a.node < b.node; });
  name_rows_.clear();
  return std::exchange(network_, Network{});
}

}  // namespace chimata
