/// Private to io: what an OpenStreetMap file says about space to walk in, in degrees.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chimata/io/osm_area.hpp"

namespace chimata::io {

/// A line or area, and what its tags make of it.
struct OsmShape {
  enum class Role : std::uint8_t { area, street, building, water, barrier };
  Role role = Role::street;
  std::int64_t id = 0;  ///< of a relation negative
  std::string kind, name;
  double width = 0;            ///< m of a street or barrier
  std::string from = "drawn";  ///< drawn, tagged, lanes, imputed
  char grade = 'A';
  bool passage = false;                    ///< a street through a building
  std::vector<std::vector<LonLat>> lines;  ///< a line, or rings in any order
};

struct OsmAreaSource {
  std::vector<OsmShape> shapes;  ///< by id
  std::vector<LonLat> openings;  ///< gates and entrances in barriers
  std::optional<Box> box;        ///< degrees, what the file says it covers; else of its nodes
  std::size_t missing = 0;       ///< shapes with nodes or ways that the file lacks, left out
  std::size_t other_layers = 0;  ///< streets on other layers, left out
};

/// @throws InputError if the file is missing, empty, damaged or none
[[nodiscard]] OsmAreaSource read_osm_area_source(const std::string& path, const OsmAreaOptions& options);

}  // namespace chimata::io
