#include "chimata/people/wading.hpp"

#include <algorithm>

#include "chimata/core/fast_math.hpp"

namespace chimata {

namespace {

/// A figure that differs by class.
double of_class(PersonClass person_class, double adult, double child, double elderly, double impaired) {
  switch (person_class) {
    case PersonClass::adult:
      return adult;
    case PersonClass::child:
      return child;
    case PersonClass::elderly:
      return elderly;
    case PersonClass::impaired:
      return impaired;
  }
  return adult;
}

}  // namespace

double wading_limit(const WadingModel& model, PersonClass person_class) {
  return of_class(person_class, model.adult_limit, model.child_limit, model.elderly_limit,
                  model.impaired_limit);
}

bool swept_away(const WadingModel& model, PersonClass person_class, double depth, double velocity) {
  if (!(depth >= kWetDepth) || !(velocity > 0) || model.stability == StabilityLaw::none) return false;
  if (model.stability == StabilityLaw::logistic) {
    // P = 1 / (1 + exp(15.48 - z)) with z = -12.37 + 22.036 h + 11.517 u exceeds 0.5 just when z > 15.48
    return 22.036 * depth + 11.517 * velocity > 15.48 + 12.37 || depth > 0.85;
  }
  const double limit = of_class(person_class, model.adult_product, model.child_product, model.elderly_product,
                                model.impaired_product);
  return depth * velocity >= limit || velocity >= model.fastest_water;
}

double wading_factor(const WadingModel& model, PersonClass person_class, double depth) {
  if (!(depth > 0)) return 1;
  if (depth >= wading_limit(model, person_class)) return 0;
  if (model.law == WadingLaw::none) return 1;
  if (model.law == WadingLaw::exponential) {
    const double decay = of_class(person_class, model.adult_decay, model.child_decay, model.elderly_decay,
                                  model.impaired_decay);
    return model.surroundings_factor * fast::exp(-decay * depth);
  }
  return model.surroundings_factor * std::max(0.0, 1 - depth / model.reference_depth);
}

}  // namespace chimata
