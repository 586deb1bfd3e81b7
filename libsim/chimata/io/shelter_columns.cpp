#include "chimata/io/shelter_columns.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "chimata/core/error.hpp"

namespace chimata::io {

namespace {

enum Row { river, landslide, surge, earthquake, tsunami, fire, inland, volcano };

/// Names of the columns by bit of Hazard: ours, the national open data's, the Geospatial Information
/// Authority's, the National Land Numerical Information's (P20, 避難施設).
const std::array<std::vector<std::string_view>, 8> kNames{{
    {"flood_safe", "river_flood", "災害種別_洪水", "洪水", "P20_009", "水害"},
    {"landslide_safe", "landslide", "災害種別_崖崩れ、土石流及び地滑り", "災害種別_崖崩れ・土石流及び地滑り",
     "災害種別_土砂災害", "崖崩れ、土石流及び地滑り", "土砂災害"},
    {"storm_surge_safe", "storm_surge", "災害種別_高潮", "高潮"},
    {"earthquake_safe", "earthquake", "災害種別_地震", "地震", "P20_007"},
    {"tsunami_safe", "tsunami", "災害種別_津波", "津波", "P20_008"},
    {"fire_safe", "large_fire", "災害種別_大規模な火事", "大規模な火事"},
    {"inland_flood_safe", "inland_flood", "災害種別_内水氾濫", "内水氾濫"},
    {"volcano_safe", "volcano", "災害種別_火山現象", "火山現象", "P20_010"},
}};

bool is_yes(const std::string& text, std::string_view column, const std::string& where) {
  for (const char* yes : {"1", "1.0", "○", "◯", "〇", "◎", "yes", "Yes", "YES", "y", "Y", "true", "True",
                          "TRUE", "有", "可", "該当"}) {
    if (text == yes) return true;
  }
  for (const char* no : {"",  "0",     "0.0",   "×",     "-",  "－",   "no",     "No", "NO", "n",
                         "N", "false", "False", "FALSE", "無", "不可", "非該当", "△",  "2",  "3"}) {
    if (text == no) return false;
  }
  throw InputError(where, std::string(column) + " is '" + text + "'",
                   "give 1 if it may be used then, else 0");
}

std::optional<std::size_t> speaking(const TextTable& table, std::span<const std::string_view> names) {
  const auto column = table.column(names);
  for (std::size_t row = 0; column && row < table.rows; ++row) {
    if (!table.text(row, *column).empty()) return column;
  }
  return std::nullopt;
}

std::optional<std::size_t> find(const TextTable& table, std::initializer_list<std::string_view> names) {
  return table.column(std::span(names.begin(), names.size()));
}

}  // namespace

ShelterColumns::ShelterColumns(const TextTable& table) : table_(table) {
  for (std::size_t bit = 0; bit < 8; ++bit) judge_[bit] = {speaking(table, kNames[bit]), kNames[bit].front()};
  const bool only_river = !judge_[surge].column && !judge_[tsunami].column && !judge_[inland].column;
  const bool any_water = find(table, {"P20_009", "水害"}).has_value();
  if (!judge_[inland].column) judge_[inland] = judge_[river];
  if (!judge_[surge].column && (only_river || any_water)) judge_[surge] = judge_[river];
  if (!judge_[tsunami].column && only_river) judge_[tsunami] = judge_[river];
  floor_ = find(table, {"floor_m", "floor", "床高", "避難階の高さ"});
  parking_ = find(table, {"parking", "駐車台数", "駐車可能台数", "駐車場台数", "駐車場"});
  toilets_ = find(table, {"toilets", "トイレ数", "トイレ基数", "便器数", "トイレ"});
  water_ = find(table, {"water_l", "飲料水", "飲料水(L)", "備蓄飲料水", "備蓄水"});
  meals_ = find(table, {"meals", "食料", "食料(食)", "備蓄食料", "備蓄食数"});
  welfare_ = find(table, {"welfare", "福祉避難所", "指定福祉避難所"});
}

HazardMask ShelterColumns::fit(std::size_t row, const std::string& where) const {
  unsigned mask = 0;
  for (unsigned bit = 0; bit < 8; ++bit) {
    const Judge& judge = judge_[bit];
    if (!judge.column || is_yes(table_.text(row, *judge.column), judge.name, where)) mask |= 1u << bit;
  }
  return static_cast<HazardMask>(mask);
}

double ShelterColumns::amount(std::size_t row, std::optional<std::size_t> column, const char* name,
                              const std::string& where) const {
  if (!column) return 0;
  std::string text = table_.text(row, *column);
  std::erase(text, ',');
  // some lists say only whether there is any
  for (const char* unknown : {"", "有", "あり", "○", "無", "なし", "×", "-", "不明"}) {
    if (text == unknown) return 0;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value >= 0 && value <= 4e9))
    throw InputError(where, std::string(name) + " is '" + text + "'", "give a number, 0 or more");
  return value;
}

ShelterStock ShelterColumns::stock(std::size_t row, const std::string& where) const {
  ShelterStock stock;
  stock.floor = static_cast<float>(amount(row, floor_, "floor", where));
  stock.parking = static_cast<std::uint32_t>(amount(row, parking_, "parking", where));
  stock.toilets = static_cast<std::uint32_t>(amount(row, toilets_, "toilets", where));
  stock.water_l = static_cast<float>(amount(row, water_, "water_l", where));
  stock.meals = static_cast<float>(amount(row, meals_, "meals", where));
  stock.welfare = welfare_ && is_yes(table_.text(row, *welfare_), "welfare", where) ? 1 : 0;
  return stock;
}

}  // namespace chimata::io
