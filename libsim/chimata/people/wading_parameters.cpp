#include "chimata/people/wading.hpp"

namespace chimata {

const Declarations<WadingModel>& wading_parameters() {
  using M = WadingModel;
  static const Declarations<M> all{
      "wading",
      "浸水中の歩行",
      "Walking in water",
      {choice("law", &M::law, {"linear", "none", "exponential"})
           .source("CrowdWalk, Flood.java (AIST, 2026)", 'A')
           .label("速度低下則", "Law of slowing")
           .help("linear: in proportion to depth, to nothing at reference_depth_m; exponential: by "
                 "*_decay_per_m; "
                 "none: only the limits count."),
       number("reference_depth_m", &M::reference_depth, "m")
           .range(0.1, 5)
           .source("CrowdWalk, Flood.java (AIST, 2026)", 'A')
           .label("速度がゼロになる水深", "Depth of no motion")
           .help("Depth at which the linear law leaves no speed. 0.667 gives the quarter of normal speed at "
                 "0.5 m "
                 "of the MLIT guide for underground spaces."),
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
           .help("Whoever knows the state of the streets plans no way through deeper water."),
       number("adult_decay_per_m", &M::adult_decay, "1/m")
           .range(0, 20)
           .source(
               "Li, Song, Zhang and Bode 2026 (Acta Polytechnica CTU Proc. 57): 38.6 % (men) and 44.8 % "
               "(women) slower in 0.35 m; the mean, 41.7 %; shape C: they report ever smaller changes beyond",
               'B')
           .label("速度低下係数（成人）", "Decay of speed, adults")
           .help("Exponential law: share of speed left is exp(-decay × depth)."),
       number("child_decay_per_m", &M::child_decay, "1/m")
           .range(0, 20)
           .source("judgement: no experiment with children found; the women's 44.8 % of Li et al. 2026", 'C')
           .label("速度低下係数（子ども）", "Decay of speed, children")
           .help("As for adults."),
       number("elderly_decay_per_m", &M::elderly_decay, "1/m")
           .range(0, 20)
           .source(
               "judgement: the women's 44.8 % of Li et al. 2026; Lee, Hong and Lee 2019 measured people in "
               "suits that make old, their coefficients were not at hand",
               'C')
           .label("速度低下係数（高齢者）", "Decay of speed, elderly")
           .help("As for adults."),
       number("impaired_decay_per_m", &M::impaired_decay, "1/m")
           .range(0, 20)
           .source("judgement: as for the elderly", 'C')
           .label("速度低下係数（歩行困難者）", "Decay of speed, people with difficulty walking")
           .help("As for adults."),
       number("surroundings_factor", &M::surroundings_factor, "")
           .range(0.1, 1)
           .source(
               "1 is clear water, good shoes and light; 0.5 to 0.7 in turbid water, bad shoes or darkness "
               "(Mizuno and Nihei 2016: 30-50 % slower)",
               'B')
           .label("周囲条件の係数", "Factor for the surroundings")
           .help("On every speed in water under the linear and exponential laws."),
       choice("stability", &M::stability, {"product", "logistic", "none"})
           .source("Australian Rainfall & Runoff, Project 10 (Cox, Shand and Blacka 2010); logistic: "
                   "TUNAMI-EVAC1 "
                   "after Koshimura et al. 2006",
                   'B')
           .label("転倒・流失の判定", "Law of instability")
           .help("Who is swept away by flowing water. Without known velocity nobody is: the limits of depth "
                 "stop people."),
       number("adult_product_m2_s", &M::adult_product, "m²/s")
           .range(0.1, 10)
           .source("Cox et al. 2010: 0.6-0.8 dangerous to some adults, from 0.8 to most", 'B')
           .label("水深×流速の限界（成人）", "Depth × velocity, adults")
           .help("Product law: swept away at and above this."),
       number("child_product_m2_s", &M::child_product, "m²/s")
           .range(0.1, 10)
           .source("Cox et al. 2010: low hazard for children below 0.4", 'B')
           .label("水深×流速の限界（子ども）", "Depth × velocity, children")
           .help("As for adults."),
       number("elderly_product_m2_s", &M::elderly_product, "m²/s")
           .range(0.1, 10)
           .source("judgement: where Cox et al. 2010 call water dangerous to some adults", 'C')
           .label("水深×流速の限界（高齢者）", "Depth × velocity, elderly")
           .help("As for adults."),
       number("impaired_product_m2_s", &M::impaired_product, "m²/s")
           .range(0.1, 10)
           .source("judgement: frail people like children; Cox, Yee and Ball 2004 doubt that 0.4 is safe for "
                   "them",
                   'C')
           .label("水深×流速の限界（歩行困難者）", "Depth × velocity, people with difficulty walking")
           .help("As for adults."),
       number("fastest_water_m_s", &M::fastest_water, "m/s")
           .range(0.5, 20)
           .source("Cox et al. 2010: criteria hold up to 3 m/s in shallow water", 'B')
           .label("流速の限界", "Fastest water")
           .help(
               "Product law: nobody keeps their footing in water of 0.1 m or more that is as fast as this."),
       flag("record_exposure", &M::record_exposure)
           .source("recorded by itself where velocity is known", 'A')
           .label("遭遇した水深を記録", "Record the water met")
           .help("Greatest depth and depth × velocity each person met, and how long they stood stopped in "
                 "water.")}};
  return all;
}

}  // namespace chimata
