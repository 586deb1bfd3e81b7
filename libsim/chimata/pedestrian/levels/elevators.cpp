#include "chimata/pedestrian/levels/elevators.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/core/records.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

Elevator::Elevator(const Levels& building, std::uint32_t shaft, const ElevatorModel& model,
                   const Walls& walls)
    : model_(model), cabins_(model.cabins), trips_(model.cabins, 0) {
  const std::string where = "elevator " + building.shafts()[shaft].id;
  const auto positive = [](double value) { return value > 0 && std::isfinite(value); };
  if (model.cabins == 0 || model.capacity == 0)
    throw InputError(where, "has no cabin, or no room in it", "give 1 or more");
  if (!positive(model.speed) || !positive(model.board_s) || !(model.start_s >= 0) || !(model.door_s >= 0))
    throw InputError(where, "has a speed or a time of 0 or below", "give m/s and s");
  for (const LandingPlace& place : building.landings()) {
    if (place.shaft != shaft) continue;
    by_height_.push_back(static_cast<std::uint32_t>(height_.size()));
    height_.push_back(building.levels()[place.sheet].height);
    // where there is room for a body before the door
    const Point along = unit(place.door.b - place.door.a), in = left_of(along);
    const Point middle = between(place.door.a, place.door.b, 0.5);
    std::vector<Point> spots;
    for (double off = 0.35; off < 2; off += 0.45) {
      for (const double aside : {0.0, -0.45, 0.45, -0.9, 0.9}) {
        const Point at = middle + aside * along + off * in;
        if (building.area()->contains(at) && walls.clearance(at) >= 0.25 && walls.sees(middle + 0.1 * in, at))
          spots.push_back(at);
      }
    }
    if (spots.empty())
      throw InputError(where, "nobody has room before its door on " + building.sheets()[place.sheet].id,
                       "draw it where there is floor");
    spots_.push_back(std::move(spots));
  }
  std::stable_sort(by_height_.begin(), by_height_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return height_[a] < height_[b]; });
}

double Elevator::trip_s(std::uint32_t from, std::uint32_t to) const {
  return from == to ? 0 : std::fabs(height_[from] - height_[to]) / model_.speed + model_.start_s;
}

double Elevator::expected_s(std::size_t waiting, std::uint32_t from, std::uint32_t to) const {
  const double round =
      2 * (trip_s(by_height_.front(), by_height_.back()) + model_.door_s + model_.capacity * model_.board_s);
  const auto trips = static_cast<double>(waiting / model_.capacity) + 0.5;
  return trips * round / model_.cabins + trip_s(from, to) + model_.door_s + 2 * model_.board_s;
}

void Elevator::add_riders(std::vector<PersonId>& all) const {
  for (const Rider& rider : riders_) all.push_back(rider.person);
}

void Elevator::take_out(PersonId person) {
  std::erase_if(riders_, [&](const Rider& rider) { return rider.person == person; });
}

std::size_t Elevator::load(std::uint32_t row) const {
  return static_cast<std::size_t>(
      std::count_if(riders_.begin(), riders_.end(), [&](const Rider& rider) { return rider.cabin == row; }));
}

bool Elevator::wanted(std::uint32_t row, std::uint32_t landing, const std::vector<LandingCall>& calls) const {
  for (const Rider& rider : riders_) {
    if (rider.cabin == row && rider.goal == landing) return true;
  }
  if (load(row) >= model_.capacity) return false;
  const bool called = std::any_of(calls.begin(), calls.end(),
                                  [&](const LandingCall& call) { return call.landing == landing; });
  if (!called) return false;
  for (std::uint32_t other = 0; other < cabins_.size(); ++other) {
    if (other != row && cabins_[other].state != State::idle && cabins_[other].at == landing &&
        load(other) < model_.capacity)
      return false;  // another one is there, or on its way
  }
  return true;
}

void Elevator::step(double now, bool closed, Crowd& crowd, const Walls& walls,
                    std::vector<LandingCall>& calls, std::vector<PersonId>& in, std::vector<PersonId>& out) {
  constexpr double kSoon = 1e-9;  // s; the clock goes in whole steps
  if (closed) calls.clear();
  for (std::uint32_t row = 0; row < cabins_.size(); ++row) {
    Cabin& cabin = cabins_[row];
    if (cabin.state == State::idle) {
      leave_for(cabin, row, now, calls);
    } else if (cabin.until_s <= now + kSoon) {
      serve(cabin, row, now, closed, crowd, walls, calls, in, out);
    }
  }
}

