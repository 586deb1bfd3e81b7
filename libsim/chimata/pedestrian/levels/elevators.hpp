/// Cabins that carry people from landing to landing.
#pragma once

#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/pedestrian/crowd.hpp"
#include "chimata/pedestrian/plan.hpp"
#include "chimata/space/levels.hpp"

namespace chimata::pedestrian {

/// Times as handbooks of lift traffic count for low buildings (CIBSE Guide D: 1.0 to 1.2 s for each
/// passenger, 4 to 5 s for doors; grade B), speed 1.0 m/s (C).
struct ElevatorModel {
  std::uint32_t cabins = 1, capacity = 8;
  double speed = 1.0;    ///< m/s
  double start_s = 2.0;  ///< lost by starting and stopping, each trip
  double door_s = 4.0;   ///< to open and to close
  double board_s = 1.0;  ///< for each person who gets in or out
};

/// Somebody who waits before a door: they stand where they came within 2.2 m of it.
struct LandingCall {
  PersonId person;
  std::uint32_t landing, goal;  ///< of the shaft
};

/// The cabins of one shaft. Collective dispatch: a cabin goes on in its direction while somebody wants to get
/// in or out there, then turns round. First come, first in, until it is full; others get out before.
/// Who rides is out of sight and not in the crowd.
class Elevator {
 public:
  /// @throws InputError for a capacity, speed or time that is none
  Elevator(const Levels& building, std::uint32_t shaft, const ElevatorModel& model, const Walls& walls);

  /// One moment: moves cabins, takes people out of the crowd and puts them back.
  /// @param calls  those who wait, first come first; those who got in are taken away
  /// @param closed no more people get in
  void step(double now, bool closed, Crowd& crowd, const Walls& walls, std::vector<LandingCall>& calls,
            std::vector<PersonId>& in, std::vector<PersonId>& out);

  [[nodiscard]] std::size_t riding() const { return riders_.size(); }
  [[nodiscard]] std::span<const std::uint32_t> trips() const { return trips_; }  ///< by cabin
  void add_riders(std::vector<PersonId>& all) const;
  /// Takes somebody out of the cabin, and out of the venue.
  void take_out(PersonId person);
  /// s that somebody has to expect from joining `waiting` others at a landing to getting out at another.
  [[nodiscard]] double expected_s(std::size_t waiting, std::uint32_t from, std::uint32_t to) const;

  void save(SnapshotWriter& out, const std::string& name) const;
  void load(const SnapshotReader& in, const std::string& name);

 private:
  enum class State : std::uint32_t { idle, moving, open };
  struct Cabin {
    double until_s = 0;  ///< arrives then, or may do the next thing
    State state = State::idle;
    std::uint32_t at = 0;  ///< landing, or the next one
    std::int32_t upwards = 1;
    std::uint32_t closing = 0;
  };
  struct Rider {
    double speed, radius, time_gap;
    PersonId person;
    std::uint32_t law, cabin, goal;
  };
  void serve(Cabin& cabin, std::uint32_t row, double now, bool closed, Crowd& crowd, const Walls& walls,
             std::vector<LandingCall>& calls, std::vector<PersonId>& in, std::vector<PersonId>& out);
  bool get_out(std::uint32_t row, std::uint32_t at, Crowd& crowd, const Walls& walls,
               std::vector<PersonId>& out);
  bool get_in(std::uint32_t row, std::uint32_t at, Crowd& crowd, std::vector<LandingCall>& calls,
              std::vector<PersonId>& in);
  [[nodiscard]] bool wanted(std::uint32_t row, std::uint32_t landing,
                            const std::vector<LandingCall>& calls) const;
  void leave_for(Cabin& cabin, std::uint32_t row, double now, const std::vector<LandingCall>& calls);
  [[nodiscard]] std::size_t load(std::uint32_t row) const;
  [[nodiscard]] double trip_s(std::uint32_t from, std::uint32_t to) const;

  ElevatorModel model_;
  std::vector<double> height_;             ///< m, by landing
  std::vector<std::uint32_t> by_height_;   ///< landings
  std::vector<std::vector<Point>> spots_;  ///< by landing: where people may step out, nearest first
  std::vector<Cabin> cabins_;
  std::vector<Rider> riders_;  ///< in the order of getting in
  std::vector<std::uint32_t> trips_;
  std::vector<std::uint8_t> gone_;  // scratch
};

}  // namespace chimata::pedestrian
