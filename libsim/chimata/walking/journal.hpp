/// What is written down of every stay on the streets: legs, entries, and traffic by link.
#pragma once

#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/network/network.hpp"
#include "chimata/walking/routes.hpp"
#include "chimata/walking/walker.hpp"

namespace chimata::walking {

/// How a stay ended.
enum class Outcome : std::uint8_t { arrived, handed_back, walking, stranded, swept_away };

/// The water somebody met during a stay; kept only where it is recorded (see `Streets::records_exposure`).
struct Exposure {
  std::uint16_t deepest = 0;  ///< mm
  std::uint16_t product = 0;  ///< greatest depth × velocity, 1e-3 m²/s
  std::uint16_t stood = 0;    ///< s stopped by water, up to 18 hours
  void meet(double depth, double velocity);
  void stand(double seconds);
};

/// The present stay of one person; cold beside `Walker`, touched once per link.
struct Stay {
  double start = 0;     ///< s
  float distance = 0;   ///< m, links finished
  float free_flow = 0;  ///< s that the finished links take on dry, empty streets
  float wet = 0;        ///< s in water of kWetDepth or more
  NodeId from;
  NodeId goal_node;
  Routes::Goal goal = 0;
  Knowledge knowledge = Knowledge::map_only;
  std::uint8_t present = 0;
  Exposure exposure;
};
static_assert(sizeof(Stay) == 40);

/// A finished or unfinished stay; a row of the table "legs".
struct Leg {
  double start, end;
  float distance, free_flow, wet, last_fraction;
  PersonId person;
  NodeId from, goal;
  LinkId last_link;
  Outcome outcome;
  std::uint8_t unused = 0;
  Exposure exposure;
};
static_assert(sizeof(Leg) == 56);

struct Entry {
  double time;
  PersonId person;
  LinkId link;
};

/// Crowds from here on count as dense: where guides for crowd safety set the limit for a standing queue.
inline constexpr double kDenseDensity = 4;  ///< persons/m²

/// Traffic on one link since the last recording.
struct Traffic {
  double density_sum = 0;  ///< persons/m² summed over ticks
  double density_max = 0;
  double walked = 0;   ///< m by all together
  double walking = 0;  ///< s by all together
  double dense = 0;    ///< s by all together while the segment held kDenseDensity or more
  std::uint32_t entered = 0;
  std::uint32_t ticks = 0;  ///< with anybody on the link
};

class Journal {
 public:
  /// @param exposure  whether legs tell of the water met
  explicit Journal(std::size_t links, bool exposure = false) : traffic_(links), exposure_(exposure) {}

  [[nodiscard]] Traffic& traffic(LinkId link) { return traffic_[link]; }
  [[nodiscard]] const Traffic& traffic(LinkId link) const { return traffic_[link]; }
  void enter(Entry entry, bool keep) {
    ++traffic_[entry.link].entered;
    if (keep) entries_.push_back(entry);
  }
  void close(const Leg& leg) { legs_.push_back(leg); }

  /// Writes finished legs, entries and traffic up to `now`, and forgets them.
  void flush(Time now, TableSet& tables);
  /// Writes what is left, with the legs still open, and forgets nothing.
  void close_all(Time now, std::vector<Leg> open, TableSet& tables) const;

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  Column<LinkId, Traffic> traffic_;
  std::vector<Leg> legs_;
  std::vector<Entry> entries_;
  double recorded_ = 0;  ///< s, end of the last recorded interval
  bool exposure_;
};

}  // namespace chimata::walking
