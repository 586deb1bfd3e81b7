#include "chimata/pedestrian/entrance.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "chimata/core/error.hpp"
#include "chimata/core/records.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/pedestrian/places.hpp"

namespace chimata::pedestrian {

namespace {

constexpr Purpose kSpot{"pedestrian.entrance_spot"};
constexpr double kApart = 0.5;     // m between spots: shoulders of 0.46 m, Fruin (1971), and a hand (A)
constexpr double kOffLine = 0.05;  // m between a line and a body that appears beside it (C)
constexpr double kSlim = 0.15;     // m; a spot is for nobody if not even a child's body has room (C)

bool earlier(const Arrival& a, const Arrival& b) {
  return std::tie(a.time_s, a.body.person) < std::tie(b.time_s, b.body.person);
}

/// Beside a line, on both sides.
void spots_beside(const Wall& line, std::vector<Outside::Spot>& spots) {
  const double length = distance(line.a, line.b);
  if (!(length > 0)) return;
  const Point along = unit(line.b - line.a);
  const auto count = std::max<std::int64_t>(1, std::llround(std::floor(length / kApart + 1e-9)));
  const double first = (length - static_cast<double>(count - 1) * kApart) / 2;
  for (std::int64_t i = 0; i < count; ++i) {
    const Point on = line.a + (first + static_cast<double>(i) * kApart) * along;
    spots.push_back({on, left_of(along)});
    spots.push_back({on, -1 * left_of(along)});
  }
}

/// How somebody outside is saved: whole words only.
struct Saved {
  Point at, velocity;
  double speed, radius, time_gap, time_s, starts_s;
  std::uint32_t person, journey, entrance, group;
  std::uint64_t law;
};

}  // namespace

EntranceRow Outside::add_entrance(Entrance entrance, const Area& area, const Walls& walls) {
  const std::string where = "entrance " + entrance.id;
  if (entrance.shapes.empty() && entrance.lines.empty())
    throw InputError(where, "has neither an area nor a line");
  if (!(entrance.rate >= 0) || !std::isfinite(entrance.rate))
    throw InputError(where, "lets " + std::to_string(entrance.rate) + " persons/s in", "give 0 or more");
  const bool lasts = entrance.check.mean_s > 0 && std::isfinite(entrance.check.mean_s);
  if (entrance.lanes > 0 && !lasts)
    throw InputError(where, "checks people for " + std::to_string(entrance.check.mean_s) + " s",
                     "give seconds above 0");
  std::vector<Spot> spots;
  for (const Polygon& shape : entrance.shapes) {
    for (const Point at : spots_in(area, walls, shape, kApart, kSlim)) spots.push_back({at, {}});
  }
  for (const Wall& line : entrance.lines) spots_beside(line, spots);
  std::erase_if(spots, [&](const Spot& spot) {
    const Point at = spot.at(kSlim);
    return !area.contains(at) || walls.clearance(at) < kSlim;
  });
  if (spots.empty())
    throw InputError(where, "nobody has room there", "move it into the area, 0.3 m from walls");
  lanes_.push_back(entrance.lanes > 0 ? CheckLanes(entrance.lanes, entrance.check) : CheckLanes());
  entrances_.push_back(std::move(entrance));
  spots_.push_back(std::move(spots));
  free_from_.push_back(0), lets_in_until_.push_back(INFINITY);
  return static_cast<EntranceRow>(entrances_.size() - 1);
}

Point Outside::Spot::at(double radius) const {
  return on + (inward == Point{} ? 0.0 : radius + kOffLine) * inward;
}

void Outside::add(const std::vector<Arrival>& arrivals) {
  const auto known = static_cast<std::ptrdiff_t>(waiting_.size());
  waiting_.insert(waiting_.end(), arrivals.begin(), arrivals.end());
  std::sort(waiting_.begin() + known, waiting_.end(), earlier);
  std::inplace_merge(waiting_.begin(), waiting_.begin() + known, waiting_.end(), earlier);
}

bool Outside::place(const Arrival& who, const Walls& walls, Random random, Point& at) const {
  at = who.body.at;
  if (who.entrance == kNoEntrance) return bodies_.free(at, who.body.radius);
  const auto& spots = spots_[who.entrance];
  const std::size_t first = random.bits(kSpot, who.body.person.value) % spots.size();
  for (std::size_t i = 0; i < spots.size(); ++i) {
    at = spots[(first + i) % spots.size()].at(who.body.radius);
    if (bodies_.free(at, who.body.radius) && walls.clearance(at) >= who.body.radius) return true;
  }
  return false;
}

void Outside::let_in(double now, Crowd& crowd, const Walls& walls, Random random, std::vector<Arrival>& in) {
  in.clear();
  until_.swap(lets_in_until_);
  lets_in_until_.assign(entrances_.size(), INFINITY);
  if (waiting_.empty() || waiting_.front().time_s > now) return;
  bodies_.clear();
  for (std::size_t row = 0; row < crowd.size(); ++row)
    bodies_.add(crowd.position()[row], double{crowd.radius()[row]});
  blocked_.assign(entrances_.size(), 0);
  for (EntranceRow e = 0; e < entrances_.size(); ++e) blocked_[e] = free_from_[e] > now ? 1 : 0;
  std::size_t due = 0, kept = 0;
  for (; due < waiting_.size() && waiting_[due].time_s <= now; ++due) {
    Arrival& who = waiting_[due];
    const bool at_entrance = who.entrance != kNoEntrance;
    Point at;
    if (at_entrance && who.time_s > until_[who.entrance]) blocked_[who.entrance] = 1;
    const bool checked = !at_entrance || who.unchecked ||
                         lanes_[who.entrance].checked(who.body.person, who.time_s, now, who.entrance, random);
    if (!checked || (at_entrance && blocked_[who.entrance] != 0) || !place(who, walls, random, at)) {
      if (at_entrance && checked) blocked_[who.entrance] = 1;  // nobody overtakes who came first
      if (kept != due) waiting_[kept] = who;
      ++kept;
      continue;
    }
    who.body.at = at;
    bodies_.add(at, who.body.radius);
    entries_.push_back({who.time_s, now, who.body.person, who.entrance});
    in.push_back(who);
    if (at_entrance) lanes_[who.entrance].let_go(who.body.person);
    if (at_entrance && entrances_[who.entrance].rate > 0) {
      // at the exact moments as long as there is room; time without room is lost
      const double apart = 1 / entrances_[who.entrance].rate;
      free_from_[who.entrance] = std::max({free_from_[who.entrance], who.time_s, now - apart}) + apart;
      blocked_[who.entrance] = free_from_[who.entrance] > now ? 1 : 0;
    }
  }
  waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(kept),
                 waiting_.begin() + static_cast<std::ptrdiff_t>(due));
  for (CheckLanes& lanes : lanes_) lanes.end_step(now);
}

