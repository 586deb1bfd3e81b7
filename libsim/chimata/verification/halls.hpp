/// Rooms with people in them, for checks of the crowd engine. Private to this room.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "chimata/pedestrian/places.hpp"
#include "chimata/pedestrian/venue.hpp"

namespace chimata::verification {

/// A rectangle from (x0, y0) to (x1, y1).
[[nodiscard]] Polygon rectangle(double x0, double y0, double x1, double y1);
/// `polygon` with a hole.
[[nodiscard]] Polygon with_hole(Polygon polygon, const Polygon& hole);
/// All points turned about the origin.
[[nodiscard]] Polygon turned(Polygon polygon, double degrees);

/// People in an area, from the first to the last to leave.
class Hall {
 public:
  explicit Hall(std::vector<Polygon> parts, std::vector<SpeedZone> zones = {}, std::vector<Gate> gates = {},
                pedestrian::VenueModel model = {});

  /// A line to leave by; returns the journey straight there.
  std::uint32_t exit(Point a, Point b, pedestrian::Door door = {});
  /// So many people spread over `where`; returns their first number.
  std::uint32_t crowd(const Polygon& where, std::size_t count, std::uint32_t journey, double speed = 1.34,
                      double radius = 0.2);
  void add(Point at, std::uint32_t journey, double speed, double starts_s = 0, double radius = 0.2);
  /// By which law those move who are added from now on.
  void move_by(pedestrian::Law law) { law_ = law; }
  /// Runs until everybody has left, or `limit_s`.
  void run(double limit_s);

  /// Other places for the crowds added from now on.
  void draw_anew(std::uint32_t number) { crowds_ = 1000 * number; }
  /// Those added, to be changed before the first run.
  std::vector<pedestrian::Visitor>& people() { return people_; }
  pedestrian::Venue& venue() { return venue_; }
  [[nodiscard]] bool empty() const { return begun_ && venue_.present() + venue_.to_come() == 0; }
  /// s at which somebody left; infinite if they did not.
  [[nodiscard]] double left_at(std::uint32_t person) const;
  /// s at which the last left.
  [[nodiscard]] double cleared_at() const;
  /// Persons/s between the moments at which these shares of all had left.
  [[nodiscard]] double flow(double from_share, double to_share) const;

 private:
  std::shared_ptr<const Area> area_;
  pedestrian::Venue venue_;
  std::vector<pedestrian::Visitor> people_;
  std::uint32_t crowds_ = 0;
  pedestrian::Law law_ = pedestrian::Law::collision_free;
  bool begun_ = false;
};

/// Flow in persons/s out of a room of 8 x 5 m with 100 people by an exit of 1 m in the middle of its short
/// wall. IMO test 4.
[[nodiscard]] double room_flow(pedestrian::Door door);

/// s for `metres` along the middle of a corridor, alone.
[[nodiscard]] double time_alone(double metres, double speed, double starts_s, double width = 2);
/// Speeds in m/s over 20 m of people who walk side by side, each in a lane of 1 m and alone in it.
[[nodiscard]] std::vector<double> free_speeds(const std::vector<double>& desired);
/// s at which people in a room of 8 x 5 m begin to move, who are told to begin at `starts_s`; looked at every
/// 0.1 s.
[[nodiscard]] std::vector<double> setting_out(const std::vector<double>& starts_s);

}  // namespace chimata::verification
