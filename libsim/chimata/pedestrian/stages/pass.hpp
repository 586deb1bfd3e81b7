/// A stage that people pass.
#pragma once

#include "chimata/pedestrian/stages/usher.hpp"

namespace chimata::pedestrian {

/// Go there, and on to the next.
class Pass {
 public:
  Target open(const Site& site) { return site.target(); }
  void reached(PersonId person, Usher& usher) {
    usher.record(person);
    usher.go_on(person);
  }
  void step(Usher&) {}
  void forget(PersonId) {}
  /// m from its target at which people count as come.
  [[nodiscard]] double reach() const { return 0; }
  [[nodiscard]] double burden(std::size_t bound) const { return static_cast<double>(bound); }
  void save(SnapshotWriter&, const std::string&) const {}
  void load(const SnapshotReader&, const std::string&) {}
};

}  // namespace chimata::pedestrian
