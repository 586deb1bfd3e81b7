/// How long somebody is served.
#pragma once

#include "chimata/pedestrian/stages/spell.hpp"

namespace chimata::pedestrian {

using ServiceLaw = SpellLaw;

/// A turnstile takes 660 persons an hour (Guide to Safety at Sports Grounds; grade B), that is 5.5 s each; a
/// hand search of people with bags 4 a minute, of people without 10 a minute (event planners' tables; B).
struct Service : Spell {
  constexpr Service(ServiceLaw kind = ServiceLaw::constant, double mean = 5.5, double spread = 0.5)
      : Spell{kind, mean, spread} {}
};

/// s for a person at a stage: the same whenever it is asked.
[[nodiscard]] inline double service_time(const Service& service, PersonId person, std::uint32_t stage,
                                         Random random) {
  return drawn(service, Purpose{"pedestrian.service"}, person, stage, random);
}

}  // namespace chimata::pedestrian
