#include "chimata/io/road_draft.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/io/crs.hpp"

namespace chimata::io {

namespace {

constexpr double kFarthest = 1e9;       // m or feet: no coordinate system reaches so far
constexpr double kSameLine = 0.5;       // m between two drawings of one centre line
constexpr double kSameLength = 0.01;    // share by which two directions of one street may differ
constexpr double kSameLengthLeast = 1;  // m

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <class Rows>
bool all_numbered(const Rows& rows) {
  return std::all_of(rows.begin(), rows.end(),
                     [](const auto& row) { return whole_number(row.id).has_value(); });
}

void check_range(std::optional<double> value, const char* what, double most, const char* unit,
                 const std::string& where) {
  if (!value || (*value >= 0 && *value <= most)) return;
  char text[64];
  std::snprintf(text, sizeof text, "%g", *value);
  throw InputError(where, std::string(what) + " is " + text + " " + unit,
                   std::string("give 0 or more, in the unit that the file declares"));
}

}  // namespace

std::uint32_t RoadDraft::add_node(RoadNode node, const std::string& where) {
  const auto row = static_cast<std::uint32_t>(nodes.size());
  if (!node_rows_.try_emplace(node.id, row).second)
    throw InputError(where, "node " + node.id + " is given twice", "give each node its own id");
  nodes.push_back(std::move(node));
  return row;
}

std::uint32_t RoadDraft::node(const std::string& id, const std::string& where) const {
  const auto found = node_rows_.find(id);
  if (found != node_rows_.end()) return found->second;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < std::min<std::size_t>(nodes.size(), 1000); ++i) ids.push_back(nodes[i].id);
  const std::string hint = did_you_mean(id, ids);
  throw InputError(where, "there is no node " + id, hint.empty() ? "add it, or correct the id" : hint);
}

std::uint32_t RoadDraft::add_link(RoadLink link, const std::string& where) {
  const auto row = static_cast<std::uint32_t>(links.size());
  const std::string there = where + " (link " + link.id + ")";
  check_range(link.length, "length", 1e7, "m", there);
  check_range(link.speed, "speed", 1000, "m/s", there);
  check_range(link.capacity, "capacity", 1e9, "vehicles/s", there);
  if (link.lanes) link.lanes = std::clamp(*link.lanes, 0, 255);
  if (link.speed == 0.0) link.speed.reset();
  if (!link_rows_.try_emplace(link.id, row).second)
    throw InputError(where, "link " + link.id + " is given twice", "give each link its own id");
  links.push_back(std::move(link));
  return row;
}

std::optional<std::uint32_t> RoadDraft::link(const std::string& id) const {
  const auto found = link_rows_.find(id);
  return found == link_rows_.end() ? std::nullopt : std::optional(found->second);
}

