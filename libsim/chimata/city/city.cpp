#include "chimata/city/city.hpp"

#include <algorithm>

namespace chimata {

namespace {
template <class I>
std::optional<I> row_of(const Column<I, std::string>& ids, std::string_view wanted) {
  const auto it = std::find(ids.begin(), ids.end(), wanted);
  if (it == ids.end()) return std::nullopt;
  return I{static_cast<std::size_t>(it - ids.begin())};
}
}  // namespace

void Shelters::add(std::string new_id, std::string new_name, Point where, std::uint32_t people,
                   std::string source) {
  id.push_back(std::move(new_id));
  name.push_back(std::move(new_name));
  position.push_back(where);
  capacity.push_back(people);
  fit.push_back(kAnyHazard);
  source_row.push_back(std::move(source));
  floor.push_back(0), parking.push_back(0), toilets.push_back(0);
  water_l.push_back(0), meals.push_back(0), welfare.push_back(0);
}

std::optional<ShelterId> Shelters::find(std::string_view wanted) const {
  return row_of(id, wanted);
}

std::optional<ZoneId> Zones::find(std::string_view wanted) const {
  return row_of(id, wanted);
}

ZoneId Zones::zone_at(Point p) const {
  for (std::size_t z = 0; z < size(); ++z) {
    if (shape[ZoneId{z}].contains(p)) return ZoneId{z};
  }
  return ZoneId::none();
}

ZoneLocator::ZoneLocator(const Zones& zones) : zones_(zones) {
  for (const Polygon& shape : zones.shape) box_.push_back(shape.box());
}

ZoneId ZoneLocator::at(Point p) const {
  for (std::size_t z = 0; z < box_.size(); ++z) {
    if (box_[z].contains(p) && zones_.shape[ZoneId{z}].contains(p)) return ZoneId{z};
  }
  return ZoneId::none();
}

}  // namespace chimata
