/// Where people went inside areas, kept for pictures.
#pragma once

#include <cstdint>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/id.hpp"
#include "chimata/core/table.hpp"
#include "chimata/core/time.hpp"
#include "chimata/pedestrian/crowd.hpp"

namespace chimata::pedestrian {

/// A way is a row of places with moments, in between a straight line at an even pace: places are added while
/// somebody walks, and one when they set out again. Whoever stands costs nothing.
class AreaWays {
 public:
  static constexpr double kMoved = 0.5;  ///< m; whoever has not gone so far since the last place stands (C)

  /// @param people  of the world
  /// @param every   between two looks, in whole seconds; 0: nothing is kept
  AreaWays(std::size_t people, Duration every);

  /// Somebody comes to a gate.
  void begin(PersonId person, Point at, double time_s);
  /// Looks at everybody in an area, if it is time to.
  void look(const Crowd& crowd, double now_s);
  /// Somebody leaves from where they were last seen, by way of `at`.
  void end(PersonId person, Point at, double time_s);
  /// Somebody is gone from where they were last seen.
  void stop(PersonId person, double time_s);

  /// Hands over the rows since the last call: table "area_ways".
  void flush(TableSet& tables);
  /// Besides, a last row for everybody who is in an area.
  void finish(double now_s, const std::vector<const Crowd*>& crowds, TableSet& tables) const;

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  struct Place {
    double time_s;
    Point at;
    PersonId person;
    std::uint32_t ends = 0;  ///< 1: the last place of a way
  };
  void write(const std::vector<Place>& places, TableSet& tables) const;
  void add(PersonId person, Point at, double time_s, std::uint32_t ends);
  /// Who has stood till the last look did not creep on since they came to stand.
  void stand_until(PersonId person, double last_look_s);

  double every_s_;
  Column<PersonId, Point> at_;        ///< the last place of everybody's way
  Column<PersonId, double> since_s_;  ///< and its moment
  std::vector<Place> places_;         ///< not handed over yet
};

}  // namespace chimata::pedestrian
