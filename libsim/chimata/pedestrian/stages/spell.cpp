#include "chimata/pedestrian/stages/spell.hpp"

#include <cmath>
#include <numbers>

#include "chimata/core/fast_math.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kWidest = 0.57736;  // 1 / sqrt(3), rounded up: a uniform law begins at 0 then

}  // namespace

std::string fault_of(const Spell& spell) {
  if (!(spell.mean_s >= 0) || !std::isfinite(spell.mean_s))
    return "has a mean of " + std::to_string(spell.mean_s) + " s; give 0 s or more";
  const bool spreads = spell.law == SpellLaw::lognormal || spell.law == SpellLaw::uniform;
  if (!spreads) return {};
  if (!(spell.variation > 0 && spell.variation < 10))
    return "has a variation of " + std::to_string(spell.variation) +
           "; give a standard deviation over the mean above 0 and below 10";
  if (spell.law == SpellLaw::uniform && spell.variation > kWidest)
    return "begins below 0 s; give a variation of 0.577 at most";
  return {};
}

double drawn(const Spell& spell, Purpose purpose, PersonId person, std::uint32_t stage, Random random) {
  const auto share = [&] { return random.uniform(purpose, person.value, stage); };
  switch (spell.law) {
    case SpellLaw::exponential:
      return -spell.mean_s * fast::log(share());
    case SpellLaw::lognormal: {
      const double variance = fast::log(1 + spell.variation * spell.variation);
      return spell.mean_s *
             fast::exp(std::sqrt(variance) * random.normal(purpose, person.value, stage) - variance / 2);
    }
    case SpellLaw::uniform:
      return spell.mean_s * (1 + std::sqrt(3.0) * spell.variation * (2 * share() - 1));
    case SpellLaw::rayleigh:
      return spell.mean_s * std::sqrt(-4 / std::numbers::pi * fast::log(share()));
    case SpellLaw::constant:
      break;
  }
  return spell.mean_s;
}

}  // namespace chimata::pedestrian
