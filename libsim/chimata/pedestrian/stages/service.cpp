#include "chimata/pedestrian/stages/service.hpp"

#include <cmath>

#include "chimata/core/fast_math.hpp"

namespace chimata::pedestrian {

double service_time(const Service& service, PersonId person, std::uint32_t stage, Random random) {
  constexpr Purpose kService{"pedestrian.service"};
  switch (service.law) {
    case ServiceLaw::exponential:
      return -service.mean_s * fast::log(random.uniform(kService, person.value, stage));
    case ServiceLaw::lognormal: {
      const double variance = fast::log(1 + service.variation * service.variation);
      return service.mean_s *
             fast::exp(std::sqrt(variance) * random.normal(kService, person.value, stage) - variance / 2);
    }
    case ServiceLaw::constant:
      break;
  }
  return service.mean_s;
}

}  // namespace chimata::pedestrian
