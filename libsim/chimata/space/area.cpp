#include "chimata/space/area.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/space/area_parts.hpp"

namespace chimata {

namespace {

/// Strip of a height in a box of `count` strips.
std::size_t strip_of(double y, const Box& box, std::size_t count) {
  const double share = (y - box.min_y) / (box.max_y - box.min_y);
  return static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(count - 1));
}

}  // namespace

Area::Area(std::vector<Polygon> parts, std::vector<Gate> gates, std::vector<SpeedZone> zones)
    : parts_(area_parts::checked(std::move(parts))), gates_(std::move(gates)), zones_(std::move(zones)) {
  area_parts::check(gates_, parts_);
  area_parts::check(zones_, parts_);
  area_parts::weld(parts_);
  outline_ = area_parts::outline(parts_);
  for (const SpeedZone& zone : zones_) zone_boxes_.push_back(zone.shape.box());
  for (const Wall& wall : outline_) box_.add(wall.a), box_.add(wall.b);
  strips_.resize(std::clamp<std::size_t>(outline_.size(), 1, 4096));
  for (WallRow row = 0; row < outline_.size(); ++row) {
    const auto [low, high] = std::minmax(outline_[row].a.y, outline_[row].b.y);
    const std::size_t last = strip_of(high, box_, strips_.size());
    for (std::size_t strip = strip_of(low, box_, strips_.size()); strip <= last; ++strip)
      strips_[strip].push_back(row);
  }
}

double Area::size() const {
  double sum = 0;
  for (const Polygon& part : parts_) sum += part.area();
  return sum;
}

bool Area::contains(Point at) const {
  if (!box_.contains(at)) return false;
  // even-odd over the outline of all parts together: seams between parts are not in it
  bool inside = false;
  for (const WallRow row : strips_[strip_of(at.y, box_, strips_.size())]) {
    const Wall& wall = outline_[row];
    if (distance(at, nearest_on(wall, at)) < 1e-9) return false;
    const Point low = wall.a.y < wall.b.y ? wall.a : wall.b, high = wall.a.y < wall.b.y ? wall.b : wall.a;
    if (low.y <= at.y && at.y < high.y && at.x < low.x + (at.y - low.y) / (high.y - low.y) * (high.x - low.x))
      inside = !inside;
  }
  return inside;
}

double Area::speed_factor(Point at) const {
  double factor = 1;
  for (std::size_t i = 0; i < zones_.size(); ++i) {
    if (zone_boxes_[i].contains(at) && zones_[i].shape.contains(at)) factor *= zones_[i].factor;
  }
  return factor;
}

Walls Area::walls() const {
  std::vector<Wall> all = outline_;
  for (const Gate& gate : gates_) all.push_back(gate.line);
  Walls walls(std::move(all));
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    if (!gates_[i].closed) walls.set_standing(static_cast<WallRow>(outline_.size() + i), false);
  }
  return walls;
}

Walls Area::walls_without_gates() const {
  Walls open = walls();
  for (const Gate& gate : gates()) open.set_standing(wall_of_gate(gate.id), false);
  return open;
}

WallRow Area::wall_of_gate(const std::string& id) const {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < gates_.size(); ++i) {
    if (gates_[i].id == id) return static_cast<WallRow>(outline_.size() + i);
    ids.push_back(gates_[i].id);
  }
  const std::string hint = did_you_mean(id, ids);
  throw InputError("gate " + id, "is not in the area",
                   ids.empty()    ? "it has no gates"
                   : hint.empty() ? "its gates are " + listed(ids)
                                  : hint + " Its gates are " + listed(ids));
}

}  // namespace chimata
