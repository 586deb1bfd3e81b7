/// Several levels, joined by flights (stairs, ramps, escalators) and shafts (elevators).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "chimata/space/area.hpp"

namespace chimata {

/// One storey, drawn in the coordinates of the whole building: levels lie over each other.
struct Level {
  std::string id;
  std::vector<Polygon> parts;
  double height = 0;  ///< m, of its floor
  std::vector<Gate> gates = {};
  std::vector<SpeedZone> zones = {};
};

/// A surface that leads from one level to another: stairs, a ramp, an escalator.
struct Flight {
  std::string id;
  std::string from, to;             ///< levels
  Wall foot, head;                  ///< its ends: lines on the edges of `from` and of `to`, equally wide
  std::vector<Polygon> shape = {};  ///< seen from above; empty: straight from foot to head
  double length = 0;                ///< m along the slope; 0: by the heights of the levels
};

/// Where an elevator stops: its door is a line on the edge of a level.
struct Landing {
  std::string level;
  Wall door;
};

struct Shaft {
  std::string id;
  std::vector<Landing> landings;
};

/// Every level and every flight is a sheet; sheets lie apart in one plane, so that whatever moves people in
/// the plane moves them in a building. Where a flight meets a level is a seam: both sheets go on beyond it
/// with a copy of what is there, the skirt, 3 m deep. Whoever steps into a skirt is moved by `shift` to
/// where they are then, on the other sheet; nobody stands in a skirt when a step begins.
struct Sheet {
  std::string id;                      ///< of the level or flight
  std::uint32_t flight = 0xffffffffu;  ///< row of the flight; none: a level
  Point offset;                        ///< from the building's coordinates to the plane's, whole metres
  Box box;                             ///< in the plane, skirts included
};

/// One side of where a flight meets a level. In the plane.
struct Seam {
  std::uint32_t sheet = 0, beyond = 0;  ///< rows of sheets
  bool at_head = false;                 ///< of the flight, else at its foot
  Wall line;                            ///< what lies beyond is on its left
  Point shift;                          ///< from this sheet to the other
  std::vector<Polygon> skirt;
};

/// A landing in the plane, its level on the left of the door.
struct LandingPlace {
  std::uint32_t shaft, landing, sheet;
  Wall door;
};

/// Levels laid out and checked; immutable.
class Levels {
 public:
  static constexpr double kSkirt = 3;   ///< m, how far people look beyond a seam
  static constexpr double kApart = 20;  ///< m, between two sheets at least

  /// @throws InputError naming the level, flight or elevator that is wrong: an id used twice, a level that is
  ///         not there or that nobody can reach, an end beside the edge of its level or of different widths,
  ///         stairs of no length, floor of the level beyond the end of its own stairs, two levels at one
  ///         height that overlap
  explicit Levels(std::vector<Level> levels, std::vector<Flight> flights = {},
                  std::vector<Shaft> shafts = {});

  /// All sheets in one plane. Gates and zones are called "<level>/<id>".
  [[nodiscard]] const std::shared_ptr<const Area>& area() const { return area_; }
  [[nodiscard]] const std::vector<Level>& levels() const { return levels_; }
  [[nodiscard]] const std::vector<Flight>& flights() const { return flights_; }
  [[nodiscard]] const std::vector<Shaft>& shafts() const { return shafts_; }
  /// The levels in their order, then the flights in theirs.
  [[nodiscard]] const std::vector<Sheet>& sheets() const { return sheets_; }
  [[nodiscard]] const std::vector<Seam>& seams() const { return seams_; }
  [[nodiscard]] const std::vector<LandingPlace>& landings() const { return landings_; }

  /// Row of the sheet that holds a point of the plane: the one whose columns it lies in, or the nearest.
  [[nodiscard]] std::uint32_t sheet_of(Point in_plane) const;
  /// @throws InputError naming the levels and flights there are
  [[nodiscard]] std::uint32_t sheet_of(const std::string& id) const;
  /// From the building's coordinates to the plane's. @throws InputError for an unknown level or flight
  [[nodiscard]] Point place(const std::string& id, Point at) const;
  [[nodiscard]] Wall place(const std::string& id, const Wall& line) const;
  [[nodiscard]] Polygon place(const std::string& id, Polygon shape) const;
  /// Back from the plane to the building's coordinates.
  [[nodiscard]] Point from_plane(Point in_plane) const;
  /// m, of the floor at a point of the plane; along a flight it changes evenly from foot to head.
  [[nodiscard]] double height_at(Point in_plane) const;
  /// Metres along the slope for one metre seen from above, 1 or more.
  [[nodiscard]] double steepness(std::uint32_t flight) const { return steepness_[flight]; }
  /// m by which a flight rises; below 0 if its head is lower.
  [[nodiscard]] double rise(std::uint32_t flight) const;

 private:
  void check_ids() const;
  void check_reachable() const;
  void check_apart(const std::vector<Area>& floors) const;
  [[nodiscard]] std::uint32_t level_row(const std::string& where, const std::string& id) const;
  void add_flight(std::uint32_t row, const std::vector<Area>& floors, std::vector<Area>& surfaces);
  void add_seam(std::uint32_t sheet, std::uint32_t beyond, bool at_head, Wall line,
                std::vector<Polygon> skirt);
  void lay_out(const std::vector<std::vector<Polygon>>& parts);

  std::vector<Level> levels_;
  std::vector<Flight> flights_;
  std::vector<Shaft> shafts_;
  std::vector<Sheet> sheets_;
  std::vector<Seam> seams_;
  std::vector<LandingPlace> landings_;
  std::vector<double> steepness_;  ///< by flight
  std::shared_ptr<const Area> area_;
};

}  // namespace chimata
