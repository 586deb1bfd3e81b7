#include "chimata/pedestrian/stages/queue.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/records.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kAside = 1.0;   // m between people in the overflow, who have to get out between the others:
                                 // Fruin's (1971) level C, 0.9 m² each (B)
constexpr double kThere = 0.25;  // m; nearer than this to a counter or a place in line is there (C)

}  // namespace

Target Queue::open(const Site& site) {
  row_ = site.row;
  site.check(!site.lines.empty(), "has no line to stand in", "give points from its head to its tail");
  site.check(model_.servers > 0, "has no server", "give 1 or more");
  site.check(std::isfinite(model_.service.mean_s) && model_.service.mean_s > 0,
             "serves within " + std::to_string(model_.service.mean_s) + " s", "give a mean above 0 s");
  site.check(model_.service.variation > 0 && model_.service.variation < 10, "has no such variation of times",
             "give a standard deviation over the mean above 0 and below 10");
  site.check(fault_of(model_.service).empty(), "its service " + fault_of(model_.service));
  site.check(model_.spacing >= 0.3 && model_.spacing <= 10,
             "people stand " + std::to_string(model_.spacing) + " m apart", "give 0.3 to 10 m");
  lay_out(site);
  if (!model_.overflow.empty()) overflow_.lay_out(site, model_.overflow, kAside);
  busy_.assign(model_.servers, 0);
  // people join at the last place in line
  const Point last = slots_.back(), towards = slots_.size() > 1 ? slots_[slots_.size() - 2] : site.lines[0].a;
  const double off = distance(last, towards);
  const Point step = off > 0 ? 0.1 / off * (towards - last) : Point{0.1, 0};
  tail_ = site.ways.add_target(std::vector<Wall>{{last, last + step}});
  return tail_;
}

void Queue::lay_out(const Site& site) {
  double ahead = 0;  // m from the last place to the begin of this piece
  std::uint32_t first_of_piece = 0;
  for (const Wall& piece : site.lines) {
    const double length = distance(piece.a, piece.b);
    for (double along = slots_.empty() ? 0 : model_.spacing - ahead; along <= length + 1e-9;
         along += model_.spacing) {
      piece_.push_back(first_of_piece);
      slots_.push_back(length > 0 ? between(piece.a, piece.b, along / length) : piece.a);
      ahead = -along;
    }
    ahead += length;
    first_of_piece = static_cast<std::uint32_t>(slots_.size());
  }
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    site.check(site.area.contains(slots_[i]) && site.walls.clearance(slots_[i]) > 0.1,
               "place " + std::to_string(i + 1) + " in line lies outside the area or in a wall",
               "draw the line inside");
    for (std::size_t j = 0; j < i; ++j)
      site.check(
          distance(slots_[i], slots_[j]) > 0.7 * model_.spacing,
          "places " + std::to_string(j + 1) + " and " + std::to_string(i + 1) + " lie on top of each other",
          "lead the line farther from itself");
  }
  if (model_.counters.empty()) {  // served at the head
    site.check(slots_.size() > model_.servers, "its line has room for nobody behind those who are served",
               "make it longer, or give the places of the counters");
    model_.counters.assign(slots_.begin(), slots_.begin() + model_.servers);
    slots_.erase(slots_.begin(), slots_.begin() + model_.servers);
    piece_.erase(piece_.begin(), piece_.begin() + model_.servers);
    for (auto& first : piece_) first -= std::min(first, model_.servers);
  }
  site.check(
      model_.counters.size() == model_.servers,
      std::to_string(model_.counters.size()) + " counters for " + std::to_string(model_.servers) + " servers",
      "give one place each");
  for (const Point counter : model_.counters)
    site.check(site.area.contains(counter), "a counter lies outside the area", "move it inside");
}

std::size_t Queue::length() const {
  return static_cast<std::size_t>(std::count_if(
      guests_.begin(), guests_.end(), [](const Guest& guest) { return guest.where < Where::called; }));
}

bool Queue::knows(PersonId person) const {
  return std::any_of(guests_.begin(), guests_.end(),
                     [&](const Guest& guest) { return guest.person == person; });
}

void Queue::join(Guest& guest, Usher& usher) {
  guest.where = Where::in_line;
  guest.slot = static_cast<std::uint32_t>(slots_.size() - 1);
  usher.stand_at(guest.person, slots_[guest.slot]);
}

