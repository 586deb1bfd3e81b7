/// People on foot on links: density, width, counterflow, queues, stairs, slope and water.
#pragma once

#include <memory>

#include "chimata/core/parameter.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"
#include "chimata/people/wading.hpp"

namespace chimata {

/// Which density-speed law moves people along a link.
enum class WalkingLaw : std::uint8_t {
  weidmann,  ///< speed from the density of the street, Weidmann 1993
  crowdwalk  ///< CrowdWalk's one-dimensional forces on lanes, Yamashita et al. 2014
};

/// Everything about walking on links that can be set.
struct WalkingModel {
  WalkingLaw law = WalkingLaw::weidmann;
  double jam_density = 5.4;         ///< persons/m², where the Weidmann speed is 0
  double weidmann_gamma = 1.913;    ///< persons/m²
  double storage_density = 5.0;     ///< persons/m², a link holding more takes nobody in
  double slowest_speed = 0.05;      ///< m/s, shuffling in a jam
  double specific_flow = 1.22;      ///< persons/m/s, most that passes a metre of width
  double stairs_up = 0.5;           ///< fraction of level speed
  double stairs_down = 0.6;         ///< fraction of level speed
  bool slope = true;                ///< apply Tobler's slope factor where there is terrain
  Duration squeeze_after{120'000};  ///< blocked that long, a person squeezes into a full link (counted)
  bool record_entries = true;       ///< keep who entered which link when (for maps and animation)
};
[[nodiscard]] const Declarations<WalkingModel>& walking_parameters();

/// Speed at `density` persons/m² as a fraction of free speed: 1 - exp(-gamma (1/density - 1/jam)), Weidmann
/// 1993.
[[nodiscard]] double weidmann_factor(double density, double gamma, double jam_density);

/// Tobler's hiking function relative to level ground, 6 exp(-3.5 |S + 0.05|) km/h (Tobler 1993).
[[nodiscard]] double tobler_factor(double grade);

/// The engine "walking". Reads the fields "depth.streets" (m) and "velocity.streets" (m/s) if there are any,
/// one value per street sample of `World::samples`. Where velocity is known, water sweeps people away. Hands
/// everyone who reaches their goal, finds no way on or is swept away to process `hand_over_to`, with the
/// reason; those swept away as casualties. Whoever is asked for by an order is handed over where they stand,
/// unless water has stopped them: then when it lets them go. Where there are cars, made before, it reads
/// "crossing.delay" and writes "crossing.walkers"; where there are areas, made before the crowds,
/// "room.gates".
[[nodiscard]] std::unique_ptr<Process> make_walking(std::shared_ptr<const World> world,
                                                    const WalkingModel& model, const WadingModel& wading,
                                                    Fields& fields, ProcessIndex hand_over_to);

}  // namespace chimata
