/// Scenario files.
#pragma once

#include <string>

namespace chimata {

/// The scenario in a YAML file as a JSON document. A file with `base` is laid over that file: its name,
/// reason and models replace the base's, its edits follow the base's edits.
/// Paths of rasters and of the city are made relative to the file that names them.
/// @throws InputError with file and line
[[nodiscard]] std::string read_scenario_file(const std::string& path);

}  // namespace chimata
