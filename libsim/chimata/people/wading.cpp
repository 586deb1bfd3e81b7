#include "chimata/people/wading.hpp"

#include <algorithm>

namespace chimata {

const Declarations<WadingModel>& wading_parameters() {
  using M = WadingModel;
  static const Declarations<M> all{
      "wading",
      "浸水中の歩行",
      "Walking in water",
      {choice("law", &M::law, {"linear", "none"})
           .source("CrowdWalk, Flood.java (AIST, 2026)", 'A')
           .label("速度低下則", "Law of slowing")
           .help("How walking speed falls with the depth of water."),
       number("reference_depth_m", &M::reference_depth, "m")
           .range(0.1, 5)
           .source("CrowdWalk, Flood.java (AIST, 2026)", 'A')
           .label("速度がゼロになる水深", "Depth of no motion")
           .help("Depth at which the linear law leaves no speed."),
       number("adult_limit_m", &M::adult_limit, "m")
           .range(0.05, 3)
           .source("Ise Bay typhoon survey: adult men about 0.7 m", 'B')
           .label("成人の限界水深", "Limit for adults")
           .help("Depth at and above which an adult cannot walk."),
       number("child_limit_m", &M::child_limit, "m")
           .range(0.05, 3)
           .source("between 0.2 m (MLIT underground guide: children cannot evacuate) and 0.5 m", 'C')
           .label("子どもの限界水深", "Limit for children")
           .help("Depth at and above which a child cannot walk."),
       number("elderly_limit_m", &M::elderly_limit, "m")
           .range(0.05, 3)
           .source("Ise Bay typhoon survey: adult women about 0.5 m, taken for the elderly", 'C')
           .label("高齢者の限界水深", "Limit for the elderly")
           .help("Depth at and above which an elderly person cannot walk."),
       number("impaired_limit_m", &M::impaired_limit, "m")
           .range(0.05, 3)
           .source("Ise Bay typhoon survey: hard for anyone from 0.3 m", 'C')
           .label("歩行困難者の限界水深", "Limit for people with difficulty walking")
           .help("Depth at and above which someone who walks with difficulty cannot walk."),
       number("avoid_depth_m", &M::avoid_depth, "m")
           .range(0.01, 3)
           .source("Ise Bay typhoon survey: hard for anyone from 0.3 m", 'B')
           .label("避ける水深", "Depth avoided")
           .help("Whoever knows the state of the streets plans no way through deeper water.")}};
  return all;
}

double wading_limit(const WadingModel& model, PersonClass person_class) {
  switch (person_class) {
    case PersonClass::adult:
      return model.adult_limit;
    case PersonClass::child:
      return model.child_limit;
    case PersonClass::elderly:
      return model.elderly_limit;
    case PersonClass::impaired:
      return model.impaired_limit;
  }
  return model.adult_limit;
}

double wading_factor(const WadingModel& model, PersonClass person_class, double depth) {
  if (!(depth > 0)) return 1;
  if (depth >= wading_limit(model, person_class)) return 0;
  if (model.law == WadingLaw::none) return 1;
  return std::max(0.0, 1 - depth / model.reference_depth);
}

}  // namespace chimata
