/// Where the rows of a run's tables go while the run goes on.
#pragma once

#include "chimata/core/table.hpp"

namespace chimata {

/// Takes finished rows off a kernel's hands, so that its memory does not grow with the run's length.
class TableSink {
 public:
  TableSink() = default;
  TableSink(const TableSink&) = delete;
  TableSink& operator=(const TableSink&) = delete;
  virtual ~TableSink() = default;
  /// Takes the next rows of some tables; they follow those taken before and never change again. Called on the
  /// run's own thread at recordings: whoever has slow work to do with them does it elsewhere.
  virtual void take(TableSet&& rows) = 0;
};

}  // namespace chimata
