#include "chimata/people/household_parameters.hpp"

namespace chimata {

namespace {

using Model = PopulationModel;
using Bound = BoundParameter<Model>;

Bound share(const char* name, double Model::*member, const char* source, char grade, const char* ja,
            const char* en, const char* help) {
  return fraction(name, member).source(source, grade).label(ja, en).help(help);
}

// 21,151, 15,657, 9,230 and 6,630 of 55,705 thousand private households; their mean of 2.21 people, which the
// tables of e-Stat give as 2.21099, is what these shares give too
constexpr const char* kCensus =
    "総務省 令和2年国勢調査, 世帯人員別一般世帯数; mean 2.211 checked with e-Stat";
constexpr const char* kLicences =
    "警察庁 運転免許統計: 81.8 million holders at the end of 2022, 6.67 of them from 75, and 19.3 from 65 a "
    "year "
    "before, over the population of that age (総務省 人口推計)";
constexpr const char* kCare =
    "judgement: people of care level 3 to 5 (内閣府 避難行動要支援者の取組指針 names them first) over those "
    "of that age; "
    "towns list between 0.1 and 19 % of all residents (毎日新聞 2019-06-19)";

void add_sizes(std::vector<Bound>& all) {
  all.push_back(flag("households", &Model::households)
                    .source("judgement: people leave as families", 'C')
                    .label("世帯を合成する", "Form households")
                    .help("Off: everybody lives alone on the ground floor, without a car."));
  all.push_back(share("household_1", &Model::household_1, kCensus, 'B', "1人世帯の割合",
                      "Households of one, share", "Of all households; larger ones than 4 are the rest."));
  all.push_back(share("household_2", &Model::household_2, kCensus, 'B', "2人世帯の割合",
                      "Households of two, share", "Of all households."));
  all.push_back(share("household_3", &Model::household_3, kCensus, 'B', "3人世帯の割合",
                      "Households of three, share", "Of all households."));
  all.push_back(share("household_4", &Model::household_4, kCensus, 'B', "4人世帯の割合",
                      "Households of four, share", "Of all households."));
  all.push_back(share("elderly_alone", &Model::elderly_alone,
                      "総務省 令和2年国勢調査: 6.72 of 35.3 million people from 65 on live alone", 'B',
                      "一人暮らしの高齢者の割合", "Elderly people who live alone, share",
                      "Of the elderly at a home, as far as there are households of one."));
  all.push_back(share("elderly_couple", &Model::elderly_couple,
                      "総務省 令和2年国勢調査: about 6.5 million elderly couples without others", 'C',
                      "高齢者のみ2人世帯に住む高齢者の割合", "Elderly people in couples, share",
                      "Of the elderly at a home, as far as there are households of two."));
}

void add_abilities(std::vector<Bound>& all) {
  all.push_back(share("help_under_65", &Model::help_under_65, kCare, 'C',
                      "避難に支援が必要な割合（65歳未満）", "Needs help to leave, below 65",
                      "People who walk with difficulty first."));
  all.push_back(share("help_65", &Model::help_65, kCare, 'C', "避難に支援が必要な割合（65〜74歳）",
                      "Needs help to leave, 65 to 74", "People who walk with difficulty first."));
  all.push_back(share("help_75", &Model::help_75, kCare, 'C', "避難に支援が必要な割合（75歳以上）",
                      "Needs help to leave, from 75", "People who walk with difficulty first."));
  all.push_back(share("licence_18", &Model::licence_18, kLicences, 'B', "運転免許保有率（18〜64歳）",
                      "Driving licences, 18 to 64",
                      "Who walks with difficulty or needs help does not drive."));
  all.push_back(share("licence_65", &Model::licence_65, kLicences, 'B', "運転免許保有率（65〜74歳）",
                      "Driving licences, 65 to 74",
                      "Who walks with difficulty or needs help does not drive."));
  all.push_back(share("licence_75", &Model::licence_75, kLicences, 'B', "運転免許保有率（75歳以上）",
                      "Driving licences, from 75",
                      "Who walks with difficulty or needs help does not drive."));
  all.push_back(number("cars_per_household", &Model::cars_per_household, "")
                    .range(0, 4)
                    .source("自動車検査登録情報協会 2023年3月末: 1.025; by prefecture from 0.43 (東京) to "
                            "1.74 (福井) in 2019",
                            'B')
                    .label("世帯当たり自家用車台数", "Cars per household")
                    .help("Cars belong to drivers, one each; without enough drivers there are fewer cars."));
}

void add_dwellings(std::vector<Bound>& all) {
  all.push_back(share(
      "one_storey_share", &Model::one_storey_share,
      "judgement after 総務省 住宅・土地統計調査: about one detached house in eight has one storey, few "
      "flats do",
      'C', "平屋に住む世帯の割合", "Dwellings of one storey, share",
      "Where the building is unknown; all others then have two storeys."));
  all.push_back(
      number("storey_height_m", &Model::storey_height, "m")
          .range(2, 5)
          .source("国土交通省 水害ハザードマップ作成の手引き: 3.0 m of water reach the second floor", 'B')
          .label("階高", "Storey height")
          .help("Storey n lies n - 1 times this above ground."));
  all.push_back(
      share("stocked_share", &Model::stocked_share,
            "内閣府 防災に関する世論調査 2025 (速報): 59.7 % keep food for three days, 69.8 % water", 'B',
            "3日分以上の備蓄がある世帯の割合", "Households with stocks for three days, share",
            "The others' stocks last evenly between nothing and three days."));
}

}  // namespace

std::vector<Bound> household_parameters() {
  std::vector<Bound> all;
  add_sizes(all);
  add_abilities(all);
  add_dwellings(all);
  return all;
}

}  // namespace chimata
