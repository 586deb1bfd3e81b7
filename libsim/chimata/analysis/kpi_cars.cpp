#include <cmath>

#include "chimata/analysis/kpi_entry.hpp"

namespace chimata {

namespace {

double with_cars(const Outcome& o, double value) {
  return o.has("cars") ? value : kNotApplicable;
}

/// Times somebody stepped out of a car that stayed on the road.
double left_car(const Outcome& o, bool in_water) {
  double count = 0;
  for (const auto& fate : o.fates) count += in_water ? fate.left_car_wet : fate.left_car_dry;
  return with_cars(o, count);
}

double car_share(const Outcome& o) {
  double chose = 0, by_car = 0;
  for (const auto& fate : o.fates) chose += fate.mode != 0, by_car += fate.mode == kCar;
  return chose > 0 ? by_car / chose : kNotApplicable;
}

}  // namespace

const std::vector<Kpi>& car_kpis() {
  static const std::vector<Kpi> list = {
      {{"car_share", "1", "自動車利用率(実現値)", "Car share realised",
        "最後に選んだ手段が自動車の人数 ÷ 手段を選んだ人数",
        "persons whose last choice was the car / persons who chose how to leave", Better::neither, 3},
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
       [](const Outcome& o) {
         if (o.cars.timed) return o.cars.delay_s / 3600;
         return o.traffic_delay_known ? o.traffic_delay_s / 3600 : kNotApplicable;
       }},
      {{"cars_stalled", "persons", "冠水した車から降りた人", "Left a stalled car",
        "冠水で止まった車から降りた延べ人数", "times somebody stepped out of a car that water had stopped",
        Better::lower, 0},
       [](const Outcome& o) { return left_car(o, true); }},
      {{"cars_abandoned", "persons", "動けない車から降りた人", "Left a stuck car",
        "渋滞で動けない車から降りた延べ人数",
        "times somebody stepped out of a car that was stuck for too long", Better::lower, 0},
       [](const Outcome& o) { return left_car(o, false); }},
      {{"gridlocks", "times", "グリッドロック", "Gridlocks", "満杯の道路が輪になって互いに待つ状態の発生数",
        "rings of full links that wait for themselves", Better::lower, 0},
       [](const Outcome& o) { return with_cars(o, o.has("jams") ? o.cars.jams : kNotApplicable); }},
      {{"gridlock_vehicle_h", "vehicle h", "グリッドロックの延べ時間", "Time in gridlock",
        "グリッドロックの車の台数 × 続いた時間、合計",
        "vehicles in a gridlock x how long it lasted, added up", Better::lower, 1},
       [](const Outcome& o) {
         if (!o.has("jams")) return kNotApplicable;
         return o.cars.jams == 0 ? 0.0 : o.cars.jams_timed ? o.cars.jam_s / 3600 : kNotApplicable;
       }},
  };
  return list;
}

}  // namespace chimata
