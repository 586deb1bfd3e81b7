/// What happens to a run's tables while it goes on: figures are gathered, rows go to a file or nowhere.
#pragma once

#include <memory>
#include <string>

#include "chimata/analysis/outcome.hpp"
#include "chimata/io/table_recorder.hpp"
#include "chimata/scenario/simulation.hpp"

namespace chimata {

/// Adds the tables that sum a run up: "districts", "causes", "curve".
void add_analysis(const Outcome& outcome, const Scenario& scenario, TableSet& tables);

/// The manifest with key figures by id, and what recording cost if `cost` is given.
[[nodiscard]] std::string with_figures(const std::string& manifest, const std::vector<double>& kpis,
                                       const io::TableRecorder::Cost* cost = nullptr);

class Recording final : public TableSink {
 public:
  /// Gathers figures only.
  explicit Recording(KpiContext context) : outcome_(context) {}
  /// Writes a file as well; figures are then gathered on the file's thread.
  Recording(KpiContext context, const std::string& path);

  void take(TableSet&& rows) override;
  /// The last rows; results with the figures, the analysis and the table of persons.
  [[nodiscard]] Results finish(TableSet&& rest, const Scenario& scenario, const std::string& manifest);

 private:
  Outcome outcome_;
  std::unique_ptr<io::TableRecorder> file_;
};

}  // namespace chimata
