#include "chimata/people/dwelling.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "chimata/city/feature_lookup.hpp"

namespace chimata {

namespace {

constexpr Purpose kStoreys{"people.storeys"}, kSupplies{"people.supplies"};
constexpr double kReach = 25;                         // m from a dwelling to the middle of its building
constexpr double kRoof = 1;                           // m of a building's height above its highest ceiling
constexpr double kThreeDays = 72;                     // h
constexpr double kMostStoreys = 100, kTallest = 400;  // PLATEAU writes 9999 for unknown

std::string first_of(const Features& layer, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    for (const auto& a : layer.attributes) {
      if (a.name == name) return name;
    }
  }
  return {};
}

std::optional<double> figure(const Features& layer, const std::string& key, std::size_t row, double most) {
  if (key.empty()) return std::nullopt;
  const std::string text = layer.text(key, row);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !(value > 0 && value <= most)) return std::nullopt;
  return value;
}

class Buildings {
 public:
  explicit Buildings(const Features& layer)
      : layer_(layer),
        storeys_(first_of(layer, {"storeys", "storeysAboveGround", "bldg:storeysAboveGround",
                                  "building:levels", "levels", "地上階数", "階数"})),
        height_(first_of(layer, {"measuredHeight", "bldg:measuredHeight", "height", "高さ"})),
        structure_(first_of(layer, {"structure", "buildingStructureType", "uro:buildingStructureType",
                                    "building:material", "構造"})),
        lookup_(layer, kReach) {}

  [[nodiscard]] std::optional<std::size_t> at(Point p) const { return lookup_.at(p); }

  [[nodiscard]] std::optional<double> storeys(std::size_t row, double storey_height) const {
    if (const auto n = figure(layer_, storeys_, row, kMostStoreys)) return std::max(1.0, std::floor(*n));
    if (const auto h = figure(layer_, height_, row, kTallest))
      return std::max(1.0, std::floor((*h - kRoof) / storey_height));
    return std::nullopt;
  }
  // False only where the layer says so: PLATEAU's codes 602 to 606 and 610, or a word for steel or concrete.
  [[nodiscard]] bool wooden(std::size_t row) const {
    if (structure_.empty()) return true;
    const std::string text = layer_.text(structure_, row);
    for (const char* solid : {"602", "603", "604", "605", "606", "610", "RC", "SRC", "鉄筋", "鉄骨", "非木造",
                              "concrete", "steel", "brick"}) {
      if (text.find(solid) != std::string::npos) return false;
    }
    return true;
  }

 private:
  const Features& layer_;
  std::string storeys_, height_, structure_;
  FeatureLookup lookup_;
};

bool of_flow_only(const Features& zones, std::size_t row) {
  const std::string key = first_of(zones, {"kind", "type", "種別", "区分"});
  const std::string text = key.empty() ? zones.name[row] : zones.text(key, row);
  return text.find("氾濫流") != std::string::npos || text.find("flow") != std::string::npos;
}

}  // namespace

void furnish_dwellings(Households& households, const City& city, const PopulationModel& model,
                       const Random& random) {
  std::optional<Buildings> buildings;
  if (const auto it = city.layers.find("buildings"); it != city.layers.end()) buildings.emplace(it->second);
  const auto zones = city.layers.find("collapse_zones");
  std::optional<FeatureLookup> collapse;
  if (zones != city.layers.end()) collapse.emplace(zones->second, 0);

  for (std::uint32_t row = 0; row < households.size(); ++row) {
    const HouseholdId h{row};
    const std::uint32_t entity = households.members[households.first[h]].value;
    const Point place = households.dwelling[h];
    const auto building = buildings ? buildings->at(place) : std::nullopt;
    const double storeys = (building ? buildings->storeys(*building, model.storey_height) : std::nullopt)
                               .value_or(random.uniform(kStoreys, entity) < model.one_storey_share ? 1 : 2);
    households.upper_floor[h] = static_cast<float>((storeys - 1) * model.storey_height);
    const bool wooden = !building || buildings->wooden(*building);
    for (const std::size_t zone : collapse ? collapse->containing(place) : std::vector<std::size_t>{}) {
      if (wooden || !of_flow_only(zones->second, zone)) households.in_collapse_zone[h] = 1;
    }
    const double u = random.uniform(kSupplies, entity), stocked = model.stocked_share;
    households.supplies_h[h] =
        static_cast<float>(u < stocked ? kThreeDays : kThreeDays * (1 - u) / (1 - stocked));
  }
}

}  // namespace chimata
