/// Where people can walk, from the roads and squares of a 3D city model (CityGML 2.0 and 3.0, PLATEAU).
#pragma once

#include <cstddef>
#include <istream>
#include <string>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata::io {

struct CityGmlOptions {
  std::string crs;    ///< metric; "": one that suits
  bool roads = true;  ///< carriageways too, as when streets are closed to cars; else sidewalks and squares
};

/// A road or square that became part of the walkable space.
struct CityGmlPiece {
  std::string id;
  std::string kind;      ///< Road, Square, Track
  std::string function;  ///< code of the object, such as 9020
  int lod = 0;           ///< level of detail that was taken: surfaces by function from 2 on
  std::size_t surfaces = 0;
};

struct CityGmlArea {
  std::string crs;
  std::vector<Polygon> parts;
  std::vector<CityGmlPiece> pieces;
  std::vector<std::string> notes;  ///< what had to be left out
};

/// Reads tran:Road, tran:Square and tran:Track with their TrafficAreas and AuxiliaryTrafficAreas.
///
/// Of each object the surfaces by function are taken if it has any (LOD 2 and 3: plantings, medians, rails
/// and parking are no floor), else its outline (LOD 1). Surfaces that overlap or touch are one; heights are
/// left out. References (xlink) are followed within the files that are read together.
///
/// Axes: geographic systems such as EPSG:6697 have latitude first, the Japanese plane rectangular ones north
/// first, as their authority says; files that swap them are noticed in Japan.
///
/// @throws InputError naming file and line or object: no XML, no CityGML, no coordinate system or an unknown
///         one, coordinates that are no numbers or come in no threes, references to files that were not
///         given, nothing to walk on
[[nodiscard]] CityGmlArea read_citygml_area(const std::vector<std::string>& paths,
                                            const CityGmlOptions& options = {});

/// The same from a stream. @param file  the name in messages
[[nodiscard]] CityGmlArea parse_citygml_area(std::istream& stream, const std::string& file,
                                             const CityGmlOptions& options = {});

}  // namespace chimata::io
