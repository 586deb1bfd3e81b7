#include "chimata/scenario/recording.hpp"

#include "chimata/analysis/causes.hpp"
#include "chimata/analysis/districts.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata {

namespace {

constexpr double kCurveStep = 60;  // s

Table cause_table(const Outcome& outcome) {
  const CauseCounts counts = count_causes(outcome);
  Table table{"Why people were caught by the water, one row per cause"};
  auto& id = table.column<std::string>("cause", "the first thing that went wrong");
  auto& persons = table.column<std::int64_t>("persons", "people caught for this reason");
  auto& gap = table.column<double>("worst_gap_s",
                                   "longest time by which somebody was too late, s; NaN if not the point");
  for (int c = 1; c < kLateCauses; ++c) {
    const auto i = static_cast<std::size_t>(c);
    id.emplace_back(words_of(static_cast<LateCause>(c)).id);
    persons.push_back(static_cast<std::int64_t>(counts.persons[i]));
    gap.push_back(counts.worst_gap_s[i]);
  }
  return table;
}

}  // namespace

void add_analysis(const Outcome& outcome, const Scenario& scenario, TableSet& tables) {
  if (!outcome.has("persons")) return;
  tables["districts"] = districts(outcome, scenario.city()->zones.size());
  tables["causes"] = cause_table(outcome);
  tables["curve"] = evacuation_curve(outcome, kCurveStep, seconds(scenario.end()));
}

std::string with_figures(const std::string& manifest, const std::vector<double>& kpis,
                         const io::TableRecorder::Cost* cost) {
  Json whole = Json::parse(manifest);
  Json values = Json::object();
  for (std::size_t i = 0; i < kpis.size(); ++i) values[kpi_catalogue()[i].id] = kpis[i];
  whole["kpis"] = values;
  if (cost) {
    whole["recording"] = {
        {"pieces", cost->pieces}, {"rows", cost->rows}, {"waits", cost->waits}, {"waited_s", cost->waited_s}};
  }
  return whole.dump();
}

Recording::Recording(KpiContext context, const std::string& path)
    : outcome_(context),
      file_(std::make_unique<io::TableRecorder>(path, [this](const TableSet& rows) { outcome_.add(rows); })) {
}

void Recording::take(TableSet&& rows) {
  if (file_) {
    file_->take(std::move(rows));
  } else {
    outcome_.add(rows);
  }
}

Results Recording::finish(TableSet&& rest, const Scenario& scenario, const std::string& manifest) {
  Results results{{}, {}, manifest};
  const auto sum_up = [&] {
    results.kpis = kpis(outcome_);
    add_analysis(outcome_, scenario, results.tables);
  };
  if (file_) {
    file_->finish(std::move(rest), [&]() -> io::TableRecorder::Ending {
      sum_up();
      const auto cost = file_->cost();
      results.manifest = with_figures(manifest, results.kpis, &cost);
      return {results.tables, results.manifest};
    });
  } else {
    outcome_.add(rest);
    sum_up();
  }
  results.tables["persons"] = outcome_.last["persons"];
  return results;
}

}  // namespace chimata
