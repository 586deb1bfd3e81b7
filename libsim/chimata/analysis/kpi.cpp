#include "chimata/analysis/kpi.hpp"

#include "chimata/analysis/kpi_entry.hpp"

namespace chimata {

namespace {

struct KpiList {
  const std::vector<Kpi>* kpis;
  bool of_evacuation;
};

const std::vector<KpiList>& lists() {
  static const std::vector<KpiList> all = {
      {&evacuation_kpis(), true}, {&water_kpis(), true},    {&cause_kpis(), true}, {&help_kpis(), true},
      {&shelter_kpis(), true},    {&walking_kpis(), false}, {&car_kpis(), false},  {&event_kpis(), false}};
  return all;
}

}  // namespace

const std::vector<KpiDefinition>& kpi_catalogue() {
  static const std::vector<KpiDefinition> definitions = [] {
    std::vector<KpiDefinition> list;
    for (const KpiList& part : lists()) {
      for (const Kpi& kpi : *part.kpis) list.push_back(kpi.about);
    }
    return list;
  }();
  return definitions;
}

std::vector<double> kpis(const Outcome& outcome) {
  // an event without an evacuation has nobody who is sheltered, caught or helped: 0 would be an answer
  const bool no_evacuation = outcome.has("visitors") && !outcome.has("persons");
  std::vector<double> values;
  for (const auto& [list, of_evacuation] : lists()) {
    for (const Kpi& kpi : *list)
      values.push_back(of_evacuation && no_evacuation ? kNotApplicable : kpi.value(outcome));
  }
  return values;
}

std::vector<double> kpis(const TableSet& tables, const KpiContext& context) {
  Outcome outcome(context);
  outcome.add(tables);
  return kpis(outcome);
}

}  // namespace chimata
