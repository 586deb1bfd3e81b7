#include "chimata/city/spread.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/city/feature_lookup.hpp"
#include "chimata/core/random.hpp"

namespace chimata {

namespace {

constexpr Purpose kScatterX{"city.scatter_x"}, kScatterY{"city.scatter_y"};
constexpr double kAlong = 25;  // m between points along a street

struct Spot {
  Point place;
  double weight;
};
using SpotsOfCells = std::vector<std::vector<Spot>>;

void add(SpotsOfCells& spots, const FeatureLookup& cells, Point place, double weight) {
  const auto cell = cells.containing(place);
  if (!cell.empty() && weight > 0) spots[cell.front()].push_back({place, weight});
}

// Dwellings by PLATEAU's codes of use (411 住宅, 412 共同住宅, 413 to 415 併用住宅) or by word.
bool is_dwelling(const std::string& usage) {
  for (const char* word : {"住宅", "411", "412", "413", "414", "415", "house", "residential", "apartments"}) {
    if (usage.find(word) != std::string::npos) return true;
  }
  return false;
}

SpotsOfCells buildings_of(const City& city, const FeatureLookup& cells, std::size_t count) {
  SpotsOfCells spots(count);
  const auto layer = city.layers.find("buildings");
  if (layer == city.layers.end()) return spots;
  const Features& buildings = layer->second;
  bool knows_dwellings = false;
  for (std::size_t row = 0; row < buildings.size(); ++row)
    knows_dwellings |= is_dwelling(buildings.text("usage", row));
  for (std::size_t row = 0; row < buildings.size(); ++row) {
    if (knows_dwellings && !is_dwelling(buildings.text("usage", row))) continue;
    const double area = buildings.geometry == Geometry::polygon ? buildings.shape[row].area() : 1;
    double storeys = 1;
    for (const char* name : {"storeysAboveGround", "storeys"}) {
      const double given = buildings.number(name, row).value_or(0);
      if (given >= 1 && given <= 100) storeys = given;
    }
    add(spots, cells, buildings.place(row), area * storeys);
  }
  return spots;
}

SpotsOfCells street_points_of(const City& city, const FeatureLookup& cells, std::size_t count) {
  SpotsOfCells spots(count);
  const Network& n = city.network;
  for (std::size_t row = 0; row < n.segment_count(); ++row) {
    const SegmentId s{row};
    const LinkId forward = Network::forward(s);
    if (!n.allows(forward, kFoot) && !n.allows(Network::twin_of(forward), kFoot)) continue;
    const auto pieces = std::max(1L, std::lround(n.length[s] / kAlong));
    for (long i = 0; i < pieces; ++i) {
      const double fraction = (static_cast<double>(i) + 0.5) / static_cast<double>(pieces);
      add(spots, cells, point_along(n.shape(s), fraction), n.length[s] / static_cast<double>(pieces));
    }
  }
  return spots;
}

std::vector<Spot> scattered_in(const Polygon& area, std::size_t row, double residents) {
  const Random random{Seed{0}};
  const Box box = area.box();
  const auto wanted = static_cast<std::uint32_t>(std::ceil(std::min(residents, 1e6)));
  std::vector<Spot> spots;
  // a draw outside the cell is thrown away; a sliver of an area in its box ends with fewer points
  for (std::uint32_t tick = 0; spots.size() < wanted && tick < 50 * (wanted + 1); ++tick) {
    const auto entity = static_cast<std::uint32_t>(row);
    const Point p{box.min_x + random.uniform(kScatterX, entity, tick) * (box.max_x - box.min_x),
                  box.min_y + random.uniform(kScatterY, entity, tick) * (box.max_y - box.min_y)};
    if (area.contains(p)) spots.push_back({p, 1});
  }
  return spots;
}

class Spreading {
 public:
  Spreading(const City& city, std::span<const Polygon> areas, SpreadLaw law)
      : law_(law), areas_(areas), cells_(as_features(areas)), lookup_(cells_, 0) {
    const auto asked = [&](SpreadLaw one) { return law <= one && law != SpreadLaw::centre; };
    if (asked(SpreadLaw::buildings)) buildings_ = buildings_of(city, lookup_, areas.size());
    if (asked(SpreadLaw::streets)) streets_ = street_points_of(city, lookup_, areas.size());
  }

  void put(Spread& result, const Residences& from, std::size_t row) const {
    if (!buildings_.empty() && !buildings_[row].empty())
      return ++result.at_buildings, share(result.residences, from, row, buildings_[row]);
    if (!streets_.empty() && !streets_[row].empty())
      return ++result.along_streets, share(result.residences, from, row, streets_[row]);
    const auto spots =
        law_ == SpreadLaw::centre ? std::vector<Spot>{} : scattered_in(areas_[row], row, from.residents[row]);
    if (!spots.empty()) return ++result.scattered, share(result.residences, from, row, spots);
    ++result.at_centres;
    share(result.residences, from, row, {{from.position[row], 1}});
  }

  static void share(Residences& to, const Residences& from, std::size_t row, const std::vector<Spot>& spots) {
    double sum = 0;
    for (const Spot& s : spots) sum += s.weight;
    for (const Spot& s : spots) {
      to.position.push_back(s.place);
      to.residents.push_back(from.residents[row] * (s.weight / sum));
      to.zone.push_back(from.zone[row]);
    }
  }

 private:
  static Features as_features(std::span<const Polygon> areas) {
    Features cells;
    cells.geometry = Geometry::polygon;
    cells.shape.assign(areas.begin(), areas.end());
    cells.id.resize(areas.size());
    return cells;
  }

  SpreadLaw law_;
  std::span<const Polygon> areas_;
  Features cells_;
  FeatureLookup lookup_;
  SpotsOfCells buildings_, streets_;
};

}  // namespace

Spread spread(const City& city, const Residences& residences, std::span<const Polygon> areas, SpreadLaw law) {
  if (std::all_of(areas.begin(), areas.end(), [](const Polygon& area) { return area.rings.empty(); }))
    return {residences};
  const Spreading spreading{city, areas, law};
  Spread result;
  for (std::size_t row = 0; row < residences.size(); ++row) {
    if (areas[row].rings.empty()) {
      Spreading::share(result.residences, residences, row, {{residences.position[row], 1}});
    } else {
      spreading.put(result, residences, row);
    }
  }
  return result;
}

}  // namespace chimata
