#include <cmath>

#include "chimata/analysis/kpi_entry.hpp"

namespace chimata {

namespace {

/// Persons of whom `holds` is true.
template <class Predicate>
double persons(const Outcome& o, Predicate holds) {
  if (!o.has("persons") && !o.has("events")) return kNotApplicable;
  double count = 0;
  for (std::size_t i = 0; i < o.size(); ++i) count += holds(i) ? 1 : 0;
  return count;
}

bool ever(double moment) {
  return !std::isnan(moment);
}

template <PersonClass wanted>
double caught_of_class(const Outcome& o) {
  if (!o.context.people) return kNotApplicable;
  const auto& classes = o.context.people->person_class;
  return persons(o, [&](std::size_t i) {
    return i < classes.size() && classes[PersonId{static_cast<std::uint32_t>(i)}] == wanted &&
           ever(o.caught_s(i));
  });
}

double counted(const Outcome& o, double value) {
  return o.has("census") ? value : kNotApplicable;
}

}  // namespace

const std::vector<Kpi>& water_kpis() {
  static const std::vector<Kpi> list = {
      {{"caught_total", "persons", "逃げ遅れ", "Caught by the water",
        "途中または自宅で、一度でも水に動きを止められた人数(重複なし)",
        "persons whom the water stopped at least once, on the way or at home, each counted once",
        Better::lower, 0},
       [](const Outcome& o) { return persons(o, [&](std::size_t i) { return ever(o.caught_s(i)); }); }},
      {{"caught_adult", "persons", "逃げ遅れ(成人)", "Caught, adults", "逃げ遅れのうち成人",
        "of those caught by the water, adults", Better::lower, 0},
       caught_of_class<PersonClass::adult>},
      {{"caught_child", "persons", "逃げ遅れ(子ども)", "Caught, children", "逃げ遅れのうち子ども",
        "of those caught by the water, children", Better::lower, 0},
       caught_of_class<PersonClass::child>},
      {{"caught_elderly", "persons", "逃げ遅れ(高齢者)", "Caught, elderly", "逃げ遅れのうち高齢者",
        "of those caught by the water, elderly people", Better::lower, 0},
       caught_of_class<PersonClass::elderly>},
      {{"caught_impaired", "persons", "逃げ遅れ(歩行困難者)", "Caught, impaired", "逃げ遅れのうち歩行困難者",
        "of those caught by the water, people who walk with difficulty", Better::lower, 0},
       caught_of_class<PersonClass::impaired>},
      {{"stranded", "persons", "移動中の立ち往生", "Stranded on the way",
        "移動中に水深が歩行限界を超え、一度でも動けなくなった人数",
        "persons who at least once stood in water deeper than they can walk in, on the way", Better::lower,
        0},
       [](const Outcome& o) {
         return persons(o, [&](std::size_t i) { return ever(o.fate(i).stranded_s); });
       }},
      {{"caught_at_home", "persons", "自宅での浸水孤立", "Caught at home",
        "出発前に自宅の浸水が歩行限界を超えた人数(避難しないと決めた人を含む)",
        "persons whose home was flooded beyond what they can walk in before they left, those who chose to "
        "stay "
        "included",
        Better::lower, 0},
       [](const Outcome& o) {
         return persons(o, [&](std::size_t i) { return ever(o.fate(i).caught_at_home_s); });
       }},
      {{"casualties", "persons", "人的被害", "Casualties", "流され、溺れ、または煙で動けなくなった人数",
        "persons swept away, drowned or overcome by smoke", Better::lower, 0},
       [](const Outcome& o) {
         return persons(o, [&](std::size_t i) { return ever(o.fate(i).casualty_s); });
       }},
      {{"need_rescue_peak", "persons", "要救助者(最大)", "In need of rescue, peak",
        "居場所の水深が年齢区分ごとの歩行限界以上である人数(上階にいる人を除く)の、記録時刻での最大",
        "persons where the water is at least as deep as their class can walk in, those upstairs left out; "
        "the most "
        "at any recording",
        Better::lower, 0},
       [](const Outcome& o) { return counted(o, o.counts.need_rescue_peak); }},
      {{"need_rescue_end", "persons", "要救助者(終了時)", "In need of rescue, at the end",
        "同じ人数の、終了時の値", "the same at the end", Better::lower, 0},
       [](const Outcome& o) { return counted(o, o.counts.need_rescue_end); }},
      {{"cut_off", "persons", "孤立(経路なし)", "Cut off", "終了時に、水には浸からないが先へ進む道のない人数",
        "persons at the end who stand on dry ground with no way on", Better::lower, 0},
       [](const Outcome& o) { return o.has("persons") ? o.in_state(PersonState::cut_off) : kNotApplicable; }},
      {{"wet_person_min", "person min", "水中歩行の延べ時間", "Time in water",
        "水深 0.1 m 以上の所にいた延べ時間", "person-minutes on the way in water of 0.1 m or more",
        Better::lower, 0},
       [](const Outcome& o) { return o.has("legs") ? o.walks.wet_s / 60 : kNotApplicable; }},
  };
  return list;
}

}  // namespace chimata
