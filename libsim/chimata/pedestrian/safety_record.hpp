/// Everything a safety plan asks of a crowd, measured while it moves.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chimata/pedestrian/counting_lines.hpp"
#include "chimata/pedestrian/safety.hpp"
#include "chimata/pedestrian/voronoi.hpp"

namespace chimata::pedestrian {

class Venue;

struct SafetyRecordModel {
  SafetyModel fields;
  double every = 1;          ///< s between two measurements of fields and zones
  double lines_every = 0.1;  ///< s between two looks at lines, where there are any
  VoronoiModel voronoi;      ///< for zones
};

/// One measurement of everybody.
struct SafetyMoment {
  double time_s;
  Safety::Now now;
};

/// One measurement of one zone.
struct ZoneMoment {
  double time_s;
  std::uint32_t zone;
  ZoneMeasure measure;
};

/// Measures whenever something is due; what it sees counts for the time since the last measurement, so
/// nothing for the first. Fields take memory by cell; each measurement adds a row of some 60 bytes and one
/// per zone, each crossing of a line another. The same bits for any number of threads.
class SafetyRecord {
 public:
  /// @throws InputError for an interval that is not above 0, and as `Safety` does
  explicit SafetyRecord(std::shared_ptr<const Area> area, const SafetyRecordModel& model = {});
  /// Of a building: lines, zones and people are in the plane of `building->area()`.
  explicit SafetyRecord(std::shared_ptr<const Levels> building, const SafetyRecordModel& model = {});

  /// @throws InputError as `CountingLines` does
  void add_line(CountingLine line) { lines_.add(std::move(line)); }
  /// A part of the area to measure by Voronoi cells; what lies outside the area does not count.
  /// @throws InputError for a shape beside the area, a wrong one, or an id used twice
  void add_zone(const std::string& id, const Polygon& shape);

  /// s of the next measurement.
  [[nodiscard]] double due() const;
  /// Takes what is due of a crowd as it is now.
  void look(std::span<const PersonId> person, std::span<const Point> position,
            std::span<const Point> velocity, double now, Arena& arena);

  [[nodiscard]] const Safety& fields() const { return fields_; }
  [[nodiscard]] const CountingLines& lines() const { return lines_; }
  [[nodiscard]] const std::vector<std::string>& zone_ids() const { return zone_ids_; }
  [[nodiscard]] const std::vector<SafetyMoment>& moments() const { return moments_; }
  [[nodiscard]] const std::vector<ZoneMoment>& zone_moments() const { return zone_moments_; }

  /// All that was measured; whoever loads it into one of the same area, model, lines and zones goes on with
  /// the same bits.
  void save(SnapshotWriter& out) const;
  /// @throws std::runtime_error if it was measured otherwise
  void load(const SnapshotReader& in);

 private:
  void look_at_zones(std::span<const Point> position, std::span<const Point> velocity, double now,
                     Arena& arena);

  SafetyRecordModel model_;
  std::shared_ptr<const Area> area_;
  Safety fields_;
  Voronoi voronoi_;
  CountingLines lines_;
  std::vector<std::string> zone_ids_;
  std::vector<Area> zones_;
  std::vector<SafetyMoment> moments_;
  std::vector<ZoneMoment> zone_moments_;
  double next_look_ = 0, next_line_ = 0;
};

/// Runs a venue until `time_s` or until nobody is left or to come, with all measurements on their time.
void run_until(Venue& venue, SafetyRecord& record, double time_s, Arena& arena);

}  // namespace chimata::pedestrian
