#include <cmath>

#include "chimata/analysis/kpi_entry.hpp"

namespace chimata {

namespace {

/// Persons who went up in a building nearby (2 in the column `vertical`) or at home (1 as planned, 3 too late
/// to leave).
double went_up(const Outcome& o, bool nearby) {
  const auto vertical = o.person("vertical");
  if (vertical.empty()) return kNotApplicable;
  double count = 0;
  for (const double v : vertical) count += nearby ? v == 2 : v == 1 || v == 3;
  return count;
}

/// Calls `each(person)` for all who cannot leave without help; false if nothing is known of them.
template <class Each>
bool for_those_in_need(const Outcome& o, Each each) {
  const Population* people = o.context.people;
  if (!people || people->needs_help.size() < people->size() || !o.has("persons")) return false;
  for (std::uint32_t i = 0; i < people->size(); ++i) {
    if (people->needs_help[PersonId{i}] != 0) each(i);
  }
  return true;
}

double in_need(const Outcome& o) {
  double count = 0;
  return for_those_in_need(o, [&](std::uint32_t) { ++count; }) ? count : kNotApplicable;
}

/// Nobody came, and they neither left nor went upstairs.
double unassisted(const Outcome& o) {
  const auto departed = o.person("departed_s"), helper = o.person("helper");
  double count = 0;
  const bool known = for_those_in_need(o, [&](std::uint32_t i) {
    const bool left = i < departed.size() && !std::isnan(departed[i]);
    const bool named = i < helper.size() && helper[i] != static_cast<double>(PersonId::none_value);
    count += !left && !named && o.fate(i).helped == 0 && std::isnan(o.fate(i).upstairs_s);
  });
  return known ? count : kNotApplicable;
}

}  // namespace

const std::vector<Kpi>& help_kpis() {
  static const std::vector<Kpi> list = {
      {{"vertical", "persons", "垂直避難者", "Went upstairs", "一度でも建物の上階へ避難した人数(重複なし)",
        "persons who at least once went up in a building", Better::neither, 0},
       [](const Outcome& o) {
         if (!o.has("events")) return kNotApplicable;
         double count = 0;
         for (const auto& fate : o.fates) count += !std::isnan(fate.upstairs_s);
         return count;
       }},
      {{"vertical_own", "persons", "垂直避難(自宅)", "Upstairs at home", "自宅の上階へ避難した人数",
        "persons who went up in their own building", Better::neither, 0},
       [](const Outcome& o) { return went_up(o, false); }},
      {{"vertical_nearby", "persons", "垂直避難(近隣)", "Upstairs nearby", "近隣の建物の上階へ避難した人数",
        "persons who went up in a building nearby", Better::neither, 0},
       [](const Outcome& o) { return went_up(o, true); }},
      {{"upstairs_end", "persons", "上階に残る人(終了時)", "Upstairs at the end",
        "終了時に建物の上階にいる人数", "persons upstairs at the end", Better::neither, 0},
       [](const Outcome& o) { return o.has("census") ? o.counts.upstairs_end : kNotApplicable; }},
      {{"needs_help", "persons", "避難行動要支援者", "Need help to leave", "支援なしでは避難できない人数",
        "persons who cannot leave without help", Better::neither, 0},
       in_need},
      {{"needs_help_unassisted", "persons", "支援が届かない要支援者", "Unassisted",
        "要支援者のうち、支援者が来ず、出発も上階への移動もできなかった人数",
        "persons who need help to whom nobody came and who neither left nor went upstairs", Better::lower, 0},
       unassisted},
  };
  return list;
}

}  // namespace chimata
