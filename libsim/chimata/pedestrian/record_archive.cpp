/// What has been measured of a crowd, as columns.
#include <stdexcept>

#include "chimata/core/records.hpp"
#include "chimata/pedestrian/safety_record.hpp"

namespace chimata::pedestrian {

namespace {

/// One member of every row.
template <class Row, class T>
std::vector<T> column(const std::vector<Row>& rows, T Row::*member) {
  std::vector<T> values;
  for (const Row& row : rows) values.push_back(row.*member);
  return values;
}

template <class Row, class T>
void get_column(const SnapshotReader& in, const char* name, std::vector<Row>& rows, T Row::*member) {
  std::vector<T> values;
  in.get(name, values);
  rows.resize(values.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].*member = values[i];
}

}  // namespace

void CountingLines::save(SnapshotWriter& out) const {
  out.put_value("lines", static_cast<std::uint64_t>(lines_.size()));
  out.put_value("looks", looks_);
  out.put_value("before", before_);
  const auto& last = static_cast<const std::vector<Last>&>(last_);
  put_records(out, "at", column(last, &Last::at));
  out.put("look", column(last, &Last::look));
  out.put("sheet", column(last, &Last::sheet));
  out.put("time_s", column(crossings_, &Crossing::time_s));
  out.put("person", column(crossings_, &Crossing::person));
  out.put("line", column(crossings_, &Crossing::line));
  out.put("speed", column(crossings_, &Crossing::speed));
  std::vector<std::uint8_t> forward;
  for (const Crossing& crossing : crossings_) forward.push_back(crossing.forward ? 1 : 0);
  out.put("forward", forward);
}

void CountingLines::load(const SnapshotReader& in) {
  std::uint64_t lines = 0;
  in.get_value("lines", lines);
  if (lines != lines_.size()) throw std::runtime_error("the snapshot counts through other lines");
  in.get_value("looks", looks_);
  in.get_value("before", before_);
  auto& last = static_cast<std::vector<Last>&>(last_);
  std::vector<Point> at;
  get_column(in, "look", last, &Last::look);
  get_column(in, "sheet", last, &Last::sheet);
  get_records(in, "at", at);
  for (std::size_t i = 0; i < last.size(); ++i) last[i].at = at.at(i);
  get_column(in, "time_s", crossings_, &Crossing::time_s);
  get_column(in, "person", crossings_, &Crossing::person);
  get_column(in, "line", crossings_, &Crossing::line);
  get_column(in, "speed", crossings_, &Crossing::speed);
  std::vector<std::uint8_t> forward;
  in.get("forward", forward);
  for (std::size_t i = 0; i < crossings_.size(); ++i) crossings_[i].forward = forward.at(i) != 0;
}

void SafetyRecord::save(SnapshotWriter& out) const {
  SnapshotWriter fields = out.below("fields"), lines = out.below("lines"), zones = out.below("zones");
  fields_.save(fields);
  lines_.save(lines);
  static_assert(sizeof(SafetyMoment) == 64 && sizeof(ZoneMeasure) == 24);
  put_records(out, "moments", moments_);
  out.put_value("next_look", next_look_);
  out.put_value("next_line", next_line_);
  zones.put_value("zones", static_cast<std::uint64_t>(zones_.size()));
  zones.put("time_s", column(zone_moments_, &ZoneMoment::time_s));
  zones.put("zone", column(zone_moments_, &ZoneMoment::zone));
  put_records(zones, "measure", column(zone_moments_, &ZoneMoment::measure));
}

void SafetyRecord::load(const SnapshotReader& in) {
  const SnapshotReader zones = in.below("zones");
  std::uint64_t count = 0;
  zones.get_value("zones", count);
  if (count != zones_.size()) throw std::runtime_error("the snapshot measures other zones");
  fields_.load(in.below("fields"));
  lines_.load(in.below("lines"));
  get_records(in, "moments", moments_);
  in.get_value("next_look", next_look_);
  in.get_value("next_line", next_line_);
  std::vector<ZoneMeasure> measure;
  get_column(zones, "time_s", zone_moments_, &ZoneMoment::time_s);
  get_column(zones, "zone", zone_moments_, &ZoneMoment::zone);
  get_records(zones, "measure", measure);
  for (std::size_t i = 0; i < zone_moments_.size(); ++i) zone_moments_[i].measure = measure.at(i);
}

}  // namespace chimata::pedestrian
