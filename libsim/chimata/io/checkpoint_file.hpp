/// Snapshots of running simulations on disk.
#pragma once

#include <string>

#include "chimata/core/archive.hpp"

namespace chimata::io {

struct CheckpointFile {
  Snapshot snapshot;
  std::string manifest;  ///< JSON: scenario, versions, seed
};

/// Writes a snapshot with its hash (format "chimata-checkpoint", version 1), put in place whole or not at
/// all.
/// @throws InputError if it cannot be written
void save_snapshot(const Snapshot& snapshot, const std::string& manifest_json, const std::string& path);

/// Reads it back. @throws InputError if the file is missing, damaged (by its hash, too), of another kind, or
/// newer
[[nodiscard]] CheckpointFile load_snapshot(const std::string& path);

}  // namespace chimata::io
