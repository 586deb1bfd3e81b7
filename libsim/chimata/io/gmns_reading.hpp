/// Private to io: the tables of GMNS.
#pragma once

#include <map>
#include <string>

#include "chimata/io/csv.hpp"
#include "chimata/io/road_draft.hpp"

namespace chimata::io {

/// Tables by name; cells by column, "" where there is no such column.
class GmnsTables {
 public:
  explicit GmnsTables(const std::map<std::string, std::string>& texts);
  [[nodiscard]] const CsvTable* find(const std::string& name) const;
  /// @throws InputError if it is missing
  [[nodiscard]] const CsvTable& required(const std::string& name) const;

 private:
  std::map<std::string, CsvTable> tables_;
};

[[nodiscard]] std::string cell(const CsvTable& table, std::size_t row,
                               std::initializer_list<std::string_view> names);
[[nodiscard]] std::optional<double> figure(const CsvTable& table, std::size_t row,
                                           std::initializer_list<std::string_view> names);

/// A movement of movement.csv between links of the draft.
struct GmnsMovement {
  std::string id;
  LinkId in, out;
  NodeId node;
};
/// Forbids turns; returns the movements that are allowed.
[[nodiscard]] std::vector<GmnsMovement> read_gmns_movements(const GmnsTables& tables, RoadDraft& draft);
/// Signal plans from the tables of timing.
void read_gmns_signals(const GmnsTables& tables, const std::vector<GmnsMovement>& movements,
                       RoadDraft& draft);

}  // namespace chimata::io
