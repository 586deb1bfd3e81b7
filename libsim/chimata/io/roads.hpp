/// Road networks in the formats of transport models: GMNS, MATSim, TNTP, SUMO.
///
/// These files hold directed links. Two that run against each other between the same nodes along the same
/// line become one segment; any other link becomes a segment with one open direction. Who may use a link is
/// taken from the file; links for nobody whom we know (rails, buses only) are left out and counted. Turns
/// that the file forbids, and fixed-time signal programs, become part of the network.
#pragma once

#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chimata/city/city.hpp"
#include "chimata/network/network.hpp"

namespace chimata::io {

enum class RoadFormat : std::uint8_t { osm, lines, gmns, matsim, tntp, sumo };
[[nodiscard]] std::string_view name_of(RoadFormat format);
/// By name, as in a city plan. None if there is no such format.
[[nodiscard]] std::optional<RoadFormat> road_format_named(std::string_view name);
/// By a file's extension and, for XML and CSV, its beginning; a folder with link.csv is GMNS; whatever is
/// left is for GDAL.
[[nodiscard]] RoadFormat road_format_of(const std::string& path);

struct RoadOptions {
  std::string crs;  ///< metric system of the city; "": the file's own, else `metric_crs_for` its middle
  std::string source_crs;  ///< used if the file does not say its own
  /// People may also walk along every link (motorways excepted), both ways: for files that know cars only.
  bool walk_along = false;
  /// Units, used where the file does not say them: "m", "km", "ft", "mile"; "m/s", "km/h", "mph", "ft/min";
  /// "s", "min", "h". "": the format's usual ones (TNTP: mile, minute; GMNS: mile, mph), which is then noted.
  std::string length_unit, speed_unit, time_unit;
  std::string nodes;  ///< TNTP: file of node coordinates; "": NAME_node.tntp beside NAME_net.tntp
};

/// A network and what the file called its parts.
struct RoadResult {
  Network network;
  std::string crs;  ///< of the coordinates; "" if nobody says: metres in a plane of their own
  std::vector<std::string> node_id;      ///< per node
  std::vector<std::string> link_id;      ///< per link; "" for a direction that the file does not have
  std::vector<std::uint8_t> no_through;  ///< per node: 1 where journeys only begin and end (TNTP zones)
  /// Per link, what a network has no column for: TNTP's b, power, toll, free_flow_time_s. NaN where the file
  /// says nothing.
  std::map<std::string, std::vector<double>> figures;
  std::vector<Problem> notes;
};

/// @throws InputError naming file and row or line for anything missing, double or out of range
[[nodiscard]] RoadResult read_roads(const std::string& path, RoadFormat format,
                                    const RoadOptions& options = {});

}  // namespace chimata::io