void RoadDraft::project(const std::string& source_crs, bool degrees) {
  std::vector<Point> points;
  for (const RoadNode& node : nodes) points.push_back(node.place);
  for (const RoadLink& link : links) points.insert(points.end(), link.shape.begin(), link.shape.end());
  Box box;
  for (const Point p : points) {
    if (!(std::fabs(p.x) < kFarthest && std::fabs(p.y) < kFarthest))
      throw InputError(file_, "has coordinates beyond any place on earth", "correct them");
    box.add(p);
  }

  std::string source = source_crs.empty() ? options_.source_crs : source_crs;
  const bool small = box.min_x >= -180 && box.max_x <= 180 && box.min_y >= -90 && box.max_y <= 90;
  if (source.empty() && degrees && small) {
    source = "EPSG:4326";
    note("names no coordinate system; its coordinates were taken as longitude and latitude (WGS 84)",
         "say source_crs if they are another");
  }
  crs_ = options_.crs;
  if (source.empty()) {
    warn("names no coordinate system; its coordinates were taken as metres" +
             (crs_.empty() ? " in a plane of their own" : " in " + crs_),
         "say source_crs");
    return;
  }
  if (crs_.empty() && is_metric(source)) crs_ = source;
  if (crs_.empty()) {
    Point middle{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
    if (source != "EPSG:4326") transform(source, "EPSG:4326", {&middle, 1});
    crs_ = metric_crs_for(middle.x, middle.y);
  }
  if (source == crs_) return;
  transform(source, crs_, points);
  auto at = points.begin();
  for (RoadNode& node : nodes) node.place = *at++;
  for (RoadLink& link : links) {
    for (Point& p : link.shape) p = *at++;
  }
}

// Whether b is the other direction of a.
bool RoadDraft::twins(const RoadLink& a, const RoadLink& b) const {
  if (a.from != b.to || a.to != b.from || a.two_way || b.two_way || a.shape.size() != b.shape.size())
    return false;
  for (std::size_t i = 0; i < a.shape.size(); ++i) {
    if (distance(a.shape[i], b.shape[a.shape.size() - 1 - i]) > kSameLine) return false;
  }
  if (a.length.has_value() != b.length.has_value()) return false;
  return !a.length || std::fabs(*a.length - *b.length) <=
                          std::max(kSameLengthLeast, kSameLength * std::max(*a.length, *b.length));
}

void RoadDraft::add_segment(std::uint32_t row, std::optional<std::uint32_t> twin) {
  RoadLink& link = links[row];
  const RoadLink* back = twin ? &links[*twin] : link.two_way ? &link : nullptr;
  SegmentDraft draft;
  draft.from = NodeId{link.from};
  draft.to = NodeId{link.to};
  draft.shape = std::move(link.shape);
  if (!draft.shape.empty()) {
    draft.shape.front() = nodes[link.from].place;
    draft.shape.back() = nodes[link.to].place;
  }
  draft.road_class = link.road_class;
  draft.flags = link.flags;
  draft.source = numbered_ ? *whole_number(link.id) : row + 1;
  draft.name = link.name;
  draft.width = link.width;
  draft.length = link.length;
  draft.modes_forward = link.modes;
  draft.modes_backward = back ? back->modes : ModeMask{0};
  const bool walked = (link.walk_both_ways && (link.modes & kFoot)) ||
                      (back && back->walk_both_ways && (back->modes & kFoot)) ||
                      (options_.walk_along && link.road_class != RoadClass::motorway);
  if (walked) *draft.modes_forward |= kFoot, *draft.modes_backward |= kFoot;
  draft.lanes_forward = link.lanes;
  draft.lanes_backward = back ? back->lanes : link.lanes;
  draft.speed = link.speed;
  if (back) draft.speed_backward = back->speed;
  draft.capacity_forward = link.capacity;
  if (back) draft.capacity_backward = back->capacity;
  const LinkId forward = Network::forward(builder_.add_segment(std::move(draft)));
  link_of_[row] = forward;
  if (twin) link_of_[*twin] = Network::twin_of(forward);
  link_ids_.push_back(link.id);
  link_ids_.push_back(back ? back->id : "");
  leaving_[link.from].push_back(forward);
  leaving_[link.to].push_back(Network::twin_of(forward));
}

void RoadDraft::assemble(const std::string& source_crs, bool degrees) {
  project(source_crs, degrees);
  numbered_ = all_numbered(links);
  numbered_nodes_ = all_numbered(nodes);
  for (std::size_t row = 0; row < nodes.size(); ++row) {
    builder_.add_node(nodes[row].place,
                      numbered_nodes_ ? *whole_number(nodes[row].id) : static_cast<std::int64_t>(row) + 1,
                      nodes[row].signal);
  }
  leaving_.resize(nodes.size());
  link_of_.assign(links.size(), LinkId::none());

  // pairs in the order of the file: each link takes the first one that runs against it and is still alone
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> alone;
  std::vector<std::optional<std::uint32_t>> twin(links.size());
  std::vector<std::uint8_t> second(links.size(), 0);
  std::size_t unused = 0, loops = 0;
  for (std::uint32_t row = 0; row < links.size(); ++row) {
    RoadLink& link = links[row];
    if (link.from == link.to || link.modes == 0) {
      ++(link.from == link.to ? loops : unused);
      second[row] = 1;
      continue;
    }
    auto& others = alone[{link.to, link.from}];
    const auto found = std::find_if(others.begin(), others.end(),
                                    [&](std::uint32_t other) { return twins(links[other], link); });
    if (found == others.end()) {
      alone[{link.from, link.to}].push_back(row);
    } else {
      twin[*found] = row;
      second[row] = 1;
      others.erase(found);
    }
  }
  for (std::uint32_t row = 0; row < links.size(); ++row) {
    if (!second[row]) add_segment(row, twin[row]);
  }
  if (builder_.so_far().segment_count() == 0)
    throw InputError(file_, "holds no link that people, bicycles or cars may use",
                     "give links between different nodes, and modes such as car or walk");
  if (unused) note(std::to_string(unused) + " links for other modes (rails, buses only) were left out");
  if (loops) note(std::to_string(loops) + " links that return to their own node were left out");
  const auto& modes = network().modes;
  if (std::none_of(modes.begin(), modes.end(), [](ModeMask m) { return m & kFoot; }))
    note("no link is open to people on foot", "say walk_along: true if people walk along these roads");
}

void RoadDraft::forbid(LinkId in, LinkId out, ModeMask modes) {
  const auto bound = static_cast<ModeMask>(modes & network().modes[in] & network().modes[out]);
  if (bound) builder_.add_restriction({{in, out}, false, bound});
}

void RoadDraft::add_signal_plan(SignalPlan plan) {
  builder_.set_signal(plan.node);
  builder_.add_signal_plan(std::move(plan));
}

RoadResult RoadDraft::result() && {
  RoadResult result;
  result.crs = crs_;
  for (RoadNode& node : nodes) result.node_id.push_back(std::move(node.id));
  result.link_id = std::move(link_ids_);
  result.no_through = std::move(no_through);
  result.no_through.resize(nodes.size(), 0);
  for (const auto& [name, values] : figures) {
    auto& column = result.figures[name];
    column.assign(result.link_id.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t row = 0; row < values.size(); ++row) {
      if (link_of_[row].valid()) column[link_of_[row].value] = values[row];
    }
  }
  result.notes = std::move(notes_);
  builder_.set_left_hand(left_hand);
  result.network = builder_.build();
  return result;
}

}  // namespace chimata::io
