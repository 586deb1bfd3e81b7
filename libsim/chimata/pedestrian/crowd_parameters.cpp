#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/pedestrian/crowds.hpp"

namespace chimata {

const Declarations<CrowdModel>& crowd_parameters() {
  using Model = CrowdModel;
  static const Declarations<Model> all{
      "crowds",
      "群集",
      "Crowds",
      {
          choice("law", &Model::law,
                 {"collision_free", "anticipating", "social_force", "orca", "gap_seeking"})
              .source(
                  "Tordeux, Chraibi and Seyfried 2016, Collision-free speed model for pedestrian dynamics",
                  'A')
              .label("歩行モデル", "Law of motion")
              .help("How people avoid each other in areas."),
          number("dt_s", &Model::dt, "s")
              .range(0.005, 0.1)
              .source("the collision-free speed law needs steps well below its time gap", 'C')
              .label("時間刻み", "Step")
              .help("Time between two moves of everybody in an area."),
          number("radius_m", &Model::radius, "m")
              .range(0.1, 0.5)
              .source("RiMEA guideline, test 1: a body of 0.4 m", 'B')
              .label("身体の半径", "Radius of a body")
              .help("Half the width of a person."),
          number("time_gap_s", &Model::time_gap, "s")
              .range(0.1, 5)
              .source("Tordeux, Chraibi and Seyfried 2016: 1 s; our fit of single-file data: 1.16 s", 'B')
              .label("時間間隔", "Time gap")
              .help("Free distance ahead over speed in a jam."),
          flag("quickest", &Model::quickest)
              .source("people who know a place go round a jam; how many do so is not known", 'C')
              .label("混雑を避ける", "Ways round jams")
              .help("People in areas go round places where others are held up, instead of the shortest way."),
          flag("make_way", &Model::make_way)
              .source("Nicolas et al. 2019: who stands moves to the side for whoever comes through a crowd",
                      'B')
              .label("立ち見客が道を空ける", "Standing people make way")
              .help("Those who stand and watch step aside for people who are stuck among them, and back."),
          number("gate_flow", &Model::gate_flow, "persons/(m s)")
              .range(0, 5)
              .source("IMO MSC.1/Circ.1533: 1.33; experiments find 1.6 to 2.8", 'B')
              .label("出入口の流量上限", "Flow out through gates")
              .help("0: as many as the law of motion brings through."),
          duration("measure_every", &Model::measure_every)
              .range(0.1, 60)
              .source("short against the time in which a crush builds up", 'C')
              .label("密度の計測間隔", "Time between measurements")
              .help("How often density is measured in areas."),
          number("cell_m", &Model::cell, "m")
              .range(0.25, 5)
              .source("about the width of the weights, 1 m (Helbing et al. 2007)", 'B')
              .label("密度図の格子", "Cell of the map of density")
              .help("Side of a square of the map of density."),
          duration("ways_every", &Model::ways_every)
              .range(0, 600)
              .source("13 m at a walk: fine enough for the animation", 'C')
              .label("軌跡の記録間隔", "Time between places on a way")
              .help("How often the places of those who walk in areas are kept for the animation; 0: never."),
      }};
  return all;
}

pedestrian::Law crowd_law(const std::string& name) {
  const auto& all = crowd_parameters().all;
  const auto law = std::find_if(all.begin(), all.end(), [](const auto& p) { return p.about.name == "law"; });
  const auto& names = law->about.choices;
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    const std::string guess = did_you_mean(name, names);
    throw InputError("law", "there is no law \"" + name + "\"",
                     guess.empty() ? "use " + listed(names) : guess);
  }
  CrowdModel model;
  law->set(model, name);
  return model.law;
}

}  // namespace chimata
