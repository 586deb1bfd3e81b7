#include "chimata/analysis/causes.hpp"
#include "chimata/analysis/kpi_entry.hpp"

namespace chimata {

namespace {

/// Without the last safe moments nobody can say whether somebody was too late.
bool known(const Outcome& o) {
  return o.has("persons") && !o.context.latest_departure.empty();
}

template <LateCause cause>
double persons(const Outcome& o) {
  return known(o) ? count_causes(o).persons[static_cast<std::size_t>(cause)] : kNotApplicable;
}

template <LateCause cause>
Kpi of_cause(const char* id, const char* formula_ja, const char* formula_en) {
  const CauseWords& words = words_of(cause);
  return {{id, "persons", "逃げ遅れの要因: " + std::string(words.label_ja),
           "Caught: " + std::string(words.label_en), formula_ja, formula_en, Better::lower, 0},
          persons<cause>};
}

}  // namespace

const std::vector<Kpi>& cause_kpis() {
  static const std::vector<Kpi> list = {
      of_cause<LateCause::no_way>(
          "late_no_way", "いつ出発しても浸水前に着ける避難場所がない人",
          "caught: no shelter can be reached ahead of the water, whenever they leave"),
      of_cause<LateCause::not_told>("late_not_told", "浸水前に危険を知らされなかった人",
                                    "caught: not told before the water came"),
      of_cause<LateCause::told_too_late>(
          "late_told_too_late", "知った時刻 > 最終出発時刻(距離 ÷ 速度で浸水前に着ける最後の時刻)の人",
          "caught: told after the last moment at which distance / speed still led to a shelter ahead of the "
          "water"),
      of_cause<LateCause::stayed>("late_stayed", "間に合う時刻に知ったが避難しないと決めた人",
                                  "caught: told in time, chose to stay"),
      of_cause<LateCause::no_help>("late_no_help", "支援が必要だが支援者が来ず出発できなかった人",
                                   "caught: needs help, nobody came, never left"),
      of_cause<LateCause::left_too_late>("late_left_too_late",
                                         "間に合う時刻に知ったが、最終出発時刻より後に出発した人",
                                         "caught: told in time, left after the last safe moment"),
      of_cause<LateCause::shelter_full>("late_shelter_full",
                                        "間に合う時刻に出発したが、満員で別の避難場所へ向かった人",
                                        "caught: left in time, was sent on from a full shelter"),
      of_cause<LateCause::by_car>("late_by_car", "間に合う時刻に自動車で出発した人",
                                  "caught: left in time by car"),
      of_cause<LateCause::held_up>("late_held_up", "間に合う時刻に徒歩で出発したが途中で遅れた人",
                                   "caught: left in time on foot, held up on the way"),
  };
  return list;
}

}  // namespace chimata
