/// Where people come into an area, and those who wait outside until there is room.
#pragma once

#include <string>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/random.hpp"
#include "chimata/pedestrian/bodies.hpp"
#include "chimata/pedestrian/check_lanes.hpp"
#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/plan.hpp"
#include "chimata/space/area.hpp"

namespace chimata::pedestrian {

using EntranceRow = std::uint32_t;
inline constexpr EntranceRow kNoEntrance = 0xffffffffu;  ///< not through an entrance, at a place of their own

/// A line or shape on which people appear: at fixed spots, 0.5 m apart.
struct Entrance {
  std::string id;
  std::vector<Polygon> shapes = {};  ///< anywhere in these, or
  std::vector<Wall> lines = {};      ///< beside these, on every side that people can walk on
  double rate = 0;                   ///< persons/s at most; 0: as many as find room
  std::uint32_t lanes = 0;           ///< in which people are checked before they come in; 0: nobody is
  Service check = {};                ///< how long
};

/// Somebody who comes to an entrance, or to a place in the area.
struct Arrival {
  Newcomer body;  ///< `at` is where they appear if they come through no entrance
  std::uint32_t journey = 0;
  EntranceRow entrance = 0;
  double time_s = 0;                    ///< comes to the entrance then, at any moment of a step
  double starts_s = 0;                  ///< begins to walk: reaction, pre-movement time
  std::uint32_t group = kAlone;         ///< stays together with the others of this number
  Mobility mobility = Mobility::adult;  ///< on stairs
  double dwell_s = -1;                  ///< s in every waiting area; below 0: as the law of the area says
  bool leads = false;      ///< their group; not kept here: the venue knows once they are expected
  bool unchecked = false;  ///< comes in without a check
};

/// Somebody came in: how long they waited outside is entered_s - came_s.
struct Entry {
  double came_s, entered_s;
  PersonId person;
  EntranceRow entrance;
};

/// Everybody who is not in yet, by (time, person). Whoever is due comes in as soon as the place is free, or,
/// at an entrance, one of its spots; there first come, first in.
class Outside {
 public:
  /// Where somebody may appear: beside a line as far as their body needs, or just there.
  struct Spot {
    Point on, inward;
    [[nodiscard]] Point at(double radius) const;
  };
  /// @throws InputError if nobody has room there
  EntranceRow add_entrance(Entrance entrance, const Area& area, const Walls& walls);
  /// Takes them in, in any order; all of them are right.
  void add(const std::vector<Arrival>& arrivals);
  /// Those who come in now, in the order in which they do. Nobody is put on top of somebody else: spots are
  /// tried from one that is drawn for the person onwards.
  void let_in(double now, Crowd& crowd, const Walls& walls, Random random, std::vector<Arrival>& in);

  [[nodiscard]] std::size_t size() const { return waiting_.size(); }
  /// To which somebody has yet to come in; kNoEntrance if they have not.
  [[nodiscard]] EntranceRow entrance_of(PersonId person) const;
  /// How many of those who came to an entrance until a moment are not in yet.
  [[nodiscard]] std::size_t queue(EntranceRow entrance, double until_s) const;
  /// s that everybody who came to an entrance waited before they were in: those still there, until now.
  [[nodiscard]] std::vector<double> waits(EntranceRow entrance, double now) const;
  /// Somebody who waits, or is still to come, needs no check, or does again.
  void check(PersonId person, bool needed);
  /// Lets in nobody who came after a moment, the next time that people are let in and no longer.
  void let_in_only(EntranceRow entrance, double until_s) { lets_in_until_[entrance] = until_s; }
  [[nodiscard]] const std::vector<Entrance>& entrances() const { return entrances_; }
  [[nodiscard]] const std::vector<Spot>& spots(EntranceRow entrance) const { return spots_[entrance]; }
  /// Whether a body so wide can come in.
  [[nodiscard]] bool fits(EntranceRow entrance, double radius, const Walls& walls) const;
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  [[nodiscard]] bool place(const Arrival& who, const Walls& walls, Random random, Point& at) const;

  std::vector<Entrance> entrances_;
  std::vector<std::vector<Spot>> spots_;  ///< by entrance
  std::vector<CheckLanes> lanes_;         ///< by entrance
  std::vector<double> free_from_;         ///< s, by entrance
  std::vector<double> lets_in_until_;     ///< s, by entrance: who came later stays outside
  std::vector<Arrival> waiting_;          ///< by (time, person)
  std::vector<Entry> entries_;
  Bodies bodies_;                      // scratch
  std::vector<double> until_;          // scratch, by entrance
  std::vector<std::uint8_t> blocked_;  // scratch, by entrance
};

}  // namespace chimata::pedestrian
