/// Shelters and homes from tables and map layers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chimata/city/city.hpp"

namespace chimata::io {

/// What a reader of places has to know beforehand.
struct PlaceOptions {
  std::string crs;  ///< the city's coordinate system; required
  Box city;  ///< city coordinates; if given, swapped axes are recognised even where both orders are valid
  std::optional<std::uint32_t>
      default_capacity;      ///< people, for shelters without a figure; none: that is an error
  std::string count_column;  ///< of residences: which column holds the head count; "": the usual names
};

/// Shelters from CSV. Columns in Japanese (自治体標準オープンデータセット 指定緊急避難場所一覧: ID or NO,
/// 名称, 緯度, 経度, 想定収容人数, 災害種別_洪水 and the other seven; also the Geospatial Information
/// Authority's) or in English (id, name, lon, lat or x, y, capacity, flood_safe, tsunami_safe, …, floor_m,
/// parking, toilets, water_l, meals, welfare). A hazard's column that is empty throughout says nothing; in
/// one that is not, a blank means unfit, as that data set defines; a table that knows only floods means all
/// waters. Columns x and y that hold degrees of Japan are understood as such. Without an id column, ids are
/// S01, S02, …
/// @throws InputError naming file:line for anything missing, doubled, negative or swapped
[[nodiscard]] Shelters read_shelters_csv(const std::string& path, const PlaceOptions& options,
                                         std::vector<Problem>* notes = nullptr);

/// Where people live, from CSV: lon, lat (緯度, 経度) or x, y, or a mesh code (mesh_code, メッシュコード,
/// KEY_CODE; JIS X 0410) (see `areas`); and a head count (count, population, residents, 人口,
/// 人口総数), without which every row is one person. Census tables of e-Stat with two header lines are
/// understood; their "*" (withheld) counts 0.
/// @param areas  if given, filled with the cell of every row, without rings for rows that are points; the
///               positions are the cells' centres
[[nodiscard]] Residences read_residences_csv(const std::string& path, const PlaceOptions& options,
                                             std::vector<Problem>* notes = nullptr,
                                             std::vector<Polygon>* areas = nullptr);

}  // namespace chimata::io
