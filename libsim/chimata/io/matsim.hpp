/// MATSim's network.xml, versions 1 and 2.
#pragma once

#include "chimata/io/roads.hpp"

namespace chimata::io {

/// Reads network.xml or network.xml.gz. Capacities count per `capperiod`; modes car, taxi, truck and the like
/// are cars, walk and bike people on foot and bicycles. The coordinate system is the network's attribute
/// coordinateReferenceSystem.
[[nodiscard]] RoadResult read_matsim(const std::string& path, const RoadOptions& options = {});
/// The same from a stream; `file` is the name used in messages.
[[nodiscard]] RoadResult parse_matsim(std::istream& stream, const std::string& file,
                                      const RoadOptions& options = {});

}  // namespace chimata::io
