#include <algorithm>

#include "chimata/core/records.hpp"
#include "chimata/event/service.hpp"

namespace chimata {

namespace {

double seconds_or_never(Time time) {
  return time == kNever ? std::numeric_limits<double>::quiet_NaN() : seconds(time);
}

}  // namespace

void EventService::count(Census& census) const {
  census[static_cast<std::size_t>(PersonState::home)] += at_home_;
  census[static_cast<std::size_t>(PersonState::waiting)] += held_up_;
  census[static_cast<std::size_t>(PersonState::casualty)] += dead_;
  census[static_cast<std::size_t>(PersonState::travelling)] += getting_out_;
}

void EventService::record(Time time, TableSet& tables) {
  record_car_parks(time, tables);
  if (!setting_.visitors.has_trains(world_->people->size())) return;
  Table& table = tables.try_emplace("station", "People who wait for trains").first->second;
  const auto waiting = static_cast<double>(waiting_.size());
  table.column<double>("t_s", "moment, s since the start").push_back(seconds(time));
  table.column<std::uint32_t>("waiting", "people on the platform")
      .push_back(static_cast<std::uint32_t>(waiting_.size()));
  table.column<double>("load", "people on the platform, persons/m²")
      .push_back(waiting / model_.platform_area);
  table.column<std::int64_t>("boarded", "people who have left by train so far").push_back(boarded_);
}

void EventService::finish(Time, TableSet& tables) const {
  write_kinds(tables);
  Table& table = tables.try_emplace("visitors", "Everybody who came to the event").first->second;
  auto& person = table.column<std::uint32_t>("person", "row of the people");
  auto& spot = table.column<std::uint32_t>("spot", "part of the area in which they stayed");
  auto& gate_in = table.column<std::uint32_t>("gate_in", "row of the area's gates");
  auto& gate_out =
      table.column<std::uint32_t>("gate_out", "row of the area's gates; as gate_in before they left");
  auto& by_train = table.column<std::uint8_t>("by_train", "1 if they came by train");
  auto& by_car = table.column<std::uint8_t>("by_car", "1 if they came by car");
  auto& party =
      table.column<std::uint32_t>("party", "with whom they share a car: a number; 4294967295 for nobody");
  auto& group = table.column<std::uint32_t>(
      "group", "the person whose group they came in, the same for all of it; 4294967295: with nobody");
  auto& kind = table.column<std::string>("kind", "kind of people, as in event.people; \"\": nobody said");
  auto& guided = table.column<std::uint8_t>("guided", "1 if they follow guidance to the quickest gate");
  auto& phase = table.column<std::uint8_t>(
      "phase",
      "0 at home or on a train, 1 coming, 2 in the area, 3 leaving it, "
      "4 going home or to the car, 5 on the platform, 6 stuck, 7 left to the "
      "evacuation, 8 swept away or overcome by smoke, 9 driving in, 10 getting out of the car, 11 waiting "
      "at the car, 12 getting in, 13 driving home");
  auto& left = table.column<double>("left_home_s", "when they left home or the station, s; NaN: never");
  auto& came = table.column<double>("came_s", "when they reached the gate, s; NaN: never");
  auto& set_out = table.column<double>(
      "set_out_s", "when they set out from their place, or else were to, s; NaN: never came");
  auto& out = table.column<double>("out_s", "when they were through a gate again, s; NaN: not yet");
  auto& home = table.column<double>("home_s", "when they were home or on a train, s; NaN: not yet");
  auto& told = table.column<std::uint8_t>("told", "1 if they were told of a warning or smoke at the event");
  for (std::uint32_t row = 0; row < plan_.visits.size(); ++row) {
    const Visit& visit = plan_.visits[row];
    const Fate& fate = fates_[row];
    person.push_back(visit.person.value), spot.push_back(visit.spot), gate_in.push_back(visit.gate_in);
    gate_out.push_back(fate.out == kNever && fate.phase != Phase::leaving ? visit.gate_in : fate.gate_out);
    by_train.push_back(visit.by == ComesBy::train ? 1 : 0);
    by_car.push_back(visit.by == ComesBy::car ? 1 : 0);
    group.push_back(visit.group - 1);  // none: the greatest number there is
    kind.push_back(kind_of(visit.person));
    party.push_back(visit.party), guided.push_back(visit.guided);
    phase.push_back(static_cast<std::uint8_t>(fate.phase));
    left.push_back(seconds_or_never(fate.came_out != 0 ? visit.leaves_home : kNever));
    came.push_back(seconds_or_never(fate.came));
    const bool were_to = fate.came != kNever && fate.set_out == kNever;
    set_out.push_back(seconds_or_never(were_to ? visit.sets_out : fate.set_out));
    told.push_back(fate.told), out.push_back(seconds_or_never(fate.out));
    home.push_back(fate.phase == Phase::at_home ? seconds_or_never(fate.home)
                                                : std::numeric_limits<double>::quiet_NaN());
  }
}

void EventService::save(SnapshotWriter& out) const {
  // as they were planned, and as people have changed them since: a fork may close other streets
  put_records(out, "visits", plan_.visits);
  put_records(out, "parties", plan_.parties);
  put_records(out, "fates", fates_);
  out.put("leaving_by", leaving_by_);
  out.put("cars", cars_);
  out.put("waiting", waiting_);
  leave_home_.save(out, "leave_home");
  set_out_.save(out, "set_out");
  announced_.save(out, "announced");
  at_car_.save(out, "at_car");
  again_.save(out, "again");
  std::vector<std::uint32_t> tried;  // row, gate
  for (const auto& [row, gates] : tried_) {
    for (const GateRow gate : gates) tried.insert(tried.end(), {row, gate});
  }
  out.put("tried", tried);
  out.put_value("last_boarded", last_boarded_.time_since_epoch().count());
  out.put_value("stopped", stopped_.time_since_epoch().count());
  out.put_value("warnings_seen", warnings_seen_);
  if (setting_.smoke != nullptr) {
    out.put_value("by_smoke", by_smoke_);
    out.put_value("smoke_seen", smoke_seen_);
  }
  out.put("counts", std::vector<std::int64_t>{boarded_, at_home_, held_up_, dead_, getting_out_});
}

void EventService::load(const SnapshotReader& in) {
  get_records(in, "visits", plan_.visits);
  get_records(in, "parties", plan_.parties);
  find_rows();
  get_records(in, "fates", fates_);
  in.get("leaving_by", leaving_by_);
  in.get("cars", cars_);
  in.get("waiting", waiting_);
  leave_home_.load(in, "leave_home");
  set_out_.load(in, "set_out");
  announced_.load(in, "announced");
  at_car_.load(in, "at_car");
  again_.load(in, "again");
  std::vector<std::uint32_t> tried;
  in.get("tried", tried);
  tried_.clear();
  for (std::size_t i = 0; i + 1 < tried.size(); i += 2) tried_[tried[i]].push_back(tried[i + 1]);
  std::int64_t last = 0;
  in.get_value("last_boarded", last);
  last_boarded_ = Time{Duration{last}};
  std::int64_t stopped = 0;
  in.get_value("stopped", stopped);
  stopped_ = Time{Duration{stopped}};
  in.get_value("warnings_seen", warnings_seen_);
  if (setting_.smoke != nullptr) {
    in.get_value("by_smoke", by_smoke_);
    in.get_value("smoke_seen", smoke_seen_);
  }
  std::vector<std::int64_t> counts;
  in.get("counts", counts);
  boarded_ = counts.at(0), at_home_ = counts.at(1), held_up_ = counts.at(2), dead_ = counts.at(3);
  getting_out_ = counts.at(4);
}

}  // namespace chimata
