#include <algorithm>

#include "chimata/analysis/kpi_entry.hpp"

namespace chimata {

namespace {

/// Sum of `value(shelter row, shelter)` over the shelters that were recorded.
template <class Value>
double over_shelters(const Outcome& o, Value value) {
  if (!o.has("shelters")) return kNotApplicable;
  double sum = 0;
  for (std::size_t s = 0; s < o.shelters.size(); ++s) sum += value(s, o.shelters[s]);
  return sum;
}

double room(const Outcome& o, std::size_t shelter) {
  return shelter < o.context.shelter_capacity.size() ? o.context.shelter_capacity[shelter] : 0;
}

constexpr double kDay = 86400;  // s

template <double Outcome::Shelter::*column>
double total(const Outcome& o, bool known, double factor = 1) {
  const double sum = over_shelters(o, [](std::size_t, const Outcome::Shelter& seen) { return seen.*column; });
  return known ? sum * factor : kNotApplicable;
}

}  // namespace

const std::vector<Kpi>& shelter_kpis() {
  static const std::vector<Kpi> list = {
      {{"shelter_full_count", "shelters", "満員になった避難場所", "Shelters that filled up",
        "収容人数に達した避難場所の数", "shelters whose occupancy reached capacity", Better::lower, 0},
       [](const Outcome& o) {
         return over_shelters(o, [&](std::size_t s, const Outcome::Shelter& seen) {
           return room(o, s) > 0 && seen.peak >= room(o, s) ? 1.0 : 0.0;
         });
       }},
      {{"shelter_peak", "persons", "避難場所の最大人数", "Fullest shelter", "一つの避難場所にいた人数の最大",
        "most persons in any one shelter at any moment", Better::neither, 0},
       [](const Outcome& o) {
         double most = 0;
         for (const auto& seen : o.shelters) most = std::max(most, seen.peak);
         return o.has("shelters") ? most : kNotApplicable;
       }},
      {{"shelter_use_max_share", "1", "避難場所の最大充足率", "Highest use of a shelter",
        "最大人数 ÷ 収容人数、避難場所のうち最大", "peak occupancy / capacity, of the fullest shelter",
        Better::neither, 3},
       [](const Outcome& o) {
         double most = kNotApplicable;
         for (std::size_t s = 0; s < o.shelters.size(); ++s) {
           const double use = room(o, s) > 0 ? o.shelters[s].peak / room(o, s) : kNotApplicable;
           if (!(most >= use)) most = use;
         }
         return most;
       }},
      {{"turned_away", "persons", "満員で断られた延べ人数", "Turned away", "到着時に満員だった延べ人数",
        "arrivals at a shelter that was full", Better::lower, 0},
       [](const Outcome& o) {
         return over_shelters(o, [](std::size_t, const Outcome::Shelter& seen) { return seen.turned_away; });
       }},
      {{"redirected", "persons", "行き先を変えた延べ人数", "Redirected",
        "満員のため次の避難場所へ向かった延べ人数", "times somebody was sent on to another shelter",
        Better::lower, 0},
       [](const Outcome& o) {
         return o.has("events") ? o.events_of(Event::Kind::redirected) : kNotApplicable;
       }},
      {{"overflow_person_min", "person min", "定員超過の延べ時間", "Over capacity",
        "(避難場所の人数 − 収容人数)の正の部分と、満員の前で待つ人数の、時間についての和",
        "persons above capacity in shelters, and persons who wait for room, summed over time", Better::lower,
        0},
       [](const Outcome& o) {
         const double over =
             over_shelters(o, [](std::size_t, const Outcome::Shelter& seen) { return seen.over_capacity_s; });
         return (over + o.counts.waiting_s) / 60;
       }},
      {{"shelter_exposed", "persons", "浸水した避難場所の人数", "In flooded shelters",
        "受け入れを止める水深に達した避難場所にいた人数の最大、その合計",
        "persons inside a shelter while its site is too deep to take anyone in: the most of each shelter, "
        "added up",
        Better::lower, 0},
       [](const Outcome& o) {
         return over_shelters(o, [](std::size_t, const Outcome::Shelter& seen) { return seen.exposed; });
       }},
      {{"water_demand_l", "L", "飲料水の需要", "Water needed",
        "避難場所にいた延べ時間 × 1人1日の飲料水 water_per_day_l", "time spent in shelters x water_per_day_l",
        Better::neither, 0},
       [](const Outcome& o) {
         return total<&Outcome::Shelter::inside_s>(o, true, o.context.water_per_day / kDay);
       }},
      {{"water_short_l", "L", "飲料水の不足", "Water short",
        "飲料水が尽きた避難場所にいた延べ時間 × 1人1日の飲料水 water_per_day_l",
        "time spent in shelters whose drinking water had run out x water_per_day_l", Better::lower, 0},
       [](const Outcome& o) {
         return total<&Outcome::Shelter::dry_s>(o, o.water_known, o.context.water_per_day / kDay);
       }},
      {{"meals_demand", "meals", "食料の需要", "Meals needed",
        "避難場所にいた延べ時間 × 1人1日の食数 meals_per_day", "time spent in shelters x meals_per_day",
        Better::neither, 0},
       [](const Outcome& o) {
         return total<&Outcome::Shelter::inside_s>(o, true, o.context.meals_per_day / kDay);
       }},
      {{"meals_short", "meals", "食料の不足", "Meals short",
        "食料が尽きた避難場所にいた延べ時間 × 1人1日の食数 meals_per_day",
        "time spent in shelters whose meals had run out x meals_per_day", Better::lower, 0},
       [](const Outcome& o) {
         return total<&Outcome::Shelter::hungry_s>(o, o.meals_known, o.context.meals_per_day / kDay);
       }},
      {{"toilets_short", "toilets", "トイレの不足", "Toilets short",
        "50 人に 1 基として不足する基数の最大、避難場所の合計",
        "toilets lacking at one per 50 persons: the most of each shelter, added up", Better::lower, 0},
       [](const Outcome& o) { return total<&Outcome::Shelter::toilets_short>(o, o.toilets_known); }},
      {{"parking_refused", "vehicles", "駐車できなかった車", "Found no parking",
        "満車の避難場所に着いた車の台数", "cars that found the car park of a shelter full", Better::lower, 0},
       [](const Outcome& o) { return total<&Outcome::Shelter::parking_refused>(o, o.parking_known); }},
  };
  return list;
}

}  // namespace chimata
