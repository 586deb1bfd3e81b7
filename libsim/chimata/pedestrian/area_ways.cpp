#include "chimata/pedestrian/area_ways.hpp"

#include <cmath>

#include "chimata/core/records.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

AreaWays::AreaWays(std::size_t people, Duration every) : every_s_(std::round(seconds(every))) {
  if (every_s_ == 0) return;
  at_.assign(people, Point{});
  since_s_.assign(people, 0);
}

void AreaWays::add(PersonId person, Point at, double time_s, std::uint32_t ends) {
  places_.push_back({time_s, at, person, ends});
  at_[person] = at, since_s_[person] = time_s;
}

void AreaWays::stand_until(PersonId person, double last_look_s) {
  if (since_s_[person] < last_look_s - 1e-3) add(person, at_[person], last_look_s, 0);
}

void AreaWays::begin(PersonId person, Point at, double time_s) {
  if (every_s_ > 0) add(person, at, time_s, 0);
}

void AreaWays::look(const Crowd& crowd, double now_s) {
  if (every_s_ == 0 || std::fmod(now_s + 1e-6, every_s_) > 1e-3) return;
  for (std::size_t row = 0; row < crowd.size(); ++row) {
    const PersonId person = crowd.person()[row];
    const Point at = crowd.position()[row];
    if (distance(at_[person], at) < kMoved) continue;
    stand_until(person, now_s - every_s_);
    add(person, at, now_s, 0);
  }
}

void AreaWays::end(PersonId person, Point at, double time_s) {
  if (every_s_ == 0) return;
  stand_until(person, std::floor(time_s / every_s_) * every_s_);
  add(person, at, time_s, 1);
}

void AreaWays::stop(PersonId person, double time_s) {
  if (every_s_ > 0) add(person, at_[person], time_s, 1);
}

void AreaWays::write(const std::vector<Place>& places, TableSet& tables) const {
  if (every_s_ == 0) return;
  Table& table =
      tables.try_emplace("area_ways", "Ways of people inside areas, straight from row to row").first->second;
  auto& moment = table.column<double>("t_s", "moment, s since the start");
  auto& person = table.column<std::uint32_t>("person", "who");
  auto& x = table.column<double>("x_m", "where, m in the city's coordinates");
  auto& y = table.column<double>("y_m", "where, m in the city's coordinates");
  auto& ends = table.column<std::uint8_t>("ends", "1: here the way ends, outside or at the end of the run");
  for (const Place& place : places) {
    moment.push_back(place.time_s);
    person.push_back(place.person.value);
    x.push_back(place.at.x), y.push_back(place.at.y);
    ends.push_back(static_cast<std::uint8_t>(place.ends));
  }
}

void AreaWays::flush(TableSet& tables) {
  write(places_, tables);
  places_.clear();
}

void AreaWays::finish(double now_s, const std::vector<const Crowd*>& crowds, TableSet& tables) const {
  std::vector<Place> places = places_;
  if (every_s_ > 0) {
    for (const Crowd* crowd : crowds) {
      for (std::size_t row = 0; row < crowd->size(); ++row)
        places.push_back({now_s, crowd->position()[row], crowd->person()[row], 1});
    }
  }
  write(places, tables);
}

void AreaWays::save(SnapshotWriter& out) const {
  static_assert(sizeof(Place) == 32);
  put_records(out, "way_at", static_cast<const std::vector<Point>&>(at_));
  out.put("way_since_s", static_cast<const std::vector<double>&>(since_s_));
  put_records(out, "way_places", places_);
}

void AreaWays::load(const SnapshotReader& in) {
  get_records(in, "way_at", static_cast<std::vector<Point>&>(at_));
  in.get("way_since_s", static_cast<std::vector<double>&>(since_s_));
  get_records(in, "way_places", places_);
}

}  // namespace chimata::pedestrian
