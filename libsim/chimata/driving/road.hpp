/// Links as cars meet them: the fundamental diagram, room, lanes, and what changes them.
#pragma once

#include <vector>

#include "chimata/driving/driving.hpp"
#include "chimata/driving/vehicle.hpp"

namespace chimata::driving {

/// A link in the terms of Newell's simplified theory (Newell 1993, "A simplified theory of kinematic waves
/// in highway traffic", Transportation Research B 27; per vehicle as in Newell 2002, TR-B 36).
///
/// The flow-density diagram of a lane is a triangle: free speed u, jam density κ = 1/spacing, wave speed w,
/// hence at most uwκ/(u+w) vehicles/s. A lower capacity cuts the triangle flat; a higher one that the network
/// states raises w, as far as u. The link holds κL·lanes vehicles, rounded to a whole number N of at least
/// one; the time that a gap takes from the exit back to the entry is N divided by the triangle's peak, less
/// L/u: exactly L/w where κL·lanes is whole, and the peak flow stays what it was on the shortest link.
struct Road {
  double free_time = 0;      ///< s from end to end
  double wave_time = 0;      ///< s that a gap takes back
  double entry_headway = 0;  ///< s between vehicles that enter, all lanes together
  double exit_headway = 0;   ///< s between vehicles that leave
  NodeId tail, head;
  std::uint32_t first_slot = 0, slots = 0;  ///< the ring
  std::uint32_t room = 0;                   ///< vehicles, at most `slots`
  std::uint32_t stride = 0;                 ///< of the merge: the smaller, the more often served
  std::uint32_t shutter = 0;                ///< row of `Shutters`, 0 for none
  float length = 0;                         ///< m
  float dry_time = 0;                       ///< s from end to end, empty and dry, as the map has it
  std::uint16_t bay = 1;                    ///< vehicles of one movement that stand aside for the others
  std::uint8_t lanes = 0;
  std::uint8_t in_row = 0, out_row = 0;  ///< among the links that enter `head` and leave `tail`
  std::uint8_t unused[7] = {0, 0, 0, 0, 0, 0, 0};
};
static_assert(sizeof(Road) == 80);

/// What makes a link another than on the map, for a while.
struct RoadChange {
  double speed_factor = 1;
  double capacity_factor = 1;  ///< of the flow through the end
  int lanes = 0;               ///< added
  std::uint32_t wrecks = 0;    ///< cars left on the link
  double blocked = 0;          ///< share of time in which walkers at the end keep cars from leaving
  double wet_time = 0;         ///< s to drive through its water; 0 where it is dry
};

/// Fills in the diagram, room and headways of `road`; its ring must hold the room.
void set_road(Road& road, const Network& network, const DrivingModel& model, LinkId link,
              const RoadChange& change);
/// Vehicles for which a link has room with so many lanes.
[[nodiscard]] std::uint32_t room_of(const Network& network, const DrivingModel& model, LinkId link,
                                    int lanes);
/// Share of the flow that passes `wrecks` cars left on `lanes` lanes.
[[nodiscard]] double passable_share(const DrivingModel& model, int lanes, std::uint32_t wrecks);

/// When links take nobody in, or let nobody out: closures and changes without capacity, both known ahead.
class Shutters {
 public:
  explicit Shutters(const World& world);

  [[nodiscard]] std::uint32_t row_of(LinkId link) const;
  /// The first moment from `moment` on when row `row` may be entered (left); kForever if never.
  [[nodiscard]] double entry_from(std::uint32_t row, double moment) const {
    return open_from(rows_[row].entry, moment);
  }
  [[nodiscard]] double exit_from(std::uint32_t row, double moment) const {
    return open_from(rows_[row].exit, moment);
  }

 private:
  struct Span {
    double from, to;  ///< s
  };
  struct Row {
    LinkId link;
    std::vector<Span> entry, exit;  ///< by start
  };
  [[nodiscard]] static double open_from(const std::vector<Span>& closed, double moment);
  std::vector<Row> rows_;  ///< ascending by link; row 0 is empty
};

}  // namespace chimata::driving
