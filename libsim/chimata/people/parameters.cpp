#include "chimata/people/household_parameters.hpp"
#include "chimata/people/population.hpp"

namespace chimata {

const Declarations<PopulationModel>& population_parameters() {
  using Model = PopulationModel;
  static const Declarations<Model> all = [] {
    Declarations<Model> declared{
        "people",
        "人口",
        "Population",
        {
            number("adult_speed_m_s", &Model::adult_speed, "m/s")
                .range(0.1, 3)
                .source("Weidmann 1993, mean free speed 1.34 m/s, as used by RiMEA and CrowdWalk", 'A')
                .label("成人の自由歩行速度（平均）", "Adults' free speed, mean")
                .help("Mean speed of adults on a level, empty, dry street."),
            number("adult_speed_sd_m_s", &Model::adult_speed_sd, "m/s")
                .range(0, 1)
                .source("Weidmann 1993, standard deviation 0.26 m/s", 'A')
                .label("成人の自由歩行速度（標準偏差）", "Adults' free speed, standard deviation")
                .help(
                    "Other classes keep the same ratio of deviation to mean; drawn within three deviations."),
            number("child_factor", &Model::child_factor, "")
                .range(0.1, 1.5)
                .source("TUNAMI-EVAC1: children walk at 0.8 of an adult's speed", 'A')
                .label("子どもの速度係数", "Children's share of adult speed")
                .help("Under 15 years."),
            number("elderly_speed_m_s", &Model::elderly_speed, "m/s")
                .range(0.1, 3)
                .source("RiMEA 4.1.1 figure of speed by age after Weidmann: 1.07 m/s at 70 years; "
                        "消防庁 津波避難対策マニュアル gives 1.0-1.1",
                        'B')
                .label("高齢者の自由歩行速度（平均）", "Elderly people's free speed, mean")
                .help("From 65 years, walking without difficulty."),
            number("impaired_speed_m_s", &Model::impaired_speed, "m/s")
                .range(0.1, 3)
                .source("消防庁 津波避難対策推進マニュアル検討会報告書: 歩行困難者 0.5 m/s", 'B')
                .label("歩行困難者の速度（平均）", "Speed of people who walk with difficulty, mean")
                .help("Any age, alone or helped by others."),
            number("night_factor", &Model::night_factor, "")
                .range(0.1, 1)
                .source("1.0 is day; 0.8 is the usual factor at night (中央防災会議 南海トラフWG 2012)", 'B')
                .label("夜間の速度係数", "Night factor on every speed")
                .help("Set 0.8 for an evacuation in the dark."),
            number("slowest_m_s", &Model::slowest, "m/s")
                .range(0.05, 1)
                .source("judgement: below the slowest assisted speed found, 0.29 m/s (愛知県弥富市, "
                        "高齢者・夜間)",
                        'C')
                .label("最低速度", "Slowest speed")
                .help("Nobody who leaves walks slower than this on a level, empty, dry street."),
            number("impaired_weight_65", &Model::impaired_weight_65, "")
                .range(0, 100)
                .source("judgement: about 7 for 65 and older together, from the age profile of disability "
                        "surveys",
                        'C')
                .label("歩行困難の重み（65〜74歳）", "Weight of impairment, 65 to 74")
                .help("How much likelier someone of this age is impaired than someone younger; the zone's "
                      "share is kept."),
            number("impaired_weight_75", &Model::impaired_weight_75, "")
                .range(0, 100)
                .source("judgement: about 7 for 65 and older together, from the age profile of disability "
                        "surveys",
                        'C')
                .label("歩行困難の重み（75歳以上）", "Weight of impairment, 75 and older")
                .help("As for 65 to 74."),
        }};
    for (auto& parameter : household_parameters()) declared.all.push_back(std::move(parameter));
    return declared;
  }();
  return all;
}

}  // namespace chimata
