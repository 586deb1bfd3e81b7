/// What is written down of an area.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "chimata/pedestrian/area_site.hpp"
#include "chimata/pedestrian/guard_posts.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double moment_or_never(double time) {
  return std::isfinite(time) ? time : kNone;
}

/// How comfortably people were in an area: a row per level of service.
void write_levels(const Safety& safety, std::uint32_t row, Table& levels) {
  static constexpr const char* kLevels[kServiceLevels] = {"A", "B", "C", "D", "E", "F"};
  for (std::size_t level = 0; level < kServiceLevels; ++level) {
    levels.column<std::uint32_t>("area", "row of the areas").push_back(row);
    levels.column<std::string>("level", "of service, Fruin 1971: A free to F stuck")
        .push_back(kLevels[level]);
    levels.column<double>("walkway_person_min", "time spent at this level of a walkway, person min")
        .push_back(safety.level_person_s()[level] / 60);
    levels.column<double>("queue_person_min", "time spent at this level of a queue, person min")
        .push_back(safety.queue_person_s()[level] / 60);
  }
}

/// Where marshals help most in an area, in order of need.
void write_posts(const Safety& safety, std::uint32_t row, Table& posts) {
  constexpr std::size_t kMost = 10;
  std::uint32_t number = 0;
  for (const GuardPost& post : guard_posts(safety, kMost)) {
    posts.column<std::uint32_t>("area", "row of the areas").push_back(row);
    posts.column<std::uint32_t>("post", "1: where it is needed most").push_back(++number);
    posts.column<double>("x_m", "worst place within 5 m, m east").push_back(post.at.x);
    posts.column<double>("y_m", "m north").push_back(post.at.y);
    posts.column<std::string>("danger", "the worst there: crush, turbulent, dense or counterflow")
        .push_back(name_of(post.danger));
    posts.column<double>("dense_person_min", "time spent within 5 m at 4 persons/m² or more, person min")
        .push_back(post.alert_person_min);
    posts.column<double>("crush_person_min", "at 6 persons/m² or more, person min")
        .push_back(post.crush_person_min);
    posts.column<double>("counterflow_person_min", "walking against others, person min")
        .push_back(post.counter_person_min);
    posts.column<double>("density_max", "highest density, persons/m²").push_back(post.density_max);
    posts.column<double>("pressure_max", "highest crowd pressure, 1/s²").push_back(post.pressure_max);
    posts.column<double>("first_alarm_s", "when 4 persons/m² had first lasted for 5 s, s; NaN: never")
        .push_back(moment_or_never(post.first_alarm));
    posts.column<double>("first_crush_s", "when 6 persons/m² were first reached, s; NaN: never")
        .push_back(moment_or_never(post.first_crush));
  }
}

}  // namespace

void AreaSite::record(Time time, std::uint32_t row, const AreaAir& air, TableSet& tables) const {
  Table& areas = tables.try_emplace("areas", "People in areas, over time").first->second;
  Table& gates = tables.try_emplace("gates", "Gates of areas, over time").first->second;
  std::size_t outside = 0;
  for (std::uint32_t g = 0; g < about->gates.size(); ++g) {
    const std::size_t queue = venue.waiting_outside(entrance[g]);
    outside += queue;
    gates.column<double>("t_s", "moment, s since the start").push_back(seconds(time));
    gates.column<std::uint32_t>("area", "row of the areas").push_back(row);
    gates.column<std::uint32_t>("gate", "row of the area's gates, see area_gates").push_back(g);
    gates.column<std::int64_t>("came", "people who came to it so far").push_back(went_in[g]);
    gates.column<std::int64_t>("left", "people who left by it so far").push_back(went_out[g]);
    gates.column<std::uint32_t>("waiting", "people outside who find no room yet")
        .push_back(static_cast<std::uint32_t>(queue));
  }
  areas.column<double>("t_s", "moment, s since the start").push_back(seconds(time));
  areas.column<std::uint32_t>("area", "row of the areas").push_back(row);
  areas.column<std::uint32_t>("inside", "people in the area")
      .push_back(static_cast<std::uint32_t>(static_cast<std::int64_t>(venue.present()) - overcome));
  areas.column<std::uint32_t>("visiting", "of these, at their place")
      .push_back(static_cast<std::uint32_t>(visiting));
  areas.column<std::uint32_t>("stranded", "of all inside, stopped by water")
      .push_back(static_cast<std::uint32_t>(stranded));
  areas.column<std::uint32_t>("outside", "people who find no room behind a gate yet")
      .push_back(static_cast<std::uint32_t>(outside));
  areas.column<double>("density", "highest density anywhere now, persons/m², Gaussian weights of 1 m")
      .push_back(venue.present() > 0 ? safety.now().density_max : 0);  // nobody looks at an empty area
  areas.column<double>("density_max", "the highest so far, persons/m²").push_back(safety.greatest_density());
  areas.column<double>("pressure_max", "highest crowd pressure so far, 1/s²")
      .push_back(safety.greatest_pressure());
  areas.column<double>("dense_person_min", "time spent at 4 persons/m² or more so far, person min")
      .push_back(safety.alert_person_min());
  areas.column<double>("crush_person_min", "time spent at 6 persons/m² or more so far, person min")
      .push_back(safety.crush_person_min());
  areas
      .column<double>("counterflow_person_min",
                      "time spent walking so far where a quarter of those around came towards, person min")
      .push_back(safety.counterflow_person_min());
  areas.column<double>("first_alarm_s", "when 4 persons/m² had first lasted for 5 s, s; NaN: never")
      .push_back(moment_or_never(safety.first_alarm()));
  areas.column<double>("first_crush_s", "when 6 persons/m² were first reached, s; NaN: never")
      .push_back(moment_or_never(safety.first_crush()));
  areas
      .column<double>("alarm_before_crush_s",
                      "since when the alarm stood that was on at that moment, s; NaN: none was, or never")
      .push_back(moment_or_never(safety.alarm_before_crush()));
  if (!air.told()) return;
  areas.column<std::uint32_t>("in_smoke", "of all inside, in smoke")
      .push_back(static_cast<std::uint32_t>(in_smoke));
  areas.column<double>("smoke_person_min", "time spent in smoke so far, person min")
      .push_back(smoke_person_s / 60);
  areas.column<std::uint32_t>("overcome", "people overcome by smoke and gases so far, who lie in the area")
      .push_back(static_cast<std::uint32_t>(overcome));
}