void Queue::reached(PersonId person, Usher& usher) {
  for (Guest& guest : guests_) {
    if (guest.person == person) return join(guest, usher);
  }
  const bool room = !full();
  guests_.push_back({usher.now(), 0, 0, person, Where::overflow, 0, 0});
  if (room) return join(guests_.back(), usher);
  Point spot = usher.position(person);
  (void)overflow_.take(person, spot, usher.walls(), spot);
  usher.stand_about(person, spot);
}

void Queue::step(Usher& usher) {
  if (guests_.empty()) return;
  let_go(usher);
  call(usher);
  fill_up(usher);
  move_up(usher);
}

void Queue::let_go(Usher& usher) {
  for (Guest& guest : guests_) {
    if (guest.where == Where::called && near(guest, model_.counters[guest.counter], kThere, usher)) {
      guest.where = Where::served;
      guest.begun_s = usher.now();
      guest.done_s = usher.now() + service_time(model_.service, guest.person, row_, usher.random());
    }
    if (guest.where != Where::served || guest.done_s > usher.now()) continue;
    served_.push_back({guest.came_s, guest.begun_s, guest.done_s, guest.person, guest.counter});
    busy_[guest.counter] = 0;
    usher.record(guest.person);
    usher.go_on(guest.person);
    guest.came_s = -1;  // gone
  }
  std::erase_if(guests_, [](const Guest& guest) { return guest.came_s < 0; });
}

void Queue::call(Usher& usher) {
  auto next = std::find_if(guests_.begin(), guests_.end(),
                           [](const Guest& guest) { return guest.where < Where::called; });
  for (std::uint32_t counter = 0; counter < busy_.size(); ++counter) {
    if (busy_[counter] != 0) continue;
    if (next == guests_.end() || next->where != Where::in_line || next->slot != 0) return;
    next->where = Where::called, next->counter = counter;
    busy_[counter] = 1;
    usher.stand_at(next->person, model_.counters[counter]);
    ++next;
  }
}

void Queue::fill_up(Usher& usher) {
  const auto aside = std::find_if(guests_.begin(), guests_.end(),
                                  [](const Guest& guest) { return guest.where == Where::overflow; });
  const auto in_line =
      std::count_if(guests_.begin(), aside, [](const Guest& guest) { return guest.where < Where::called; });
  if (aside == guests_.end() || static_cast<std::size_t>(in_line) >= slots_.size()) return;
  const auto off = [&](const Guest& guest) { return distance(usher.position(guest.person), slots_.back()); };
  const auto next =
      std::min_element(aside, guests_.end(), [&](const Guest& a, const Guest& b) { return off(a) < off(b); });
  next->where = Where::coming;
  overflow_.give_back(next->person);
  usher.walk_to(next->person, tail_);
  std::rotate(aside, next, next + 1);
}

void Queue::move_up(Usher& usher) {
  std::uint32_t ahead = 0;
  for (Guest& guest : guests_) {
    if (guest.where >= Where::called) continue;
    const std::uint32_t place = ahead++;
    if (guest.where != Where::in_line || guest.slot <= place) continue;
    // straight on along this piece of the line; round a bend only from there
    const std::uint32_t bend = piece_[guest.slot];
    if (guest.slot > bend) {
      guest.slot = std::max(place, bend);
    } else if (near(guest, slots_[bend], model_.spacing, usher)) {
      --guest.slot;
    }
    usher.stand_at(guest.person, slots_[guest.slot]);
  }
}

void Queue::forget(PersonId person) {
  overflow_.give_back(person);
  for (const Guest& guest : guests_) {
    if (guest.person == person && guest.where >= Where::called) busy_[guest.counter] = 0;
  }
  std::erase_if(guests_, [&](const Guest& guest) { return guest.person == person; });
}

void Queue::save(SnapshotWriter& out, const std::string& name) const {
  static_assert(sizeof(Guest) == 3 * sizeof(double) + 4 * sizeof(std::uint32_t));
  put_records(out, name + "guests", guests_);
  put_records(out, name + "served", served_);
  out.put(name + "busy", busy_);
  overflow_.save(out, name + "overflow_");
}

void Queue::load(const SnapshotReader& in, const std::string& name) {
  get_records(in, name + "guests", guests_);
  get_records(in, name + "served", served_);
  in.get(name + "busy", busy_);
  overflow_.load(in, name + "overflow_");
}

}  // namespace chimata::pedestrian
