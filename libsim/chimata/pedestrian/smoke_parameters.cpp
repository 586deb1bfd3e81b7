#include "chimata/pedestrian/exposure.hpp"

namespace chimata::pedestrian {

const Declarations<SmokeModel>& smoke_effect_parameters() {
  using Model = SmokeModel;
  static const Declarations<Model> all{
      "smoke_effects",
      "煙の影響",
      "Effects of smoke",
      {
          choice("law", &Model::law, {"jin", "frantzich_nilsson"})
              .source("NIST TN 1822 test 2.5, after Jin", 'B')
              .label("煙による速度低下則", "Law of slowing in smoke")
              .help("jin: 1 - 0.5 K of the own speed at an extinction coefficient K, and never below "
                    "least_speed_m_s; frantzich_nilsson: 1 - 0.057 K / 0.706, at least a tenth."),
          number("least_speed_m_s", &Model::least_speed, "m/s")
              .range(0, 2)
              .source("NIST TN 1822: feeling one's way along a wall", 'B')
              .label("煙の中の最低速度", "Least speed in smoke")
              .help("Law jin: nobody gets slower than this."),
          number("incapacitated_at", &Model::incapacitated_at, "")
              .range(0.01, 10)
              .source("Purser: half of all people can go no further at a dose of 1", 'B')
              .label("行動不能となる摂取量 (FED)", "Dose that overcomes people")
              .help("Fractional effective dose at which everybody falls. People differ: a plan for those who "
                    "stand "
                    "least takes less."),
          number("counts_from_per_m", &Model::counts_from, "1/m")
              .range(0.001, 10)
              .source("judgement: a sign that reflects is seen from 30 m", 'C')
              .label("煙の中と数える減光係数", "Extinction from which people count as in smoke")
              .help("For figures only."),
      }};
  return all;
}

}  // namespace chimata::pedestrian
