#include <algorithm>
#include <cmath>
#include <set>

#include "chimata/analysis/kpi_entry.hpp"

namespace chimata {

namespace {

double with_cars(const Outcome& o, double value) {
  return o.has("cars") ? value : kNotApplicable;
}

double car_share(const Outcome& o) {
  double left = 0, by_car = 0;
  for (const double car : o.by_car()) {
    if (!std::isnan(car)) ++left, by_car += car;
  }
  // whoever knows no modes says nothing of cars
  return left > 0 ? by_car / left : kNotApplicable;
}

/// Rings of full links: the table holds the links of every ring, each row with its number.
double rings(const Outcome& o) {
  if (!o.has("jams")) return kNotApplicable;
  const auto number = numbers(o.last, "jams", "jam");
  return static_cast<double>(std::set<double>(number.begin(), number.end()).size());
}

/// Time that the first vehicles of the links of all rings stood; those that stand still, to the last
/// recording.
double ring_time(const Outcome& o) {
  const auto since = numbers(o.last, "jams", "since_s"), until = numbers(o.last, "jams", "until_s");
  if (!o.has("jams") || since.size() != until.size()) return kNotApplicable;
  double sum = 0;
  for (std::size_t row = 0; row < since.size(); ++row) {
    sum += std::max(0.0, (std::isfinite(until[row]) ? until[row] : o.counts.seen_s) - since[row]);
  }
  return sum;
}

}  // namespace

const std::vector<Kpi>& car_kpis() {
  static const std::vector<Kpi> list = {
      {{"car_share", "1", "自動車利用率(実現値)", "Car share realised",
        "自動車で出発した人数(同乗を含む) ÷ 手段の分かる出発者数",
        "persons who left by car, passengers included / persons who left in a known way", Better::neither, 3},
       car_share},
      {{"car_trips", "vehicles", "走行した車", "Car trips", "避難に出た車の台数", "cars that set out",
        Better::neither, 0},
       [](const Outcome& o) { return with_cars(o, o.cars.trips); }},
      {{"car_time_mean_s", "s", "平均運転時間", "Mean driving time", "到着した車の所要時間の平均",
        "mean duration of the car trips that reached their goal", Better::neither, 0},
       [](const Outcome& o) {
         return o.cars.timed && o.cars.arrived > 0 ? o.cars.duration_s / o.cars.arrived : kNotApplicable;
       }},
      {{"car_delay_vehicle_h", "vehicle h", "車の遅れの合計", "Delay by car",
        "所要時間 − 空いた道での所要時間、全ての車の合計",
        "duration less the time the same way takes on empty roads, of all cars", Better::lower, 1},
       [](const Outcome& o) { return o.cars.timed ? o.cars.delay_s / 3600 : kNotApplicable; }},
      {{"cars_stalled", "vehicles", "冠水で止まった車", "Cars stalled",
        "冠水で止まり、または流された車の台数", "cars that water stopped or swept away", Better::lower, 0},
       [](const Outcome& o) { return o.cars.timed ? o.cars.stalled : kNotApplicable; }},
      {{"cars_abandoned", "vehicles", "乗り捨てられた車", "Cars abandoned",
        "渋滞で動けず乗り捨てられた車の台数", "cars left because they were stuck for too long", Better::lower,
        0},
       [](const Outcome& o) { return o.cars.timed ? o.cars.abandoned : kNotApplicable; }},
      {{"gridlocks", "times", "グリッドロック", "Gridlocks", "満杯の道路が輪になって互いに待つ状態の発生数",
        "rings of full links that wait for themselves", Better::lower, 0},
       rings},
      {{"gridlock_vehicle_h", "vehicle h", "グリッドロックの延べ時間", "Time in gridlock",
        "輪の各道路の先頭の車が止まっていた時間の合計",
        "time that the first car of each link of a ring stood, added up", Better::lower, 1},
       [](const Outcome& o) { return ring_time(o) / 3600; }},
  };
  return list;
}

}  // namespace chimata
