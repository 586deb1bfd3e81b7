/// How long somebody is served.
#pragma once

#include <cstdint>

#include "chimata/core/id.hpp"
#include "chimata/core/random.hpp"

namespace chimata::pedestrian {

enum class ServiceLaw : std::uint8_t { constant, exponential, lognormal };

/// A turnstile takes 660 persons an hour (Guide to Safety at Sports Grounds; grade B), that is 5.5 s each; a
/// hand search of people with bags 4 a minute, of people without 10 a minute (event planners' tables; B).
struct Service {
  ServiceLaw law = ServiceLaw::constant;
  double mean_s = 5.5;
  double variation = 0.5;  ///< standard deviation over mean, lognormal only (C)
};

/// s for a person at a stage: the same whenever it is asked.
[[nodiscard]] double service_time(const Service& service, PersonId person, std::uint32_t stage,
                                  Random random);

}  // namespace chimata::pedestrian
