#include "chimata/analysis/causes.hpp"

#include <algorithm>
#include <cmath>

namespace chimata {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Columns that decide, as far as the run has them.
struct Evidence {
  const Outcome& outcome;
  std::vector<double> told_at, decided, departed, redirects, by_car;

  explicit Evidence(const Outcome& o)
      : outcome(o),
        told_at(o.told()),
        decided(o.person("decided")),
        departed(o.person("departed_s")),
        redirects(o.person("redirects")),
        by_car(o.by_car()) {}

  static double at(const std::vector<double>& column, std::size_t person, double otherwise) {
    return person < column.size() ? column[person] : otherwise;
  }
  [[nodiscard]] double told(std::size_t i) const { return at(told_at, i, kUnknown); }
  [[nodiscard]] double latest(std::size_t i) const {
    const auto& all = outcome.context.latest_departure;
    return i < all.size() ? all[i] : kUnknown;
  }
  [[nodiscard]] bool needs_help(std::size_t i) const {
    const Population* people = outcome.context.people;
    return people && i < people->needs_help.size() &&
           people->needs_help[PersonId{static_cast<std::uint32_t>(i)}] != 0;
  }

  [[nodiscard]] LateCause cause(std::size_t i) const {
    const double caught = outcome.caught_s(i);
    if (std::isnan(caught)) return LateCause::none;
    const double last = latest(i), when_told = told(i), left = at(departed, i, kUnknown);
    if (last == -std::numeric_limits<double>::infinity()) return LateCause::no_way;
    if (std::isnan(when_told) || when_told >= caught) return LateCause::not_told;
    if (when_told > last) return LateCause::told_too_late;
    if (at(decided, i, 1) == 0) return LateCause::stayed;
    const Outcome::Fate& fate = outcome.fate(i);
    if (std::isnan(left) && needs_help(i) && fate.helped == 0) return LateCause::no_help;
    if (std::isnan(left) || left > last) return LateCause::left_too_late;
    if (at(redirects, i, 0) > 0) return LateCause::shelter_full;
    if (at(by_car, i, 0) == 1 || fate.left_car_dry + fate.left_car_wet > 0) return LateCause::by_car;
    return LateCause::held_up;
  }

  /// How much too late somebody was, NaN if that is not the point.
  [[nodiscard]] double gap(std::size_t i, LateCause why) const {
    const double last = latest(i);
    if (why == LateCause::told_too_late) return told(i) - last;
    if (why == LateCause::left_too_late) return at(departed, i, kUnknown) - last;
    return kUnknown;
  }
};

}  // namespace

const CauseWords& words_of(LateCause cause) {
  static constexpr CauseWords words[] = {
      {"none", "逃げ遅れなし", "not caught", "", ""},
      {"no_way", "安全な経路なし", "no safe way",
       "どの避難場所へも浸水しない道がつながるか、近くに避難先を設ける",
       "a way that stays passable, or a shelter nearby"},
      {"not_told", "情報が届かない", "not told", "浸水前に全員へ情報が届く",
       "everybody is told before the water comes"},
      {"told_too_late", "情報が遅い", "told too late", "発令・伝達を最大 {} 分早める",
       "told up to {} min earlier"},
      {"stayed", "避難しないと判断", "chose to stay", "伝わった人が全員避難する、または上階で安全を確保する",
       "everybody told leaves, or is safe upstairs"},
      {"no_help", "支援者なし", "nobody to help", "要支援者の全員に支援者がつく",
       "somebody comes for everyone who needs help"},
      {"left_too_late", "出発が遅い", "left too late", "出発を最大 {} 分早める(または近くに避難先を設ける)",
       "leave up to {} min earlier, or have a shelter nearer"},
      {"shelter_full", "満員で再移動", "shelter was full", "最初に着いた避難場所に全員が入れる",
       "room for all at the first shelter"},
      {"by_car", "自動車で立ち往生", "stuck by car", "車が渋滞・冠水で止まらない、または徒歩で避難する",
       "cars are not stopped by queues or water, or people walk"},
      {"held_up", "途中の遅れ", "held up on the way", "混雑・通行止め・迂回による遅れがない",
       "no delay by crowds, closed streets or detours"},
  };
  return words[static_cast<std::size_t>(cause)];
}

LateCause cause_of(const Outcome& outcome, std::size_t person) {
  return Evidence(outcome).cause(person);
}

std::vector<LateCause> causes_of(const Outcome& outcome) {
  const Evidence evidence(outcome);
  std::vector<LateCause> causes;
  for (std::size_t i = 0; i < outcome.size(); ++i) causes.push_back(evidence.cause(i));
  return causes;
}

CauseCounts count_causes(const Outcome& outcome) {
  const Evidence evidence(outcome);
  CauseCounts counts;
  counts.worst_gap_s.fill(kUnknown);
  for (std::size_t i = 0; i < outcome.size(); ++i) {
    const LateCause why = evidence.cause(i);
    const auto c = static_cast<std::size_t>(why);
    ++counts.persons[c];
    counts.worst_gap_s[c] = std::fmax(counts.worst_gap_s[c], evidence.gap(i, why));
  }
  return counts;
}

}  // namespace chimata
