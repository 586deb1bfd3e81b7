/// Networks of the Transportation Networks for Research (TNTP,
/// https://github.com/bstabler/TransportationNetworks).
#pragma once

#include "chimata/io/roads.hpp"

namespace chimata::io {

/// Reads NAME_net.tntp, and the nodes' coordinates from NAME_node.tntp beside it or from `options.nodes`.
///
/// Capacities are vehicles per hour. Units of length and free flow time are those of the line
/// "ORIGINAL HEADER" where it names them, else of the options, else miles and minutes, which is noted. A
/// link's speed is its length over its free flow time; where either is 0 it is imputed, and the time itself
/// is in `figures`. Without coordinates the nodes stand on a grid and only lengths mean anything. Zones below
/// "FIRST THRU NODE" are marked in `no_through`.
[[nodiscard]] RoadResult read_tntp(const std::string& path, const RoadOptions& options = {});
/// The same from text. `node_text`: none if there is no file of nodes.
[[nodiscard]] RoadResult parse_tntp(std::string_view net_text, const std::string& net_file,
                                    std::optional<std::string_view> node_text, const std::string& node_file,
                                    const RoadOptions& options = {});

}  // namespace chimata::io
