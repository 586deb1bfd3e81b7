/// Result tables on disk: run.h5.
#pragma once

#include <cstdint>
#include <string>

#include "chimata/core/table.hpp"

namespace chimata::io {

inline constexpr const char* kRunFormat = "chimata-run";
inline constexpr std::int64_t kRunVersion = 1;

/// Tables and what they came from.
struct TableFile {
  TableSet tables;
  std::string manifest;  ///< JSON: inputs, versions, seed
};

/// Writes tables as groups /tables/NAME of equally long columns with their descriptions (format
/// "chimata-run", version 1), put in place whole or not at all.
/// @throws InputError if it cannot be written
void save_tables(const TableSet& tables, const std::string& manifest_json, const std::string& path);

/// Reads them back, equal in every column. @throws InputError if the file is missing, damaged, of another
/// kind, or newer
[[nodiscard]] TableFile load_tables(const std::string& path);

}  // namespace chimata::io
