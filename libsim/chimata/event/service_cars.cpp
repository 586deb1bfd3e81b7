// Those who come by car: there, into a car park, and home again when all of a party are back at the car.
#include <algorithm>

#include "chimata/event/service.hpp"

namespace chimata {

bool EventService::has_car(std::uint32_t row) const {
  const PartyRow party = plan_.visits[row].party;
  return party != kAlone && cars_[party] != Car::lost && cars_[party] != Car::gone;
}

const CarPark& EventService::car_park(std::uint32_t row) const {
  return setting_.visitors.car_parks[plan_.parties[plan_.visits[row].party].park];
}

/// From turning in until somebody stands on the street, and the other way round.
Duration EventService::at_park(std::uint32_t row) const {
  const double speed = walking_speed(*world_, plan_.visits[row]);
  return model_.parking_time + duration_of(car_park(row).metres / speed);
}

void EventService::drive(Handover from, NodeId goal, Phase phase, Outbox& outbox) {
  set_phase(row_of_[from.person], phase);
  from.goal = goal;
  from.knowledge = Knowledge::informed;
  from.to = setting_.driving;
  from.state = PersonState::travelling;
  outbox.departures.push_back(from);
}

/// A car has stopped: in its park, back where it came from, or for good, in water or a jam.
void EventService::get_out(Handover arrival, Outbox& outbox) {
  const std::uint32_t row = row_of_[arrival.person];
  arrival.leader = PersonId::none();
  if (arrival.reason == HandoverReason::left_car) {
    cars_[plan_.visits[row].party] = Car::lost;
    if (fates_[row].wanted != 0) return hand_on(arrival, outbox);
    const bool comes = fates_[row].phase == Phase::driving_in && stopped_ == kNever;
    comes ? go_to_gate(arrival, outbox) : go_home(arrival, outbox);
  } else if (fates_[row].phase == Phase::driving_in) {
    park(arrival, outbox);
  } else {
    arrive(arrival.time, row, outbox);
  }
}

void EventService::park(const Handover& arrival, Outbox& outbox) {
  const std::uint32_t row = row_of_[arrival.person];
  cars_[plan_.visits[row].party] = Car::parked;
  if (fates_[row].wanted != 0) {
    Handover on_foot = arrival;
    on_foot.at = car_park(row).on_foot;
    return hand_on(on_foot, outbox);
  }
  if (stopped_ != kNever) return reach_car(arrival.time, row, outbox);  // the event is off: home again
  set_phase(row, Phase::parked);
  at_car_.add(arrival.time + at_park(row), arrival.person);
}

void EventService::reach_car(Time time, std::uint32_t row, Outbox& outbox) {
  set_phase(row, Phase::at_car);
  log_state(time, plan_.visits[row].person, PersonState::waiting, outbox);
  look_for_others(time, row);
}

/// Gets in if nobody of the party is still to come. Whoever is stuck, gone or in another's care is not waited
/// for.
void EventService::look_for_others(Time time, std::uint32_t row) {
  const PartyRow party_row = plan_.visits[row].party;
  if (party_row == kAlone || cars_[party_row] != Car::parked) return;
  const Party& party = plan_.parties[party_row];
  std::vector<std::uint32_t> here;
  Duration walk{0};
  for (std::uint32_t member = party.first; member < party.first + party.people; ++member) {
    switch (fates_[member].phase) {
      case Phase::at_car:
        here.push_back(member);
        walk = std::max(walk, at_park(member));
        break;
      case Phase::at_home:
      case Phase::stuck:
      case Phase::evacuated:
      case Phase::casualty:
        break;
      default:
        return;  // still to come, or the party gets in already
    }
  }
  if (here.empty()) return;
  for (const std::uint32_t member : here) set_phase(member, Phase::boarding);
  at_car_.add(time + walk, plan_.visits[here.front()].person);
}

void EventService::act_at_car(Time time, PersonId person, Outbox& outbox) {
  const std::uint32_t row = row_of_[person];
  if (fates_[row].phase == Phase::parked) {
    go_to_gate({.time = time, .person = person, .at = car_park(row).on_foot, .goal = {}}, outbox);
  } else {  // somebody of the party may have been called away meanwhile, the others go
    drive_off(time, plan_.visits[row].party, outbox);
  }
}

void EventService::drive_off(Time time, PartyRow row, Outbox& outbox) {
  const Party& party = plan_.parties[row];
  PersonId driver = PersonId::none();
  for (std::uint32_t member = party.first; member < party.first + party.people; ++member) {
    if (fates_[member].phase != Phase::boarding) continue;
    const PersonId person = plan_.visits[member].person;
    if (!driver.valid()) driver = person;
    log_state(time, person, PersonState::travelling, outbox);
    drive({.time = time, .person = person, .at = car_park(member).by_car, .goal = {}, .leader = driver},
          world_->people->home_node[person], Phase::driving_out, outbox);
  }
  if (driver.valid()) cars_[row] = Car::gone;
}

void EventService::record_car_parks(Time time, TableSet& tables) {
  if (plan_.parties.empty()) return;
  std::vector<std::uint32_t> cars(setting_.visitors.car_parks.size(), 0);
  for (PartyRow row = 0; row < cars_.size(); ++row) {
    if (cars_[row] == Car::parked) ++cars[plan_.parties[row].park];
  }
  Table& table = tables.try_emplace("car_parks", "Cars of those at the event").first->second;
  for (std::uint32_t park = 0; park < cars.size(); ++park) {
    table.column<double>("t_s", "moment, s since the start").push_back(seconds(time));
    table.column<std::uint32_t>("car_park", "row of the event's car parks").push_back(park);
    table.column<std::uint32_t>("cars", "cars in it").push_back(cars[park]);
    table.column<std::uint32_t>("spaces", "cars that have room in it")
        .push_back(setting_.visitors.car_parks[park].spaces);
  }
}

}  // namespace chimata
