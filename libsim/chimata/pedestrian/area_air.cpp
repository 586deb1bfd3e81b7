#include "chimata/pedestrian/area_air.hpp"

#include <algorithm>
#include <cmath>

namespace chimata::pedestrian {

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
    const auto begin = field->values().begin() + static_cast<std::ptrdiff_t>(first_cell);
    Layer layer;
    layer.quantity = quantity;
    layer.frame = cells;
    layer.values.assign(begin, begin + static_cast<std::ptrdiff_t>(cells.size()));
    if (quantity == Quantity::o2) {  // fields tell how much is lacking
      for (double& value : layer.values) value = Air{}.o2 - value;
    }
    surroundings.add(std::move(layer));
  };
  add(Quantity::smoke, smoke_);
  for (const Gas& gas : gases_) add(gas.quantity, gas.field);
}

void write_doses(const Venue& venue, std::size_t people, std::uint32_t area, TableSet& tables) {
  Table& table = tables.try_emplace("doses", "What people breathed in inside areas").first->second;
  auto& where = table.column<std::uint32_t>("area", "row of the areas");
  auto& who = table.column<std::uint32_t>("person", "row of the people");
  auto& dose = table.column<double>("dose", "fractional effective dose of CO, CO2 and lack of O2");
  auto& down = table.column<double>("overcome_s", "when they could go no further, s; NaN: never");
  for (std::uint32_t person = 0; person < people; ++person) {
    const Exposure exposure = venue.exposure(PersonId{person});
    if (!(exposure.dose > 0)) continue;
    where.push_back(area), who.push_back(person), dose.push_back(exposure.dose);
    down.push_back(std::isfinite(exposure.down_s) ? exposure.down_s
                                                  : std::numeric_limits<double>::quiet_NaN());
  }
}

}  // namespace chimata::pedestrian
