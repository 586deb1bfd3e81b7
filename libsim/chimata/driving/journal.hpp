/// What is written down of every trip, and of the traffic on every link.
#pragma once

#include <functional>
#include <vector>

#include "chimata/core/table.hpp"
#include "chimata/driving/crossing.hpp"

namespace chimata::driving {

/// How a trip ended.
enum class Outcome : std::uint8_t { arrived, handed_back, driving, stalled, left, swept_away };

/// A finished or unfinished trip; a row of the table "cars".
struct TripRecord {
  double departed, entered, end;  ///< s; `entered` the first link, -1 if never
  float distance, free_time;
  float last_fraction;  ///< of `last_link` driven; 0 without one
  PersonId driver;
  std::uint32_t people;
  NodeId from, goal;
  LinkId last_link;
  Outcome outcome;
  std::uint8_t unused[7] = {0, 0, 0, 0, 0, 0, 0};
};
static_assert(sizeof(TripRecord) == 64);

struct CarEntry {
  double time;
  PersonId driver;
  LinkId link;
};

class Journal {
 public:
  explicit Journal(std::size_t links)
      : entered_(links, 0), left_(links, 0), undriven_(links, 0), places_(links, 0) {}

  void close(const TripRecord& trip) { trips_.push_back(trip); }
  void enter(const CarEntry& entry) { entries_.push_back(entry); }
  /// A car was taken off `link` with `rest` metres of it still ahead.
  void take_off(LinkId link, double rest) { undriven_[link.value] += static_cast<float>(rest); }

  /// Where the cars of a link are, summed up, m from its tail.
  using Places = std::function<double(LinkId)>;
  /// Writes what was finished and the traffic of the interval up to `now`, and begins the next.
  void flush(double now, Traffic& traffic, const Places& places, TableSet& tables);
  /// Writes what is left, with the trips still open, and forgets nothing.
  void close_all(double now, const Traffic& traffic, const Places& places, std::vector<TripRecord> open,
                 TableSet& tables) const;

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  void write_traffic(double now, const Traffic& traffic, const Places& places, TableSet& tables) const;

  std::vector<TripRecord> trips_;
  std::vector<CarEntry> entries_;
  std::vector<std::uint32_t> entered_, left_;  ///< of each link at the start of the interval
  std::vector<float> undriven_;  ///< m ahead of those taken off each link in the interval, summed up
  std::vector<float> places_;    ///< sum of places on each link then, m
};

}  // namespace chimata::driving
