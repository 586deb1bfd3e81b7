/// Gridlocks: rings of full links, each waiting for the next.
#pragma once

#include "chimata/core/table.hpp"
#include "chimata/driving/flow.hpp"

namespace chimata::driving {

/// Finds and remembers rings of full links whose first cars each want the next link of the ring, and in which
/// nobody has moved for `DrivingModel::patience`. Such a ring never dissolves by itself; it is never
/// dissolved by magic either.
class Jams {
 public:
  struct Jam {
    double since;  ///< s, the last move of anybody in the ring
    double until;  ///< s, when it was found dissolved; kForever if it stands
    std::vector<LinkId> ring;
  };

  /// Looks for rings at `now`. Returns those that were not known.
  [[nodiscard]] std::vector<Jam> look(const Traffic& traffic, double now);
  /// Lets the first car that can leave each standing ring take another way.
  void reroute(Traffic& traffic, Flow& flow, double now) const;
  [[nodiscard]] const std::vector<Jam>& all() const { return jams_; }

  void write(TableSet& tables) const;
  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  std::vector<Jam> jams_;
};

}  // namespace chimata::driving
