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