/// Every gate, how people come through it, and how long they waited before it.
void AreaSite::write_gates(std::uint32_t row, Table& gates) const {
  for (std::uint32_t g = 0; g < about->gates.size(); ++g) {
    const AreaGate& gate = about->gates[g];
    const bool checked = gate.check.lanes > 0, capped = gate_flow > 0;
    gates.column<std::uint32_t>("area", "row of the areas").push_back(row);
    gates.column<std::string>("id", "name of the gate").push_back(gate.id);
    gates.column<double>("x_m", "middle of its line, m east").push_back(gate.middle().x);
    gates.column<double>("y_m", "m north").push_back(gate.middle().y);
    gates.column<double>("width_m", "width of the passage, m").push_back(gate.width());
    gates.column<std::string>("mode_in", "how people come in: service (checked one by one), emergent or shut")
        .push_back(!gate.way_in ? "shut"
                   : checked    ? "service"
                                : "emergent");
    gates.column<std::uint32_t>("lanes", "in which people are checked; 0: nobody is")
        .push_back(gate.check.lanes);
    gates.column<double>("check_s", "for one person in a lane, mean, s; NaN: nobody is checked")
        .push_back(checked ? gate.check.mean : kNone);
    gates
        .column<std::string>("mode_out",
                             "how people leave: capped, emergent (as many as come through) or shut")
        .push_back(!gate.way_out ? "shut"
                   : capped      ? "capped"
                                 : "emergent");
    gates.column<double>("flow_out", "persons/s that it lets out at most; NaN: it sets no limit")
        .push_back(gate.way_out && capped ? gate_flow * gate.width() : kNone);
    const std::vector<double> waits = venue.waits(entrance[g]);
    const double sum = std::accumulate(waits.begin(), waits.end(), 0.0);
    gates.column<std::uint32_t>("came", "people who came to its line")
        .push_back(static_cast<std::uint32_t>(waits.size()));
    gates.column<std::int64_t>("turned_back", "of these, sent away before they were in")
        .push_back(turned_back[g]);
    gates
        .column<double>("wait_mean_s",
                        "that people waited outside until they were in, mean, s; NaN: nobody came")
        .push_back(waits.empty() ? kNone : sum / static_cast<double>(waits.size()));
    gates.column<double>("wait_max_s", "the longest that somebody waited, s")
        .push_back(waits.empty() ? kNone : *std::max_element(waits.begin(), waits.end()));
  }
}

void AreaSite::finish(std::uint32_t row, TableSet& tables) const {
  Table& gates = tables.try_emplace("area_gates", "Gates of the areas").first->second;
  Table& map = tables.try_emplace("density", "Where in the areas it became dense").first->second;
  write_levels(safety, row, tables.try_emplace("area_levels", "Levels of service in areas").first->second);
  write_posts(safety, row,
              tables.try_emplace("guard_posts", "Where marshals help most in areas").first->second);
  write_gates(row, gates);
  for (std::size_t cell = 0; cell < safety.places().size(); ++cell) {
    const PlaceRecord& place = safety.places()[cell];
    if (place.density_max < 0.5f) continue;
    const Point middle = safety.centre(cell);
    map.column<std::uint32_t>("area", "row of the areas").push_back(row);
    map.column<float>("x_m", "middle of the cell, m east").push_back(static_cast<float>(middle.x));
    map.column<float>("y_m", "m north").push_back(static_cast<float>(middle.y));
    map.column<float>("density_max", "highest density, persons/m²").push_back(place.density_max);
    map.column<float>("pressure_max", "highest crowd pressure, 1/s²").push_back(place.pressure_max);
    map.column<float>("dense_s", "time at 4 persons/m² or more, s").push_back(place.alert_s);
  }
}

void AreaSite::write_doses(std::uint32_t row, std::size_t people, TableSet& tables) const {
  Table& table = tables.try_emplace("doses", "What people breathed in inside areas").first->second;
  auto& where = table.column<std::uint32_t>("area", "row of the areas");
  auto& who = table.column<std::uint32_t>("person", "row of the people");
  auto& dose = table.column<double>("dose", "fractional effective dose of CO, CO2 and lack of O2");
  auto& down = table.column<double>("overcome_s", "when they could go no further, s; NaN: never");
  for (std::uint32_t person = 0; person < people; ++person) {
    const Exposure exposure = venue.exposure(PersonId{person});
    if (!(exposure.dose > 0)) continue;
    where.push_back(row), who.push_back(person), dose.push_back(exposure.dose);
    down.push_back(moment_or_never(exposure.down_s));
  }
}

}  // namespace chimata::pedestrian
