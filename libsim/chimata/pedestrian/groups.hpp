/// People who stay together, and who leads them.
#pragma once

#include <map>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/parallel.hpp"
#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/plan.hpp"
#include "chimata/space/levels.hpp"

namespace chimata::pedestrian {

/// Whoever is nearer the goal than the last of the group slows down, and waits `together` metres ahead
/// (our own rule, grade C; people of a group walk about 1 m apart, Moussaïd et al. 2010). Who is a leg
/// further waits as far off in a straight line. Where the last is stuck in a crowd, the others go on slowly
/// instead of standing in its way.
///
/// Where one leads, only that one waits for the last: `together` ahead of one who follows, and half a metre
/// more for each further one, for they walk two abreast. The others are never more than a metre ahead, and
/// whoever is farther behind comes up to a leader in sight in a straight line (C). Without a leader in sight
/// they go the shortest way to the leader's stage, so that nobody is ever without a way.
///
/// A leader who is gone for good (left, taken out, overcome) is followed by the lowest number of those who
/// are here; who rides in an elevator goes on leading. Whoever was named takes over on coming in.
class Groups {
 public:
  /// Leads the group from coming in on; until then, and when gone again, another does.
  void name_leader(std::uint32_t group, PersonId person);
  /// None if nobody was named: then it has no leader.
  [[nodiscard]] PersonId named_leader(std::uint32_t group) const;
  /// Who leads now; none in a group without a leader, and while nobody is here.
  [[nodiscard]] PersonId leader(std::uint32_t group) const;
  [[nodiscard]] bool leads(PersonId person, std::uint32_t group) const {
    return person.valid() && leader(group) == person;
  }
  /// Whether somebody does nothing at a stage without their leader, who is on the same leg or has yet to come
  /// to it. Whoever is behind by a leg does as anybody until they have caught up.
  [[nodiscard]] bool follows(PersonId person, const Column<PersonId, Plan>& plans) const;
  /// Persons who go on from a stage if `person` does: those who follow and are bound for it counted.
  [[nodiscard]] std::size_t party(PersonId person, const Column<PersonId, Plan>& plans) const;

  /// Comes in, or gets out of an elevator.
  void add(PersonId person, std::uint32_t group);
  /// Out of sight, in an elevator.
  void remove(PersonId person, std::uint32_t group);
  /// Gone for good.
  void lose(PersonId person, std::uint32_t group);
  void clear() { *this = {}; }
  [[nodiscard]] bool empty() const { return all_.empty(); }
  /// Rising numbers.
  [[nodiscard]] const std::vector<PersonId>& members(std::uint32_t group) const {
    return all_.at(group).members;
  }
  /// Decides for all: the leader, or else the lowest number of those who are here.
  [[nodiscard]] PersonId decider(std::uint32_t group) const;

  struct Scene {
    double together;  ///< m
    Crowd& crowd;
    Column<PersonId, Plan>& plans;
    /// m to the goal, by row; infinite for those who have not set out yet; negative for those who stand at a
    /// stage or find no way, for whom nobody waits
    const std::vector<double>& left;
    const Walls& walls;
    const Levels* building;  ///< of several levels
    std::int64_t steps, look_steps;
  };
  /// Lessens the speed factors of those who are ahead, and turns those who follow towards their leader.
  void hold_together(const Scene& scene, Arena& arena);

  void save(SnapshotWriter& out) const;
  /// Who leads; whoever is here must have been added before.
  void load(const SnapshotReader& in);

 private:
  struct Group {
    std::vector<PersonId> members;
    PersonId named, leader;
  };
  void renew();
  static void keep_with_last(const Group& group, const Scene& scene);
  static void keep_with_leader(const Group& group, const Scene& scene);

  std::map<std::uint32_t, Group> all_;
  std::vector<const Group*> of_several_;
  bool stale_ = false;
};

}  // namespace chimata::pedestrian
