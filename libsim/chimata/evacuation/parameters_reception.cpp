#include "chimata/evacuation/parameters.hpp"

namespace chimata {

Parameters reception_parameters() {
  using Model = EvacuationModel;
  return {
      choice("reception", &Model::reception, {"at_once", "channels"})
          .source("everybody hears at once unless channels are asked for", 'C')
          .label("情報の届き方", "How warnings reach people")
          .help("at_once: at the moment of issue; channels: by loudspeakers, mail, media, patrol cars and "
                "neighbours."),
      flag("night", &Model::night)
          .source("day unless the scenario says so", 'C')
          .label("夜間", "Night")
          .help("People sleep: the reaches of all channels are multiplied by their night factors."),
      fraction("siren_reach", &Model::siren_reach)
          .source("サーベイリサーチセンター, 宮城県 2011 (n = 451): 57 % heard the tsunami warning, of those "
                  "47 % by loudspeakers",
                  'B')
          .label("防災行政無線の到達率", "Reach of loudspeakers")
          .help("Share of people whom loudspeakers reach."),
      fraction("siren_night", &Model::siren_night)
          .source("judgement: heavy rain and closed windows count here too", 'C')
          .label("防災行政無線の夜間係数", "Night factor of loudspeakers")
          .help("Multiplies the reach at night."),
      duration("siren_delay", &Model::siren_delay)
          .range(0, 86'400)
          .source("judgement: messages are repeated every few minutes", 'C')
          .label("防災行政無線の平均遅れ", "Mean delay of loudspeakers")
          .help("Mean of an exponential law from the issue (neighbours: from being told) to reception."),
      fraction("mail_reach", &Model::mail_reach)
          .source("judgement: cell broadcast reaches most phones, half are read at once", 'C')
          .label("緊急速報メールの到達率", "Reach of area mail")
          .help("Share of people whom area mail reach."),
      fraction("mail_night", &Model::mail_night)
          .source("judgement: phones silent or in another room", 'C')
          .label("緊急速報メールの夜間係数", "Night factor of area mail")
          .help("Multiplies the reach at night."),
      duration("mail_delay", &Model::mail_delay)
          .range(0, 86'400)
          .source("judgement: delivered within a minute", 'C')
          .label("緊急速報メールの平均遅れ", "Mean delay of area mail")
          .help("Mean of an exponential law from the issue (neighbours: from being told) to reception."),
      fraction("media_reach", &Model::media_reach)
          .source("サーベイリサーチセンター, 宮城県 2011 (n = 451): 57 % heard the tsunami warning, of those "
                  "34 % by radio or television",
                  'B')
          .label("テレビ・ラジオ・ウェブの到達率", "Reach of television, radio and web")
          .help("Share of people whom television, radio and web reach."),
      fraction("media_night", &Model::media_night)
          .source("judgement: screens are off", 'C')
          .label("テレビ・ラジオ・ウェブの夜間係数", "Night factor of television, radio and web")
          .help("Multiplies the reach at night."),
      duration("media_delay", &Model::media_delay)
          .range(0, 86'400)
          .source("judgement: tickers and news come round", 'C')
          .label("テレビ・ラジオ・ウェブの平均遅れ", "Mean delay of television, radio and web")
          .help("Mean of an exponential law from the issue (neighbours: from being told) to reception."),
      fraction("patrol_reach", &Model::patrol_reach)
          .source("サーベイリサーチセンター, 宮城県 2011 (n = 451): 57 % heard the tsunami warning, of those "
                  "13 % by patrol cars",
                  'B')
          .label("広報車の到達率", "Reach of patrol cars")
          .help("Share of people whom patrol cars reach."),
      fraction("patrol_night", &Model::patrol_night)
          .source("judgement: loud, but windows are closed", 'C')
          .label("広報車の夜間係数", "Night factor of patrol cars")
          .help("Multiplies the reach at night."),
      duration("patrol_delay", &Model::patrol_delay)
          .range(0, 86'400)
          .source("judgement: they drive through street by street", 'C')
          .label("広報車の平均遅れ", "Mean delay of patrol cars")
          .help("Mean of an exponential law from the issue (neighbours: from being told) to reception."),
      fraction("neighbour_reach", &Model::neighbour_reach)
          .source("judgement: chance that a household that knows tells each of its six nearest; broadcast "
                  "and contagion as in Rogers and Sorensen 1988",
                  'C')
          .label("近隣の声かけの到達率", "Reach of neighbours")
          .help("Chance that a household that has been told tells each of its neighbours."),
      fraction("neighbour_night", &Model::neighbour_night)
          .source("judgement: people are in bed", 'C')
          .label("近隣の声かけの夜間係数", "Night factor of neighbours")
          .help("Multiplies the reach at night."),
      duration("neighbour_delay", &Model::neighbour_delay)
          .range(0, 86'400)
          .source("judgement: next door", 'C')
          .label("近隣の声かけの平均遅れ", "Mean delay of neighbours")
          .help("Mean of an exponential law from the issue (neighbours: from being told) to reception."),
      fraction("water_seen_share", &Model::water_seen_share)
          .source("nobody unless the scenario says so", 'C')
          .label("浸水を見て避難する割合", "Share who leave when they see water")
          .help("Share of households that did not act on warnings and leave when water stands at the door."),
      number("water_seen_depth_m", &Model::water_seen_depth, "m")
          .range(0, 5)
          .source("judgement: water over the kerb", 'C')
          .label("浸水に気づく水深", "Depth at which water is seen")
          .help("Water at the home from which people see it.")};
}

}  // namespace chimata
