#include "chimata/pedestrian/safety_record.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/pedestrian/venue.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kSoon = 1e-6;  // s, less than any step: moments of steps are not exact decimals

const Area& checked(const std::shared_ptr<const Area>& area, const SafetyRecordModel& model) {
  if (!(model.every > 0) || !(model.lines_every > 0))
    throw InputError("safety", "an interval of 0 s or less between measurements",
                     "take 1 s, and 0.1 s for lines");
  return *area;
}

}  // namespace

SafetyRecord::SafetyRecord(std::shared_ptr<const Area> area, const SafetyRecordModel& model)
    : model_(model),
      area_(std::move(area)),
      fields_(checked(area_, model).box(), model.fields),
      voronoi_(area_, model.voronoi) {}

SafetyRecord::SafetyRecord(std::shared_ptr<const Levels> building, const SafetyRecordModel& model)
    : SafetyRecord(building->area(), model) {
  lines_ = CountingLines(std::move(building));
}

void SafetyRecord::add_zone(const std::string& id, const Polygon& shape) {
  const std::string where = "zone " + id;
  if (std::find(zone_ids_.begin(), zone_ids_.end(), id) != zone_ids_.end())
    throw InputError(where, "is there already", "give it another name");
  auto parts = area_->within(Area({shape}).parts().front());
  if (parts.empty()) throw InputError(where, "lies outside the area", "move it");
  zones_.emplace_back(std::move(parts));
  zone_ids_.push_back(id);
}

double SafetyRecord::due() const {
  return lines_.lines().empty() ? next_look_ : std::min(next_look_, next_line_);
}

void SafetyRecord::look(std::span<const PersonId> person, std::span<const Point> position,
                        std::span<const Point> velocity, double now, Arena& arena) {
  if (!lines_.lines().empty() && now >= next_line_ - kSoon) {
    lines_.look(person, position, now);
    next_line_ = now + model_.lines_every;
  }
  if (now < next_look_ - kSoon) return;
  // looks come at moments of steps, so a little later than asked for
  fields_.observe(position, velocity, now, moments_.empty() ? 0 : now - moments_.back().time_s);
  moments_.push_back({now, fields_.now()});
  look_at_zones(position, velocity, now, arena);
  next_look_ = now + model_.every;
}

void SafetyRecord::look_at_zones(std::span<const Point> position, std::span<const Point> velocity, double now,
                                 Arena& arena) {
  if (zones_.empty()) return;
  const auto cells = voronoi_.cells(position, arena);
  std::vector<double> speeds(velocity.size());
  std::transform(velocity.begin(), velocity.end(), speeds.begin(), [](Point v) { return length(v); });
  for (std::uint32_t zone = 0; zone < zones_.size(); ++zone)
    zone_moments_.push_back({now, zone, measure(zones_[zone], cells, position, speeds)});
}

void run_until(Venue& venue, SafetyRecord& record, double time_s, Arena& arena) {
  const auto look = [&] {
    const Crowd& crowd = venue.crowd();
    record.look(crowd.person(), crowd.position(), crowd.velocity(), venue.now(), arena);
  };
  look();
  while (venue.now() < time_s - kSoon && venue.present() + venue.to_come() > 0) {
    venue.run_until(std::min(time_s, record.due()), arena);
    look();
  }
}

}  // namespace chimata::pedestrian
