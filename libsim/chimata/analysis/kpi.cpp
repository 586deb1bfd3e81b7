#include "chimata/analysis/kpi.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "chimata/mobility/process.hpp"

namespace chimata {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// What the formulas need, gathered once.
struct Outcome {
  const TableSet& tables;
  const KpiContext& context;
  const Table& persons;
  std::vector<double> sheltered_after;  ///< s from the first warning of all to shelter, ascending
  std::vector<std::uint8_t> ever_stranded, ever_caught_at_home;  ///< per person

  Outcome(const TableSet& set, const KpiContext& about)
      : tables(set),
        context(about),
        persons(set.at("persons")),
        ever_stranded(persons.rows(), 0),
        ever_caught_at_home(persons.rows(), 0) {
    if (const auto it = tables.find("events"); it != tables.end()) read_events(it->second);
    double first_warning = std::numeric_limits<double>::infinity();
    for (const double t : persons.get<double>("warned_s")) {
      if (!std::isnan(t)) first_warning = std::min(first_warning, t);
    }
    for (const double t : persons.get<double>("sheltered_s")) {
      if (!std::isnan(t)) sheltered_after.push_back(t - first_warning);
    }
    std::sort(sheltered_after.begin(), sheltered_after.end());
  }

  void read_events(const Table& events) {
    const auto& kind = events.get<std::uint8_t>("kind");
    const auto& person = events.get<std::uint32_t>("person");
    const auto& value = events.get<std::uint32_t>("value");
    for (std::size_t row = 0; row < events.rows(); ++row) {
      if (kind[row] != static_cast<std::uint8_t>(Event::Kind::state_change)) continue;
      if (value[row] == static_cast<std::uint32_t>(PersonState::stranded)) ever_stranded[person[row]] = 1;
      if (value[row] == static_cast<std::uint32_t>(PersonState::caught_at_home))
        ever_caught_at_home[person[row]] = 1;
    }
  }

  [[nodiscard]] double in_state(PersonState state) const {
    const auto& states = persons.get<std::uint8_t>("state");
    return static_cast<double>(std::count(states.begin(), states.end(), static_cast<std::uint8_t>(state)));
  }
  [[nodiscard]] double decided() const {
    const auto& flags = persons.get<std::uint8_t>("decided");
    return static_cast<double>(std::count(flags.begin(), flags.end(), std::uint8_t{1}));
  }
  [[nodiscard]] double departed() const {
    const auto& times = persons.get<double>("departed_s");
    return static_cast<double>(
        std::count_if(times.begin(), times.end(), [](double t) { return !std::isnan(t); }));
  }
  /// Least time by which a share of those sheltered have arrived.
  [[nodiscard]] double clearance(double share) const {
    if (sheltered_after.empty()) return kUndefined;
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(sheltered_after.size())));
    return sheltered_after[std::max<std::size_t>(rank, 1) - 1];
  }
  /// Mean over the legs of those who arrived; `value` gives one leg's figure.
  [[nodiscard]] double mean_of_arrived(const std::function<double(const Table&, std::size_t)>& value) const {
    const auto it = tables.find("legs");
    if (it == tables.end()) return kUndefined;
    const auto& outcome = it->second.get<std::uint8_t>("outcome");
    double sum = 0;
    std::size_t n = 0;
    for (std::size_t row = 0; row < outcome.size(); ++row) {
      if (outcome[row] == 0) sum += value(it->second, row), ++n;
    }
    return n == 0 ? kUndefined : sum / static_cast<double>(n);
  }
  /// Sum of a float column of a table; 0 if there is no such table.
  [[nodiscard]] double sum(std::string_view table, std::string_view column) const {
    const auto it = tables.find(table);
    if (it == tables.end() || it->second.rows() == 0) return 0;
    double total = 0;
    for (const float v : it->second.get<float>(column)) total += v;
    return total;
  }
  [[nodiscard]] double highest(std::string_view table, std::string_view column) const {
    const auto it = tables.find(table);
    if (it == tables.end() || it->second.rows() == 0) return 0;
    const auto& values = it->second.get<float>(column);
    return *std::max_element(values.begin(), values.end());
  }
  [[nodiscard]] double events_of(Event::Kind wanted) const {
    const auto it = tables.find("events");
    if (it == tables.end()) return 0;
    const auto& kinds = it->second.get<std::uint8_t>("kind");
    return static_cast<double>(std::count(kinds.begin(), kinds.end(), static_cast<std::uint8_t>(wanted)));
  }
  /// Highest value of every shelter's series, then folded over the shelters.
  [[nodiscard]] double over_shelters(std::string_view column,
                                     const std::function<double(std::size_t, double)>& fold) const {
    const auto it = tables.find("shelters");
    if (it == tables.end() || it->second.rows() == 0) return 0;
    const auto& shelter = it->second.get<std::uint32_t>("shelter");
    const auto& values = it->second.get<std::uint32_t>(column);
    std::vector<double> peak(context.shelter_capacity.size(), 0);
    for (std::size_t row = 0; row < shelter.size(); ++row) {
      peak[shelter[row]] = std::max(peak[shelter[row]], static_cast<double>(values[row]));
    }
    double total = 0;
    for (std::size_t s = 0; s < peak.size(); ++s) total += fold(s, peak[s]);
    return total;
  }
};

