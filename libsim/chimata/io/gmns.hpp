/// The General Modeling Network Specification (GMNS 0.9x, https://github.com/zephyr-data-specs/GMNS).
#pragma once

#include "chimata/io/roads.hpp"

namespace chimata::io {

/// Reads a folder with node.csv and link.csv, or a link.csv with node.csv beside it. Also taken, if they are
/// there: config.csv (units, coordinate system), geometry.csv or link_geometry.csv, use_group.csv,
/// movement.csv, and the tables of signals.
///
/// Capacities are vehicles per hour and lane, as the specification has it. Where config.csv is missing,
/// lengths are miles and speeds mph unless the options say otherwise, which is noted. Links without allowed
/// uses are for cars. From a link that movement.csv lists, only the listed movements are allowed to cars; a
/// movement whose type is "prohibited" or begins with "no_" is forbidden, and if those are all, the others
/// stay allowed. Of several timing plans of a controller the first with a cycle length is taken, with greens
/// of `max_green`, stretched to the cycle.
[[nodiscard]] RoadResult read_gmns(const std::string& path, const RoadOptions& options = {});

/// The same from texts by table name: "node", "link", "config", ….
[[nodiscard]] RoadResult parse_gmns(const std::map<std::string, std::string>& tables,
                                    const RoadOptions& options = {});

}  // namespace chimata::io
