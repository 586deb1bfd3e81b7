#include "chimata/space/walls.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "chimata/geo/vector.hpp"

namespace chimata {

namespace {

constexpr double kCell = 2.0;  // m

/// The cell `off` m from the first one's edge, in a row of `count`; the nearest one outside.
std::int64_t cell_of(double off, std::int64_t count) {
  return std::clamp(static_cast<std::int64_t>(off / kCell), std::int64_t{0}, count - 1);
}

/// Distance between a segment and a box.
double distance(const Wall& wall, const Box& box) {
  if (box.contains(wall.a) || box.contains(wall.b)) return 0;
  const Point corner[] = {
      {box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}};
  double least = std::numeric_limits<double>::infinity();
  for (int side = 0; side < 4; ++side)
    least = std::min(least, distance(wall, Wall{corner[side], corner[(side + 1) % 4]}));
  return least;
}

}  // namespace

Point nearest_on(const Wall& wall, Point to) {
  const Point along = wall.b - wall.a, off = to - wall.a;
  const double square = dot(along, along);
  const double share = square > 0 ? std::clamp(dot(off, along) / square, 0.0, 1.0) : 0;
  return wall.a + share * along;
}

double meets(const Wall& way, const Wall& wall) {
  constexpr double kNever = 2;
  const Point r = way.b - way.a, s = wall.b - wall.a, d = wall.a - way.a;
  const double turn = cross(r, s);
  if (turn == 0) return kNever;  // parallel: grazes at most
  const double t = cross(d, s) / turn, u = cross(d, r) / turn;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? t : kNever;
}

double distance(const Wall& one, const Wall& other) {
  if (meets(one, other) <= 1) return 0;
  return std::min({distance(one.a, nearest_on(other, one.a)), distance(one.b, nearest_on(other, one.b)),
                   distance(other.a, nearest_on(one, other.a)), distance(other.b, nearest_on(one, other.b))});
}

Walls::Walls(std::vector<Wall> walls) : walls_(std::move(walls)), stands_(walls_.size(), 1) {
  build();
}

void Walls::set_standing(WallRow row, bool stands) {
  stands_[row] = stands ? 1 : 0;
}

WallRow Walls::add(Wall wall) {
  walls_.push_back(wall);
  stands_.push_back(1);
  build();
  return static_cast<WallRow>(walls_.size() - 1);
}

void Walls::build() {
  box_ = {};
  for (const Wall& wall : walls_) box_.add(wall.a), box_.add(wall.b);
  if (box_.empty()) box_.add({0, 0});
  columns_ = static_cast<std::int64_t>((box_.max_x - box_.min_x) / kCell) + 1;
  rows_ = static_cast<std::int64_t>((box_.max_y - box_.min_y) / kCell) + 1;
  crossing_ = lists(1e-9);
  near_ = lists(kReach);
}

Walls::Lists Walls::lists(double reach) const {
  std::vector<std::pair<std::uint32_t, WallRow>> entries;
  for (WallRow row = 0; row < walls_.size(); ++row) {
    const Wall& wall = walls_[row];
    const auto from_x = cell_of(std::min(wall.a.x, wall.b.x) - reach - box_.min_x, columns_);
    const auto to_x = cell_of(std::max(wall.a.x, wall.b.x) + reach - box_.min_x, columns_);
    const auto from_y = cell_of(std::min(wall.a.y, wall.b.y) - reach - box_.min_y, rows_);
    const auto to_y = cell_of(std::max(wall.a.y, wall.b.y) + reach - box_.min_y, rows_);
    for (auto y = from_y; y <= to_y; ++y) {
      for (auto x = from_x; x <= to_x; ++x) {
        const double left = box_.min_x + static_cast<double>(x) * kCell,
                     low = box_.min_y + static_cast<double>(y) * kCell;
        const Box cell{left, low, left + kCell, low + kCell};
        if (distance(wall, cell) <= reach)
          entries.emplace_back(static_cast<std::uint32_t>(y * columns_ + x), row);
      }
    }
  }
  std::sort(entries.begin(), entries.end());
  Lists lists;
  lists.first.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
  for (const auto& [cell, row] : entries) ++lists.first[cell + 1], lists.rows.push_back(row);
  for (std::size_t cell = 1; cell < lists.first.size(); ++cell) lists.first[cell] += lists.first[cell - 1];
  return lists;
}

std::span<const WallRow> Walls::near(Point at) const {
  if (!box_.contains(at)) return {};
  const auto x = static_cast<std::int64_t>((at.x - box_.min_x) / kCell);
  const auto y = static_cast<std::int64_t>((at.y - box_.min_y) / kCell);
  return in(near_, static_cast<std::size_t>(y * columns_ + x));
}

void Walls::collect(const Box& box, std::vector<WallRow>& rows) const {
  if (!box_.intersects(box)) return;
  const auto from_x = cell_of(box.min_x - box_.min_x, columns_),
             to_x = cell_of(box.max_x - box_.min_x, columns_);
  const auto from_y = cell_of(box.min_y - box_.min_y, rows_), to_y = cell_of(box.max_y - box_.min_y, rows_);
  for (auto y = from_y; y <= to_y; ++y) {
    // the cells of a row lie side by side: one stretch of the list
    const auto* row =
        crossing_.rows.data() + crossing_.first[static_cast<std::size_t>(y * columns_ + from_x)];
    const auto* end =
        crossing_.rows.data() + crossing_.first[static_cast<std::size_t>(y * columns_ + to_x) + 1];
    for (; row < end; ++row) {
      auto place = rows.end();  // few: kept in order by insertion
      while (place != rows.begin() && *(place - 1) > *row) --place;
      if (place == rows.begin() || *(place - 1) != *row) rows.insert(place, *row);
    }
  }
}

template <class Visit>
void Walls::along(Point from, Point to, Visit&& visit) const {
  const Point way = to - from;
  double enter = 0, leave = 1;  // the part of the way inside the grid
  const auto clip = [&](double start, double step, double low, double high) {
    if (step == 0) {
      if (start < low || start > high) leave = -1;
      return;
    }
    const double a = (low - start) / step, b = (high - start) / step;
    enter = std::max(enter, std::min(a, b)), leave = std::min(leave, std::max(a, b));
  };
  clip(from.x, way.x, box_.min_x, box_.max_x);
  clip(from.y, way.y, box_.min_y, box_.max_y);
  if (enter > leave) return;
  const auto position = [&](double share) {
    return Point{from.x + share * way.x - box_.min_x, from.y + share * way.y - box_.min_y};
  };
  const Point start = position(enter), end = position(leave);
  std::int64_t x = cell_of(start.x, columns_), y = cell_of(start.y, rows_);
  const std::int64_t last_x = cell_of(end.x, columns_), last_y = cell_of(end.y, rows_);
  const std::int64_t step_x = way.x > 0 ? 1 : -1, step_y = way.y > 0 ? 1 : -1;
  const double never = std::numeric_limits<double>::infinity();
  const auto border = [&](std::int64_t cell, std::int64_t step) {
    return static_cast<double>(cell + (step > 0 ? 1 : 0)) * kCell;
  };
  while (true) {
    if (!visit(static_cast<std::size_t>(y * columns_ + x)) || (x == last_x && y == last_y)) return;
    const double at_x = way.x != 0 && x != last_x ? (border(x, step_x) + box_.min_x - from.x) / way.x : never;
    const double at_y = way.y != 0 && y != last_y ? (border(y, step_y) + box_.min_y - from.y) / way.y : never;
    (at_x < at_y ? x : y) += at_x < at_y ? step_x : step_y;
  }
}

double Walls::first_hit(Point from, Point to) const {
  double first = 1;
  along(from, to, [&](std::size_t cell) {
    for (const WallRow row : in(crossing_, cell)) {
      if (stands(row)) first = std::min(first, std::nextafter(meets({from, to}, walls_[row]), 0.0));
    }
    return true;
  });
  return first;
}

bool Walls::passes(Point from, Point to, double radius) const {
  const Point way = to - from;
  const double square = dot(way, way);
  const double room = radius * std::sqrt(square) * (1 + 1e-9);
  // most walls lie wholly to the left, to the right, ahead or behind: that is seen without a root
  const auto aside = [&](const Wall& wall) {
    const Point a = wall.a - from, b = wall.b - from;
    const double left_a = cross(way, a), left_b = cross(way, b);
    const double ahead_a = dot(way, a), ahead_b = dot(way, b);
    return std::min(left_a, left_b) > room || std::max(left_a, left_b) < -room ||
           std::min(ahead_a, ahead_b) > square + room || std::max(ahead_a, ahead_b) < -room;
  };
  bool free = true;
  along(from, to, [&](std::size_t cell) {
    for (const WallRow row : in(near_, cell)) {
      if (!stands(row) || aside(walls_[row])) continue;
      if (distance(Wall{from, to}, walls_[row]) < radius) return free = false;
    }
    return true;
  });
  return free;
}

double Walls::clearance(Point at) const {
  double least = kReach;
  for (const WallRow row : near(at)) {
    if (stands(row)) least = std::min(least, distance(at, nearest_on(walls_[row], at)));
  }
  return least;
}

}  // namespace chimata
