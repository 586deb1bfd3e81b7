/// The figures a planner compares: each with its formula, unit and labels, computed from a run's tables.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chimata/analysis/outcome.hpp"
#include "chimata/core/table.hpp"

namespace chimata {

/// Which direction of change is good news.
enum class Better : std::uint8_t { lower, higher, neither };

/// One key figure. The definition is text for a person; `kpis` computes it.
struct KpiDefinition {
  std::string id;    ///< snake_case, with its unit as suffix where it has one
  std::string unit;  ///< "persons", "s", "m", "1" for shares
  std::string label_ja, label_en;
  std::string formula_ja, formula_en;
  Better better = Better::neither;
  int decimals = 0;  ///< as many as the figure deserves
};

/// Every figure of the evacuation what-if (S1), in the order in which reports show them.
[[nodiscard]] const std::vector<KpiDefinition>& kpi_catalogue();

/// Values in the order of `kpi_catalogue()`. NaN where a figure does not apply: nobody left, say, or the run
/// had no cars, or nothing is known of what the figure counts.
[[nodiscard]] std::vector<double> kpis(const Outcome& outcome);
[[nodiscard]] std::vector<double> kpis(const TableSet& tables, const KpiContext& context);

}  // namespace chimata
