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
          choice("rank_bound", &Model::rank_bound, {"lower", "middle", "upper"})
              .source(
                  "judgement: a rank is an interval; a plan should hold if the water is as deep as the map "
                  "allows",
                  'C')
              .label("浸水深ランクの扱い", "Depth of a rank")
              .help(
                  "For polygons with depth ranks: which end of a rank's interval counts. The topmost rank is "
                  "open and counts as its lower end."),
          number("cell_m", &Model::cell, "m")
              .range(0.5, 1000)
              .source("judgement: half a street block's width; published meshes have 5 to 25 m", 'C')
              .label("ポリゴンのメッシュ幅", "Grid of polygons")
              .help("For polygons: width of the grid cells they are laid onto."),
          flag("connected", &Model::connected)
              .source("judgement: the plain bathtub errs on the wet side", 'C')
              .label("連続した浸水のみ", "Connected water only")
              .help("For water levels: flood only what wet ground joins to a source of water."),
          number("rise_h", &Model::rise_h, "h")
              .range(0.01, 48)
              .source(
                  "judgement: no general figure; from levels of 2 to 3 cm a minute (Ishigaki, NHK 2013) 1 to "
                  "2 m in an hour",
                  'C')
              .label("到達から最大水深まで", "From arrival to greatest depth")
              .help("For maps of greatest depth and arrival: the depth rises evenly for this long."),
      }};
  return all;
}

}  // namespace chimata