void Outside::check(PersonId person, bool needed) {
  for (Arrival& who : waiting_) {
    if (who.body.person != person || who.entrance == kNoEntrance) continue;
    who.unchecked = !needed;
    if (!needed) lanes_[who.entrance].call_away(person);
  }
}

EntranceRow Outside::entrance_of(PersonId person) const {
  const auto who = std::find_if(waiting_.begin(), waiting_.end(),
                                [&](const Arrival& one) { return one.body.person == person; });
  return who == waiting_.end() ? kNoEntrance : who->entrance;
}

std::vector<double> Outside::waits(EntranceRow entrance, double now) const {
  std::vector<double> waits;
  for (const Entry& entry : entries_) {
    if (entry.entrance == entrance) waits.push_back(entry.entered_s - entry.came_s);
  }
  for (const Arrival& who : waiting_) {
    if (who.entrance == entrance && who.time_s <= now) waits.push_back(now - who.time_s);
  }
  return waits;
}

bool Outside::fits(EntranceRow entrance, double radius, const Walls& walls) const {
  return std::any_of(spots_[entrance].begin(), spots_[entrance].end(),
                     [&](const Spot& spot) { return walls.clearance(spot.at(radius)) >= radius; });
}

std::size_t Outside::queue(EntranceRow entrance, double until_s) const {
  std::size_t count = 0;
  for (const Arrival& who : waiting_) {
    if (who.time_s > until_s) break;
    count += who.entrance == entrance ? 1 : 0;
  }
  return count;
}

void Outside::save(SnapshotWriter& out) const {
  std::vector<Saved> waiting;
  for (const Arrival& who : waiting_) {
    const Newcomer& body = who.body;
    waiting.push_back({body.at, body.velocity, body.speed, body.radius, body.time_gap, who.time_s,
                       who.starts_s, body.person.value, who.journey, who.entrance, who.group,
                       static_cast<std::uint64_t>(body.law) | static_cast<std::uint64_t>(who.mobility) << 8 |
                           static_cast<std::uint64_t>(who.unchecked) << 16});
  }
  put_records(out, "outside", waiting);
  put_records(out, "entries", entries_);
  out.put("entrance_free_from_s", free_from_);
  out.put("entrance_lets_in_until_s", lets_in_until_);
  for (std::size_t e = 0; e < lanes_.size(); ++e) lanes_[e].save(out, "check" + std::to_string(e) + "/");
}

void Outside::load(const SnapshotReader& in) {
  std::vector<Saved> waiting;
  get_records(in, "outside", waiting);
  waiting_.clear();
  for (const Saved& who : waiting) {
    const Newcomer body{PersonId{who.person},
                        who.at,
                        who.velocity,
                        who.speed,
                        who.radius,
                        who.time_gap,
                        static_cast<Law>(who.law & 0xff)};
    waiting_.push_back({body, who.journey, who.entrance, who.time_s, who.starts_s, who.group,
                        static_cast<Mobility>(who.law >> 8 & 0xff)});
    waiting_.back().unchecked = (who.law >> 16 & 1) != 0;
  }
  get_records(in, "entries", entries_);
  in.get("entrance_free_from_s", free_from_);
  in.get("entrance_lets_in_until_s", lets_in_until_);
  for (std::size_t e = 0; e < lanes_.size(); ++e) lanes_[e].load(in, "check" + std::to_string(e) + "/");
}

}  // namespace chimata::pedestrian
