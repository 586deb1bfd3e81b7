/// Where people can walk in a part of a town, from OpenStreetMap: areas, streets with widths, no buildings.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chimata/io/crs.hpp"
#include "chimata/space/area.hpp"

namespace chimata::io {

/// How wide a street is whose tags do not say.
struct OsmWidth {
  const char* highway;  ///< value of the tag
  double width;         ///< m, from building line to building line where people walk on all of it
  bool roads;           ///< of a street for cars
  char grade;           ///< B second hand, C judgement
  const char* source;
};
/// All of them.
[[nodiscard]] std::span<const OsmWidth> osm_widths();

struct OsmAreaOptions {
  std::string crs;                ///< metric; "": one that suits
  std::vector<LonLat> border;     ///< degrees, a ring; empty: what the file says it covers
  std::vector<int> layers = {0};  ///< of tags layer, tunnel, bridge, level: what lies over each other
  bool roads = true;              ///< people walk on streets for cars too, as when these are closed
  double least = 0.6;             ///< m; what is narrower is left out (C: a body and a hand on each side)
};

/// One way or area that became part of the walkable space.
struct OsmPiece {
  std::int64_t way = 0;  ///< its id; of a relation negative
  std::string kind;      ///< "highway=footway", "place=square"
  std::string name;
  double width = 0;  ///< m; 0: drawn as an area
  std::string from;  ///< drawn, tagged, lanes or imputed
  char grade = 'A';  ///< of the width
};

struct OsmAreaResult {
  std::string crs;
  std::vector<Polygon> parts;
  std::vector<Gate> gates;  ///< half a metre inside the border, where the space goes on beyond it; open
  std::vector<OsmPiece> pieces;
  std::size_t buildings = 0, barriers = 0;  ///< cut out
  std::vector<std::string> notes;           ///< what had to be left out
};

/// @throws InputError if the file is none, nothing in it is walkable inside the border, or the border is no
///         ring of longitudes and latitudes
[[nodiscard]] OsmAreaResult read_osm_area(const std::string& path, const OsmAreaOptions& options = {});

}  // namespace chimata::io
