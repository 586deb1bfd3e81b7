#include <algorithm>
#include <cmath>

#include "chimata/geo/vector.hpp"
#include "chimata/wayfinding/ways.hpp"

namespace chimata {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kNear = 1.0;               // m from a corner, where people look round it (C)
constexpr double kPressed = 1e-3;           // m; who is nearer to a wall looks round from this far off it
constexpr double kHeldUp = 0.1, kWide = 3;  // from when, and how soon, people pass corners wide (C)
constexpr double kBeside = 0.3;             // m from where they pass it they look for what comes next (C)
constexpr double kArrived = 0.05;           // m; who is here and sees no successor must look anew

}  // namespace

Ways::Aim Ways::straight(const Goal& goal, Point at, Corner corner) const {
  const Point end = nearest_on(goal.lines[corner - kStraight], at);
  return {end, corner, chimata::distance(at, end) + delayed(at, end)};
}

Ways::Aim Ways::aim(Target target, Point at, Corner corner, bool look, double held_up) const {
  const Goal& goal = goals_[target];
  for (const Polygon& shape : goal.shapes) {
    if (shape.contains(at)) return {at, kStraight, 0};
  }
  if (!look && is_straight(corner)) return straight(goal, at, corner);
  // nobody who stands close to a wall can keep more room than there is
  const double radius = kSlim * std::min(clearance_, walls_->clearance(at));
  if (held_up > kHeldUp && corner < bends_.size() && goal.left[corner] < kNever &&
      (!look || walls_->passes(at, bends_[corner].at, std::min(radius, kSlim * bends_[corner].room)))) {
    const Aim aside = wide(goal, at, corner, held_up);
    if (aside.corner != kLost) return aside;
    look = true;
  }
  if (!look && corner < bends_.size() && goal.left[corner] < kNever) {
    const double off = chimata::distance(at, bends_[corner].at);
    const Aim on{bends_[corner].at, corner, off + goal.left[corner]};
    if (off > kNear) return on;
    const Aim on_from_there = beyond(goal, at, corner, radius);
    if (on_from_there.corner != kLost) return on_from_there;
    if (off > kArrived) return on;
  }
  Aim best = look_round(goal, at, radius, true, corner);
  // squeezed in, or off every tangent: whatever can be seen
  if (best.corner == kLost) best = look_round(goal, at, std::min(radius, 0.01), false, kLost);
  if (best.corner == kLost && radius < kPressed)
    best = look_round(goal, off_wall(at), kSlim * kPressed, false, kLost);
  if (best.corner == kLost) return {at, kLost, kNever};
  // whoever stands at the mouth of a narrow passage goes in, though there is more room outside
  while (!is_straight(best.corner) && chimata::distance(at, best.at) <= kArrived) {
    const Aim further = beyond(goal, at, best.corner, radius);
    if (further.corner == kLost) break;
    best = further;
  }
  return best;
}

bool Ways::leads(Target target, Point at, Corner& seen) const {
  const Goal& goal = goals_[target];
  const double radius = kSlim * std::min(clearance_, walls_->clearance(at));
  Point end;
  if (is_straight(seen) && reaches(*walls_, at, goal.lines[seen - kStraight], radius, end)) return true;
  if (seen < bends_.size() && goal.left[seen] < kNever &&
      walls_->passes(at, bends_[seen].at, std::min(radius, kSlim * bends_[seen].room)))
    return true;
  const Aim best = aim(target, at, seen, true);
  seen = best.corner;
  return std::isfinite(best.left);
}

Ways::Aim Ways::wide(const Goal& goal, Point at, Corner corner, double held_up) const {
  const Bend& bend = bends_[corner];
  const Corner next = goal.next[corner];
  const Point then = is_straight(next) ? nearest_on(goal.lines[next - kStraight], bend.at) : bends_[next].at;
  const Point off{at.x - bend.at.x, at.y - bend.at.y}, on{then.x - bend.at.x, then.y - bend.at.y};
  const bool after_leads_on = dot(on, bend.after) >= dot(on, bend.before);
  const Point out = after_leads_on ? bend.after : bend.before;
  const Point across_in = after_leads_on ? bend.across_before : bend.across_after;
  const Point across = after_leads_on ? bend.across_after : bend.across_before;
  const double square = dot(across_in, across_in);
  if (square == 0 || dot(across, across) == 0 || dot(off, out) >= 0) return {};  // round the corner already
  // at the same share of the passage behind the corner as of the one before it
  const double share = std::clamp(dot(off, across_in) / square, 0.0, 1.0) * std::min(1.0, kWide * held_up);
  const Point aside{bend.at.x + share * across.x, bend.at.y + share * across.y};
  if (chimata::distance(at, aside) < kBeside) return {};
  return {aside, corner, chimata::distance(at, bend.at) + goal.left[corner]};
}

