/// SUMO's net.xml.
#pragma once

#include "chimata/io/roads.hpp"

namespace chimata::io {

/// Reads net.xml or net.xml.gz.
///
/// An edge is a link from junction to junction: its length is that of its shape, stretched where its lanes
/// are declared longer or shorter than drawn. Lanes count if passenger cars may use them; people walk an edge
/// both ways if a lane lets them. Where a connection between two edges is missing for cars or bicycles, the
/// turn is forbidden to them. Fixed-time programs become signal plans, actuated ones with the durations they
/// name, each junction of a joint program with its own part. Coordinates are brought back by `netOffset` and
/// `projParameter`.
[[nodiscard]] RoadResult read_sumo_net(const std::string& path, const RoadOptions& options = {});
/// The same from a stream; `file` is the name used in messages.
[[nodiscard]] RoadResult parse_sumo_net(std::istream& stream, const std::string& file,
                                        const RoadOptions& options = {});

}  // namespace chimata::io