struct Kpi {
  KpiDefinition about;
  std::function<double(const Outcome&)> value;
};

double count(const std::vector<std::uint8_t>& flags) {
  return static_cast<double>(std::count(flags.begin(), flags.end(), std::uint8_t{1}));
}

/// Figures of arrivals alone are neither better nor worse when they change: a plan under which fewer arrive
/// may well have the shorter mean.
const std::vector<Kpi>& all() {
  static const std::vector<Kpi> list = {
      {{"evacuated_share", "1", "避難完了率", "Share evacuated",
        "終了時に避難場所にいる人数 ÷ 避難を決めた人数",
        "persons sheltered at the end / persons who decided to leave", Better::higher, 3},
       [](const Outcome& o) {
         return o.decided() == 0 ? kUndefined : o.in_state(PersonState::sheltered) / o.decided();
       }},
      {{"sheltered", "persons", "避難完了者", "Sheltered", "終了時に避難場所にいる人数",
        "persons in a shelter at the end", Better::higher, 0},
       [](const Outcome& o) { return o.in_state(PersonState::sheltered); }},
      {{"caught_total", "persons", "逃げ遅れ", "Caught by the water",
        "途中または自宅で、一度でも水に動きを止められた人数(重複なし)",
        "persons whom the water stopped at least once, on the way or at home, each counted once",
        Better::lower, 0},
       [](const Outcome& o) {
         double total = 0;
         for (std::size_t i = 0; i < o.ever_stranded.size(); ++i)
           total += (o.ever_stranded[i] | o.ever_caught_at_home[i]);
         return total;
       }},
      {{"stranded", "persons", "移動中の立ち往生", "Stranded on the way",
        "移動中に水深が歩行限界を超え、一度でも動けなくなった人数",
        "persons who at least once stood in water deeper than they can walk in, on the way", Better::lower,
        0},
       [](const Outcome& o) { return count(o.ever_stranded); }},
      {{"caught_at_home", "persons", "自宅での浸水孤立", "Caught at home",
        "出発前に自宅の浸水が歩行限界を超えた人数(避難しないと決めた人を含む)",
        "persons whose home was flooded beyond what they can walk in before they left, those who chose to "
        "stay included",
        Better::lower, 0},
       [](const Outcome& o) { return count(o.ever_caught_at_home); }},
      {{"cut_off", "persons", "孤立(経路なし)", "Cut off", "終了時に、水には浸からないが先へ進む道のない人数",
        "persons at the end who stand on dry ground with no way on", Better::lower, 0},
       [](const Outcome& o) { return o.in_state(PersonState::cut_off); }},
      {{"not_arrived_in_time", "persons", "未到着", "Not arrived in time",
        "避難を決めたが終了時に避難場所にいない人数",
        "persons who decided to leave and are in no shelter at the end", Better::lower, 0},
       [](const Outcome& o) { return o.decided() - o.in_state(PersonState::sheltered); }},
      {{"decided", "persons", "避難を決めた人", "Decided to leave", "警報を受けて避難を決めた人数",
        "persons who decided to leave on a warning", Better::neither, 0},
       [](const Outcome& o) { return o.decided(); }},
      {{"departed", "persons", "出発した人", "Left home", "実際に自宅を出た人数",
        "persons who left their home", Better::higher, 0},
       [](const Outcome& o) { return o.departed(); }},
      {{"clearance_p50_s", "s", "避難所要(50 %)", "Clearance, 50 %",
        "最初の警報から、到着者の 50 % が避難場所に入るまで",
        "from the first warning until 50 % of those who arrive are sheltered", Better::neither, 0},
       [](const Outcome& o) { return o.clearance(0.5); }},
      {{"clearance_p95_s", "s", "避難所要(95 %)", "Clearance, 95 %",
        "最初の警報から、到着者の 95 % が避難場所に入るまで",
        "from the first warning until 95 % of those who arrive are sheltered", Better::neither, 0},
       [](const Outcome& o) { return o.clearance(0.95); }},
      {{"travel_time_mean_s", "s", "平均移動時間", "Mean walking time", "到着した移動区間の所要時間の平均",
        "mean duration of the walks that reached their goal", Better::neither, 0},
       [](const Outcome& o) {
         return o.mean_of_arrived([](const Table& t, std::size_t i) {
           return t.get<double>("end_s")[i] - t.get<double>("start_s")[i];
         });
       }},
      {{"delay_mean_s", "s", "平均遅れ", "Mean delay",
        "所要時間 − 乾いて空いた道での所要時間、到着した移動区間の平均",
        "duration less the time the same way takes when dry and empty, mean of the walks that reached their "
        "goal",
        Better::neither, 0},
       [](const Outcome& o) {
         return o.mean_of_arrived([](const Table& t, std::size_t i) {
           return t.get<double>("end_s")[i] - t.get<double>("start_s")[i] -
                  double{t.get<float>("free_flow_s")[i]};
         });
       }},
      {{"distance_mean_m", "m", "平均歩行距離", "Mean distance walked", "到着した移動区間の長さの平均",
        "mean length of the walks that reached their goal", Better::neither, 0},
       [](const Outcome& o) {
         return o.mean_of_arrived(
             [](const Table& t, std::size_t i) { return double{t.get<float>("distance_m")[i]}; });
       }},
      {{"shelter_full_count", "shelters", "満員になった避難場所", "Shelters that filled up",
        "収容人数に達した避難場所の数", "shelters whose occupancy reached capacity", Better::lower, 0},
       [](const Outcome& o) {
         return o.over_shelters("occupancy", [&](std::size_t s, double peak) {
           return o.context.shelter_capacity[s] > 0 && peak >= o.context.shelter_capacity[s] ? 1.0 : 0.0;
         });
       }},
      {{"turned_away", "persons", "満員で断られた延べ人数", "Turned away", "到着時に満員だった延べ人数",
        "arrivals at a shelter that was full", Better::lower, 0},
       [](const Outcome& o) {
         return o.over_shelters("turned_away", [](std::size_t, double peak) { return peak; });
       }},
      {{"redirected", "persons", "行き先を変えた延べ人数", "Redirected",
        "満員のため次の避難場所へ向かった延べ人数", "times somebody was sent on to another shelter",
        Better::lower, 0},
       [](const Outcome& o) { return o.events_of(Event::Kind::redirected); }},
      {{"max_density", "persons/m2", "最大密度", "Highest density", "道路区間の平均密度の最大値",
        "highest density of people on any street segment at any moment", Better::lower, 2},
       [](const Outcome& o) { return o.highest("links", "max_density"); }},
      {{"dense_person_min", "person min", "高密度の延べ時間", "Time in dense crowds",
        "密度 4 人/m² 以上の道路区間にいた延べ時間", "person-minutes on segments with 4 persons/m2 or more",
        Better::lower, 0},
       [](const Outcome& o) { return o.sum("links", "dense_person_s") / 60; }},
      {{"wet_person_min", "person min", "水中歩行の延べ時間", "Time in water",
        "水深 0.1 m 以上の所にいた延べ時間", "person-minutes on the way in water of 0.1 m or more",
        Better::lower, 0},
       [](const Outcome& o) { return o.sum("legs", "wet_s") / 60; }},
      {{"squeezed", "times", "満員区間への割り込み", "Squeezed in",
        "満員の道路区間の手前で待ちきれずに入った回数(モデルの限界の目安)",
        "times somebody entered a full segment after waiting too long (a sign that the model is at its "
        "limit)",
        Better::lower, 0},
       [](const Outcome& o) { return o.events_of(Event::Kind::squeezed); }},
  };
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

std::vector<double> kpis(const TableSet& tables, const KpiContext& context) {
  const Outcome outcome(tables, context);
  std::vector<double> values;
  for (const Kpi& kpi : all()) values.push_back(kpi.value(outcome));
  return values;
}

}  // namespace chimata
