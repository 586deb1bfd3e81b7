/// A stage at which people stand in line to be served: tickets, a bag check, turnstiles.
#pragma once

#include "chimata/pedestrian/stages/service.hpp"
#include "chimata/pedestrian/stages/spots.hpp"

namespace chimata::pedestrian {

struct QueueModel {
  std::uint32_t servers = 1;
  Service service = {};
  double spacing = 0.5;                ///< m from one to the next in line: 19 to 20 inches, Fruin (1971) (B)
  std::vector<Point> counters = {};    ///< where people are served; empty: the first places in line
  std::vector<Polygon> overflow = {};  ///< where they stand when the line is full; empty: at its tail
};

/// Somebody was served.
struct Served {
  double came_s, begun_s, done_s;
  PersonId person;
  std::uint32_t counter;
};

/// A line from its head to its tail. People join at the tail, move up as places become free, go to the first
/// free counter and on when they have been served: first in line, first served. Where the line is full,
/// people stand aside without an order, and whoever is nearest to its tail joins next (as crowds do; C).
/// Written down when served.
class Queue {
 public:
  Queue() = default;
  explicit Queue(QueueModel model) : model_(std::move(model)) {}

  Target open(const Site& site);
  void reached(PersonId person, Usher& usher);
  void step(Usher& usher);
  void forget(PersonId person);
  /// m from its tail at which people join: they need not push to the very place (C).
  [[nodiscard]] double reach() const { return 1.0; }
  /// s that a newcomer has to expect, those on their way here counted.
  [[nodiscard]] double burden(std::size_t bound) const {
    return static_cast<double>(bound) * model_.service.mean_s / model_.servers;
  }
  /// How many wait now, those being served left aside.
  [[nodiscard]] std::size_t length() const;
  [[nodiscard]] bool knows(PersonId person) const;
  [[nodiscard]] bool full() const { return length() >= slots_.size(); }
  [[nodiscard]] const std::vector<Served>& served() const { return served_; }
  [[nodiscard]] const std::vector<Point>& slots() const { return slots_; }
  void save(SnapshotWriter& out, const std::string& name) const;
  void load(const SnapshotReader& in, const std::string& name);

 private:
  enum class Where : std::uint32_t { overflow, coming, in_line, called, served };
  struct Guest {
    double came_s, begun_s, done_s;
    PersonId person;
    Where where;
    std::uint32_t slot;     ///< in line: headed for
    std::uint32_t counter;  ///< called or served
  };
  void lay_out(const Site& site);
  void let_go(Usher& usher);
  void call(Usher& usher);
  void fill_up(Usher& usher);
  void move_up(Usher& usher);
  void join(Guest& guest, Usher& usher);
  [[nodiscard]] bool near(const Guest& guest, Point at, double within, const Usher& usher) const {
    return distance(usher.position(guest.person), at) <= within;
  }

  QueueModel model_;
  StageRow row_ = 0;
  Target tail_ = 0;
  std::vector<Point> slots_;
  std::vector<std::uint32_t> piece_;  ///< by slot: the first one of its straight piece of the line
  Spots overflow_;
  std::vector<Guest> guests_;        ///< by (moment of coming, person)
  std::vector<std::uint32_t> busy_;  ///< by counter
  std::vector<Served> served_;
};

}  // namespace chimata::pedestrian
