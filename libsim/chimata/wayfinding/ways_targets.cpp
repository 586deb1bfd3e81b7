#include <algorithm>
#include <cmath>
#include <queue>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/wayfinding/ways.hpp"

namespace chimata {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

/// The part of a line that a body gets to: drawn in by `clearance` at an end where a wall stands.
Wall drawn_in(const Wall& line, const Walls& walls, double clearance) {
  const double length = distance(line.a, line.b);
  const double share = length > 0 ? std::min(0.45, clearance / length) : 0;
  const bool at_a = walls.clearance(line.a) < clearance, at_b = walls.clearance(line.b) < clearance;
  return {between(line.a, line.b, at_a ? share : 0), between(line.b, line.a, at_b ? share : 0)};
}

}  // namespace

Target Ways::add_target(const std::vector<Polygon>& shapes) {
  Goal goal;
  for (const Polygon& shape : shapes) {
    for (Polygon& piece : area_->within(shape)) {
      for (const auto& ring : piece.rings) {
        for (std::size_t i = 0; i < ring.size(); ++i)
          goal.lines.push_back({ring[i], ring[(i + 1) % ring.size()]});
      }
      goal.shapes.push_back(std::move(piece));
    }
  }
  if (goal.shapes.empty()) throw InputError("target", "lies outside the area", "draw it where people can be");
  return add(std::move(goal));
}

Target Ways::add_target(const std::vector<Wall>& lines) {
  Goal goal;
  for (const Wall& line : lines) {
    // some of it in the area, or on its edge
    bool inside = false;
    for (const double share : {0.5, 0.0, 0.25, 0.75, 1.0}) {
      const Point point = between(line.a, line.b, share);
      inside = inside || area_->contains(point) || lasting_.clearance(point) < clearance_;
    }
    if (inside) goal.lines.push_back(line);
  }
  if (goal.lines.empty()) throw InputError("target", "lies outside the area", "draw it where people can be");
  return add(std::move(goal));
}

Target Ways::add(Goal goal) {
  for (Wall& line : goal.lines) line = drawn_in(line, lasting_, clearance_);
  find_legs(goal, 0);
  renew(goal);
  goals_.push_back(std::move(goal));
  return static_cast<Target>(goals_.size() - 1);
}

bool Ways::reaches(const Walls& walls, Point at, const Wall& line, double radius, Point& end) const {
  constexpr double kLast = 1e-3;  // m; the line may lie on a wall
  end = nearest_on(line, at);
  const double length = chimata::distance(at, end);
  if (length <= kLast) return true;
  if (!walls.sees(at, between(end, at, std::min(1.0, kLast / length)))) return false;
  // nobody who stops close to a wall can keep more room on the way there
  const double there = walls.clearance(end);
  if (there > kLeastRoom) radius = std::min(radius, there);
  // the last steps lead up to the line, and to the wall it may lie on
  const Point along{line.b.x - line.a.x, line.b.y - line.a.y};
  const double width = std::sqrt(along.x * along.x + along.y * along.y);
  const double across =
      width > 0 ? std::fabs((end.x - at.x) * along.y - (end.y - at.y) * along.x) / width / length : 1;
  const double steps = radius / std::max(across, 1e-6) / length;
  return steps >= 1 || walls.passes(at, between(end, at, steps), kSlim * radius);
}

void Ways::find_legs(Goal& goal, Corner first) const {
  const std::size_t start = goal.legs.size();
  for (auto corner = first; corner < bends_.size(); ++corner) {
    const Bend& bend = bends_[corner];
    for (std::uint32_t line = 0; line < goal.lines.size(); ++line) {
      Point end;
      if (!reaches(lasting_, bend.at, goal.lines[line], bend.room, end)) continue;
      const double length = chimata::distance(bend.at, end);
      // a gate on the target's line itself does not part it from anybody
      const Point before = between(end, bend.at, length > bend.room ? bend.room / length : 1);
      goal.legs.add(
          {corner, line, bend.at, before, kSlim * bend.room, length, length + delayed(bend.at, end)});
    }
  }
  for (std::size_t gate = 0; gate < gateways_.size(); ++gate)
    goal.legs.watch(gate, (*walls_)[gateways_[gate].row], gateways_[gate].stands, start);
  goal.first_leg.assign(bends_.size() + 1, 0);
  for (std::size_t i = 0; i < goal.legs.size(); ++i) ++goal.first_leg[goal.legs[i].from + 1];
  for (std::size_t i = 0; i < bends_.size(); ++i) goal.first_leg[i + 1] += goal.first_leg[i];
}

void Ways::renew(Goal& goal) const {
  goal.left.assign(bends_.size(), kNever);
  goal.next.assign(bends_.size(), kLost);
  using Entry = std::pair<double, Corner>;  // equal distances in the order of corners
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> front;
  for (std::size_t i = 0; i < goal.legs.size(); ++i) {
    const Sight& leg = goal.legs[i];
    if (!goal.legs.open(i) || leg.cost >= goal.left[leg.from]) continue;
    goal.left[leg.from] = leg.cost;
    goal.next[leg.from] = kStraight + leg.to;
    front.emplace(leg.cost, leg.from);
  }
  while (!front.empty()) {
    const auto [left, corner] = front.top();
    front.pop();
    if (left > goal.left[corner]) continue;
    for (std::uint32_t i = first_neighbour_[corner]; i < first_neighbour_[corner + 1]; ++i) {
      const Corner other = neighbours_[i].corner;
      const double through = left + neighbours_[i].cost;
      if (through >= goal.left[other]) continue;
      goal.left[other] = through;
      goal.next[other] = corner;
      front.emplace(through, other);
    }
  }
}

bool Ways::concerned(const Goal& goal, std::size_t gate) const {
  // a way that is cut leads on from somewhere; one that opens is no longer than what is known
  for (const std::uint32_t row : joins_.across(gate)) {
    const Sight& join = joins_[row];
    const double from = goal.left[join.from], to = goal.left[join.to];
    if (joins_.open(row) ? from + join.cost <= to || to + join.cost <= from
                         : goal.next[join.from] == join.to || goal.next[join.to] == join.from)
      return true;
  }
  for (const std::uint32_t row : goal.legs.across(gate)) {
    const Sight& leg = goal.legs[row];
    if (goal.legs.open(row) ? leg.cost <= goal.left[leg.from] : goal.next[leg.from] == kStraight + leg.to)
      return true;
  }
  return false;
}

void Ways::renew_all(Arena& arena) {
  arena.for_blocks(goals_.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t goal = begin; goal < end; ++goal) renew(goals_[goal]);
  });
}

}  // namespace chimata
