/// A city as one file: read in a moment what took long to import.
#pragma once

#include <string>

#include "chimata/city/city.hpp"

namespace chimata::io {

/// Writes every column of a city to an HDF5 file (format "chimata-city", version 1): readable by h5py and
/// others, checksummed, put in place whole or not at all.
/// @throws InputError if it cannot be written
void save_city(const City& city, const std::string& path);

/// Reads it back, equal in every column.
/// @throws InputError if the file is missing, damaged, of another kind, or newer than this program
[[nodiscard]] City load_city(const std::string& path);

}  // namespace chimata::io
