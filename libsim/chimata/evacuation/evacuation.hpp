/// Who is warned, who leaves and when, where they go, and whether there is room.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chimata/city/city.hpp"
#include "chimata/core/parameter.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"
#include "chimata/people/wading.hpp"

namespace chimata {

/// How long people take from their decision to the door.
enum class DepartureLaw : std::uint8_t { rayleigh, lognormal, uniform, immediate };

/// How a place of safety is chosen.
enum class DestinationLaw : std::uint8_t {
  nearest,        ///< least walking time on the usual map
  assigned,       ///< the zone's shelter, else the nearest
  capacity_aware  ///< nearest with room: places are given out in order of walking time before anyone leaves
};

///
/// Whether someone leaves is one draw per person, compared with the share asked for: raising a share keeps
/// everyone who left before, and the same draw answers both levels, so elderly and impaired people leave
/// with the larger of the two shares. The delay is one draw per person too, so an earlier order makes
/// nobody leave later.
struct EvacuationModel {
  Time order_at{};                  ///< level 4 (避難指示); kNever: no order
  Time elderly_at = kNever;         ///< level 3 (高齢者等避難) for elderly and impaired; kNever: none
  std::vector<std::string> zones;   ///< ids of the zones warned; empty: those in the warning area, else all
  double compliance = 0.7;          ///< share of those ordered who leave
  double elderly_compliance = 0.7;  ///< share of elderly and impaired who leave at level 3
  DepartureLaw departure = DepartureLaw::rayleigh;
  Duration departure_mean{1'800'000};  ///< mean time from warning to leaving
  double departure_sigma = 0.94;       ///< of the logarithm, for lognormal
  Duration departure_latest{
      7'200'000};  ///< nobody who decided to leave does so later than this after the warning
  DestinationLaw destination = DestinationLaw::nearest;
  bool flood_safe_only = true;  ///< use only shelters fit for floods
  double informed =
      0.5;  ///< share who know closures and water everywhere (others see them when they get there)
  bool redirect = true;            ///< whoever finds a shelter full is sent to the next with room
  Duration retry_every{300'000};   ///< how often those cut off look for a way again
  double shelter_closes_at = 0.5;  ///< m of water at a shelter from which it takes nobody in; its people stay
};
[[nodiscard]] const Declarations<EvacuationModel>& evacuation_parameters();

/// A shelter as this scenario has it (moved, enlarged, closed).
struct ShelterPlan {
  std::string id, name;
  Point position;
  std::uint32_t capacity = 0;
  bool flood_safe = true;
  AccessPoint access;
};

/// The service "evacuation"; holds everyone at home, waiting and sheltered. Must be process 0 of the kernel:
/// it holds everybody at the start. Reads "depth.homes" and "depth.shelters" (m) if there are such fields;
/// sends people to process `walking`.
///
/// Home: warned -> `preparing` at the warning they heed -> `travelling` from the door. Water at home at or
/// above what the person can walk in turns `home` and `preparing` into `caught_at_home`; when it falls below,
/// they are `home` or `preparing` again and leave at their time, or at once if that has passed. Shelter:
/// people are admitted in order of (moment, person) while there is room and the site is not too deep. Whoever
/// finds no room is counted as turned away and sent to the nearest other shelter with room, as known at the
/// door; with none, or without redirection, they wait and look again every `retry_every`. No way: whoever
/// walking hands back short of the goal tries the other shelters from the nearest on; after the last they are
/// `cut_off` and look again every `retry_every`.
///
/// Tables: "persons" (one row each, at the end), "shelters" (occupancy over time).
/// @throws InputError if a zone is unknown, a warning precedes the start, or no shelter can be used
[[nodiscard]] std::unique_ptr<Process> make_evacuation(std::shared_ptr<const World> world, const Zones& zones,
                                                       std::vector<ShelterPlan> shelters,
                                                       const EvacuationModel& model,
                                                       const WadingModel& wading, const Fields& fields,
                                                       ProcessIndex walking);

}  // namespace chimata
