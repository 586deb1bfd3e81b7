/// People who stand face to face and step aside.
#pragma once

#include <vector>

#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/plan.hpp"

namespace chimata::pedestrian {

/// By collision-free speed two people who meet exactly head on stand for good: the push of one undoes the way
/// of the other. Whoever has come no nearer to their goal for 2 s, before somebody who has not
/// either and wants to pass them, aims to the left until the next look (our own rule, grade C; the side as of
/// `GapSeeking`). The law itself is as published, and nobody steps aside in a stream one way.
class Standoffs {
 public:
  /// After every `count_standstill`: sees who stands against whom.
  void look(const Crowd& crowd, Column<PersonId, Plan>& plans);
  /// Where somebody aims who steps aside.
  [[nodiscard]] static Point aside(Point at, Point aim);

 private:
  struct Stander {
    Point at, towards;
    PersonId person;
  };
  [[nodiscard]] bool faces_somebody(const Stander& one) const;

  std::vector<Stander> standers_;  // scratch, by (x, person)
};

}  // namespace chimata::pedestrian