void Elevator::serve(Cabin& cabin, std::uint32_t row, double now, bool closed, Crowd& crowd,
                     const Walls& walls, std::vector<LandingCall>& calls, std::vector<PersonId>& in,
                     std::vector<PersonId>& out) {
  if (cabin.state == State::moving) {
    cabin.state = State::open, cabin.closing = 0;
    cabin.until_s += model_.door_s / 2;
    return;
  }
  const bool getting_out = std::any_of(riders_.begin(), riders_.end(), [&](const Rider& rider) {
    return rider.cabin == row && rider.goal == cabin.at;
  });
  if (getting_out) {
    // the door stays open until there is room before it
    if (get_out(row, cabin.at, crowd, walls, out)) cabin.until_s = now + model_.board_s;
    cabin.closing = 0;
    return;
  }
  if (!closed && load(row) < model_.capacity && get_in(row, cabin.at, crowd, calls, in)) {
    cabin.until_s = now + model_.board_s;
    cabin.closing = 0;
    return;
  }
  if (cabin.closing == 0) {
    cabin.closing = 1;
    cabin.until_s = now + model_.door_s / 2;
    return;
  }
  cabin.state = State::idle;
  leave_for(cabin, row, now, calls);
}

void Elevator::leave_for(Cabin& cabin, std::uint32_t row, double now, const std::vector<LandingCall>& calls) {
  const auto here = static_cast<std::int64_t>(std::find(by_height_.begin(), by_height_.end(), cabin.at) -
                                              by_height_.begin());
  const auto floors = static_cast<std::int64_t>(by_height_.size());
  if (wanted(row, cabin.at, calls)) {
    cabin.state = State::open, cabin.closing = 0;
    cabin.until_s = now + model_.door_s / 2;
    return;
  }
  for (int turn = 0; turn < 2; ++turn, cabin.upwards = -cabin.upwards) {
    for (std::int64_t floor = here + cabin.upwards; floor >= 0 && floor < floors; floor += cabin.upwards) {
      const std::uint32_t landing = by_height_[static_cast<std::size_t>(floor)];
      if (!wanted(row, landing, calls)) continue;
      cabin.until_s = now + trip_s(cabin.at, landing);
      cabin.state = State::moving, cabin.at = landing;
      ++trips_[row];
      return;
    }
  }
}

bool Elevator::get_out(std::uint32_t row, std::uint32_t at, Crowd& crowd, const Walls& walls,
                       std::vector<PersonId>& out) {
  const auto rider = std::find_if(riders_.begin(), riders_.end(),
                                  [&](const Rider& one) { return one.cabin == row && one.goal == at; });
  for (const Point spot : spots_[at]) {
    if (walls.clearance(spot) < std::min(rider->radius, 0.25)) continue;
    bool free = true;
    for (std::size_t other = 0; other < crowd.size() && free; ++other)
      free = distance(crowd.position()[other], spot) >= double{crowd.radius()[other]} + rider->radius;
    if (!free) continue;
    const Newcomer body{
        rider->person, spot, {}, rider->speed, rider->radius, rider->time_gap, static_cast<Law>(rider->law)};
    crowd.insert({&body, 1});
    out.push_back(rider->person);
    riders_.erase(rider);
    return true;
  }
  return false;
}

bool Elevator::get_in(std::uint32_t row, std::uint32_t at, Crowd& crowd, std::vector<LandingCall>& calls,
                      std::vector<PersonId>& in) {
  const auto call =
      std::find_if(calls.begin(), calls.end(), [&](const LandingCall& one) { return one.landing == at; });
  if (call == calls.end()) return false;
  gone_.assign(crowd.size(), 0);
  for (std::size_t i = 0; i < crowd.size(); ++i) {
    if (crowd.person()[i] != call->person) continue;
    gone_[i] = 1;
    riders_.push_back({double{crowd.speed()[i]}, double{crowd.radius()[i]}, double{crowd.time_gap()[i]},
                       call->person, static_cast<std::uint32_t>(crowd.law()[i]), row, call->goal});
  }
  crowd.remove(gone_);
  in.push_back(call->person);
  calls.erase(call);
  return true;
}

void Elevator::save(SnapshotWriter& out, const std::string& name) const {
  static_assert(sizeof(Cabin) == 24 && sizeof(Rider) == 40);
  put_records(out, name + "cabins", cabins_);
  put_records(out, name + "riders", riders_);
  out.put(name + "trips", trips_);
}

void Elevator::load(const SnapshotReader& in, const std::string& name) {
  get_records(in, name + "cabins", cabins_);
  get_records(in, name + "riders", riders_);
  in.get(name + "trips", trips_);
}

}  // namespace chimata::pedestrian
