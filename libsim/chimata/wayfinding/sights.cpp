#include "chimata/wayfinding/sights.hpp"

namespace chimata {

void Sights::watch(std::size_t gate, const Wall& wall, bool stands, std::size_t first) {
  if (across_.size() <= gate) across_.resize(gate + 1);
  const Box box = box_of(wall);
  for (std::size_t row = first; row < sights_.size(); ++row) {
    const Sight& sight = sights_[row];
    const Wall line{sight.a, sight.b};
    if (!box_of(line).widened(sight.radius).intersects(box) || distance(line, wall) >= sight.radius) continue;
    across_[gate].push_back(static_cast<std::uint32_t>(row));
    if (stands) ++shut_[row];
  }
}

void Sights::set_standing(std::size_t gate, bool stands) {
  for (const std::uint32_t row : across_[gate])
    shut_[row] = static_cast<std::uint16_t>(shut_[row] + (stands ? 1 : -1));
}

}  // namespace chimata
