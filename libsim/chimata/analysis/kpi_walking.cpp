#include "chimata/analysis/kpi_entry.hpp"
#include "chimata/core/percentile.hpp"

namespace chimata {

namespace {

double per_arrival(const Outcome& o, double sum) {
  return o.walks.arrived > 0 ? sum / o.walks.arrived : kNotApplicable;
}

}  // namespace

const std::vector<Kpi>& walking_kpis() {
  static const std::vector<Kpi> list = {
      {{"travel_time_mean_s", "s", "平均移動時間", "Mean walking time", "到着した移動区間の所要時間の平均",
        "mean duration of the walks that reached their goal", Better::neither, 0},
       [](const Outcome& o) { return per_arrival(o, o.walks.duration_s); }},
      {{"delay_mean_s", "s", "平均遅れ", "Mean delay",
        "所要時間 − 乾いて空いた道での所要時間、到着した移動区間の平均",
        "duration less the time the same way takes when dry and empty, mean of the walks that reached their "
        "goal",
        Better::neither, 0},
       [](const Outcome& o) { return per_arrival(o, o.walks.delay_s); }},
      {{"delay_p95_s", "s", "遅れ(95 %)", "Delay, 95 %", "到着した移動区間の 95 % がこれ以下である遅れ",
        "delay that 95 % of the walks that reached their goal do not exceed", Better::neither, 0},
       [](const Outcome& o) {
         return percentile({o.walks.delays.begin(), o.walks.delays.end()}, 0.95);
       }},
      {{"walk_delay_person_h", "person h", "歩行者の遅れの合計", "Delay on foot",
        "所要時間 − 乾いて空いた道での所要時間、全移動区間の合計",
        "duration less the time the same way takes when dry and empty, of all walks", Better::lower, 1},
       [](const Outcome& o) { return o.has("legs") ? o.walks.all_delay_s / 3600 : kNotApplicable; }},
      {{"distance_mean_m", "m", "平均歩行距離", "Mean distance walked", "到着した移動区間の長さの平均",
        "mean length of the walks that reached their goal", Better::neither, 0},
       [](const Outcome& o) { return per_arrival(o, o.walks.distance_m); }},
      {{"max_density", "persons/m2", "道路の最大密度", "Highest density", "道路区間の平均密度の最大値",
        "highest density of people on any street segment at any moment", Better::lower, 2},
       [](const Outcome& o) { return o.has("links") ? o.max_density : kNotApplicable; }},
      {{"dense_person_min", "person min", "道路が高密度の延べ時間", "Time in dense crowds",
        "密度 4 人/m² 以上の道路区間にいた延べ時間", "person-minutes on segments with 4 persons/m2 or more",
        Better::lower, 0},
       [](const Outcome& o) { return o.has("links") ? o.dense_person_s / 60 : kNotApplicable; }},
      {{"squeezed", "times", "満員区間への割り込み", "Squeezed in",
        "満員の道路区間の手前で待ちきれずに入った回数(モデルの限界の目安)",
        "times somebody entered a full segment after waiting too long (a sign that the model is at its "
        "limit)",
        Better::lower, 0},
       [](const Outcome& o) {
         return o.has("events") ? o.events_of(Event::Kind::squeezed) : kNotApplicable;
       }},
  };
  return list;
}

}  // namespace chimata
