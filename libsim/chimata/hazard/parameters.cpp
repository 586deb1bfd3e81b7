#include "chimata/hazard/flood.hpp"

namespace chimata {

const Declarations<FloodModel>& flood_parameters() {
  using Model = FloodModel;
  static const Declarations<Model> all{
      "flood",
      "浸水",
      "Flood",
      {
          choice("interpolation", &Model::interpolation, {"linear", "hold"})
              .source("judgement: depth rasters are snapshots of a continuous rise", 'C')
              .label("時間補間", "Between frames")
              .help("linear: depth changes evenly between frames; hold: each frame stays until the next."),
          duration("update_every", &Model::update_every)
              .range(1, 3600)
              .source("judgement: water rises by centimetres in a minute, rasters come every 5 to 60 minutes",
                      'C')
              .label("更新間隔", "Update interval")
              .help("How often depths are brought up to date; whole seconds."),
          number("delay_h", &Model::delay_h, "h")
              .range(-48, 48)
              .source("no shift unless the scenario asks for one", 'A')
              .label("浸水の遅れ", "Delay of the flood")
              .help("The whole series comes this much later; negative: earlier."),
          number("depth_factor", &Model::depth_factor, "")
              .range(0, 10)
              .source("depths as given unless the scenario asks otherwise", 'A')
              .label("浸水深の倍率", "Depth factor")
              .help("Multiplies every depth; extents stay the same."),
      }};
  return all;
}

}  // namespace chimata
