#include "chimata/io/shelter_rules.hpp"

#include <cmath>
#include <cstdio>

#include "chimata/core/error.hpp"

namespace chimata::io {

namespace {

bool is_yes(const std::string& text, const std::string& where) {
  for (const char* yes : {"1", "1.0", "○", "◯", "〇", "◎", "yes", "Yes", "YES", "y", "Y", "true", "True",
                          "TRUE", "有", "可", "該当"}) {
    if (text == yes) return true;
  }
  for (const char* no : {"", "0", "0.0", "×", "-", "－", "no", "No", "NO", "n", "N", "false", "False",
                         "FALSE", "無", "不可", "非該当", "△"}) {
    if (text == no) return false;
  }
  throw InputError(where, "flood_safe is '" + text + "'", "give 1 if it may be used in a flood, else 0");
}

std::string number_text(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%g", value);
  return buffer;
}

}  // namespace

void ShelterRules::add(const ShelterRow& row) {
  std::string id = row.id;
  if (id.empty()) {
    char made[16];
    std::snprintf(made, sizeof made, "S%02zu", shelters_.size() + 1);
    id = made;
  }
  const std::string where = row.where + " (" + id + ")";
  if (const auto [first, fresh] = where_of_id_.try_emplace(id, row.where); !fresh) {
    throw InputError(row.where, "id " + id + " was already used in " + first->second,
                     "give each shelter its own id");
  }
  if (row.capacity && !(*row.capacity >= 0)) {
    throw InputError(where, "capacity is " + number_text(*row.capacity),
                     "give the number of people it can hold, 0 or more");
  }
  if (row.capacity && *row.capacity > 4e9)
    throw InputError(where, "capacity is " + number_text(*row.capacity),
                     "give the number of people it can hold");
  if (!row.capacity && !options_.default_capacity) {
    throw InputError(where, "capacity is empty",
                     "fill it in, or give default_capacity for all such shelters");
  }
  without_capacity_ += !row.capacity;

  shelters_.id.push_back(id);
  shelters_.name.push_back(row.name.empty() ? id : row.name);
  shelters_.position.push_back(row.position);
  shelters_.capacity.push_back(row.capacity ? static_cast<std::uint32_t>(std::floor(*row.capacity))
                                            : *options_.default_capacity);
  shelters_.flood_safe.push_back(!row.flood_safe || is_yes(*row.flood_safe, where) ? 1 : 0);
  shelters_.source_row.push_back(row.where);
}

Shelters ShelterRules::finish() {
  if (shelters_.size() == 0)
    throw InputError(file_, "holds no shelters", "give at least one row below the header");
  if (without_capacity_ && notes_) {
    notes_->push_back({Problem::Severity::warning, "shelters", "",
                       file_ + ": " + std::to_string(without_capacity_) +
                           " shelters without a capacity were given " +
                           std::to_string(*options_.default_capacity) + " places each",
                       "fill in the capacities"});
  }
  return std::move(shelters_);
}

}  // namespace chimata::io
