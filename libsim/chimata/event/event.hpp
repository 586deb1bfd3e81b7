/// Who comes to an event, when, by which gate, and how they get home.
#pragma once

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "chimata/event/model.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"
#include "chimata/people/visitor_kinds.hpp"

namespace chimata {

/// Where those who come by car leave it.
struct CarPark {
  NodeId by_car, on_foot;    ///< where cars turn in, and where people come onto the streets
  double metres = 0;         ///< on foot from the cars to that street
  std::uint32_t spaces = 0;  ///< cars
};

/// Which of the people come from elsewhere, and where they leave their cars.
struct VisitorRows {
  std::size_t residents = 0;  ///< people from this row on come from elsewhere, by train
  std::size_t by_car_from = std::numeric_limits<std::size_t>::max();  ///< and from this row on by car
  std::vector<CarPark> car_parks = {};
  std::shared_ptr<const VisitorKinds> kinds = {};  ///< null: nobody says, they are all alike

  /// Whether some of so many people come by train.
  [[nodiscard]] bool has_trains(std::size_t people) const {
    return residents < std::min(by_car_from, people);
  }
};

/// What the service needs besides the world.
struct EventSetting {
  ProcessIndex walking = 1, crowds = 2;
  ProcessIndex driving = 0;  ///< needed if anybody comes by car
  VisitorRows visitors = {};
  double gate_flow = 1.33;  ///< persons/(m s) that staff reckon with
  ProcessIndex own = 0;     ///< of this service
  /// The service that holds people while they are at home, asks for those whom a warning moves, and must be
  /// process 0; none: this one does.
  std::optional<ProcessIndex> home_keeper = {};
  const Field* warning_level = nullptr;  ///< "warning.areas"; null: nobody warns
  const Field* smoke = nullptr;          ///< "smoke.areas"; null: there is none
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
/// Who comes by car does so in parties of `persons_per_car`, from where the road enters the town (their home
/// node) to a car park: those who come first take the one that is quickest for them. From there they walk,
/// and come back to it; the car leaves when all of the party who still can are there.
///
/// With `kinds` residents of each class come in the shares of its kinds. With `groups` some come together:
/// residents with those of their household, then with others from their street, who come by train with each
/// other, who share a car anyway. They walk at the pace of the slowest, stand beside each other, hear
/// announcements and set out together, and leave by the same gate.
///
/// Ways are planned by the streets that are open when the event starts. Whom no way leads on try the other
/// gates, then wait, and look again every 5 minutes and whenever a street is closed or opened.
///
/// When the alert level at the area reaches `stops_at_level`, the event is over: nobody else comes, those
/// whom the announcement reaches set out at once, the others within `release`. Of those told it gives news to
/// the home keeper. Smoke of `stops_in_smoke` somewhere in the area ends the event likewise, but is no news
/// to the home keeper: whoever is told of it goes home. Whomever the home keeper asks for is handed over
/// where they stand on the streets, or when they are through a gate.
///
/// Tables: "station" and "car_parks" (over time), "visitors" (one row each, at the end), "visitor_kinds".
/// @throws InputError if too few people live near enough, not all have room, or no road leads to a car park
[[nodiscard]] std::unique_ptr<Process> make_event(std::shared_ptr<const World> world, const EventModel& model,
                                                  const EventSetting& setting);

/// What of this is impossible whatever the draws: too few people near enough, too little room for them or for
/// their cars, or no way on foot from the station. Whether every car finds a park is only known in a run.
/// @throws InputError
void check_event(const World& world, const EventModel& model, const VisitorRows& visitors);

}  // namespace chimata
