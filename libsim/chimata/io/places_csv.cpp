#include "chimata/core/error.hpp"
#include "chimata/io/crs.hpp"
#include "chimata/io/csv.hpp"
#include "chimata/io/mesh_code.hpp"
#include "chimata/io/place_columns.hpp"
#include "chimata/io/places.hpp"
#include "chimata/io/shelter_rules.hpp"

namespace chimata::io {

Shelters read_shelters_csv(const std::string& path, const PlaceOptions& options,
                           std::vector<Problem>* notes) {
  require_crs(options);
  const CsvTable table = CsvTable::read(path);
  const PlaceColumns places{table, options};
  const std::size_t name =
      table.required("name", {"name", "名称", "施設・場所名", "施設名", "避難所名", "避難先名称"});
  const auto id = table.column({"id", "no", "no.", "番号", "共通id", "避難先番号"});
  const TextTable texts{table.rows(),
                        [&](std::span<const std::string_view> names) { return table.column(names); },
                        [&](std::size_t row, std::size_t column) { return table.text(row, column); }};
  const ShelterColumns columns{texts};
  std::optional<std::size_t> capacity = table.column({"capacity", "想定収容人数", "収容人数"});
  if (!capacity && !options.default_capacity)
    capacity = table.required("capacity", {"capacity", "想定収容人数"});

  ShelterRules rules{options, table.file(), notes};
  for (std::size_t row = 0; row < table.rows(); ++row) {
    ShelterRow shelter;
    shelter.where = table.where(row);
    shelter.id = id ? table.text(row, *id) : "";
    shelter.name = table.text(row, name);
    shelter.position = places.place(row);
    if (capacity) shelter.capacity = table.number(row, *capacity);
    shelter.fit = columns.fit(row, shelter.where);
    shelter.stock = columns.stock(row, shelter.where);
    rules.add(shelter);
  }
  return rules.finish();
}

Residences read_residences_csv(const std::string& path, const PlaceOptions& options,
                               std::vector<Problem>* notes, std::vector<Polygon>* areas) {
  require_crs(options);
  CsvTable table = CsvTable::read(path);
  const auto mesh = table.column({"mesh_code", "mesh", "meshcode", "メッシュコード", "地域メッシュコード",
                                  "key_code", "標準地域メッシュ"});
  if (mesh && table.rows() && table.text(0, *mesh).empty()) table.promote_first_row();
  std::optional<PlaceColumns> places;
  if (!mesh) places.emplace(table, options);
  std::optional<std::size_t> count;
  if (!options.count_column.empty()) {
    count = table.required("head count", {options.count_column});
  } else {
    count = table.column({"count", "population", "residents", "people", "人口", "人口総数", "人口(総数)",
                          "人口（総数）", "総人口"});
    if (mesh && !count) count = table.required("head count", {"population", "人口総数", "人口"});
  }

  const Projection projection{options.crs};
  Residences result;
  std::size_t withheld = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    double residents = 1;
    if (count && table.text(row, *count) == "*") {
      ++withheld;  // too few households to publish; their people are in a neighbouring cell of the table
      continue;
    }
    if (count) residents = table.number(row, *count).value_or(0);
    if (residents < 0) {
      throw InputError(table.where(row), table.header()[*count] + " is " + table.text(row, *count),
                       "give the number of people, 0 or more");
    }
    Point place;
    Polygon area;
    if (mesh) {
      const auto cell = mesh_cell(table.text(row, *mesh));
      if (!cell) {
        throw InputError(
            table.where(row),
            table.header()[*mesh] + " is '" + table.text(row, *mesh) + "', which is no mesh code",
            "give a JIS X 0410 code of 8 to 11 digits");
      }
      place = projection.to_city(cell->centre());
      const LonLat sw = cell->south_west, ne = cell->north_east;
      area.rings = {{projection.to_city(sw), projection.to_city({ne.lon, sw.lat}), projection.to_city(ne),
                     projection.to_city({sw.lon, ne.lat})}};
    } else {
      place = places->place(row);
    }
    if (residents == 0) continue;
    result.position.push_back(place);
    result.residents.push_back(residents);
    result.zone.push_back(ZoneId::none());
    if (areas) areas->push_back(std::move(area));
  }
  if (withheld && notes) {
    notes->push_back(
        {Problem::Severity::note, "residences", "",
         table.file() + ": " + std::to_string(withheld) + " cells with withheld figures (*) count as empty",
         ""});
  }
  if (result.size() == 0)
    throw InputError(table.file(), "holds no people", "give at least one row with a head count above 0");
  return result;
}

}  // namespace chimata::io
