/// Tables in and out of a snapshot.
#pragma once

#include "chimata/core/archive.hpp"
#include "chimata/core/table.hpp"

namespace chimata {

void save_tables(const TableSet& tables, Snapshot& snapshot, const std::string& prefix);

/// The tables saved below `prefix`.
[[nodiscard]] TableSet load_tables(const Snapshot& snapshot, const std::string& prefix);

}  // namespace chimata
