#include "chimata/pedestrian/bodies.hpp"

#include <algorithm>
#include <cmath>

namespace chimata::pedestrian {

namespace {

constexpr double kCell = 0.5;    // m; two usual bodies next to each other
constexpr double kTouch = 1e-6;  // m; radii are kept with seven digits
constexpr std::uint32_t kNone = 0xffffffffu;

std::int64_t cell(double metres) {
  return static_cast<std::int64_t>(std::floor(metres / kCell));
}

std::size_t bucket(std::int64_t x, std::int64_t y, std::size_t buckets) {
  const auto mixed = static_cast<std::uint64_t>(x) * 0x9e3779b97f4a7c15u ^
                     static_cast<std::uint64_t>(y) * 0xc2b2ae3d27d4eb4fu;
  return static_cast<std::size_t>(mixed >> 32) & (buckets - 1);
}

}  // namespace

void Bodies::clear() {
  discs_.clear();
  std::fill(first_.begin(), first_.end(), kNone);
  widest_ = 0;
}

void Bodies::grow() {
  first_.assign(std::max<std::size_t>(64, 2 * first_.size()), kNone);
  for (std::uint32_t i = 0; i < discs_.size(); ++i) {
    auto& first = first_[bucket(cell(discs_[i].at.x), cell(discs_[i].at.y), first_.size())];
    discs_[i].next = first, first = i;
  }
}

void Bodies::add(Point at, double radius) {
  discs_.push_back({at, radius, kNone});
  widest_ = std::max(widest_, radius);
  if (discs_.size() > first_.size()) return grow();
  auto& first = first_[bucket(cell(at.x), cell(at.y), first_.size())];
  discs_.back().next = first;
  first = static_cast<std::uint32_t>(discs_.size() - 1);
}

bool Bodies::free(Point at, double radius) const {
  if (discs_.empty()) return true;
  const double reach = radius + widest_;
  for (std::int64_t y = cell(at.y - reach); y <= cell(at.y + reach); ++y) {
    for (std::int64_t x = cell(at.x - reach); x <= cell(at.x + reach); ++x) {
      for (auto i = first_[bucket(x, y, first_.size())]; i != kNone; i = discs_[i].next) {
        if (distance(discs_[i].at, at) < discs_[i].radius + radius - kTouch) return false;
      }
    }
  }
  return true;
}

}  // namespace chimata::pedestrian
