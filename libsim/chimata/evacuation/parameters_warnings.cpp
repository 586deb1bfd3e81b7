#include "chimata/evacuation/parameters.hpp"

namespace chimata {

Parameters warning_parameters() {
  using Model = EvacuationModel;
  return {
      time_of_day("order_at", &Model::order_at)
          .source("the scenario's start unless it says otherwise", 'C')
          .label("避難指示（レベル4）の発令", "Evacuation order (level 4)")
          .help("When everyone in the warned zones is told to leave; never: no order."),
      time_of_day("elderly_at", &Model::elderly_at)
          .source("not issued unless the scenario says so", 'C')
          .label("高齢者等避難（レベル3）の発令", "Evacuation of the elderly (level 3)")
          .help("When elderly and impaired people in the warned zones are told to leave; never: not "
                "issued."),
      time_of_day("urgent_at", &Model::urgent_at)
          .source("not issued unless the scenario says so: 警戒レベル5 need not be issued", 'B')
          .label("緊急安全確保（レベル5）の発令", "Emergency safety measures (level 5)")
          .help("When everyone still at home in the warned zones is told to go up; never: not issued."),
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
      number("elderly_factor", &Model::elderly_factor, "")
          .range(0, 10)
          .source("judgement: no difference unless the scenario says so", 'C')
          .label("高齢者の避難率の倍率", "Factor on the shares for the elderly")
          .help("Multiplies both shares for elderly people; the product is cut at 1."),
      number("impaired_factor", &Model::impaired_factor, "")
          .range(0, 10)
          .source("judgement: no difference unless the scenario says so", 'C')
          .label("移動困難者の避難率の倍率", "Factor on the shares for the impaired")
          .help("Multiplies both shares for impaired people; the product is cut at 1."),
      fraction("urgent_compliance", &Model::urgent_compliance)
          .source("judgement", 'C')
          .label("垂直避難率（緊急安全確保）", "Share who go up at level 5")
          .help("Share of the households still at home that go up at level 5 if they have a floor above the "
                "water."),
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
      choice("gathering", &Model::gathering, {"together", "alone"})
          .source("households were found to leave as one in most surveys (Mileti and Sorensen 1990)", 'C')
          .label("世帯の合流", "Gathering of households")
          .help("together: a household decides as one and leaves when the last member is ready; alone: "
                "adults by themselves, dependants with one of them."),
      choice("away", &Model::away, {"come_home", "by_themselves"})
          .source("judgement", 'C')
          .label("外出中の家族", "Members who are elsewhere")
          .help("come_home: they go home on foot first; by_themselves: they go to a shelter from where they "
                "are."),
      duration("wait_for_away", &Model::wait_for_away)
          .range(0, 86'400)
          .source("judgement", 'C')
          .label("外出中の家族を待つ時間", "Wait for members who are elsewhere")
          .help("A household that is ready leaves without absent members after this time; a helper is waited "
                "for in any case."),
      duration("wait_on_way", &Model::wait_on_way)
          .range(0, 86'400)
          .source("judgement", 'C')
          .label("途中ではぐれた同行者を待つ時間", "Wait for companions on the way")
          .help("Those at a door or a dead end wait so long for companions who were separated from them.")};
}

}  // namespace chimata
