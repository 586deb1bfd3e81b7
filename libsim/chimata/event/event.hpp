/// Who comes to an event, when, by which gate, and how they get home.
#pragma once

#include <memory>
#include <optional>

#include "chimata/event/model.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"

namespace chimata {

/// What the service needs besides the world.
struct EventSetting {
  ProcessIndex walking = 1, crowds = 2;
  std::size_t residents = 0;  ///< people from this row on come and go by train
  double gate_flow = 1.33;    ///< persons/(m s) that staff reckon with
  ProcessIndex own = 0;       ///< of this service
  /// The service that holds people while they are at home, asks for those whom a warning moves, and must be
  /// process 0; none: this one does.
  std::optional<ProcessIndex> home_keeper = {};
  const Field* warning_level = nullptr;  ///< "warning.areas"; null: nobody warns
};

/// The service "event" at the first of `World::areas`. Without a `home_keeper` it must be process 0 of the
/// kernel: it holds everybody at the start, at home. With one it asks for its visitors when they have to
/// leave home, and hands them back at the door; whoever is not handed over does not come.
///
/// Whoever comes sets out so as to be there at their moment (a triangle before the start), walks to the gate
/// that is nearest to their way, and goes to the free place nearest to the centre as of then; the first to
/// come stand nearest. After the end they set out, in `blocks` from the outside to the centre, go to a gate,
/// and home; who came by train waits for the next train that has room. Whoever still is on the way when their
/// turn to leave has come turns round at the gate.
///
/// When the alert level at the area reaches `stops_at_level`, the event is over: nobody else comes, those
/// whom the announcement reaches set out at once, the others within `release`. Of those told it gives news to
/// the home keeper. Whomever the home keeper asks for is handed over where they stand on the streets, or when
/// they are through a gate.
///
/// Tables: "station" (over time), "visitors" (one row each, at the end).
/// @throws InputError if too few people live near enough, or not all have room
[[nodiscard]] std::unique_ptr<Process> make_event(std::shared_ptr<const World> world, const EventModel& model,
                                                  const EventSetting& setting);

}  // namespace chimata
