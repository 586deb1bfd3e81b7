#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/io/layer_reading.hpp"
#include "chimata/io/shelter_rules.hpp"
#include "chimata/io/text_file.hpp"
#include "chimata/io/vector.hpp"

namespace chimata::io {

namespace {

bool has(const Features& features, std::string_view key) {
  for (const auto& a : features.attributes) {
    if (a.name == key) return true;
  }
  return false;
}

// The first of these attributes that the layer has.
std::string key_of(const Features& features, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (has(features, name)) return name;
  }
  return {};
}

std::optional<std::size_t> attribute_of(const Features& features, std::span<const std::string_view> names) {
  for (const auto name : names) {
    for (std::size_t i = 0; i < features.attributes.size(); ++i) {
      if (features.attributes[i].name == name) return i;
    }
  }
  return std::nullopt;
}

std::string where(const Features& features, std::size_t row) {
  return features.source + " feature " + std::to_string(row + 1);
}

// A number, whether the layer stores it as one or as text.
std::optional<double> number(const Features& features, const std::string& key, std::size_t row) {
  if (key.empty()) return std::nullopt;
  if (const auto n = features.number(key, row)) return n;
  const std::string text = features.text(key, row);
  if (text.empty()) return std::nullopt;
  try {
    std::size_t used = 0;
    const double value = std::stod(text, &used);
    if (used == text.size() && std::isfinite(value)) return value;
  } catch (const std::exception&) {
  }
  throw InputError(where(features, row), key + " is '" + text + "'", "give a number");
}

constexpr const char* kCountNames[] = {"count", "population", "residents", "people",
                                       "人口",  "人口総数",   "JINKO"};

constexpr double kCellArea = 10'000;  // m², from which a polygon is a census cell and no house

// Without a head count each feature is one person.
Residences residents(const Features& features, const std::string& key,
                     std::vector<Polygon>* areas = nullptr) {
  Residences result;
  for (std::size_t row = 0; row < features.size(); ++row) {
    const double count = key.empty() ? 1 : number(features, key, row).value_or(0);
    if (count < 0)
      throw InputError(where(features, row), key + " is " + features.text(key, row),
                       "give the number of people, 0 or more");
    if (count == 0) continue;
    result.position.push_back(features.place(row));
    result.residents.push_back(count);
    result.zone.push_back(ZoneId::none());
    const bool cell = features.geometry == Geometry::polygon && features.shape[row].area() >= kCellArea;
    if (areas) areas->push_back(cell ? features.shape[row] : Polygon{});
  }
  if (result.size() == 0)
    throw InputError(features.source, "holds no people",
                     "give at least one feature with a head count above 0");
  return result;
}

void require_column(const Features& features, const std::string& key) {
  if (has(features, key)) return;
  std::string there;
  for (const auto& a : features.attributes) there += (there.empty() ? "" : ", ") + a.name;
  throw InputError(features.source, "has no column " + key + " for the head count", "it has " + there);
}

}  // namespace

Shelters read_shelters_layer(const std::string& path, const PlaceOptions& options, const LayerOptions& layer,
                             std::vector<Problem>* notes) {
  const Features features = detail::read_any_features(path, "shelters", layer, notes);
  const std::string capacity = key_of(features, {"capacity", "想定収容人数", "収容人数", "P20_005"});
  const TextTable texts{
      features.size(), [&](std::span<const std::string_view> names) { return attribute_of(features, names); },
      [&](std::size_t row, std::size_t column) {
        return features.text(features.attributes[column].name, row);
      }};
  const ShelterColumns columns{texts};
  const std::string name = key_of(features, {"name", "名称", "施設名", "P20_002"});
  if (capacity.empty() && !options.default_capacity) {
    throw InputError(features.source, "has no column for the capacity",
                     "name it capacity or 想定収容人数, or give default_capacity for all");
  }
  ShelterRules rules{options, features.source, notes};
  for (std::size_t row = 0; row < features.size(); ++row) {
    ShelterRow shelter;
    shelter.where = where(features, row);
    shelter.id = features.id[row];
    shelter.name = name.empty() ? features.name[row] : features.text(name, row);
    shelter.position = features.place(row);
    shelter.capacity = number(features, capacity, row);
    if (capacity == "P20_005" && shelter.capacity == -1)
      shelter.capacity.reset();  // unknown, by that data's manual
    shelter.fit = columns.fit(row, shelter.where);
    shelter.stock = columns.stock(row, shelter.where);
    rules.add(shelter);
  }
  return rules.finish();
}

Zones read_zones(const std::string& path, const LayerOptions& layer, std::vector<Problem>* notes) {
  const Features features = read_features(path, "zones", layer, notes);
  if (features.geometry != Geometry::polygon)
    throw InputError(features.source, "holds no polygons", "give the zones' areas");
  const std::string population = key_of(features, {"population", "人口", "人口総数", "JINKO"});
  const std::string warning = key_of(features, {"warning_area", "in_warning_area"});
  struct Share {
    const char* name;
    double usual;
    Column<ZoneId, float> Zones::*column;
  };
  const Share shares[] = {{"share_0_14", 0.119, &Zones::share_under_15},
                          {"share_65_74", 0.139, &Zones::share_65_to_74},
                          {"share_75_plus", 0.147, &Zones::share_75_up},
                          {"impaired_share", 0.05, &Zones::share_impaired}};
  Zones result;
  std::size_t assumed = 0;
  for (std::size_t row = 0; row < features.size(); ++row) {
    const std::string at = where(features, row) + " (" + features.id[row] + ")";
    const double people = number(features, population, row).value_or(0);
    if (people < 0)
      throw InputError(at, population + " is " + features.text(population, row),
                       "give the number of residents, 0 or more");
    result.id.push_back(features.id[row]);
    result.name.push_back(features.name[row].empty() ? features.id[row] : features.name[row]);
    result.shape.push_back(features.shape[row]);
    result.population.push_back(people);
    bool complete = true;
    for (const Share& share : shares) {
      const auto value = number(features, share.name, row);
      complete &= value.has_value();
      if (value && !(*value >= 0 && *value <= 1))
        throw InputError(at, std::string(share.name) + " is " + features.text(share.name, row),
                         "give a share from 0 to 1");
      (result.*share.column).push_back(static_cast<float>(value.value_or(share.usual)));
    }
    assumed += !complete;
    const std::string text = warning.empty() ? "" : features.text(warning, row);
    result.in_warning_area.push_back(text == "1" || text == "true" || text == "True" || text == "yes" ? 1
                                                                                                      : 0);
  }
  if (assumed && notes) {
    notes->push_back({Problem::Severity::note, "zones", "",
                      features.source + ": " + std::to_string(assumed) +
                          " zones without shares of age or impairment got the nation's",
                      "add share_0_14, share_65_74, share_75_plus, impaired_share"});
  }
  return result;
}

Residences read_residences_layer(const std::string& path, const PlaceOptions& options,
                                 const LayerOptions& layer, std::vector<Problem>* notes,
                                 std::vector<Polygon>* areas) {
  const Features features = detail::read_any_features(path, "residences", layer, notes);
  std::string key = options.count_column;
  if (!key.empty()) require_column(features, key);
  for (const char* name : kCountNames) {
    if (key.empty() && has(features, name)) key = name;
  }
  return residents(features, key, areas);
}

Residences residences_of(const Features& features, const std::string& count_column) {
  require_column(features, count_column);
  return residents(features, count_column);
}

}  // namespace chimata::io
