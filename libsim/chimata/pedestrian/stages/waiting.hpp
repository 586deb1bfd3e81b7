/// A stage at which people wait.
#pragma once

#include "chimata/pedestrian/stages/spell.hpp"
#include "chimata/pedestrian/stages/spots.hpp"

namespace chimata::pedestrian {

/// When people may go on, and how many have room.
struct WaitingModel {
  double until_s = 0;          ///< nobody goes on before
  std::uint32_t block = 0;     ///< then so many at once (blocks that are held back by ropes); 0: no blocks
  double every_s = 0;          ///< s from one block to the next, or more where a block could not go
  double over_s = 0;           ///< or evenly over so many s, first come first; 0: all at once
  std::uint32_t capacity = 0;  ///< persons; 0: as many as there are places
  double spacing = 0.6;   ///< m between places: 3.2 persons/m², the dense end of Fruin's (1971) level D (C)
  bool together = false;  ///< who comes after others of their group takes the place nearest to one of them
  Spell dwell = {};       ///< s that everybody stays at least, from taking their place on
  Spell departure = {};   ///< s after `until_s` at which they set out, drawn for everybody, as after an alarm
};

/// Go there, walk on to a place of one's own inside and stand until let go, first come, first gone. Whoever
/// finds it full stands at its border until a place is free; whoever finds the ways to all free places barred
/// takes the nearest one after 3 s (C), and gets as near to it as others let them. Written down when a place
/// is taken. Whose journey ends here stays for good.
///
/// Evenly means at one pace for all who are to go on: those inside, at the border and on the way here, and
/// those who have gone since the release began; the pace quickens as more set out for here. Whoever is not
/// inside in time goes at the same pace after the end, and when the last of them has gone people pass as they
/// come. Whoever stays longer, by the law of the area or their own, is left out until they may go.
///
/// Whoever follows a leader goes with that one and not before, and counts in blocks and in the pace. A leader
/// who finds no place stands at the border, and goes on all the same.
class Waiting {
 public:
  Waiting() = default;
  explicit Waiting(const WaitingModel& model) : model_(model) {}

  Target open(const Site& site);
  void reached(PersonId person, Usher& usher);
  void step(Usher& usher);
  void forget(PersonId person);
  /// m from its target at which people count as come.
  [[nodiscard]] double reach() const { return 0; }
  [[nodiscard]] double burden(std::size_t bound) const;
  [[nodiscard]] std::size_t inside() const { return spots_.in_use(); }
  [[nodiscard]] std::size_t at_border() const { return border_.size(); }
  [[nodiscard]] std::size_t capacity() const;
  void save(SnapshotWriter& out, const std::string& name) const;
  void load(const SnapshotReader& in, const std::string& name);

 private:
  struct Guest {
    double from_s;  ///< may go on
    PersonId person;
    std::uint32_t placed;  ///< 0: a leader at the border
  };
  struct AtBorder {
    double since_s;
    PersonId person;
    std::uint32_t unused = 0;
  };
  /// @param anyhow  takes a place to which others bar the way
  [[nodiscard]] bool settle(PersonId person, bool anyhow, Usher& usher);
  /// One of their group who has a place; none if nobody has.
  [[nodiscard]] PersonId companion_of(PersonId person, const Usher& usher) const;
  void enlist(PersonId person, bool placed, Usher& usher);
  /// Whether somebody may go on, and those who follow with them.
  [[nodiscard]] static bool ready(const Guest& guest, const Usher& usher) {
    return guest.from_s <= usher.now() && !usher.follows(guest.person);
  }
  /// How many of those who are ready may go on now.
  [[nodiscard]] std::size_t due(const Usher& usher, std::size_t ready);
  [[nodiscard]] std::size_t due_evenly(const Usher& usher, std::size_t ready);
  void let_go(std::size_t going, Usher& usher);

  WaitingModel model_;
  StageRow row_ = 0;
  Spots spots_;
  std::vector<Guest> inside_;             ///< by (moment, person), but for those who stay for good
  std::vector<AtBorder> border_;          ///< by (moment, person)
  double next_block_s_ = 0, last_s_ = 0;  ///< when the next block goes; when the last one went evenly
  std::uint64_t let_go_ = 0, to_go_ = 0;  ///< gone so far; these and those who are to go, as counted last
  std::uint64_t ahead_ = 0;               ///< gone with their leader before it was their turn
};

}  // namespace chimata::pedestrian
