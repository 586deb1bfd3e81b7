#include "chimata/evacuation/neighbourhood.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace chimata {

namespace {

double squared(Point a, Point b) {
  const double dx = a.x - b.x, dy = a.y - b.y;
  return dx * dx + dy * dy;
}

/// Every bit of `x` moved to twice its place.
std::uint64_t spread(std::uint32_t x) {
  std::uint64_t bits = x;
  bits = (bits | bits << 16) & 0x0000ffff0000ffffull;
  bits = (bits | bits << 8) & 0x00ff00ff00ff00ffull;
  bits = (bits | bits << 4) & 0x0f0f0f0f0f0f0f0full;
  bits = (bits | bits << 2) & 0x3333333333333333ull;
  return (bits | bits << 1) & 0x5555555555555555ull;
}

}  // namespace

Neighbourhood::Neighbourhood(std::span<const Point> points, double radius)
    : points_(points.begin(), points.end()), radius_(std::max(radius, 1.0)) {
  entries_.reserve(points_.size());
  for (std::uint32_t i = 0; i < points_.size(); ++i) {
    entries_.push_back({cell(points_[i].y), cell(points_[i].x), i});
  }
  std::sort(entries_.begin(), entries_.end());
}

std::int64_t Neighbourhood::cell(double metres) const {
  return static_cast<std::int64_t>(std::floor(metres / radius_));
}

void Neighbourhood::around(Point p, std::vector<std::uint32_t>& found) const {
  found.clear();
  const std::int64_t column = cell(p.x);
  for (std::int64_t row = cell(p.y) - 1; row <= cell(p.y) + 1; ++row) {
    auto it = std::lower_bound(entries_.begin(), entries_.end(), Entry{row, column - 1, 0});
    for (; it != entries_.end() && it->row == row && it->column <= column + 1; ++it) {
      if (squared(points_[it->point], p) <= radius_ * radius_) found.push_back(it->point);
    }
  }
  std::sort(found.begin(), found.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(squared(points_[a], p), a) < std::tuple(squared(points_[b], p), b);
  });
}

std::vector<std::uint32_t> along_a_curve(std::span<const Point> points) {
  constexpr double cell = 25;  // m
  double west = 0, south = 0;
  if (!points.empty()) west = points[0].x, south = points[0].y;
  for (const Point p : points) west = std::min(west, p.x), south = std::min(south, p.y);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  order.reserve(points.size());
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    const auto column = static_cast<std::uint32_t>((points[i].x - west) / cell);
    const auto row = static_cast<std::uint32_t>((points[i].y - south) / cell);
    order.emplace_back(spread(column) | spread(row) << 1, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> points_in_order;
  points_in_order.reserve(order.size());
  for (const auto& [code, point] : order) points_in_order.push_back(point);
  return points_in_order;
}

}  // namespace chimata
