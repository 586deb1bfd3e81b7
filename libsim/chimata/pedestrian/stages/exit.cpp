#include "chimata/pedestrian/stages/exit.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

/// The longer side of the narrowest rectangle round a shape, m: the same however it is turned, and however
/// many points lie on its sides.
double longer_side(const Polygon& shape) {
  double narrowest = INFINITY, width = 0;
  for (const auto& ring : shape.rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Point along = unit(ring[(i + 1) % ring.size()] - ring[i]);
      if (along == Point{}) continue;
      Box box;  // of the shape, turned so that this side lies level
      for (const auto& other : shape.rings)
        for (const Point p : other) box.add({dot(along, p - ring[i]), cross(along, p - ring[i])});
      const double across = box.max_y - box.min_y;
      if (across < narrowest) narrowest = across, width = std::max(box.max_x - box.min_x, across);
    }
  }
  return width;
}

double width_of(const Site& site) {
  double width = 0;
  for (const Wall& line : site.lines) width += distance(line.a, line.b);
  for (const Polygon& shape : site.shapes) width += longer_side(shape);
  return width;
}

}  // namespace

Target Exit::open(const Site& site) {
  if (door_.width == 0) door_.width = width_of(site);
  const bool open =
      door_.rate > 0 && std::isfinite(door_.rate) && door_.width > 0 && std::isfinite(door_.width);
  site.check(door_.flow == DoorFlow::emergent || open, "nobody gets through its door",
             "give a rate and a width above 0");
  return site.target();
}

void Exit::reached(PersonId person, Usher& usher) {
  // nobody overtakes those who were held back before
  if (door_.flow == DoorFlow::emergent && allowed_ > 0 && waiting_.empty()) return let_out(person, usher);
  waiting_.push_back(person);
  usher.stand_still(person);
}

void Exit::let_out(PersonId person, Usher& usher) {
  if (allowed_ != kNoRow) --allowed_;
  usher.leave(person);
}

void Exit::step(Usher& usher) {
  std::size_t out = 0;
  for (; out < waiting_.size() && free_from_ <= usher.now() && allowed_ > 0; ++out) {
    let_out(waiting_[out], usher);
    if (door_.flow == DoorFlow::emergent) continue;
    free_from_ = std::max(free_from_, usher.now() - usher.dt()) + 1 / rate();
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(out));
}

double Exit::burden(std::size_t bound) const {
  return static_cast<double>(bound) / (door_.flow == DoorFlow::emergent ? 1.0 : rate());
}

void Exit::save(SnapshotWriter& out, const std::string& name) const {
  out.put_value(name + "free_from_s", free_from_);
  out.put_value(name + "allowed", allowed_);
  out.put(name + "waiting", waiting_);
}

void Exit::load(const SnapshotReader& in, const std::string& name) {
  in.get_value(name + "free_from_s", free_from_);
  in.get_value(name + "allowed", allowed_);
  in.get(name + "waiting", waiting_);
}

}  // namespace chimata::pedestrian
