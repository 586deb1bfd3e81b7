/// Scenario files.
#pragma once

#include <string>

namespace chimata {

/// The scenario in a YAML file as a JSON document. A file with `base` is laid over that file: its name,
/// reason and models replace the base's key by key, its edits follow the base's edits. Paths (of the city,
/// the rasters, a table of people) are written as seen from the file's folder; environment variables in them
/// stay.
/// @throws InputError with file and line
[[nodiscard]] std::string scenario_file_as_written(const std::string& path);

/// The same with every path ready to be opened: variables replaced, relative to the present folder.
/// @throws InputError with file and line
[[nodiscard]] std::string read_scenario_file(const std::string& path);

}  // namespace chimata
