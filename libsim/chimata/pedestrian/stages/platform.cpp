#include "chimata/pedestrian/stages/platform.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/records.hpp"

namespace chimata::pedestrian {

Target Platform::open(const Site& site) {
  site.check(!site.shapes.empty(), "has no area to wait in", "give a polygon");
  site.check(!model_.doors.empty(), "has no door", "give a line for every door of a train");
  for (const double rate : {model_.boarding, model_.alighting})
    site.check(rate > 0 && std::isfinite(rate), "nobody gets through its doors", "give persons/s above 0");
  check_timetable(site);
  spots_.lay_out(site, site.shapes, model_.spacing);
  for (std::size_t i = 0; i < model_.doors.size(); ++i) {
    const Wall& door = model_.doors[i];
    const std::string name = site.id + ", door " + std::to_string(i + 1);
    site.check(distance(door.a, door.b) > 0, "door " + std::to_string(i + 1) + " has no width",
               "give two different points");
    doors_.push_back(site.ways.add_target(std::vector<Wall>{door}));
    entrances_.push_back(
        site.outside.add_entrance({name, {}, {door}, model_.alighting}, site.area, site.walls));
  }
  free_from_.assign(doors_.size(), 0), getting_off_.assign(doors_.size(), 0);
  counts_.assign(model_.trains.size(), {});
  return area_ = site.target();
}

void Platform::check_timetable(const Site& site) const {
  for (std::size_t i = 0; i < model_.trains.size(); ++i) {
    const Train& train = model_.trains[i];
    const std::string name = "train " + train.id;
    site.check(std::isfinite(train.arrives_s) && std::isfinite(train.leaves_s), name + " has no time",
               "give seconds or HH:MM:SS");
    site.check(train.leaves_s > train.arrives_s, name + " leaves before or as it arrives",
               "after midnight go on counting: 25:10:00");
    if (i == 0) continue;
    const Train& last = model_.trains[i - 1];
    site.check(train.arrives_s >= last.arrives_s,
               name + " comes before train " + last.id + ", which stands above it",
               "order the timetable by time; after midnight go on counting: 25:10:00");
    site.check(train.arrives_s >= last.leaves_s,
               name + " arrives while train " + last.id + " still stands there",
               "give each track a platform of its own");
  }
}

std::uint32_t Platform::standing(double now) const {
  for (std::uint32_t i = 0; i < model_.trains.size(); ++i) {
    if (now < model_.trains[i].arrives_s) break;
    if (now < model_.trains[i].leaves_s) return i;
  }
  return kNoRow;
}

void Platform::settle(PersonId person, Usher& usher) {
  Point spot = usher.position(person);
  spots_.give_back(person);
  (void)spots_.take(person, spot, usher.walls(), spot);
  usher.stand_about(person, spot);
}

void Platform::reached(PersonId person, Usher& usher) {
  for (Guest& guest : waiting_) {
    if (guest.person != person) continue;
    if (guest.door == kNoRow) return settle(person, usher);  // back from a train that has left
    guest.at_door = next_place_++;
    return usher.stand_still(person);
  }
  waiting_.push_back({person, kNoRow, kNoRow, 0});
  settle(person, usher);
}

void Platform::step(Usher& usher) {
  if (train_ != kNoRow) {
    watch_doors(usher);
    if (kept_s_ < usher.now() && model_.trains[train_].leaves_s <= usher.now()) depart(usher);
  }
  if (train_ == kNoRow) arrive(standing(usher.now()), usher);
  if (train_ == kNoRow) return;
  if (counts_[train_].boarded < model_.trains[train_].room) send_to_doors(usher);
  board(usher);
}

void Platform::watch_doors(Usher& usher) {
  const Train& train = model_.trains[train_];
  for (std::size_t door = 0; door < doors_.size(); ++door) {
    getting_off_[door] = usher.waiting_outside(entrances_[door], train.arrives_s) > 0 ? 1 : 0;
    if (getting_off_[door] != 0) off_s_ = kept_s_ = usher.now();
  }
  const bool may_board = !waiting_.empty() && counts_[train_].boarded < train.room;
  if (may_board && usher.now() < off_s_ + (train.leaves_s - train.arrives_s) / 2) kept_s_ = usher.now();
  if (kept_s_ < usher.now()) return;
  // those on board of the next train cannot get off before it has come in
  for (const EntranceRow door : entrances_) usher.let_in_only(door, train.arrives_s);
}

void Platform::arrive(std::uint32_t train, Usher& usher) {
  train_ = train, next_place_ = 0;
  if (train == kNoRow) return;
  off_s_ = kept_s_ = usher.now();
  counts_[train].waiting = static_cast<std::uint32_t>(waiting_.size());
  watch_doors(usher);
}

void Platform::depart(Usher& usher) {
  // nobody may have been here to see it leave
  const double left_s = std::max(model_.trains[train_].leaves_s, kept_s_ + usher.dt());
  counts_[train_].late_s = left_s - model_.trains[train_].leaves_s;
  counts_[train_].denied = static_cast<std::uint32_t>(waiting_.size());
  for (Guest& guest : waiting_) {
    if (guest.door == kNoRow) continue;
    guest.door = guest.at_door = kNoRow;
    usher.walk_to(guest.person, area_);
  }
  const std::uint32_t next = train_ + 1;
  train_ = kNoRow;
  if (next < model_.trains.size() && model_.trains[next].arrives_s < left_s) arrive(next, usher);
}

void Platform::send_to_doors(Usher& usher) {
  for (Guest& guest : waiting_) {
    if (guest.door != kNoRow) continue;
    const Point at = usher.position(guest.person);
    const auto off = [&](std::uint32_t door) { return distance(nearest_on(model_.doors[door], at), at); };
    std::uint32_t nearest = 0;
    for (std::uint32_t door = 1; door < doors_.size(); ++door) {
      if (off(door) < off(nearest)) nearest = door;
    }
    if (getting_off_[nearest] != 0) continue;  // who stands in the door bars the way of those who get off
    guest.door = nearest;
    spots_.give_back(guest.person);
    usher.walk_to(guest.person, doors_[nearest]);
  }
}

void Platform::board(Usher& usher) {
  TrainCount& count = counts_[train_];
  bool anybody = false;
  for (std::uint32_t door = 0; door < doors_.size(); ++door) {
    if (getting_off_[door] != 0) continue;
    while (free_from_[door] <= usher.now() && count.boarded < model_.trains[train_].room) {
      Guest* first = nullptr;
      for (Guest& guest : waiting_) {
        if (guest.door == door && guest.at_door != kNoRow &&
            (first == nullptr || guest.at_door < first->at_door))
          first = &guest;
      }
      if (first == nullptr) break;
      usher.leave(first->person, train_);
      first->person = PersonId::none();
      first->at_door = kNoRow;
      free_from_[door] = std::max(free_from_[door], usher.now() - usher.dt()) + 1 / model_.boarding;
      ++count.boarded;
      anybody = true;
    }
  }
  if (anybody) std::erase_if(waiting_, [](const Guest& guest) { return !guest.person.valid(); });
}

void Platform::forget(PersonId person) {
  spots_.give_back(person);
  std::erase_if(waiting_, [&](const Guest& guest) { return guest.person == person; });
}

void Platform::save(SnapshotWriter& out, const std::string& name) const {
  put_records(out, name + "waiting", waiting_);
  out.put(name + "free_from_s", free_from_);
  put_records(out, name + "counts", counts_);
  out.put_value(name + "train", train_);
  out.put_value(name + "next_place", next_place_);
  out.put_value(name + "off_s", off_s_);
  out.put_value(name + "kept_s", kept_s_);
  spots_.save(out, name);
}

void Platform::load(const SnapshotReader& in, const std::string& name) {
  get_records(in, name + "waiting", waiting_);
  in.get(name + "free_from_s", free_from_);
  get_records(in, name + "counts", counts_);
  in.get_value(name + "train", train_);
  in.get_value(name + "next_place", next_place_);
  in.get_value(name + "off_s", off_s_);
  in.get_value(name + "kept_s", kept_s_);
  spots_.load(in, name);
}

}  // namespace chimata::pedestrian
