/// People who stand let others through.
#pragma once

#include <vector>

#include "chimata/core/parallel.hpp"
#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/plan.hpp"

namespace chimata::pedestrian {

/// The laws know people who walk; whoever stands is a post to them, and a crowd that watches is a fence. Real
/// crowds let people pass: experiments with 3 to 6 persons/m² found that those who stand move out of the way
/// of whoever comes through, to the side, before they are touched, and only close by (Nicolas et al. 2019,
/// Scientific Reports 9: 105; grade B).
///
/// Here whoever has come no nearer to their goal for 1 s is stuck, and asks for the next 5 s. Those who stand
/// in the strip that such a body needs, less than 2 m before it and in sight, step out of it, by the shorter
/// way that walls leave; whoever stands in their way makes way for them in turn, up to eight one after the
/// other, and nobody farther than 3 m from their place. They go back when nobody has asked for 4 s (our own
/// numbers, C). Nobody moves where nobody is stuck, and nobody makes way who walks or stands in line. Over
/// the edge of a level nobody asks.
class MakingWay {
 public:
  /// After every `count_standstill`.
  /// @param stands  by row: 1 for those who stand about and may be asked
  void look(const Crowd& crowd, const std::vector<std::uint8_t>& stands, double now, const Walls& walls,
            Column<PersonId, Plan>& plans, Arena& arena);

 private:
  struct Asker {
    Point at, towards;
    double radius, air;  ///< m that they want beside them
    PersonId person;
    std::uint32_t chain;  ///< as of `Plan`; 0: is stuck
  };
  /// Who asks somebody, if anybody, and where that one stands before the asker: m.
  struct Request {
    const Asker* asker = nullptr;
    double ahead = 0, left = 0;
    /// m between the middles of both as one passes the other.
    [[nodiscard]] double room(double radius) const { return asker->radius + radius + asker->air; }
  };
  [[nodiscard]] static bool is_stuck(const Plan& plan, double now);
  void find_askers(const Crowd& crowd, double now, Column<PersonId, Plan>& plans);
  [[nodiscard]] Request nearest_request(Point at, double radius, PersonId person, const Walls& walls) const;
  static void step_aside(const Request& request, Point at, double radius, double now, const Walls& walls,
                         Plan& plan);

  std::vector<Asker> askers_;  // scratch, by (strip, x, person)
};

}  // namespace chimata::pedestrian
