/// Streets from OpenStreetMap with their true topology: ways meet where they share a node, and nowhere else.
///
/// A bridge does not touch the street below it, however the two look on a map. Nodes where nothing happens
/// become part of a segment's shape; junctions, ends of ways, traffic signals, barriers and the nodes of turn
/// restrictions become nodes of the network. A segment belongs to one way, so its `segment_source` is exact.
///
/// Who may pass follows OSM's access hierarchy: the most specific of access < vehicle < motor_vehicle <
/// motorcar, access < vehicle < bicycle, and access < foot decides, in each direction; a general `yes` does
/// not open a footway to cars. People walk one-way streets both ways.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chimata/city/city.hpp"
#include "chimata/geo/point.hpp"
#include "chimata/network/network.hpp"

namespace chimata::io {

struct OsmOptions {
  std::string crs;  ///< metric coordinate system of the city; "": `metric_crs_for` the middle of the streets
  bool walk_private = false;  ///< people may walk where access is private (driveways, yards)
  /// Local date and time at which conditional access, one-way rules, speeds and turn restrictions are judged;
  /// none: they are left out, and counted.
  std::optional<std::chrono::local_seconds> at;
  /// Ferries become links, with the speed that their duration gives; for people and bicycles, and for cars
  /// where they say so.
  bool ferries = false;
  /// Speeds, lanes and widths usual in a country where tags are silent: "JP", "DE", "US", "GB"; "auto": of
  /// the country where the streets are, if it can be told; "": by class only.
  std::string country;
};

/// What was found and what became of it.
struct OsmCounts {
  std::size_t highway_ways = 0;     ///< ways tagged highway=*
  std::size_t highway_nodes = 0;    ///< distinct nodes of those ways that the file holds
  std::size_t street_ways = 0;      ///< of these ways, the ones imported: open to somebody
  std::size_t areas = 0;            ///< streets mapped as areas, imported as their outline
  std::size_t area_relations = 0;   ///< areas mapped as multipolygons, not imported
  std::size_t missing_nodes = 0;    ///< references of highway ways to nodes that the file lacks
  std::size_t clipped_ways = 0;     ///< highway ways with such references
  std::size_t degenerate_ways = 0;  ///< ways left with fewer than two different nodes
  std::size_t duplicate_streets =
      0;                     ///< ways given twice, and stretches with the same nodes and class as another
  std::size_t signals = 0;   ///< nodes of the network with traffic signals
  std::size_t barriers = 0;  ///< nodes of the network that stop some
  std::size_t restriction_relations = 0;     ///< turn restrictions in the file
  std::size_t conditional_restrictions = 0;  ///< of these, bound to times or to other vehicles; not imported
  std::size_t inactive_restrictions = 0;     ///< of these, bound to times other than the one asked for
  std::size_t mapped_restrictions = 0;       ///< of these, those now in the network
  std::size_t conditional_tags = 0;          ///< access, one-way, speed and the like bound to conditions
  std::size_t judged_tags = 0;               ///< of these, judged for the time asked for
  std::size_t ferries = 0;                   ///< ways of ferries, imported if asked for
};

struct OsmResult {
  Network network;
  std::string crs;  ///< of the network's coordinates
  Box lonlat;       ///< degrees; what the file says it covers, else the streets' box
  OsmCounts counts;
  std::vector<Problem> notes;  ///< what had to be decided or left out
  std::string licence;
};

/// "2026-04-01 08:00". @throws InputError if it is no date and time
[[nodiscard]] std::chrono::local_seconds local_moment(const std::string& text);

/// Reads .osm, .osm.gz, .osm.bz2 or .osm.pbf.
/// @throws InputError if the file is missing, damaged, or holds no street
[[nodiscard]] OsmResult read_osm(const std::string& path, const OsmOptions& options = {});

}  // namespace chimata::io
