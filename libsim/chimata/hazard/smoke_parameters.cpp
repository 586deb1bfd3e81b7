#include "chimata/hazard/smoke.hpp"

namespace chimata {

const Declarations<SmokeFieldModel>& smoke_parameters() {
  using Model = SmokeFieldModel;
  static const char* const kDisc =
      "judgement: a disc to try a plan without a file; no fire is modelled, and no default is a fire's";
  static const Declarations<Model> all{
      "smoke",
      "煙",
      "Smoke",
      {
          choice("interpolation", &Model::interpolation, {"linear", "hold"})
              .source("judgement: grids are snapshots of smoke that changes evenly", 'C')
              .label("時間補間", "Between frames")
              .help("linear: values change evenly between frames; hold: each frame stays until the next."),
          duration("update_every", &Model::update_every)
              .range(1, 600)
              .source("judgement: smoke that spreads at 0.5 m/s needs as long for a cell of 5 m", 'C')
              .label("更新間隔", "Update interval")
              .help("How often the air in areas is brought up to date; whole seconds."),
          number("delay_h", &Model::delay_h, "h")
              .range(-48, 48)
              .source("no shift unless the scenario asks for one", 'A')
              .label("煙の遅れ", "Delay of the smoke")
              .help("The whole series comes this much later; negative: earlier."),
          number("smoke_factor", &Model::factor, "")
              .range(0, 10)
              .source("smoke as given unless the scenario asks otherwise", 'A')
              .label("減光係数の倍率", "Smoke factor")
              .help("Multiplies every extinction coefficient; gases stay as they are."),
          text("disc", &Model::disc)
              .source(kDisc, 'C')
              .label("煙の円の中心", "Middle of a disc of smoke")
              .help("In place of files: building:ID, area:ID or \"longitude, latitude\". Even smoke within a "
                    "radius, that walls do not stop."),
          time_of_day("starts_at", &Model::starts_at)
              .source("the plan", 'C')
              .label("煙の円の開始", "When the disc appears")
              .help("For a disc."),
          time_of_day("ends_at", &Model::ends_at)
              .source("the plan", 'C')
              .label("煙の円の終了", "When the disc is gone")
              .help("For a disc; never: it stays."),
          number("extinction_per_m", &Model::extinction, "1/m")
              .range(0, 100)
              .source(kDisc, 'C')
              .label("煙の円の減光係数", "Extinction coefficient of the disc")
              .help("For a disc: the same all over it. At 1/m a sign is seen from 3 m."),
          number("radius_m", &Model::radius, "m")
              .range(0, 1000)
              .source(kDisc, 'C')
              .label("煙の円の初めの半径", "Radius of the disc at its start")
              .help("For a disc."),
          number("growth_m_per_s", &Model::growth, "m/s")
              .range(0, 10)
              .source(kDisc, 'C')
              .label("煙の円の拡大速度", "Growth of the disc's radius")
              .help("For a disc: even, until largest_m."),
          number("largest_m", &Model::largest, "m")
              .range(0, 1000)
              .source(kDisc, 'C')
              .label("煙の円の最大半径", "Largest radius of the disc")
              .help("For a disc: it grows no further."),
          number("co_ppm", &Model::co, "ppm")
              .range(0, 100'000)
              .source(kDisc, 'C')
              .label("煙の円の CO 濃度", "CO in the disc")
              .help("For a disc. 0: smoke that blinds and does not poison."),
          number("co2_percent", &Model::co2, "%")
              .range(0, 50)
              .source(kDisc, 'C')
              .label("煙の円の CO2 濃度", "CO2 in the disc")
              .help("For a disc, % of volume."),
          number("o2_percent", &Model::o2, "%")
              .range(0, 20.9)
              .source("clean air", 'A')
              .label("煙の円の O2 濃度", "O2 in the disc")
              .help("For a disc, % of volume; 20.9 in clean air."),
      }};
  return all;
}

}  // namespace chimata
