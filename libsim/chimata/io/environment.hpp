/// Paths that name a folder of this machine by an environment variable.
#pragma once

#include <string>

namespace chimata::io {

/// `path` with every ${NAME} replaced by the environment variable NAME: "${CHIMATA_DATA}/town.osm".
/// @param where  file and key, for the message
/// @throws InputError if a variable is not set or a brace is missing
[[nodiscard]] std::string expanded_path(const std::string& path, const std::string& where);

}  // namespace chimata::io
