#include "chimata/analysis/kpi.hpp"

#include "chimata/analysis/kpi_entry.hpp"

namespace chimata {

namespace {

const std::vector<Kpi>& all() {
  static const std::vector<Kpi> list = [] {
    std::vector<Kpi> joined;
    for (const auto* part : {&evacuation_kpis(), &water_kpis(), &cause_kpis(), &help_kpis(), &shelter_kpis(),
                             &walking_kpis(), &car_kpis(), &event_kpis()}) {
      joined.insert(joined.end(), part->begin(), part->end());
    }
    return joined;
  }();
  return list;
}

}  // namespace

const std::vector<KpiDefinition>& kpi_catalogue() {
  static const std::vector<KpiDefinition> definitions = [] {
    std::vector<KpiDefinition> list;
    for (const Kpi& kpi : all()) list.push_back(kpi.about);
    return list;
  }();
  return definitions;
}

std::vector<double> kpis(const Outcome& outcome) {
  std::vector<double> values;
  for (const Kpi& kpi : all()) values.push_back(kpi.value(outcome));
  return values;
}

std::vector<double> kpis(const TableSet& tables, const KpiContext& context) {
  Outcome outcome(context);
  outcome.add(tables);
  return kpis(outcome);
}

}  // namespace chimata
