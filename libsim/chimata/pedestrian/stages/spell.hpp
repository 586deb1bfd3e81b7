/// Times that differ from person to person: to be served, to stay, to set out.
#pragma once

#include <cstdint>
#include <string>

#include "chimata/core/id.hpp"
#include "chimata/core/random.hpp"

namespace chimata::pedestrian {

enum class SpellLaw : std::uint8_t { constant, exponential, lognormal, uniform, rayleigh };

/// Laws that are in use for service, for stays and for the time before people set out: log-normal and uniform
/// as in NIST TN 1822 test 1.1 (B), Rayleigh as in evacuation from tsunamis (Mostafizi et al.; A).
struct Spell {
  SpellLaw law = SpellLaw::constant;
  double mean_s = 0;
  /// standard deviation over mean, lognormal and uniform only (C); uniform from 0 to twice the mean: 0.577
  double variation = 0.5;
};

/// What is wrong with it, as "mean of -1 s; give ..."; nothing if it is good.
[[nodiscard]] std::string fault_of(const Spell& spell);

/// s for a person at a stage: the same whenever it is asked.
[[nodiscard]] double drawn(const Spell& spell, Purpose purpose, PersonId person, std::uint32_t stage,
                           Random random);

}  // namespace chimata::pedestrian
