/// A platform or bus stop with its timetable.
#pragma once

#include "chimata/pedestrian/stages/spots.hpp"

namespace chimata::pedestrian {

struct Train {
  std::string id;
  double arrives_s = 0, leaves_s = 0;
  std::uint32_t room = 0;  ///< persons that can board
};

/// Rates per door: 2 s for each passenger of a stream on the level, as handbooks of public transport count,
/// and two streams at once; a bus with one stream and fares to pay takes 0.4 persons/s or less (C).
struct PlatformModel {
  std::vector<Train> trains;  ///< by time, none before the last one has left
  std::vector<Wall> doors;    ///< where trains open, one line each
  double boarding = 1.0;      ///< persons/s and door
  double alighting = 1.0;     ///< persons/s and door
  double spacing = 0.6;       ///< m between those who wait
};

/// What became of a train.
struct TrainCount {
  std::uint32_t boarded = 0, denied = 0, waiting = 0;  ///< denied: wanted to, but it was full or left
  std::uint32_t reserved = 0;
  double late_s = 0;  ///< it left so long after its time
};

/// People wait in its area, go to the nearest door while a train stands, let others get off first, and board
/// until the train is full or leaves. Who is left behind goes back and waits for the next. Boarding is
/// leaving the area.
///
/// A train leaves at its time, but never before all are out who get off there: how long it stands follows
/// from how many get off and on (Transit Capacity and Quality of Service Manual, TCRP Report 165; B). After
/// the last of them, those who wait have half of the stop in the timetable to board, as both streams pass the
/// doors at like rates (C). A train that is due meanwhile comes in, and its people get off, when it has left.
class Platform {
 public:
  Platform() = default;
  explicit Platform(PlatformModel model) : model_(std::move(model)) {}

  Target open(const Site& site);
  void reached(PersonId person, Usher& usher);
  void step(Usher& usher);
  void forget(PersonId person);
  /// m from its target at which people count as come.
  [[nodiscard]] double reach() const { return 0; }
  [[nodiscard]] double burden(std::size_t bound) const { return static_cast<double>(bound); }
  [[nodiscard]] const std::vector<Train>& trains() const { return model_.trains; }
  /// By train.
  [[nodiscard]] const std::vector<TrainCount>& counts() const { return counts_; }
  /// People waiting on the platform now.
  [[nodiscard]] std::size_t load() const { return waiting_.size(); }
  /// Entrances through which people get off, one per door.
  [[nodiscard]] const std::vector<EntranceRow>& entrances() const { return entrances_; }
  void save(SnapshotWriter& out, const std::string& name) const;
  void load(const SnapshotReader& in, const std::string& name);

 private:
  struct Guest {
    PersonId person;
    std::uint32_t door;     ///< none while no train stands
    std::uint32_t at_door;  ///< place in the order of those who have reached a door; none: not there
    std::uint32_t reserved;
  };
  void check_timetable(const Site& site) const;
  [[nodiscard]] std::uint32_t standing(double now) const;
  void settle(PersonId person, Usher& usher);
  void watch_doors(Usher& usher);
  void arrive(std::uint32_t train, Usher& usher);
  void depart(Usher& usher);
  void send_to_doors(Usher& usher);
  void board(Usher& usher);

  PlatformModel model_;
  Target area_ = 0;
  std::vector<Target> doors_;
  std::vector<EntranceRow> entrances_;
  Spots spots_;
  std::vector<Guest> waiting_;             ///< by (moment of coming, person)
  std::vector<std::uint8_t> getting_off_;  // scratch, by door
  std::vector<double> free_from_;          ///< s, by door
  std::vector<TrainCount> counts_;
  std::uint32_t train_ = kNoRow, next_place_ = 0;  ///< the train that stands; places given at its doors
  double off_s_ = 0;   ///< when the last one got off the train that stands, or when it came
  double kept_s_ = 0;  ///< when people last kept it, or when it came
};

}  // namespace chimata::pedestrian
