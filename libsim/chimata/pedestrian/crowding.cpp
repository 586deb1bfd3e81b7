#include "chimata/pedestrian/crowding.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kSlowest = 0.05;  // of free speed; who stands will not stand forever (C)
constexpr double kRemembers = 5;   // s, over which delays are smoothed (C)
constexpr double kFew = 1;         // persons/m²; where fewer are, they can be overtaken (C)
constexpr double kNothing = 0.02;  // less is no delay

}  // namespace

void Crowding::open(const Box& box) {
  const auto cells = [](double length) { return static_cast<std::size_t>(length / kCell) + 1; };
  frame_ = {box.min_x, box.max_y, kCell, kCell, cells(box.max_x - box.min_x), cells(box.max_y - box.min_y)};
  extra_.assign(frame_.size(), 0);
}

void Crowding::measure(const Crowd& crowd, const std::vector<std::uint8_t>& walking) {
  sum_.assign(frame_.size(), 0);
  count_.assign(frame_.size(), 0);
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const std::size_t cell = frame_.cell_of(crowd.position()[row]);
    if (walking[row] == 0 || cell == RasterFrame::outside) continue;
    const double free = double{crowd.speed()[row]} * double{crowd.speed_factor()[row]};
    if (!(free > 0)) continue;
    const double share = std::clamp(length(crowd.velocity()[row]) / free, kSlowest, 1.0);
    sum_[cell] += 1 / share - 1;
    ++count_[cell];
  }
  const double weight = kEvery / kRemembers;
  for (std::size_t cell = 0; cell < frame_.size(); ++cell) {
    const double now = sum_[cell] / std::max(kFew * kCell * kCell, static_cast<double>(count_[cell]));
    extra_[cell] += weight * (now - extra_[cell]);
    if (extra_[cell] < kNothing) extra_[cell] = 0;
  }
}

}  // namespace chimata::pedestrian
