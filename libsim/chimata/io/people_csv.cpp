#include "chimata/io/people_csv.hpp"

#include <limits>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/io/place_columns.hpp"

namespace chimata::io {

namespace {

using Names = std::initializer_list<std::string_view>;

template <class T>
std::optional<std::vector<T>> numbers(const CsvTable& table, Names names) {
  const auto column = table.column(names);
  if (!column) return std::nullopt;
  std::vector<T> values;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto value = table.number(row, *column);
    if (!value)
      throw InputError(table.where(row), table.header()[*column] + " is empty",
                       "fill it in, or leave the whole column out");
    const bool fits = *value >= static_cast<double>(std::numeric_limits<T>::lowest()) &&
                      *value <= static_cast<double>(std::numeric_limits<T>::max());
    if (!fits || static_cast<double>(static_cast<T>(*value)) != *value)
      throw InputError(table.where(row), table.header()[*column] + " is " + table.text(row, *column),
                       std::numeric_limits<T>::is_signed ? "give a whole number" : "give 1 or 0");
    values.push_back(static_cast<T>(*value));
  }
  return values;
}

std::optional<std::vector<std::string>> texts(const CsvTable& table, Names names) {
  const auto column = table.column(names);
  if (!column) return std::nullopt;
  std::vector<std::string> values;
  for (std::size_t row = 0; row < table.rows(); ++row) values.push_back(table.text(row, *column));
  return values;
}

std::optional<std::vector<PersonClass>> classes(const CsvTable& table, const PeopleOptions& options) {
  const auto column = table.column({"class", "person_class"});
  if (!column) return std::nullopt;
  std::map<std::string, PersonClass> known = options.classes;
  std::vector<std::string> words;
  for (int c = 0; c < kPersonClasses; ++c)
    known.try_emplace(std::string(name_of(static_cast<PersonClass>(c))), static_cast<PersonClass>(c));
  for (const auto& [word, meaning] : known) words.push_back(word);
  std::vector<PersonClass> values;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string& word = table.text(row, *column);
    const auto found = known.find(word);
    if (found == known.end()) {
      const std::string hint = did_you_mean(word, words);
      throw InputError(table.where(row), table.header()[*column] + " is '" + word + "'",
                       hint.empty() ? "use " + listed(words) + ", or say what it means in classes" : hint);
    }
    values.push_back(found->second);
  }
  return values;
}

}  // namespace

PeopleTable read_people_csv(const std::string& path, const PeopleOptions& options) {
  const PlaceOptions place_options{
      .crs = options.crs, .city = {}, .default_capacity = {}, .count_column = {}};
  require_crs(place_options);
  CsvTable table = CsvTable::read(path);
  for (const auto& [ours, theirs] : options.columns) table.rename(theirs, ours);
  const PlaceColumns places{table, place_options};
  PeopleTable people;
  for (std::size_t row = 0; row < table.rows(); ++row) people.home.push_back(places.place(row));
  people.count = numbers<double>(table, {"count", "人数", "weight", "expansion"});
  people.age = numbers<int>(table, {"age", "年齢"});
  people.person_class = classes(table, options);
  people.free_speed = numbers<double>(table, {"speed", "free_speed_m_s", "free_speed"});
  people.zone = texts(table, {"zone"});
  people.household = texts(table, {"household", "世帯"});
  people.cars = numbers<int>(table, {"cars"});
  people.can_drive = numbers<std::uint8_t>(table, {"can_drive"});
  people.needs_help = numbers<std::uint8_t>(table, {"needs_help"});
  people.upper_floor = numbers<double>(table, {"upper_floor_m", "upper_floor"});
  people.supplies_h = numbers<double>(table, {"supplies_h"});
  return people;
}

}  // namespace chimata::io
