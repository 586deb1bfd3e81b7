#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>
#include <variant>

#include "chimata/analysis/kpi_entry.hpp"
#include "chimata/core/percentile.hpp"

namespace chimata {

namespace {

double if_event(const Outcome& o, double value) {
  return o.event.seen ? value : kNotApplicable;
}

double if_trains(const Outcome& o, double value) {
  return o.event.trains ? value : kNotApplicable;
}

double if_smoke(const Outcome& o, double value) {
  return o.event.smoke ? value : kNotApplicable;
}

double if_cars(const Outcome& o, double value) {
  return o.event.cars ? value : kNotApplicable;
}

std::vector<double> column(const Outcome& o, const char* name) {
  return numbers(o.last, "visitors", name);
}

/// s from the moment they were to set out until `name`, for those who got so far.
std::vector<double> after_setting_out(const Outcome& o, const char* name) {
  std::vector<double> took = column(o, name);
  const std::vector<double> set_out = column(o, "set_out_s");
  for (std::size_t row = 0; row < took.size(); ++row) took[row] -= set_out[row];
  return took;
}

/// s from the moment they were to set out until they were out; infinite for those who are still in.
std::vector<double> way_out(const Outcome& o) {
  std::vector<double> took = after_setting_out(o, "out_s");
  const std::vector<double> phase = column(o, "phase");
  for (std::size_t row = 0; row < took.size(); ++row) {
    if (phase[row] == 3) took[row] = std::numeric_limits<double>::infinity();
  }
  return took;
}

/// What 95 % do not exceed; none if some of these will never have come to an end.
double most_of(const std::vector<double>& values) {
  const double most = percentile(values, 0.95);
  return std::isfinite(most) ? most : kNotApplicable;
}

/// Those of `values`, one for each visitor, that are of people who came by car.
std::vector<double> by_car(const Outcome& o, std::vector<double> values) {
  const std::vector<double> came_by_car = column(o, "by_car");
  if (came_by_car.empty()) return {};
  std::size_t kept = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (came_by_car[row] > 0) values[kept++] = values[row];
  }
  values.resize(kept);
  return values;
}

/// Those of `values`, one for each visitor, that are of people of a kind.
std::vector<double> of_kind(const Outcome& o, const std::vector<double>& values, std::string_view kind) {
  const auto table = o.last.find("visitors");
  std::vector<double> some;
  if (table == o.last.end()) return some;
  for (const TableColumn& column : table->second.columns()) {
    const auto* kinds =
        column.name == "kind" ? std::get_if<std::vector<std::string>>(&column.values) : nullptr;
    for (std::size_t row = 0; kinds != nullptr && row < values.size(); ++row) {
      if ((*kinds)[row] == kind) some.push_back(values[row]);
    }
  }
  return some;
}

double latest(const std::vector<double>& values) {
  double last = kNotApplicable;
  for (const double value : values) {
    if (!(value <= last)) last = std::isnan(value) ? last : value;
  }
  return last;
}

double earliest(const std::vector<double>& values) {
  double first = kNotApplicable;
  for (const double value : values) {
    if (!(value >= first)) first = std::isnan(value) ? first : value;
  }
  return first;
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double attendance(const Outcome& o) {
  double sum = 0;
  for (const double came : column(o, "came_s")) sum += std::isnan(came) ? 0 : 1;
  return sum;
}

double count_phase(const Outcome& o, double low, double high) {
  double sum = 0;
  for (const double phase : column(o, "phase")) sum += phase >= low && phase <= high ? 1 : 0;
  return sum;
}

/// Most people at any moment who were to leave by one gate and were not out yet.
double longest_way_out(const Outcome& o) {
  const auto gate = column(o, "gate_out"), set_out = column(o, "set_out_s"), out = column(o, "out_s"),
             phase = column(o, "phase");
  std::map<double, std::vector<std::pair<double, int>>> changes;  // by gate: moment, one more or one less
  for (std::size_t row = 0; row < gate.size(); ++row) {
    const bool leaving = phase[row] == 3;
    if (!leaving && std::isnan(out[row])) continue;  // never was inside, or stays
    changes[gate[row]].emplace_back(set_out[row], 1);
    if (!leaving) changes[gate[row]].emplace_back(out[row], -1);
  }
  int most = 0;
  for (auto& [row, of_gate] : changes) {
    std::sort(of_gate.begin(), of_gate.end());  // who is out at a moment goes before who sets out then
    int now = 0;
    for (const auto& change : of_gate) most = std::max(most, now += change.second);
  }
  return most;
}

/// s that people waited before a gate until they were in, mean of all of them.
double mean_wait_to_get_in(const Outcome& o) {
  const auto came = numbers(o.last, "area_gates", "came"),
             mean = numbers(o.last, "area_gates", "wait_mean_s");
  double sum = 0, people = 0;
  for (std::size_t gate = 0; gate < came.size(); ++gate) {
    if (came[gate] > 0) sum += came[gate] * mean[gate], people += came[gate];
  }
  return people > 0 ? sum / people : kNotApplicable;
}

}  // namespace

const std::vector<Kpi>& event_kpis() {
  static const std::vector<Kpi> list = {
      {{"event_attendance", "persons", "来場者数", "Attendance", "会場の出入口に着いた人数",
        "people who reached a gate of the area", Better::neither, 0},
       [](const Outcome& o) { return if_event(o, attendance(o)); }},
      {{"event_clearance_s", "s", "退場完了時間", "Clearance time",
        "最初の退場者の退場時刻から最後の来場者が会場を出るまでの時間(残った人がいれば算出しない)",
        "from the moment the first were to set out until the last has left the area; none if somebody is "
        "still "
        "in it",
        Better::lower, 0},
       [](const Outcome& o) {
         return if_event(o, count_phase(o, 2, 3) > 0
                                ? kNotApplicable
                                : latest(column(o, "out_s")) - earliest(column(o, "set_out_s")));
       }},
      {{"event_inside_at_end", "persons", "会場に残った人数", "Still in the area at the end",
        "計算終了時に会場の中にいる人数", "people in the area when the run ends, on their way out or not",
        Better::lower, 0},
       [](const Outcome& o) { return if_event(o, count_phase(o, 2, 3)); }},
      {{"event_out_mean_s", "s", "会場を出るまでの時間(平均)", "Mean time to get out",
        "退場の時刻から出入口を出るまでの時間の平均(出た人のみ)",
        "from the moment people were to set out until they are through a gate, mean of those who are",
        Better::lower, 0},
       [](const Outcome& o) {
         double sum = 0, people = 0;
         for (const double took : after_setting_out(o, "out_s")) {
           if (!std::isnan(took)) sum += took, ++people;
         }
         return if_event(o, people > 0 ? sum / people : kNotApplicable);
       }},
      {{"event_out_p95_s", "s", "会場を出るまでの時間(95 %)", "Time to get out, 95 %",
        "退場の時刻から出入口を出るまでの時間の 95 パーセンタイル(5 % を超える人が残れば算出しない)",
        "from the moment people were to set out until they are through a gate, 95 % do not exceed it; none "
        "if more than 5 % are still in the area",
        Better::lower, 0},
       [](const Outcome& o) { return if_event(o, most_of(way_out(o))); }},
      {{"event_wheelchair_out_p95_s", "s", "車いす利用者が会場を出るまでの時間(95 %)",
        "Time to get out in a wheelchair, 95 %",
        "車いす利用者(event.people で指定した場合)の、退場の時刻から出入口を出るまでの時間の 95 "
        "パーセンタイル",
        "of people in wheelchairs, where event.people names them: from the moment they were to set out until "
        "they are through a gate, 95 % do not exceed it; none if more than 5 % are still in the area",
        Better::lower, 0},
       [](const Outcome& o) { return if_event(o, most_of(of_kind(o, way_out(o), "wheelchair"))); }},
      {{"event_home_p95_s", "s", "帰宅までの時間(95 %)", "Time to get home, 95 %",
        "退場の時刻から帰宅、乗車または車で町を出るまでの時間の 95 パーセンタイル",
        "from the moment people were to set out until they are home, on a train, or out of the town by car, "
        "95 % do not exceed it",
        Better::lower, 0},
       [](const Outcome& o) { return if_event(o, percentile(after_setting_out(o, "home_s"), 0.95)); }},
      {{"event_cars_out_p95_s", "s", "車で町を出るまでの時間(95 %)",
        "Time to get out of the town by car, 95 %",
        "退場の時刻から、車で来た人が町を出るまでの時間の 95 パーセンタイル",
        "of those who came by car: from the moment they were to set out until the car has left the town, "
        "95 % do not exceed it",
        Better::lower, 0},
       [](const Outcome& o) {
         return if_cars(o, percentile(by_car(o, after_setting_out(o, "home_s")), 0.95));
       }},
      {{"event_car_park_share", "1", "駐車場の最大利用率", "Fullest car park",
        "最も混んだ駐車場の、駐車台数 / 収容台数の最大値",
        "cars over spaces in the fullest car park of the event, most at any recording", Better::neither, 2},
       [](const Outcome& o) { return if_cars(o, o.event.car_park_max); }},
      {{"event_density_max", "persons/m2", "会場の最大密度", "Highest density in the area",
        "会場内の密度(半径 1 m のガウス重み)の最大値", "highest density in the area, Gaussian weights of 1 m",
        Better::lower, 1},
       [](const Outcome& o) { return if_event(o, o.event.density_max); }},
      {{"event_dense_person_min", "person min", "密度 4 人/m² 以上の延べ時間", "Time at 4 persons/m² or more",
        "密度 4 人/m² 以上の場所にいた延べ時間",
        "person-minutes where the area was as dense as 4 persons/m2 or more", Better::lower, 0},
       [](const Outcome& o) { return if_event(o, o.event.dense_person_min); }},
      {{"event_crush_person_min", "person min", "密度 6 人/m² 以上の延べ時間", "Time at 6 persons/m² or more",
        "密度 6 人/m² 以上の場所にいた延べ時間",
        "person-minutes where the area was as dense as 6 persons/m2 or more", Better::lower, 0},
       [](const Outcome& o) { return if_event(o, o.event.crush_person_min); }},
      {{"event_alarm_lead_s", "s", "警報の先行時間", "Lead of the alarm",
        "初めて 6 人/m² に達したとき、それまで途切れずに出ていた警報(4 人/m² が 5 秒続く場所がある。5 "
        "分なければ解除)"
        "の継続時間(達しない、または警報がなければ算出しない)",
        "how long the alarm had stood (4 persons/m2 for 5 s somewhere; over after 5 min without) when 6 "
        "persons/m2 were first reached; none if they never are, or no alarm stood",
        Better::neither, 0},
       [](const Outcome& o) { return if_event(o, o.event.first_crush_s - o.event.alarm_before_crush_s); }},
      {{"event_gate_queue_max", "persons", "入場待ちの最大人数", "Longest queue to get in",
        "一つの出入口の外で待つ人数の最大値", "most people waiting outside one gate at any recording",
        Better::lower, 0},
       [](const Outcome& o) { return if_event(o, o.event.gate_queue_max); }},
      {{"event_in_wait_mean_s", "s", "入場待ちの時間(平均)", "Mean wait to get in",
        "出入口に着いてから中に入るまでの時間(検査を含む)の平均。計算終了時に待っている人はそれまでの時間",
        "from reaching a gate until in, checks included, mean; of those who still wait at the end the time "
        "so far",
        Better::lower, 0},
       [](const Outcome& o) { return if_event(o, mean_wait_to_get_in(o)); }},
      {{"event_in_wait_max_s", "s", "入場待ちの時間(最大)", "Longest wait to get in",
        "出入口に着いてから中に入るまでの時間(検査を含む)の最大値",
        "from reaching a gate until in, checks included, the longest of anybody", Better::lower, 0},
       [](const Outcome& o) { return if_event(o, latest(numbers(o.last, "area_gates", "wait_max_s"))); }},
      {{"event_not_admitted", "persons", "入場できなかった人数", "Sent away before they were in",
        "出入口の外で待っているうちに催しが終わった、または中止になった人数",
        "people who still waited outside a gate when the event was over or ended by a warning or smoke",
        Better::lower, 0},
       [](const Outcome& o) { return if_event(o, sum_of(numbers(o.last, "area_gates", "turned_back"))); }},
      {{"event_exit_queue_max", "persons", "退場待ちの最大人数", "Most people on their way out by one gate",
        "一つの出入口から退場しようとして、まだ出ていない人数の最大値",
        "people who were to leave by one gate and were not through it yet, most at any moment", Better::lower,
        0},
       [](const Outcome& o) { return if_event(o, longest_way_out(o)); }},
      {{"event_overcome", "persons", "煙で行動不能になった人数", "Overcome by smoke",
        "会場内で有毒ガスの摂取量(FED)が限界に達し、動けなくなった人数",
        "people in the area who breathed in so much of the gases of smoke that they could go no further",
        Better::lower, 0},
       [](const Outcome& o) { return if_smoke(o, o.event.overcome); }},
      {{"event_dose_max", "1", "有毒ガスの摂取量(最大)", "Highest dose of gases",
        "会場内で吸い込んだ有毒ガスの有効摂取量(FED)の、1人あたりの最大値",
        "most that anybody breathed in inside the area, fractional effective dose (1: half of all people can "
        "go no further)",
        Better::lower, 2},
       [](const Outcome& o) { return if_smoke(o, o.event.dose_max); }},
      {{"event_dose_mean", "1", "有毒ガスの摂取量(平均)", "Mean dose of gases",
        "会場内で吸い込んだ有毒ガスの有効摂取量(FED)の、来場者全員の平均",
        "what people breathed in inside the area, fractional effective dose, mean over all who came",
        Better::lower, 3},
       [](const Outcome& o) {
         const double people = attendance(o);
         return if_smoke(o, people > 0 ? o.event.dose_sum / people : kNotApplicable);
       }},
      {{"event_smoke_person_min", "person min", "煙の中にいた延べ時間", "Time in smoke",
        "会場内の、減光係数が前提条件の値(既定 0.1/m)以上の所にいた延べ時間",
        "person-minutes inside the area in smoke that counts (from 0.1/m by default)", Better::lower, 0},
       [](const Outcome& o) { return if_smoke(o, o.event.smoke_person_min); }},
      {{"platform_load_max", "persons/m2", "ホームの最大密度", "Highest load of the platform",
        "駅で列車を待つ人数 / 待合・ホームの面積、の最大値",
        "most people waiting for trains over the area of the platform", Better::lower, 2},
       [](const Outcome& o) { return if_trains(o, o.event.platform_load_max); }},
      {{"platform_wait_person_h", "person h", "列車待ちの延べ時間", "Waiting for trains",
        "駅で列車を待った延べ時間", "person-hours spent waiting for trains", Better::lower, 1},
       [](const Outcome& o) { return if_trains(o, o.event.platform_wait_s / 3600); }},
      {{"left_at_station", "persons", "駅に残った人数", "Left at the station",
        "計算終了時に列車を待っている人数", "people who wait for a train at the end of the run",
        Better::lower, 0},
       [](const Outcome& o) { return if_trains(o, count_phase(o, 5, 5)); }},
      {{"event_evacuated", "persons", "会場から避難した人数", "Evacuated from the event",
        "警報を受けて会場または行き帰りの途中から避難に移った来場者の人数",
        "visitors whom a warning moved to evacuate from the event or on the way there or back",
        Better::neither, 0},
       [](const Outcome& o) {
         return if_event(o, o.has("persons") ? count_phase(o, 7, 7) : kNotApplicable);
       }},
      {{"not_home", "persons", "帰宅していない人数", "Not home yet", "計算終了時にまだ会場か路上にいる来場者",
        "visitors who are still in the area or on the streets at the end of the run", Better::lower, 0},
       [](const Outcome& o) {
         return if_event(o, count_phase(o, 2, 4) + count_phase(o, 6, 6) + count_phase(o, 9, 13));
       }},
  };
  return list;
}

}  // namespace chimata
