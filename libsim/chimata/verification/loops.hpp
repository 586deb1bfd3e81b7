/// A straight corridor whose two ends are one: who leaves at the right comes in at the left. For diagrams of
/// speed by density. Private to this room.
#pragma once

#include <functional>
#include <vector>

#include "chimata/pedestrian/crowd.hpp"

namespace chimata::verification {

/// m/s, of somebody for whom `normal` was drawn: nobody is farther from the mean than two deviations.
[[nodiscard]] double desired_speed(double mean, double spread, double normal);

/// Who walks in a loop.
struct LoopPeople {
  pedestrian::Law law = pedestrian::Law::collision_free;
  double speed = 1.34, spread = 0.26;  ///< m/s, mean and standard deviation of desired speeds
  double radius = 0.2, time_gap = 1;   ///< m, s; as `Newcomer` has them
  double against = 0;                  ///< share of people who walk to the left
  pedestrian::Laws laws = {};
};

/// `count` people in a corridor of `length` x `width` m, spread evenly. Near either end everybody sees those
/// near the other end, as copies that live for one step.
class Loop {
 public:
  Loop(double length, double width, std::size_t count, const LoopPeople& people, std::uint64_t seed = 1);

  /// Goes on for so many seconds in steps of `dt`; `look` is told once a second of simulated time.
  void run(double seconds, double dt, const std::function<void()>& look = {});
  [[nodiscard]] const pedestrian::Crowd& crowd() const { return crowd_; }
  /// m/s along the way that everybody wants, mean of all.
  [[nodiscard]] double mean_speed() const;
  /// Which way somebody wants: 1 or -1.
  [[nodiscard]] int way(PersonId person) const { return ways_[person.value]; }

 private:
  void step(double dt, Arena& arena);

  double length_, sight_, time_ = 0;
  std::size_t count_;
  Walls walls_;
  pedestrian::Crowd crowd_;
  std::vector<int> ways_;
  std::vector<std::uint8_t> gone_;           // scratch
  std::vector<pedestrian::Newcomer> again_;  // scratch
};

/// Mean speed in a loop after `settle` s, over `over` s.
[[nodiscard]] double loop_speed(Loop& loop, double settle, double over, double dt = 0.02);

/// m/s of people of 1.24 +- 0.15 m/s in single file on a loop of 26 m, after a minute, by persons/m: the
/// people and the way of the experiments of Seyfried et al. (2010), the law's own size and time gap.
[[nodiscard]] double single_file_speed(double density, pedestrian::Law law = pedestrian::Law::collision_free);

}  // namespace chimata::verification
