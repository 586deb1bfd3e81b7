#include "chimata/pedestrian/area_air.hpp"

#include <algorithm>
#include <cmath>

namespace chimata::pedestrian {

Layer layer_of(Quantity quantity, const Field& field, const RasterFrame& cells, std::size_t first_cell) {
  const auto begin = field.values().begin() + static_cast<std::ptrdiff_t>(first_cell);
  Layer layer;
  layer.quantity = quantity;
  layer.frame = cells;
  layer.values.assign(begin, begin + static_cast<std::ptrdiff_t>(cells.size()));
  return layer;
}

AreaAir::AreaAir(const Fields& fields, const SmokeModel& model)
    : model_(model),
      smoke_(fields.find("smoke.areas")),
      gases_{{{Quantity::co, fields.find("co.areas")},
              {Quantity::co2, fields.find("co2.areas")},
              {Quantity::o2, fields.find("o2_lack.areas")}}},
      told_(smoke_ != nullptr ||
            std::any_of(gases_.begin(), gases_.end(), [](const Gas& gas) { return gas.field != nullptr; })) {}

std::uint64_t AreaAir::version() const {
  std::uint64_t sum = smoke_ == nullptr ? 0 : smoke_->version();
  for (const Gas& gas : gases_) sum += gas.field == nullptr ? 0 : gas.field->version();
  return sum;
}

void AreaAir::add_to(Surroundings& surroundings, const RasterFrame& cells, std::size_t first_cell) const {
  surroundings.smoke = model_;
  const auto add = [&](Quantity quantity, const Field* field) {
    if (field == nullptr || field->version() == 0) return;
    Layer layer = layer_of(quantity, *field, cells, first_cell);
    if (quantity == Quantity::o2) {  // fields tell how much is lacking
      for (double& value : layer.values) value = Air{}.o2 - value;
    }
    surroundings.add(std::move(layer));
  };
  add(Quantity::smoke, smoke_);
  for (const Gas& gas : gases_) add(gas.quantity, gas.field);
}

}  // namespace chimata::pedestrian
