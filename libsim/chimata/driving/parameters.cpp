#include "chimata/driving/driving.hpp"

namespace chimata {

const Declarations<DrivingModel>& driving_parameters() {
  using M = DrivingModel;
  static const Declarations<M> all{
      "driving",
      "自動車",
      "Driving",
      {number("jam_spacing_m", &M::jam_spacing, "m")
           .range(3, 30)
           .source("queued cars at 7 to 8 m each, HCM 2000 chapter 16 (25 ft)", 'B')
           .label("停止時の車頭間隔", "Spacing in a jam")
           .help("Length of lane that a standing car takes, with the gap before it."),
       number("wave_speed_m_s", &M::wave_speed, "m/s")
           .range(1, 15)
           .source("Newell 1993; measured 15 to 20 km/h everywhere (Chiabaut, Leclercq, Buisson 2010)", 'B')
           .label("渋滞波の速度", "Wave speed")
           .help("Speed at which the front of a dissolving queue runs backwards."),
       number("saturation_flow_veh_s", &M::saturation_flow, "1/s")
           .range(0.05, 1)
           .source(
               "1,800 vehicles an hour and lane: 平面交差の計画と設計 (2,000 less usual corrections), HCM "
               "2000 (1,900)",
               'B')
           .label("飽和交通流率", "Saturation flow")
           .help("Most vehicles a second that leave one lane, where the map states no capacity."),
       number("bay_length_m", &M::bay_length, "m")
           .range(0, 500)
           .source("shortest storage of a turn lane, 30 m: 道路構造令の解説と運用", 'B')
           .label("付加車線長", "Turn bay")
           .help("On streets of two lanes or more, cars that cannot turn stand aside over this length."),
       number("signal_cycle_s", &M::signal_cycle, "s")
           .range(20, 300)
           .source("60 to 120 s is usual: HCM 2000 chapter 16; 交通信号の手引", 'B')
           .label("信号周期", "Signal cycle")
           .help("Cycle of signals that the map gives no plan for."),
       number("signal_intergreen_s", &M::signal_intergreen, "s")
           .range(0, 20)
           .source("yellow 3 s and all red 2 s: 交通信号の手引", 'B')
           .label("黄・全赤時間", "Intergreen")
           .help("Yellow and all-red between two phases of such signals."),
       number("walkers_green_s", &M::walkers_green, "s")
           .range(0, 120)
           .source("15 m of street at 1 m/s with 5 s to begin", 'C')
           .label("歩行者青時間", "Green for walkers")
           .help("Time that a signal away from crossings keeps cars for people on foot in each cycle."),
       number("walker_blocks_s", &M::walker_blocks, "s")
           .range(0, 30)
           .source("one lane of 3.5 m at Weidmann's 1.34 m/s", 'C')
           .label("歩行者一人の遮断時間", "Blocking by a walker")
           .help("Time for which one person crossing keeps cars from leaving a street without signal."),
       number("walker_gap_s", &M::walker_gap, "s")
           .range(0, 60)
           .source("HCM 2000 equation 18-17: 3.5 m of lane at 1.34 m/s and 3 s to start", 'B')
           .label("歩行者の横断ギャップ", "Gap for a walker")
           .help("Gap between cars that a person on foot needs to cross where there is no signal."),
       fraction("past_wreck", &M::past_wreck)
           .source("HCM 2000 exhibit 22-6 for one of two lanes blocked; here the other direction's", 'C')
           .label("放置車両の脇の通過率", "Flow past a car left")
           .help("Share of the flow that still passes where cars are left on every lane."),
       number("gate_flow", &M::gate_flow, "cars/s")
           .range(0.01, 10)
           .source("entrances with tickets take some 400 to 600 cars/h; here people wave cars in", 'C')
           .label("駐車場入口の処理能力", "Flow into a car park")
           .help("Cars that one car park takes in each second; the others queue on the road."),
       choice("gridlock", &M::gridlock, {"keep", "reroute"})
           .source("nobody is ever moved by magic", 'C')
           .label("グリッドロック", "Gridlock")
           .help("Whether drivers in a ring of full streets wait for ever or look for another way."),
       duration("patience_s", &M::patience)
           .range(1, 86400)
           .source("more than two signal cycles", 'C')
           .label("グリッドロックの判定時間", "Patience")
           .help("A ring of full streets in which nobody has moved for so long is reported as a gridlock."),
       duration("abandon_after_s", &M::abandon_after)
           .range(0, 86400)
           .source("off unless asked for: surveys tell that cars were left in 2011, not after how long", 'C')
           .label("車両放棄までの時間", "Leave the car after")
           .help("Drivers who stood so long on one street go on on foot; 0 for never."),
       duration("news_every_s", &M::news_every)
           .range(1, 86400)
           .source("VICS and probe services renew every 5 minutes", 'B')
           .label("交通情報の更新間隔", "Traffic news")
           .help("How often informed drivers learn of present travel times."),
       integer("perceptions", &M::perceptions, "")
           .range(1, 64)
           .source("UXsim's drivers, too, change over in parts; 4 lets a quarter change at a time", 'C')
           .label("情報利用者の群数", "Perceptions")
           .help("Kinds of informed drivers: each hears news in its turn and sees travel times its own way."),
       fraction("perception_spread", &M::perception_spread)
           .source("Burrell 1968, multiple route assignment: uniform around the true time", 'C')
           .label("所要時間認知のばらつき", "Spread of perceived times")
           .help("Informed drivers see the time of a link as the true one, up to this share more or less."),
       flag("record_entries", &M::record_entries)
           .source("for maps and animation", 'C')
           .label("進入記録", "Record entries")
           .help("Whether to keep which car entered which street when.")}};
  return all;
}

const Declarations<FordingModel>& fording_parameters() {
  using M = FordingModel;
  static const Declarations<M> all{
      "fording",
      "自動車と浸水",
      "Cars in water",
      {choice("law", &M::law, {"pregnolato", "linear", "none"})
           .source("Pregnolato et al. 2017, Transportation Research D 55", 'B')
           .label("速度低下則", "Law of speed")
           .help("How depth slows cars: Pregnolato's curve, evenly, or not at all before they stall."),
       number("stall_depth_m", &M::stall_depth, "m")
           .range(0.05, 3)
           .source("Pregnolato et al. 2017: 300 mm; JAF test: sedans pass 0.3 m, stall at 0.6 m", 'B')
           .label("停止水深", "Stalling depth")
           .help("Depth from which engines stop and people step out."),
       number("float_depth_m", &M::float_depth, "m")
           .range(0.05, 5)
           .source("Suga 1995; TUNAMI-EVAC: casualties in cars from 0.5 m", 'B')
           .label("浮上水深", "Floating depth")
           .help("Depth from which a car floats away with whoever is inside."),
       number("avoid_depth_m", &M::avoid_depth, "m")
           .range(0, 3)
           .source("as on foot", 'C')
           .label("回避水深", "Avoided depth")
           .help("Drivers who know of the water do not enter a street deeper than this."),
       number("float_flow_m2_s", &M::float_flow, "m²/s")
           .range(0.05, 10)
           .source("Australian Rainfall and Runoff, P10 stage 2: small cars, depth times velocity 0.3", 'A')
           .label("流失限界", "Limit of stability")
           .help("Depth times velocity from which a small car is swept away, where velocities are known.")}};
  return all;
}

}  // namespace chimata
