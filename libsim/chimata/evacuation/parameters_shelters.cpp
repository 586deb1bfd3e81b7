#include "chimata/evacuation/parameters.hpp"

namespace chimata {

Parameters shelter_parameters() {
  using Model = EvacuationModel;
  return {choice("destination", &Model::destination, {"nearest", "assigned", "capacity_aware"})
              .source("nearest: what people know and most municipal maps say", 'C')
              .label("避難先の選び方", "How a shelter is chosen")
              .help("nearest by walking time; assigned: one per zone; capacity_aware: places given out by "
                    "walking time."),
          flag("flood_safe_only", &Model::flood_safe_only)
              .source("災害対策基本法 49条の4: 指定緊急避難場所 are designated by kind of disaster", 'B')
              .label("洪水対応の避難場所のみ", "Only shelters fit for floods")
              .help("Leave out shelters that the source marks as unfit for floods."),
          choice("hazard", &Model::hazard,
                 {"river_flood", "landslide", "storm_surge", "earthquake", "tsunami", "large_fire",
                  "inland_flood", "volcano"})
              .source("災害対策基本法 49条の4: 指定緊急避難場所 are designated by kind of disaster", 'B')
              .label("災害の種類", "Kind of disaster")
              .help("What a shelter must be fit for."),
          fraction("informed", &Model::informed)
              .source("judgement", 'C')
              .label("道路状況を知る人の割合", "Share who know the state of the streets")
              .help("They know closures and water everywhere; others see them when they get there."),
          flag("shelter_info", &Model::shelter_info)
              .source("not given unless the scenario says so", 'C')
              .label("避難所の混雑情報", "News of full shelters")
              .help("The informed know which shelters are full before they leave and on the way, and turn to "
                    "the next."),
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
          number("water_per_day_l", &Model::water_per_day, "L")
              .range(0, 100)
              .source("3 L per person and day, the norm of Japanese stock plans", 'B')
              .label("飲料水の1日必要量", "Drinking water per person and day")
              .help("Taken from each shelter's stock."),
          number("meals_per_day", &Model::meals_per_day, "")
              .range(0, 10)
              .source("three meals a day", 'C')
              .label("食事の1日必要数", "Meals per person and day")
              .help("Taken from each shelter's stock.")};
}

}  // namespace chimata
