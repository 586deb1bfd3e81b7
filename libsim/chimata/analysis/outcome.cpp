#include "chimata/analysis/outcome.hpp"

#include <algorithm>
#include <cmath>

namespace chimata {

namespace {

constexpr double kPersonsPerToilet =
    50;  // at the onset: Cabinet Office guideline on toilets in shelters, 2016

void keep_first(double& moment, double t) {
  if (std::isnan(moment)) moment = t;
}

void add_events(Outcome& o, const TableSet& tables) {
  const auto kind = numbers(tables, "events", "kind"), person = numbers(tables, "events", "person"),
             value = numbers(tables, "events", "value");
  auto time = numbers(tables, "events", "t_s");
  if (kind.size() != person.size() || kind.size() != value.size()) return;
  time.resize(kind.size(), 0);
  for (std::size_t row = 0; row < kind.size(); ++row) {
    const auto what = static_cast<std::size_t>(kind[row]);
    if (what >= o.events.size()) continue;
    ++o.events[what];
    const auto who = static_cast<std::size_t>(person[row]);
    if (who >= o.fates.size()) o.fates.resize(who + 1);
    Outcome::Fate& fate = o.fates[who];
    switch (static_cast<Event::Kind>(what)) {
      case Event::Kind::state_change:
        switch (static_cast<PersonState>(static_cast<int>(value[row]))) {
          case PersonState::stranded:
            keep_first(fate.stranded_s, time[row]);
            break;
          case PersonState::caught_at_home:
            keep_first(fate.caught_at_home_s, time[row]);
            break;
          case PersonState::casualty:
            keep_first(fate.casualty_s, time[row]);
            break;
          case PersonState::upstairs:
            keep_first(fate.upstairs_s, time[row]);
            break;
          default:
            break;
        }
        break;
      case Event::Kind::told:
        keep_first(fate.told_s, time[row]);
        break;
      case Event::Kind::chose_mode:
        fate.mode = static_cast<std::uint8_t>(value[row]);
        break;
      case Event::Kind::left_car:
        ++(value[row] == 1 ? fate.left_car_wet : fate.left_car_dry);
        break;
      case Event::Kind::helped:
        ++fate.helped;
        break;
      default:
        break;
    }
  }
}

void add_census(Outcome& o, const TableSet& tables) {
  const auto column = [&](PersonState s) { return numbers(tables, "census", name_of(s)); };
  const auto time = numbers(tables, "census", "t_s");
  auto stranded = column(PersonState::stranded), home = column(PersonState::caught_at_home),
       upstairs = column(PersonState::upstairs), casualty = column(PersonState::casualty),
       waiting = column(PersonState::waiting);
  for (auto* values : {&stranded, &home, &upstairs, &casualty, &waiting}) values->resize(time.size(), 0);
  Outcome::Counts& counts = o.counts;
  for (std::size_t row = 0; row < time.size(); ++row) {
    counts.need_rescue_end = stranded[row] + home[row];
    counts.need_rescue_peak = std::max(counts.need_rescue_peak, counts.need_rescue_end);
    counts.upstairs_end = upstairs[row];
    counts.upstairs_peak = std::max(counts.upstairs_peak, upstairs[row]);
    counts.casualties = casualty[row];
    counts.waiting_s += counts.waiting * (time[row] - counts.seen_s);
    counts.waiting = waiting[row];
    counts.seen_s = time[row];
  }
}

/// Rows of one table of shelters; columns that are not there hold nothing.
struct ShelterRows {
  explicit ShelterRows(const TableSet& tables) {
    const auto column = [&](const char* name) { return numbers(tables, "shelters", name); };
    shelter = column("shelter"), time = column("t_s"), occupancy = column("occupancy");
    turned_away = column("turned_away"), exposed = column("exposed"), water = column("water_left_l");
    meals = column("meals_left"), per_toilet = column("persons_per_toilet"),
    refused = column("parking_refused");
    for (auto* values : {&time, &occupancy, &turned_away, &exposed}) values->resize(shelter.size(), 0);
    for (auto* values : {&water, &meals, &per_toilet, &refused})
      values->resize(shelter.size(), std::numeric_limits<double>::quiet_NaN());
  }
  std::vector<double> shelter, time, occupancy, turned_away, exposed, water, meals, per_toilet, refused;
};

void add_supplies(Outcome& o, Outcome::Shelter& seen, const ShelterRows& rows, std::size_t row) {
  const double lasted = std::max(0.0, rows.time[row] - seen.seen_s) * seen.inside;
  seen.inside_s += lasted;
  if (seen.no_water) seen.dry_s += lasted;
  if (seen.no_meals) seen.hungry_s += lasted;
  seen.no_water = rows.water[row] <= 0, seen.no_meals = rows.meals[row] <= 0;
  o.water_known |= !std::isnan(rows.water[row]);
  o.meals_known |= !std::isnan(rows.meals[row]);
  if (!std::isnan(rows.refused[row])) o.parking_known = true, seen.parking_refused = rows.refused[row];
  if (rows.per_toilet[row] > 0) {
    o.toilets_known = true;
    const double there = rows.occupancy[row] / rows.per_toilet[row];
    seen.toilets_short =
        std::max(seen.toilets_short, std::ceil(rows.occupancy[row] / kPersonsPerToilet) - std::round(there));
  }
}

void add_shelters(Outcome& o, const TableSet& tables) {
  const ShelterRows rows(tables);
  for (std::size_t row = 0; row < rows.shelter.size(); ++row) {
    const auto s = static_cast<std::size_t>(rows.shelter[row]);
    if (s >= o.shelters.size()) o.shelters.resize(s + 1);
    Outcome::Shelter& seen = o.shelters[s];
    const double room = s < o.context.shelter_capacity.size() ? o.context.shelter_capacity[s] : 0;
    if (room > 0)
      seen.over_capacity_s += std::max(0.0, seen.inside - room) * std::max(0.0, rows.time[row] - seen.seen_s);
    add_supplies(o, seen, rows, row);
    seen.peak = std::max(seen.peak, rows.occupancy[row]);
    seen.turned_away = std::max(seen.turned_away, rows.turned_away[row]);  // counted from the start
    seen.exposed = std::max(seen.exposed, rows.exposed[row]);
    seen.inside = rows.occupancy[row], seen.seen_s = rows.time[row];
  }
}

void add_legs(Outcome& o, const TableSet& tables) {
  const auto start = numbers(tables, "legs", "start_s"), end = numbers(tables, "legs", "end_s"),
             free_flow = numbers(tables, "legs", "free_flow_s"), wet = numbers(tables, "legs", "wet_s"),
             distance = numbers(tables, "legs", "distance_m"), outcome = numbers(tables, "legs", "outcome");
  const std::size_t n = outcome.size();
  if (start.size() != n || end.size() != n || free_flow.size() != n || distance.size() != n) return;
  for (std::size_t row = 0; row < n; ++row) {
    const double delay = end[row] - start[row] - free_flow[row];
    o.walks.all_delay_s += std::max(0.0, delay);
    if (row < wet.size()) o.walks.wet_s += wet[row];
    if (outcome[row] != 0) continue;
    ++o.walks.arrived;
    o.walks.duration_s += end[row] - start[row];
    o.walks.distance_m += distance[row];
    o.walks.delay_s += delay;
    o.walks.delays.push_back(static_cast<float>(delay));
  }
}

void add_links(Outcome& o, const TableSet& tables) {
  for (const double density : numbers(tables, "links", "max_density"))
    o.max_density = std::max(o.max_density, density);
  for (const double time : numbers(tables, "links", "dense_person_s")) o.dense_person_s += time;
}

void add_cars(Outcome& o, const TableSet& tables) {
  const auto it = tables.find("cars");
  if (it == tables.end()) return;
  const auto start = numbers(tables, "cars", "start_s"), end = numbers(tables, "cars", "end_s"),
             free_flow = numbers(tables, "cars", "free_flow_s"), outcome = numbers(tables, "cars", "outcome");
  // who never got onto the road made no trip; without that column every row is one
  const auto entered = numbers(tables, "cars", "entered_s");
  for (std::size_t row = 0; row < it->second.rows(); ++row)
    o.cars.trips += entered.size() != it->second.rows() || entered[row] >= 0;
  for (const double how : outcome) o.cars.stalled += how == 3 || how == 5, o.cars.abandoned += how == 4;
  const std::size_t n = start.size();
  if (end.size() != n || free_flow.size() != n || outcome.size() != n) return;
  o.cars.timed = true;
  for (std::size_t row = 0; row < n; ++row) {
    if (std::isnan(end[row])) continue;
    o.cars.delay_s += std::max(0.0, end[row] - start[row] - free_flow[row]);
    if (outcome[row] != 0) continue;
    ++o.cars.arrived;
    o.cars.duration_s += end[row] - start[row];
  }
}

void add_areas(Outcome& o, const TableSet& tables) {
  const auto column = [&](const char* name) { return numbers(tables, "areas", name); };
  const auto dense = column("dense_person_min"), crush = column("crush_person_min"),
             first_crush = column("first_crush_s"), alarm = column("alarm_before_crush_s"),
             area = column("area");
  Outcome::Crowds& event = o.event;
  for (const double density : column("density_max")) event.density_max = std::max(event.density_max, density);
  for (std::size_t row = 0; row < area.size(); ++row) {
    event.seen = true;
    if (area[row] == 0) event.dense_person_min = event.crush_person_min = 0;
    event.dense_person_min += dense[row], event.crush_person_min += crush[row];
    if (std::fmin(event.first_crush_s, first_crush[row]) == event.first_crush_s) continue;
    event.first_crush_s = first_crush[row], event.alarm_before_crush_s = alarm[row];
  }
  const auto overcome = column("overcome"), in_smoke = column("smoke_person_min");
  for (std::size_t row = 0; row < overcome.size(); ++row) {
    event.smoke = true;
    if (area[row] == 0) event.overcome = event.smoke_person_min = 0;
    event.overcome += overcome[row], event.smoke_person_min += in_smoke[row];
  }
  for (const double queue : numbers(tables, "gates", "waiting"))
    event.gate_queue_max = std::max(event.gate_queue_max, queue);
}

void add_doses(Outcome& o, const TableSet& tables) {
  const auto dose = numbers(tables, "doses", "dose"), person = numbers(tables, "doses", "person"),
             down = numbers(tables, "doses", "overcome_s");
  for (std::size_t row = 0; row < dose.size(); ++row) {
    o.event.dose_max = std::max(o.event.dose_max, dose[row]), o.event.dose_sum += dose[row];
    if (std::isnan(down[row])) continue;
    const auto who = static_cast<std::size_t>(person[row]);
    if (o.fates.size() <= who) o.fates.resize(who + 1);
    o.fates[who].overcome = 1;
  }
}

void add_station(Outcome& o, const TableSet& tables) {
  const auto time = numbers(tables, "station", "t_s"), waiting = numbers(tables, "station", "waiting"),
             load = numbers(tables, "station", "load");
  Outcome::Crowds& event = o.event;
  for (std::size_t row = 0; row < time.size(); ++row) {
    event.trains = true;
    event.platform_wait_s += event.waiting * (time[row] - event.seen_s);
    event.waiting = waiting[row], event.seen_s = time[row];
    event.platform_load_max = std::max(event.platform_load_max, load[row]);
  }
}

void add_car_parks(Outcome& o, const TableSet& tables) {
  const auto cars = numbers(tables, "car_parks", "cars"), spaces = numbers(tables, "car_parks", "spaces");
  for (std::size_t row = 0; row < cars.size(); ++row) {
    o.event.cars = true;
    o.event.car_park_max = std::max(o.event.car_park_max, cars[row] / spaces[row]);
  }
}

}  // namespace

std::vector<double> numbers(const TableSet& tables, std::string_view table, std::string_view column) {
  const auto it = tables.find(table);
  if (it == tables.end()) return {};
  for (const auto& c : it->second.columns()) {
    if (c.name != column) continue;
    return std::visit(
        [](const auto& values) -> std::vector<double> {
          using T = typename std::decay_t<decltype(values)>::value_type;
          if constexpr (std::is_same_v<T, std::string>) {
            return {};
          } else {
            std::vector<double> converted;
            converted.reserve(values.size());
            for (const T v : values) converted.push_back(static_cast<double>(v));
            return converted;
          }
        },
        c.values);
  }
  return {};
}

void Outcome::add(const TableSet& tables) {
  for (const auto& [name, table] : tables) {
    if (!has(name)) tables_seen.push_back(name);
  }
  add_events(*this, tables);
  add_census(*this, tables);
  add_shelters(*this, tables);
  add_legs(*this, tables);
  add_links(*this, tables);
  add_cars(*this, tables);
  add_areas(*this, tables);
  add_doses(*this, tables);
  add_station(*this, tables);
  add_car_parks(*this, tables);
  for (const char* kept : {"persons", "jams", "visitors", "area_gates"}) {
    if (const auto it = tables.find(kept); it != tables.end()) last[kept] = it->second;
  }
}

bool Outcome::has(std::string_view table) const {
  return std::find(tables_seen.begin(), tables_seen.end(), table) != tables_seen.end();
}

std::vector<double> Outcome::person(std::string_view column) const {
  return numbers(last, "persons", column);
}

double Outcome::in_state(PersonState state) const {
  const auto states = person("state");
  return static_cast<double>(std::count(states.begin(), states.end(), static_cast<double>(state)));
}

std::size_t Outcome::size() const {
  if (const auto it = last.find("persons"); it != last.end()) return it->second.rows();
  return context.people ? context.people->size() : fates.size();
}

const Outcome::Fate& Outcome::fate(std::size_t person) const {
  static const Fate nothing;
  return person < fates.size() ? fates[person] : nothing;
}

double Outcome::caught_s(std::size_t person) const {
  const Fate& f = fate(person);
  // fmin passes over what never happened
  return std::fmin(std::fmin(f.stranded_s, f.caught_at_home_s),
                   f.overcome != 0 ? Fate::kNever : f.casualty_s);
}

std::vector<double> Outcome::told() const {
  if (auto told = person("told_s"); !told.empty()) return told;
  std::vector<double> moments = person("warned_s");
  moments.resize(size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < moments.size(); ++i) moments[i] = std::fmin(moments[i], fate(i).told_s);
  return moments;
}

std::vector<double> Outcome::by_car() const {
  // the table's numbers: 0 did not leave, 1 on foot, 2 driving, 3 as a passenger, 4 fetched by a crew
  std::vector<double> mode = person("mode");
  const bool from_table = !mode.empty();
  mode.resize(size(), 0);
  for (std::size_t i = 0; i < mode.size(); ++i) {
    const bool chose = from_table ? mode[i] != 0 : fate(i).mode != 0;
    const bool car = from_table ? mode[i] == 2 || mode[i] == 3 : fate(i).mode == kCar;
    mode[i] = chose ? (car ? 1.0 : 0.0) : std::numeric_limits<double>::quiet_NaN();
  }
  return mode;
}

Table evacuation_curve(const Outcome& outcome, double every, double end) {
  std::vector<double> caught;
  for (std::size_t i = 0; i < outcome.size(); ++i) caught.push_back(outcome.caught_s(i));
  const auto sorted = [](std::vector<double> times) {
    times.erase(std::remove_if(times.begin(), times.end(), [](double t) { return std::isnan(t); }),
                times.end());
    std::sort(times.begin(), times.end());
    return times;
  };
  Table table{"Curves of the evacuation: people so far"};
  auto& moment = table.column<double>("t_s", "s since the start");
  for (std::size_t row = 0; static_cast<double>(row) * every <= end; ++row)
    moment.push_back(static_cast<double>(row) * every);
  const auto curve = [&](const char* name, const char* what, const std::vector<double>& times) {
    auto& count = table.column<std::int64_t>(name, what);
    for (const double t : moment)
      count.push_back(std::upper_bound(times.begin(), times.end(), t) - times.begin());
  };
  curve("told", "people who know of the danger", sorted(outcome.told()));
  curve("departed", "people who have left home", sorted(outcome.person("departed_s")));
  curve("sheltered", "people admitted to a shelter", sorted(outcome.person("sheltered_s")));
  curve("caught", "people whom the water has caught at least once", sorted(caught));
  return table;
}

}  // namespace chimata
