/// Cars on links: waves, queues, junctions, signals, water, parking gates.
#pragma once

#include <memory>
#include <vector>

#include "chimata/core/parameter.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"

namespace chimata {

/// What happens to vehicles that wait for each other in a ring of full links.
enum class GridlockPolicy : std::uint8_t {
  keep,    ///< they wait for ever, as they would; reported with the ring
  reroute  ///< drivers who have not moved for `patience` look for another way
};

/// Everything about driving that can be set.
struct DrivingModel {
  double jam_spacing = 7.5;      ///< m of lane per standing car
  double wave_speed = 5.0;       ///< m/s at which a queue dissolves backwards
  double saturation_flow = 0.5;  ///< veh/s and lane where the network says nothing of capacity
  double bay_length = 30;        ///< m in which cars of one turn stand beside the others, streets of 2 lanes
  double signal_cycle = 90;      ///< s, where a signal has no plan
  double signal_intergreen = 5;  ///< s, yellow and all-red between two phases
  double walkers_green = 20;     ///< s that a signal between crossings gives people on foot
  double walker_blocks = 2.6;    ///< s for which one person on foot keeps cars from leaving a street
  double walker_gap = 5.6;       ///< s between cars that a person on foot needs to cross
  double past_wreck = 0.35;      ///< share of the flow that passes cars left on all lanes
  double gate_flow = 0.15;       ///< cars/s that one car park takes in
  GridlockPolicy gridlock = GridlockPolicy::keep;
  Duration patience{300'000};      ///< a ring of full links that stands so long is a gridlock
  Duration abandon_after{0};       ///< who has stood so long leaves the car; 0: never
  Duration news_every{300'000};    ///< informed drivers learn of travel times so often
  std::int64_t perceptions = 4;    ///< kinds of informed drivers, who see travel times differently
  double perception_spread = 0.2;  ///< of the factors by which they see them so
  bool record_entries = true;      ///< keep who entered which link when (for maps and animation)
};
[[nodiscard]] const Declarations<DrivingModel>& driving_parameters();

/// How cars get through water.
enum class FordingLaw : std::uint8_t {
  pregnolato,  ///< v = 0.0009 w^2 - 0.5529 w + 86.9448 km/h with w in mm, Pregnolato et al. 2017
  linear,      ///< falls evenly to the stalling depth
  none         ///< full speed up to the stalling depth
};
struct FordingModel {
  FordingLaw law = FordingLaw::pregnolato;
  double stall_depth = 0.3;  ///< m, engines stop; the people step out
  double float_depth = 0.5;  ///< m, the car floats away: a casualty if anybody is still inside
  double avoid_depth = 0.1;  ///< m, drivers who know do not enter a street deeper than this
  double float_flow = 0.3;   ///< m²/s, depth times velocity from which a small car is swept away
};
[[nodiscard]] const Declarations<FordingModel>& fording_parameters();

/// Cars that can leave the road at a node: a car park's gate, an exit of the modelled area.
struct CarGate {
  NodeId node;
  double flow = 0;  ///< vehicles/s that it takes in, 0: as many as come
};

/// The engine "driving". Moves cars along links in the exact solution of Newell's simplified theory, per
/// vehicle: nothing is lost or gained by the length of a step.
///
/// A car is made when its driver is handed over (`Handover::leader` = the driver), together with everybody
/// handed over at the same moment with the same leader. It starts at node `at`, waits beside the road until
/// there is room on the first link, and drives to node `goal`; there everybody is handed to `hand_over_to`,
/// each with the reason. Whoever steps out of a car that cannot go on is handed back with reason `left_car`,
/// `on` and `along_mm`, whoever is swept away with it as a casualty; the car stays as an obstacle. Reads
/// "depth.streets", "velocity.streets" and "crossing.walkers" if there are; writes "travel_time.car" and
/// "crossing.delay".
///
/// Tables: "cars" (one row per trip), "traffic" (per link and interval), "jams" (gridlocks with their rings).
[[nodiscard]] std::unique_ptr<Process> make_driving(std::shared_ptr<const World> world,
                                                    const DrivingModel& model, const FordingModel& fording,
                                                    std::vector<CarGate> gates, Fields& fields,
                                                    ProcessIndex hand_over_to);

}  // namespace chimata
