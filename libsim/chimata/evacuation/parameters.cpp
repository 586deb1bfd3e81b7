#include "chimata/evacuation/evacuation.hpp"

namespace chimata {

const Declarations<EvacuationModel>& evacuation_parameters() {
  using Model = EvacuationModel;
  static const Declarations<Model> all{
      "evacuation",
      "避難",
      "Evacuation",
      {
          time_of_day("order_at", &Model::order_at)
              .source("the scenario's start unless it says otherwise", 'C')
              .label("避難指示（レベル4）の発令", "Evacuation order (level 4)")
              .help("When everyone in the warned zones is told to leave; never: no order."),
          time_of_day("elderly_at", &Model::elderly_at)
              .source("not issued unless the scenario says so", 'C')
              .label("高齢者等避難（レベル3）の発令", "Evacuation of the elderly (level 3)")
              .help("When elderly and impaired people in the warned zones are told to leave; never: not "
                    "issued."),
          list("zones", &Model::zones)
              .source("zones in the hazard map's area unless the scenario names others", 'C')
              .label("対象地区", "Zones warned")
              .help("Ids of the zones warned; empty: all zones in the warning area, or everyone if there is "
                    "none."),
          fraction("compliance", &Model::compliance)
              .source("planning assumption; surveys after the floods of July 2018 found far less in places: "
                      "about 56 % "
                      "moved after the order in 岡山, 22.9 % went to a shelter in the flooded part of 三原",
                      'C')
              .label("避難率（避難指示）", "Share who leave on the order")
              .help("Share of those addressed by level 4 who leave."),
          fraction("elderly_compliance", &Model::elderly_compliance)
              .source("planning assumption, as for the order", 'C')
              .label("避難率（高齢者等避難）", "Share who leave on level 3")
              .help("Share of elderly and impaired people who leave at level 3; those who do not may still "
                    "heed level 4."),
          choice("departure", &Model::departure, {"rayleigh", "lognormal", "uniform", "immediate"})
              .source("Rayleigh as in the Seaside tsunami model (Mostafizi et al.) and TUNAMI-EVAC", 'A')
              .label("出発時間の分布", "Law of departure times")
              .help("How the time from warning to leaving is distributed."),
          duration("departure_mean", &Model::departure_mean)
              .range(0, 86'400)
              .source("judgement: half an hour to pack and lock up; tsunami models use minutes, flood "
                      "surveys hours",
                      'C')
              .label("出発までの平均時間", "Mean time from warning to leaving")
              .help("Mean of the whole law, before the latest departure cuts it."),
          number("departure_sigma", &Model::departure_sigma, "")
              .range(0.01, 3)
              .source("judgement: median at 64 % of the mean, a long tail", 'C')
              .label("出発時間の対数標準偏差", "Sigma of the lognormal law")
              .help("Standard deviation of the logarithm; lognormal only."),
          duration("departure_latest", &Model::departure_latest)
              .range(0, 172'800)
              .source("judgement: four times the mean, 1 in 300,000 of the Rayleigh law is later", 'C')
              .label("最も遅い出発", "Latest departure after the warning")
              .help("The law is cut here and rescaled, so nobody who decided leaves later."),
          choice("destination", &Model::destination, {"nearest", "assigned", "capacity_aware"})
              .source("nearest: what people know and most municipal maps say", 'C')
              .label("避難先の選び方", "How a shelter is chosen")
              .help("nearest by walking time; assigned: one per zone; capacity_aware: places given out by "
                    "walking time."),
          flag("flood_safe_only", &Model::flood_safe_only)
              .source("災害対策基本法 49条の4: 指定緊急避難場所 are designated by kind of disaster", 'B')
              .label("洪水対応の避難場所のみ", "Only shelters fit for floods")
              .help("Leave out shelters that the source marks as unfit for floods."),
          fraction("informed", &Model::informed)
              .source("judgement", 'C')
              .label("道路状況を知る人の割合", "Share who know the state of the streets")
              .help("They know closures and water everywhere; others see them when they get there."),
          flag("redirect", &Model::redirect)
              .source("judgement: staff at a full shelter name the next one", 'C')
              .label("満員時の誘導", "Redirect from full shelters")
              .help("Whoever finds a shelter full is sent to the nearest other with room; otherwise they "
                    "wait."),
          duration("retry_every", &Model::retry_every)
              .range(10, 86'400)
              .source("judgement", 'C')
              .label("再探索の間隔", "Interval of looking again")
              .help("How often people who are cut off or wait at a full shelter look for a way or for room."),
          number("shelter_closes_at_m", &Model::shelter_closes_at, "m")
              .range(0, 20)
              .source("国土交通省 浸水深の目安: from 0.5 m water stands above the floor", 'B')
              .label("受入停止の浸水深", "Depth at which a shelter takes nobody in")
              .help("Water at the site deeper than this; those inside stay."),
      }};
  return all;
}

}  // namespace chimata
