/// The engine "crowds": people in the plane, in the areas of the world, handed over to and from the streets.
#pragma once

#include <memory>
#include <string>

#include "chimata/core/parameter.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"
#include "chimata/pedestrian/exposure.hpp"
#include "chimata/pedestrian/laws.hpp"
#include "chimata/people/visitor_kinds.hpp"
#include "chimata/people/wading.hpp"

namespace chimata {

/// Everything about crowds in areas that can be set.
struct CrowdModel {
  pedestrian::Law law = pedestrian::Law::collision_free;
  double dt = 0.05;              ///< s
  double radius = 0.2;           ///< m
  double time_gap = 1.0;         ///< s
  bool quickest = false;         ///< ways round places where people are held up, instead of the shortest
  bool make_way = true;          ///< those who stand let others through
  double gate_flow = 1.33;       ///< persons/(m s) out through gates; 0: as many as the law brings through
  Duration measure_every{2000};  ///< between two measurements of density
  double cell = 1.0;             ///< m, of the map of density
  Duration ways_every{10'000};   ///< between two looks where people went, for pictures; 0: none
};
[[nodiscard]] const Declarations<CrowdModel>& crowd_parameters();

/// Takes people in at the gates of `World::areas` and moves them to the spot or gate that is their goal.
///
/// Somebody handed over at the street node of a gate walks the rest of the street, waits outside until there
/// is room behind the gate, and is `travelling` until they enter the spot, `visiting` from then on. An order
/// sends them to another spot or gate; whoever leaves by a gate is handed to `hand_over_to`, standing on the
/// street right behind the line, at the exact moment.
///
/// With `kinds` everybody has the speed and body of their kind, and its law if it names one; else the radius
/// and law of the model and the speed of the population. Whose handovers name the same `leader` are a group:
/// they wait for each other, and stand beside each other in their spot.
///
/// Water, if the field "depth.areas" tells of any, slows people down and stops them as on the streets: who
/// cannot wade is `stranded`, and whom flowing water ("velocity.areas") sweeps away is handed over as a
/// casualty. If "room.gates" tells how many more the street behind a gate can hold, no more are let out.
///
/// Smoke ("smoke.areas", 1/m) slows people down by what they can see, and gases ("co.areas", ppm, "co2.areas"
/// and "o2_lack.areas", % of volume) poison those who breathe them in. Whoever is overcome is handed over as
/// a casualty, once, and lies where they fell: others have to go round.
///
/// Tables: "areas" and "gates" (over time), "area_ways" (who went where), "area_gates", "area_levels",
/// "guard_posts", "density" and, with smoke, "doses" (at the end): docs/reference/tables_areas.md.
/// @throws InputError if people do not fit through a gate, or the step is too long for a law
[[nodiscard]] std::unique_ptr<Process> make_crowds(std::shared_ptr<const World> world,
                                                   const CrowdModel& model, const WadingModel& wading,
                                                   const Fields& fields, ProcessIndex hand_over_to,
                                                   std::shared_ptr<const VisitorKinds> kinds = {},
                                                   const pedestrian::SmokeModel& smoke = {});
/// The law of this name, such as "gap_seeking". @throws InputError naming those there are
[[nodiscard]] pedestrian::Law crowd_law(const std::string& name);

}  // namespace chimata
