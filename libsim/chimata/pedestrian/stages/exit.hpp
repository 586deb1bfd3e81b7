/// A stage by which people leave the area.
#pragma once

#include "chimata/pedestrian/stages/usher.hpp"

namespace chimata::pedestrian {

/// How many people get through a door.
///
/// The literature disagrees: regulations count on 1.33 persons/(m s) (IMO MSC.1/Circ.1533), experiments
/// find 1.6 to 2.8 (Seyfried et al. 2009, Kretz et al. 2006). So it is said, and never tuned in secret.
enum class DoorFlow : std::uint8_t {
  emergent,  ///< as many as the law of motion brings through
  capped,    ///< no more than `rate` persons per metre of width and second
  service    ///< `rate` persons per second, one after the other: a turnstile, a ticket check
};

struct Door {
  DoorFlow flow = DoorFlow::emergent;
  double rate = 1.33;  ///< persons/(m s) if capped, persons/s if service
  /// m; 0: the lengths of the stage's lines, and of its shapes the longer sides of the narrowest rectangles
  /// round them, added up
  double width = 0;
};

/// Go there and out. Where a door lets only so many through, first come, first out.
class Exit {
 public:
  Exit() = default;
  explicit Exit(const Door& door) : door_(door) {}

  Target open(const Site& site);
  void reached(PersonId person, Usher& usher);
  void step(Usher& usher);
  void forget(PersonId person) { std::erase(waiting_, person); }
  /// From now on lets out no more than so many people, until told otherwise.
  void allow(std::uint32_t people) { allowed_ = people; }
  /// m from its target at which people count as come.
  [[nodiscard]] double reach() const { return 0; }
  [[nodiscard]] double burden(std::size_t bound) const;
  /// Persons/s, at `specific` persons/(m s) where its flow is not set.
  [[nodiscard]] double flow(double specific) const {
    return door_.flow == DoorFlow::emergent ? specific * door_.width : rate();
  }
  void save(SnapshotWriter& out, const std::string& name) const;
  void load(const SnapshotReader& in, const std::string& name);

 private:
  void let_out(PersonId person, Usher& usher);
  [[nodiscard]] double rate() const {
    return door_.flow == DoorFlow::capped ? door_.rate * door_.width : door_.rate;
  }
  Door door_;
  double free_from_ = 0;            ///< s
  std::uint32_t allowed_ = kNoRow;  ///< persons still to be let out; kNoRow: all
  std::vector<PersonId> waiting_;   ///< by (moment of reaching the door, person)
};

}  // namespace chimata::pedestrian
