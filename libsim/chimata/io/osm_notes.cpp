#include "chimata/io/osm_source.hpp"

namespace chimata::io {

void note_counts(const OsmCounts& counts, const OsmOptions& options, const std::string& file,
                 std::vector<Problem>& notes) {
  const auto remark = [&](Problem::Severity severity, std::string message, std::string fix) {
    notes.push_back({severity, "network", "", file + ": " + std::move(message), std::move(fix)});
  };
  const auto number = [](std::size_t n) { return std::to_string(n); };
  constexpr auto kNote = Problem::Severity::note, kWarning = Problem::Severity::warning;
  if (counts.missing_nodes) {
    remark(kWarning,
           number(counts.missing_nodes) + " nodes of " + number(counts.clipped_ways) +
               " ways are not in the file; these streets end where the data ends",
           "extract with complete ways (osmium extract --strategy=complete_ways) if they matter");
  }
  if (counts.areas)
    remark(kNote, number(counts.areas) + " plazas and other areas are walkable along their outline only", "");
  if (counts.area_relations)
    remark(kNote, number(counts.area_relations) + " areas mapped as multipolygons were left out", "");
  if (counts.degenerate_ways)
    remark(kNote, number(counts.degenerate_ways) + " streets with fewer than two nodes were left out", "");
  if (counts.duplicate_streets)
    remark(kNote, number(counts.duplicate_streets) + " streets given twice were taken once", "");
  if (counts.conditional_restrictions) {
    remark(kNote,
           number(counts.conditional_restrictions) +
               " turn restrictions for certain times or vehicles were left out",
           options.at ? "" : "say at: with date and time to judge those for certain times");
  }
  if (counts.conditional_tags > counts.judged_tags) {
    remark(kNote,
           number(counts.conditional_tags - counts.judged_tags) +
               " rules for certain times or vehicles (access, one-way, speed) were left out",
           options.at ? "" : "say at: with date and time to judge those for certain times");
  }
  if (counts.ferries && !options.ferries)
    remark(kNote, number(counts.ferries) + " ferries were left out", "say ferries: true if they matter");
  const std::size_t unmapped = counts.restriction_relations - counts.conditional_restrictions -
                               counts.inactive_restrictions - counts.mapped_restrictions;
  if (unmapped)
    remark(
        kNote,
        number(unmapped) + " turn restrictions name ways that are not here or do not meet, and were left out",
        "");
}

}  // namespace chimata::io
