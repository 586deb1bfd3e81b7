/// Who is told, who leaves, when, with whom and how, where they go, and whether there is room.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "chimata/evacuation/model.hpp"
#include "chimata/evacuation/shelter_plan.hpp"
#include "chimata/evacuation/vertical.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"
#include "chimata/people/wading.hpp"

namespace chimata {

/// An event in the same scenario, to which people go and from which this service has them back.
struct EventNearby {
  ProcessIndex process = 1;
  std::size_t residents = 0;       ///< people from this row on come from elsewhere, and only to the event
  ZoneId zone;                     ///< of the place
  Field* warning_level = nullptr;  ///< "warning.areas", written here
};

/// Whether there can be an evacuation, found out before there is one. Shelters have to be connected to the
/// streets.
///
/// @param driving  whether there is an engine that moves cars
/// @throws InputError for what make_evacuation refuses; it names the parameter, or "shelters"
void check_evacuation(const Zones& zones, const std::vector<ShelterPlan>& shelters,
                      const EvacuationModel& model, bool driving);

/// What the service needs besides the world.
struct EvacuationSetting {
  ProcessIndex walking = 1;
  std::optional<ProcessIndex> driving = {};  ///< none: everybody walks
  HomeHazard hazard = {};                    ///< empty: no hazard map, all homes count as dry
  std::optional<EventNearby> event = {};
};

/// The service "evacuation"; holds everyone at home, upstairs, waiting and sheltered. Must be process 0 of
/// the kernel: it holds everybody at the start. Reads "depth.homes" and "depth.shelters" (m) if there are
/// such fields.
///
/// People travel in *parties*: household members (and whoever helps them) who leave at one moment, walk at
/// the pace of the slowest or share a car, wait for each other at the door, and are taken in or sent on
/// together.
///
/// Home: told -> `preparing` at the warning they heed -> `travelling` when the last of the party is ready.
/// Water at home at or above what the person can walk in turns `home` and `preparing` into `upstairs` where
/// there is a floor above it, else into `caught_at_home`; when it falls below, those caught are `home` or
/// `preparing` again and leave at their time, or at once if that has passed. Shelter: parties are admitted in
/// order of (moment, person) while there is room for all of them and the site is not too deep. Whoever finds
/// no room is counted as turned away and sent to the nearest other shelter with room, as known at the door;
/// with none, or without redirection, they wait and look again every `retry_every`. No way: whoever is handed
/// back short of the goal tries the other shelters from the nearest on; after the last they go home and up if
/// that is safe, else they are `cut_off` and look again every `retry_every`. Whoever steps out of a car goes
/// on on foot.
///
/// Event: whoever is at home and has not decided to leave is handed over when an order asks for them, and is
/// then as good as away from home. Those out are told by loudspeakers, mail, a patrol car or, by the event's
/// own account, at the event; if they would heed the warning, this service asks the event for them. They set
/// out at once from where they are handed over: home to their party if it is still there, as `away` says,
/// else to a shelter. Who comes home hears there what the household has heard.
///
/// Tables: "persons" (one row each, at the end), "shelters" (over time); docs/reference/tables_evacuation.md.
/// @throws InputError if a zone is unknown, a warning precedes the start, no shelter can be used, or cars are
///         asked for and no shelter has parking
[[nodiscard]] std::unique_ptr<Process> make_evacuation(std::shared_ptr<const World> world, const Zones& zones,
                                                       std::vector<ShelterPlan> shelters,
                                                       const EvacuationModel& model,
                                                       const WadingModel& wading, const Fields& fields,
                                                       EvacuationSetting setting);

/// As above for a town in which everybody walks and no hazard map is known.
[[nodiscard]] inline std::unique_ptr<Process> make_evacuation(
    std::shared_ptr<const World> world, const Zones& zones, std::vector<ShelterPlan> shelters,
    const EvacuationModel& model, const WadingModel& wading, const Fields& fields, ProcessIndex walking) {
  return make_evacuation(std::move(world), zones, std::move(shelters), model, wading, fields,
                         EvacuationSetting{.walking = walking});
}

}  // namespace chimata
