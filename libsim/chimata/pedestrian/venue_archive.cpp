/// What of a venue changes during a run, as columns.
#include <algorithm>
#include <cmath>

#include "chimata/core/records.hpp"
#include "chimata/pedestrian/venue.hpp"

namespace chimata::pedestrian {

namespace {

template <class T>
std::vector<T> copy(std::span<T> column) {
  return {column.begin(), column.end()};
}
template <class T>
std::vector<T> copy(std::span<const T> column) {
  return {column.begin(), column.end()};
}

std::string stage_name(std::size_t row) {
  return "stage" + std::to_string(row) + "/";
}

}  // namespace

void Venue::save(SnapshotWriter& out) const {
  out.put_value("steps", steps_);
  out.put_value("left", static_cast<std::uint64_t>(left_));
  save_crowd(out);
  std::vector<std::uint8_t> stands(walls_.size());
  for (WallRow row = 0; row < walls_.size(); ++row) stands[row] = walls_.stands(row) ? 1 : 0;
  out.put("wall_stands", stands);
  const auto next = gate_changes_.begin() + static_cast<std::ptrdiff_t>(next_change_);
  put_records(out, "gate_changes", std::vector<GateChange>(next, gate_changes_.end()));
  put_records(out, "plans", static_cast<const std::vector<Plan>&>(plan_));
  put_records(out, "passings", passings_);
  put_records(out, "departures", departures_);
  put_records(out, "exposures", static_cast<const std::vector<Exposure>&>(exposures_));
  const auto next_door = door_changes_.begin() + static_cast<std::ptrdiff_t>(next_door_);
  put_records(out, "door_changes", std::vector<DoorChange>(next_door, door_changes_.end()));
  put_records(out, "changes_of_mind", changes_);
  choices_.save(out);
  if (model_.quickest) crowding_.save(out);
  outside_.save(out);
  journeys_.save(out);
  groups_.save(out);
  if (storeys_) storeys_->save(out);
  for (std::size_t row = 0; row < stages_.size(); ++row)
    std::visit([&](const auto& does) { does.save(out, stage_name(row)); }, stages_[row].does);
}

void Venue::load(const SnapshotReader& in, Arena& arena) {
  std::uint64_t left = 0;
  in.get_value("steps", steps_);
  in.get_value("left", left);
  left_ = left;
  load_crowd(in);
  std::vector<std::uint8_t> stands;
  in.get("wall_stands", stands);
  std::vector<WallRow> changed;
  for (WallRow row = 0; row < stands.size(); ++row) {
    if (walls_.stands(row) == (stands[row] != 0)) continue;
    walls_.set_standing(row, stands[row] != 0);
    changed.push_back(row);
  }
  if (!changed.empty()) ways_.update(changed, arena);
  get_records(in, "gate_changes", gate_changes_);
  next_change_ = 0;
  get_records(in, "plans", static_cast<std::vector<Plan>&>(plan_));
  get_records(in, "passings", passings_);
  get_records(in, "departures", departures_);
  get_records(in, "exposures", static_cast<std::vector<Exposure>&>(exposures_));
  exposures_.resize(plan_.size(), Exposure{});
  get_records(in, "door_changes", door_changes_);
  next_door_ = 0;
  get_records(in, "changes_of_mind", changes_);
  choices_.load(in);
  if (model_.quickest) {
    crowding_.load(in);
    ways_.set_delay(crowding_.frame(), crowding_.extra(), arena);
  }
  outside_.load(in);
  journeys_.load(in);
  if (storeys_) storeys_->load(in);
  for (std::size_t row = 0; row < stages_.size(); ++row)
    std::visit([&](auto& does) { does.load(in, stage_name(row)); }, stages_[row].does);
  groups_.clear();
  undecided_.clear();
  std::fill(bound_.begin(), bound_.end(), 0);
  if (storeys_) {
    for (const PersonId person : storeys_->riding()) {
      ++bound_[plan_[person].stage];
      if (plan_[person].undecided != 0) undecided_.push_back(person);
    }
  }
  for (const PersonId person : crowd_.person()) {
    ++bound_[plan_[person].stage];
    if (!std::isfinite(exposures_[person].down_s)) groups_.add(person, plan_[person].group);
    if (plan_[person].undecided != 0) undecided_.push_back(person);
  }
  groups_.load(in);
}

void Venue::save_crowd(SnapshotWriter& out) const {
  out.put("person", crowd_.person());
  put_records(out, "position", copy(crowd_.position()));
  put_records(out, "velocity", copy(crowd_.velocity()));
  put_records(out, "aim", copy(crowd_.aims()));
  out.put("speed_factor", crowd_.speed_factor());
  out.put("corner", crowd_.note());
  out.put("speed", crowd_.speed());
  out.put("radius", crowd_.radius());
  out.put("time_gap", crowd_.time_gap());
  out.put("law", crowd_.law());
}

void Venue::load_crowd(const SnapshotReader& in) {
  std::vector<PersonId> person;
  std::vector<Point> position, velocity, aim;
  std::vector<float> factor, speed, radius, time_gap;
  std::vector<std::uint32_t> corner;
  std::vector<Law> law;
  in.get("person", person);
  get_records(in, "position", position);
  get_records(in, "velocity", velocity);
  get_records(in, "aim", aim);
  in.get("speed_factor", factor);
  in.get("corner", corner);
  in.get("speed", speed);
  in.get("radius", radius);
  in.get("time_gap", time_gap);
  in.get("law", law);
  std::vector<Newcomer> people;
  for (std::size_t i = 0; i < person.size(); ++i) {
    // the least that is allowed has become a little less with seven digits
    people.push_back({person[i], position.at(i), velocity.at(i), double{speed.at(i)},
                      std::max(0.01, double{radius.at(i)}), std::max(0.01, double{time_gap.at(i)}),
                      law.at(i)});
  }
  crowd_.remove(std::vector<std::uint8_t>(crowd_.size(), 1));
  crowd_.insert(people);
  std::copy(aim.begin(), aim.end(), crowd_.aims().begin());
  std::copy(factor.begin(), factor.end(), crowd_.speed_factor().begin());
  std::copy(corner.begin(), corner.end(), crowd_.note().begin());
}

}  // namespace chimata::pedestrian
