/// Tables of people: persons, groups or weighted points.
#pragma once

#include <map>
#include <string>

#include "chimata/io/places.hpp"
#include "chimata/people/population.hpp"

namespace chimata::io {

/// How to understand a table of people.
struct PeopleOptions {
  std::string crs;                             ///< the city's coordinate system; required
  std::map<std::string, std::string> columns;  ///< our name to the file's, where that is another
  std::map<std::string, PersonClass> classes;  ///< the file's word or code for a class, besides our own names
};

/// People from CSV (UTF-8 or CP932). Columns: x, y or lon, lat (経度, 緯度), required; count (人数, weight,
/// expansion), age (年齢), class (person_class), speed (free_speed_m_s), household (世帯), cars, can_drive,
/// needs_help, upper_floor_m, supplies_h, zone. Speeds in m/s, yes and no as 1 and 0.
/// @throws InputError naming file:line for an unknown class or anything that is no number
[[nodiscard]] PeopleTable read_people_csv(const std::string& path, const PeopleOptions& options);

}  // namespace chimata::io
