/// Private to io: the surfaces of a city model's roads and squares as they are read from XML.
#pragma once

#include <istream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "chimata/geo/point.hpp"

namespace chimata::io {

/// A MultiSurface, in the file's coordinates, first axis as x.
struct GmlSurface {
  int lod = 0;
  std::vector<Polygon> polygons;
  std::vector<std::string> references;  ///< to polygons elsewhere, the whole href
};

/// A TrafficArea or AuxiliaryTrafficArea.
struct GmlTrafficArea {
  std::string id, function;
  bool auxiliary = false;
  std::vector<GmlSurface> surfaces;
};

/// A Road, Square or Track.
struct GmlTransport {
  std::string where;  ///< "tran.gml:12, Road tran_1"
  std::string id, kind, function;
  std::vector<GmlSurface> surfaces;  ///< its own
  std::vector<GmlTrafficArea> areas;
  std::vector<std::string> references;  ///< to traffic areas elsewhere
};

struct GmlFile {
  std::string name, srs;
  std::vector<GmlTransport> objects;
  std::unordered_map<std::string, Polygon> polygons;  ///< by gml:id
};

/// @throws InputError naming file and line
[[nodiscard]] GmlFile read_gml_transport(std::istream& stream, const std::string& file);

}  // namespace chimata::io
