#include <algorithm>
#include <cmath>

#include "chimata/analysis/kpi_entry.hpp"
#include "chimata/core/percentile.hpp"

namespace chimata {

namespace {

double decided(const Outcome& o) {
  const auto flags = o.person("decided");
  return flags.empty() ? kNotApplicable : static_cast<double>(std::count(flags.begin(), flags.end(), 1.0));
}

double times_known(const std::vector<double>& times) {
  if (times.empty()) return kNotApplicable;
  return static_cast<double>(
      std::count_if(times.begin(), times.end(), [](double t) { return !std::isnan(t); }));
}

double sheltered(const Outcome& o) {
  return o.has("persons") ? o.in_state(PersonState::sheltered) : kNotApplicable;
}

/// Seconds from the first warning of all until a share of those who arrive are sheltered.
double clearance(const Outcome& o, double share) {
  double first_warning = std::numeric_limits<double>::infinity();
  for (const double t : o.person("warned_s")) first_warning = std::fmin(first_warning, t);
  return percentile(o.person("sheltered_s"), share) - first_warning;
}

double told_share(const Outcome& o) {
  if (!o.has("persons")) return kNotApplicable;
  const auto told = o.told();
  return times_known(told) / static_cast<double>(told.size());
}

}  // namespace

// Figures of arrivals alone are neither better nor worse when they change: a plan under which fewer arrive
// may well have the shorter mean.
const std::vector<Kpi>& evacuation_kpis() {
  static const std::vector<Kpi> list = {
      {{"evacuated_share", "1", "避難完了率", "Share evacuated",
        "終了時に避難場所にいる人数 ÷ 避難を決めた人数",
        "persons sheltered at the end / persons who decided to leave", Better::higher, 3},
       [](const Outcome& o) { return decided(o) > 0 ? sheltered(o) / decided(o) : kNotApplicable; }},
      {{"sheltered", "persons", "避難完了者", "Sheltered", "終了時に避難場所にいる人数",
        "persons in a shelter at the end", Better::higher, 0},
       sheltered},
      {{"not_arrived_in_time", "persons", "未到着", "Not arrived in time",
        "避難を決めたが終了時に避難場所にいない人数",
        "persons who decided to leave and are in no shelter at the end", Better::lower, 0},
       [](const Outcome& o) { return decided(o) - sheltered(o); }},
      {{"told_share", "1", "情報が届いた割合", "Share told", "終了までに危険を知った人数 ÷ 全員",
        "persons who learned of the danger by the end / everybody", Better::higher, 3},
       told_share},
      {{"decided", "persons", "避難を決めた人", "Decided to leave", "警報を受けて避難を決めた人数",
        "persons who decided to leave on a warning", Better::neither, 0},
       decided},
      {{"departed", "persons", "出発した人", "Left home", "実際に自宅を出た人数",
        "persons who left their home", Better::higher, 0},
       [](const Outcome& o) { return times_known(o.person("departed_s")); }},
      {{"clearance_p50_s", "s", "避難所要(50 %)", "Clearance, 50 %",
        "最初の警報から、到着者の 50 % が避難場所に入るまで",
        "from the first warning until 50 % of those who arrive are sheltered", Better::neither, 0},
       [](const Outcome& o) { return clearance(o, 0.5); }},
      {{"clearance_p95_s", "s", "避難所要(95 %)", "Clearance, 95 %",
        "最初の警報から、到着者の 95 % が避難場所に入るまで",
        "from the first warning until 95 % of those who arrive are sheltered", Better::neither, 0},
       [](const Outcome& o) { return clearance(o, 0.95); }},
  };
  return list;
}

}  // namespace chimata