Ways::Aim Ways::beyond(const Goal& goal, Point at, Corner corner, double radius) const {
  const double room = std::min(radius, kSlim * bends_[corner].room);
  const Corner next = goal.next[corner];
  if (is_straight(next)) {
    Point end;
    return reaches(*walls_, at, goal.lines[next - kStraight], room, end) ? straight(goal, at, next) : Aim{};
  }
  if (next == kLost || !walls_->passes(at, bends_[next].at, std::min(room, kSlim * bends_[next].room)))
    return {};
  const double off = chimata::distance(at, bends_[next].at);
  return {bends_[next].at, next, off + delayed(at, bends_[next].at) + goal.left[next]};
}

Point Ways::off_wall(Point at) const {
  const Wall* wall = nullptr;
  double least = Walls::kReach;
  for (const WallRow row : walls_->near(at)) {
    const double off = chimata::distance(at, nearest_on((*walls_)[row], at));
    if (walls_->stands(row) && off < least) least = off, wall = &(*walls_)[row];
  }
  if (!wall) return at;
  const Point foot = nearest_on(*wall, at);
  const double length = chimata::distance(wall->a, wall->b);
  const double step = 2 * kPressed / length;
  const Point across{step * (wall->a.y - wall->b.y), step * (wall->b.x - wall->a.x)};
  const Point left{foot.x + across.x, foot.y + across.y}, right{foot.x - across.x, foot.y - across.y};
  const bool from_left = across.x * (at.x - foot.x) + across.y * (at.y - foot.y) >= 0;
  if (area_->contains(from_left ? left : right)) return from_left ? left : right;
  return from_left ? right : left;
}

Ways::Aim Ways::look_round(const Goal& goal, Point at, double radius, bool tangents, Corner hint) const {
  Aim best;
  for (std::uint32_t line = 0; line < goal.lines.size(); ++line) {
    const Aim ahead = straight(goal, at, kStraight + line);
    Point end;
    if (ahead.left < best.left && reaches(*walls_, at, goal.lines[line], radius, end)) best = ahead;
  }
  const auto consider = [&](Corner corner) {
    const Bend& bend = bends_[corner];
    if (!walls_->passes(at, bend.at, std::min(radius, kSlim * bend.room))) return;
    const double left = chimata::distance(at, bend.at) + delayed(at, bend.at) + goal.left[corner];
    if (left < best.left || (left == best.left && corner < best.corner)) best = {bend.at, corner, left};
  };
  // what was headed for bounds the search, if it still can be seen
  if (hint < bends_.size() && goal.left[hint] < kNever) consider(hint);
  // then by distance as the crow flies to the corner and on from there, until none can be better
  thread_local std::vector<std::pair<double, Corner>> candidates;
  candidates.clear();
  for (Corner corner = 0; corner < bends_.size(); ++corner) {
    const double spare = best.left - goal.left[corner];
    const Point way{bends_[corner].at.x - at.x, bends_[corner].at.y - at.y};
    const double square = way.x * way.x + way.y * way.y;
    if (!(spare > 0) || square >= spare * spare) continue;
    if (tangents && !bends_[corner].can_leave(way, bends_[corner].room)) continue;
    candidates.emplace_back(std::sqrt(square) + goal.left[corner], corner);
  }
  std::make_heap(candidates.begin(), candidates.end(), std::greater<>());
  while (!candidates.empty() && candidates.front().first < best.left) {
    consider(candidates.front().second);
    std::pop_heap(candidates.begin(), candidates.end(), std::greater<>());
    candidates.pop_back();
  }
  return best;
}

}  // namespace chimata
