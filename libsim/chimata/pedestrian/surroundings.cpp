#include "chimata/pedestrian/surroundings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "chimata/core/error.hpp"

namespace chimata::pedestrian {

namespace {

constexpr const char* kNames[] = {"smoke", "co", "co2", "o2", "water"};

void check(const Layer& layer, const std::string& where) {
  const auto need = [&](bool good, const std::string& what, const std::string& fix) {
    if (!good) throw InputError(where, what, fix);
  };
  need(!layer.times_s.empty() &&
           std::all_of(layer.times_s.begin(), layer.times_s.end(), [](double t) { return std::isfinite(t); }),
       "has no moment", "give seconds, one per value");
  need(std::adjacent_find(layer.times_s.begin(), layer.times_s.end(),
                          [](double a, double b) { return a >= b; }) == layer.times_s.end(),
       "has moments that do not rise", "sort them, none twice");
  need(layer.shapes.empty() || layer.frame.size() == 0, "has shapes and cells", "give one of them");
  need(layer.frame.size() == 0 || (layer.frame.cell_x > 0 && layer.frame.cell_y > 0), "has cells of no size",
       "give metres above 0");
  const std::size_t cells = std::max<std::size_t>(1, layer.frame.size());
  const std::size_t wanted = layer.times_s.size() * cells;
  need(layer.values.size() == wanted, "has " + std::to_string(layer.values.size()) + " values",
       "give " + std::to_string(wanted) + ": one per moment" + (cells > 1 ? " and cell" : ""));
  const bool share = layer.quantity == Quantity::co2 || layer.quantity == Quantity::o2;
  for (const double v : layer.values) {
    const bool missing = std::isnan(v) && layer.frame.size() > 0;
    need(missing || (v >= 0 && std::isfinite(v) && (!share || v <= 100)), "cannot be " + std::to_string(v),
         share ? "give 0 to 100 %" : "give 0 or more");
  }
}

}  // namespace

void Surroundings::add(Layer layer) {
  check(layer, std::string(kNames[static_cast<int>(layer.quantity)]) + " (layer " +
                   std::to_string(layers_.size() + 1) + ")");
  Kept kept;
  for (const Polygon& shape : layer.shapes) kept.boxes.push_back(shape.box());
  kept.layer = std::move(layer);
  layers_.push_back(std::move(kept));
}

void Surroundings::check_within(const Box& box) const {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const auto& [layer, boxes] = layers_[i];
    const bool anywhere = boxes.empty() && layer.frame.size() == 0;
    const bool meets =
        std::any_of(boxes.begin(), boxes.end(), [&](const Box& one) { return one.intersects(box); }) ||
        (layer.frame.size() > 0 && layer.frame.box().intersects(box));
    if (!anywhere && !meets)
      throw InputError(
          std::string(kNames[static_cast<int>(layer.quantity)]) + " (layer " + std::to_string(i + 1) + ")",
          "lies outside the area", "use the coordinates of the area, in m");
  }
}

bool Surroundings::value(const Kept& kept, Point place, double time_s, double& value) {
  const Layer& layer = kept.layer;
  if (time_s < layer.times_s.front()) return false;
  std::size_t cell = 0;
  const std::size_t cells = std::max<std::size_t>(1, layer.frame.size());
  if (layer.frame.size() > 0) {
    cell = layer.frame.cell_of(place);
    if (cell == RasterFrame::outside) return false;
  } else if (!layer.shapes.empty()) {
    std::size_t i = 0;
    while (i < layer.shapes.size() && !(kept.boxes[i].contains(place) && layer.shapes[i].contains(place)))
      ++i;
    if (i == layer.shapes.size()) return false;
  }
  const auto next = std::upper_bound(layer.times_s.begin(), layer.times_s.end(), time_s);
  const auto later = static_cast<std::size_t>(next - layer.times_s.begin());
  value = layer.values[(later - 1) * cells + cell];
  if (next != layer.times_s.end()) {
    const double from = layer.times_s[later - 1];
    value += (time_s - from) / (*next - from) * (layer.values[later * cells + cell] - value);
  }
  return !std::isnan(value);
}

Air Surroundings::at(Point place, double time_s) const {
  Air air;
  for (const Kept& kept : layers_) {
    double v = 0;
    if (!value(kept, place, time_s, v)) continue;
    switch (kept.layer.quantity) {
      case Quantity::smoke:
        air.smoke = std::max(air.smoke, v);
        break;
      case Quantity::co:
        air.co = std::max(air.co, v);
        break;
      case Quantity::co2:
        air.co2 = std::max(air.co2, v);
        break;
      case Quantity::o2:
        air.o2 = std::min(air.o2, v);
        break;
      case Quantity::water:
        air.water = std::max(air.water, v);
        break;
    }
  }
  return air;
}

double Surroundings::factor(const Air& air, double speed, PersonClass person_class) const {
  return smoke_factor(smoke, air.smoke, speed) * wading_factor(wading, person_class, air.water);
}

double Surroundings::sight(const Air& air) const {
  return air.smoke > 0 ? smoke.sign_contrast / air.smoke : std::numeric_limits<double>::infinity();
}

}  // namespace chimata::pedestrian
