#include "chimata/io/shelter_rules.hpp"

#include <cmath>
#include <cstdio>

#include "chimata/core/error.hpp"

namespace chimata::io {

namespace {

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

  shelters_.add(
      id, row.name.empty() ? id : row.name, row.position,
      row.capacity ? static_cast<std::uint32_t>(std::floor(*row.capacity)) : *options_.default_capacity,
      row.where);
  shelters_.fit.back() = row.fit;
  shelters_.floor.back() = row.stock.floor;
  shelters_.parking.back() = row.stock.parking;
  shelters_.toilets.back() = row.stock.toilets;
  shelters_.water_l.back() = row.stock.water_l;
  shelters_.meals.back() = row.stock.meals;
  shelters_.welfare.back() = row.stock.welfare;
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
