/// Room for rows that a table is about to get.
#pragma once

#include <algorithm>
#include <cstddef>

#include "chimata/core/table.hpp"

namespace chimata {

/// Makes room for `rows` more in all columns. They grow by a quarter where vectors would double, for tables
/// are most of what a long run keeps.
inline void make_room(Table& table, std::size_t rows) {
  for (TableColumn& column : table.columns()) {
    std::visit(
        [&](auto& values) {
          const std::size_t needed = values.size() + rows;
          if (needed > values.capacity()) values.reserve(std::max(needed, needed / 4 * 5));
        },
        column.values);
  }
}

}  // namespace chimata
