/// Room for rows that a table is about to get.
#pragma once

#include <algorithm>
#include <cstddef>

#include "chimata/core/table.hpp"

namespace chimata {

/// Makes room for `rows` more in all columns, and for as many again as there are then. Memory that nobody has
/// written to costs nothing; what columns outgrow is lost in holes, so they had better grow seldom.
inline void make_room(Table& table, std::size_t rows) {
  for (TableColumn& column : table.columns()) {
    std::visit(
        [&](auto& values) {
          const std::size_t needed = values.size() + rows;
          if (needed > values.capacity()) values.reserve(std::max(needed, needed * 2));
        },
        column.values);
  }
}

}  // namespace chimata
