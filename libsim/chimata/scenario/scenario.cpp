#include "chimata/scenario/scenario.hpp"

#include <algorithm>

#include "chimata/city/digest.hpp"
#include "chimata/core/digest.hpp"
#include "chimata/core/text.hpp"
#include "chimata/scenario/edits.hpp"
#include "chimata/scenario/event_notes.hpp"
#include "chimata/scenario/event_people.hpp"
#include "chimata/scenario/event_place.hpp"
#include "chimata/scenario/flood_source.hpp"
#include "chimata/scenario/places.hpp"
#include "chimata/scenario/resolved.hpp"
#include "chimata/scenario/smoke_source.hpp"

namespace chimata {

namespace {

constexpr const char* kSchema = "chimata/scenario@1";

const std::vector<std::string>& document_keys() {
  static const std::vector<std::string> keys = [] {
    std::vector<std::string> all = {"schema", "name",     "why", "city", "population",
                                    "start",  "duration", "end", "tz",   "edits"};
    for (const auto& model : catalogue()) all.push_back(model.name);
    return all;
  }();
  return keys;
}

Json parsed(std::string_view json, const std::string& where) {
  try {
    return Json::parse(json);
  } catch (const Json::parse_error& error) {
    throw InputError(where, std::string("is no JSON: ") + error.what());
  }
}

void check_keys(const Json& document, const std::string& where) {
  if (!document.is_object()) throw InputError(where, "is no scenario", "start with name: and start:");
  for (const auto& [key, value] : document.items()) {
    if (std::find(document_keys().begin(), document_keys().end(), key) == document_keys().end()) {
      const std::string hint = did_you_mean(key, document_keys());
      throw InputError(where, "unknown key \"" + key + "\"",
                       hint.empty() ? "known are " + listed(document_keys(), 30) : hint);
    }
  }
  if (document.contains("schema") && document["schema"] != kSchema) {
    throw InputError(where, "schema is " + document["schema"].dump(),
                     std::string("this version reads ") + kSchema);
  }
}

std::string required_text(const Json& document, const char* key, const char* example,
                          const std::string& where) {
  if (!document.contains(key) || !document[key].is_string() || document[key].get<std::string>().empty()) {
    throw InputError(where, std::string(key) + " is missing", std::string("write ") + key + ": " + example);
  }
  return document[key].get<std::string>();
}

constexpr Duration kLongest = std::chrono::hours(24 * 31);

Time end_of(const Json& document, const LocalClock& clock, const std::string& where) {
  if (document.contains("duration")) {
    const Json& written = document["duration"];
    const auto length = written.is_string()   ? parse_duration(written.get<std::string>())
                        : written.is_number() ? std::optional(duration_of(written.get<double>()))
                                              : std::nullopt;
    if (!length || length->count() <= 0 || *length > kLongest) {
      throw InputError(where, "duration is " + written.dump(), "give a time up to 31 days, such as 6h");
    }
    return kStart + *length;
  }
  if (document.contains("end") && document["end"].is_string()) {
    const auto end = clock.parse(document["end"].get<std::string>());
    if (end && *end > kStart && *end <= kStart + kLongest) return *end;
    throw InputError(where, "end is " + document["end"].dump(),
                     "give a time after the start, by 31 days at most, such as 08:00");
  }
  throw InputError(where, "duration is missing", "write duration: 6h");
}

/// Whether an error is about something that stands in the document under this name.
bool stands_in_document(std::string_view name) {
  if (name == "shelters") return true;
  for (const ModelEntry& model : catalogue()) {
    for (const Parameter& parameter : model.parameters) {
      if (name == model.name + "." + parameter.name) return true;
    }
  }
  return false;
}

/// Reads or checks something; what is wrong with the document is said of its file.
template <class Act>
auto in_file(const std::string& where, Act&& act) {
  try {
    return act();
  } catch (const InputError& error) {
    if (!stands_in_document(error.where())) throw;
    throw error.in(where);
  }
}

Settings defaults_of(const ModelEntry& model) {
  Settings settings;
  for (const auto& parameter : model.parameters) settings[parameter.name] = parameter.default_value;
  return settings;
}

/// An event brings its crowds, smoke its effects; an event or trips take the place of the evacuation, which
/// is there by default, unless the scenario names it.
bool present(const ModelEntry& model, const Json& document) {
  const bool event = document.contains("event"), trips = document.contains("trips");
  if (document.contains(model.name) || (event && model.name == "crowds")) return true;
  if (document.contains("smoke") && model.name == "smoke_effects") return true;
  return !model.optional && !((event || trips) && model.name == "evacuation");
}

void check_services(const Json& document, const std::string& where) {
  const auto refuse = [&](const char* one, const char* other) {
    if (document.contains(one) && document.contains(other))
      throw InputError(where, std::string("has both ") + one + " and " + other,
                       "run them as two scenarios: they cannot be simulated together yet");
  };
  for (const char* other : {"evacuation", "driving", "flood", "event"}) refuse("trips", other);
  if (document.contains("event") && document.contains("flood") && !document.contains("evacuation"))
    throw InputError(where, "has an event and a flood, but nobody who warns people",
                     "add evacuation, with order_at: never if there is to be no warning");
  if (document.contains("crowds") && !document.contains("event"))
    throw InputError(where, "has crowds but nothing that brings people into an area", "add event");
  if (document.contains("smoke") && !document.contains("event"))
    throw InputError(where, "has smoke but no event: smoke acts in the area of an event only", "add event");
  if (document.contains("smoke_effects") && !document.contains("smoke"))
    throw InputError(where, "has smoke_effects but no smoke", "add smoke");
}

Settings read_settings(const ModelEntry& model, const Json& section, const LocalClock& clock,
                       const std::string& where) {
  Settings settings = defaults_of(model);
  if (section.is_null()) return settings;
  if (!section.is_object())
    throw InputError(where + ": " + model.name, "is " + section.dump(), "write it as name: value lines");
  for (const auto& [key, value] : section.items()) {
    const Parameter& parameter = find_parameter(model, key, where);
    settings[key] = read_value(parameter, value, clock, settings[key], where + ": " + model.name + "." + key);
  }
  return settings;
}

std::shared_ptr<const Population> make_people(const Json& document, const ScenarioInputs& inputs,
                                              const Settings& settings) {
  const Json section = document.value("population", Json::object());
  if (!section.is_object() || section.contains("given")) {
    throw InputError(inputs.where + ": population", "was given as a table and is not in the file",
                     "pass the same people when loading the scenario");
  }
  for (const auto& [key, value] : section.items()) {
    if (key != "total" && key != "seed")
      throw InputError(inputs.where + ": population", "unknown key \"" + key + "\"", "use total and seed");
    if (!value.is_number_integer() || value.get<std::int64_t>() < 0) {
      throw InputError(inputs.where + ": population." + key, "is " + value.dump(),
                       "give a whole number, 0 or more");
    }
  }
  double residents = 0;
  for (const double n : inputs.city->residences.residents) residents += n;
  const auto total = section.contains("total") ? section["total"].get<std::size_t>()
                                               : static_cast<std::size_t>(residents + 0.5);
  if (total == 0)
    throw InputError(inputs.where + ": population", "there are 0 people", "give population: {total: 30000}");
  if (total > 20'000'000)
    throw InputError(inputs.where + ": population.total", "is " + std::to_string(total),
                     "the limit is 20 million");
  const Seed seed{section.contains("seed") ? section["seed"].get<std::uint64_t>() : 1};
  return std::make_shared<const Population>(
      synthesise(*inputs.city, total, seed, population_model(settings)));
}

std::vector<ShelterPlan> shelters_of(const City& city) {
  std::vector<ShelterPlan> plans;
  for (std::uint32_t row = 0; row < city.shelters.size(); ++row) {
    const ShelterId s{row};
    const Shelters& all = city.shelters;
    ShelterPlan plan{all.id[s], all.name[s], all.position[s], all.capacity[s], all.fit[s], {}};
    plan.floor = double{all.floor[s]};
    plan.parking = all.parking[s];
    plan.toilets = all.toilets[s];
    if (all.water_l[s] > 0) plan.water_l = double{all.water_l[s]};
    if (all.meals[s] > 0) plan.meals = double{all.meals[s]};
    plan.welfare = all.welfare[s] != 0;
    plans.push_back(std::move(plan));
  }
  return plans;
}

/// A moment at or after the end would never come: more likely a slip than a plan.
void check_moments(const std::map<std::string, Settings, std::less<>>& models,
                   const std::vector<ShelterPlan>& shelters, const LocalClock& clock, Time end,
                   const std::string& where) {
  const auto check = [&](const std::string& key, Time moment) {
    if (moment == kNever || moment < end) return;
    throw InputError(where + ": " + key,
                     "is " + clock.written(moment) + ", but the scenario ends at " + clock.written(end),
                     "give an earlier time, or never");
  };
  for (const auto& [model, settings] : models) {
    for (const auto& [name, value] : settings) {
      if (const Time* moment = std::get_if<Time>(&value)) check(model + "." + name, *moment);
    }
  }
  for (const ShelterPlan& shelter : shelters) check("shelter:" + shelter.id + ".opens_at", shelter.opens_at);
}

/// Nearest street of every shelter; one too far from any street is an error, because nobody could get there.
void connect(std::vector<ShelterPlan>& shelters, const City& city, const std::string& where) {
  constexpr double farthest = 500;  // m
  std::vector<Point> sites;
  for (const auto& shelter : shelters) sites.push_back(shelter.position);
  const auto access = walking_access(city.network, sites);
  const auto by_car = driving_access(city.network, sites);
  for (std::size_t i = 0; i < shelters.size(); ++i) {
    shelters[i].access = access[i];
    if (shelters[i].parking > 0 || shelters[i].exit) shelters[i].car_access = by_car[i];
    if (!access[i].node.valid() || access[i].distance > farthest) {
      throw InputError(
          where + ": shelter:" + shelters[i].id,
          "is " + std::to_string(static_cast<long>(access[i].distance)) + " m from the nearest street",
          "check its coordinates, or move it with {op: move}");
    }
  }
}

std::uint64_t digest_of(const TripPlan& trips, std::uint64_t seed) {
  Digest digest{seed};
  digest.add(trips.departure), digest.add(trips.route), digest.add(trips.first), digest.add(trips.stop);
  for (const Fork& fork : trips.forks) {
    digest.add(fork.at), digest.add(fork.from.time_since_epoch().count());
    digest.add(fork.share), digest.add(fork.route);
  }
  return digest.value();
}

void add(Digest& digest, const Population& people) {
  const auto all = [&](const auto&... columns) { (digest.add(columns), ...); };
  all(people.home, people.home_node, people.access_distance, people.zone, people.age, people.person_class,
      people.free_speed, people.household, people.can_drive, people.needs_help);
  const Households& h = people.households;
  all(h.first, h.members, h.dwelling, h.dwelling_node, h.access_distance, h.cars, h.upper_floor,
      h.in_collapse_zone, h.supplies_h);
}

void add_frame(Digest& digest, const RasterFrame& f) {
  for (const double edge : {f.west, f.north, f.cell_x, f.cell_y}) digest.add(edge);
  for (const std::size_t size : {f.columns, f.rows}) digest.add(std::uint64_t{size});
}

void add(Digest& digest, const DepthSeries& depths) {
  add_frame(digest, depths.frame);
  digest.add(depths.time);
  for (const auto& grid : depths.depth) digest.add(grid);
  for (const auto& grid : depths.velocity) digest.add(grid);
}

void add(Digest& digest, const SmokeSeries& smoke) {
  add_frame(digest, smoke.frame);
  digest.add(smoke.time);
  for (const auto& grids : smoke.grids) {
    digest.add(std::uint64_t{grids.size()});
    for (const auto& grid : grids) digest.add(grid);
  }
}

std::uint64_t inputs_digest_of(const Scenario::Resolved& r) {
  Digest digest{digest_of(*r.city)};
  add(digest, *r.people);
  if (r.depths) add(digest, *r.depths);
  if (r.smoke) add(digest, *r.smoke);
  return r.trips ? digest_of(*r.trips, digest.value()) : digest.value();
}

/// The smoke of the first area: a disc, or what files tell.
std::shared_ptr<const SmokeSeries> smoke_in(const Scenario::Resolved& r, SmokeSource source,
                                            const ScenarioInputs& inputs) {
  if (source.kind != SmokeSource::Kind::disc) {
    if (!inputs.read_smoke)
      throw InputError(r.where + ": smoke", "rasters cannot be read here", "build with GDAL");
    source.start = r.clock.iso(kStart);
    return inputs.read_smoke(source, *r.city, r.clock.start_of_day());
  }
  const auto model = filled(smoke_parameters(), r.settings);
  const Point middle = place_written(model.disc, *r.city, inputs.locate, r.where + ": smoke.disc");
  return std::make_shared<const SmokeSeries>(smoke_disc(model, middle, cells_over(r.areas.front())));
}

/// Tells of an event that cannot be before anybody runs it.
void check_event_in(const Scenario::Resolved& r, const EventModel& model) {
  try {
    check_event(*r.world(Seed{0}), model, r.visitors);
  } catch (const InputError& error) {
    throw error.in(r.where);
  }
}

}  // namespace

Scenario::Scenario(std::string_view json, ScenarioInputs inputs) {
  const std::string& where = inputs.where;
  Json document = parsed(json, where);
  check_keys(document, where);
  auto r = std::make_shared<Resolved>();
  r->name = required_text(document, "name", "洪水", where);
  r->clock = LocalClock(required_text(document, "start", "2025-09-10 02:00", where), where);
  r->end = end_of(document, r->clock, where);
  r->city = inputs.city;
  r->where = where;

  check_services(document, where);
  FloodSource source;
  Json written_source = Json::object();
  if (document.contains("flood")) source = take_flood_source(document["flood"], written_source, where);
  SmokeSource smoke_source;
  Json written_smoke = Json::object();
  if (document.contains("smoke")) smoke_source = take_smoke_source(document["smoke"], written_smoke, where);
  for (const auto& model : catalogue()) {
    if (!present(model, document)) continue;
    r->settings[model.name] = read_settings(model, document.value(model.name, Json()), r->clock, where);
  }
  r->shelters = shelters_of(*r->city);
  const Json edits = document.value("edits", Json::array());
  if (!edits.is_array())
    throw InputError(where + ": edits", "is " + edits.dump(), "write a list of {op, target, ...}");
  r->edits = apply_edits(
      edits, {*r->city, r->clock, inputs, r->end, r->shelters, r->closures, r->link_changes, r->settings});
  connect(r->shelters, *r->city, where);
  check_moments(r->settings, r->shelters, r->clock, r->end, where);
  if (const auto evacuation = r->settings.find("evacuation"); evacuation != r->settings.end()) {
    in_file(where, [&] {
      check_evacuation(r->city->zones, r->shelters, filled(evacuation_parameters(), evacuation->second),
                       r->settings.contains("driving"));
    });
  }
  std::stable_sort(r->link_changes.begin(), r->link_changes.end(), kByLinkAndTime);

  const Settings& speeds = r->settings.at("people");
  if (!inputs.people) {
    r->people = make_people(document, inputs, speeds);
  } else {
    const bool changed = inputs.people_with && speeds != defaults_of(find_model("people", where));
    r->people = changed ? inputs.people_with(population_model(speeds)) : inputs.people;
  }
  if (r->people->size() == 0)
    throw InputError(where + ": population", "there are 0 people", "give population: {total: 30000}");
  if (const auto event = r->settings.find("event"); event != r->settings.end()) {
    const EventModel model = filled(event_parameters(), event->second);
    EventPlace place =
        event_place(*r->city, inputs, r->people, model, population_model(speeds), r->clock, where);
    give_kinds(place, model.people, population_model(speeds), where + ": event.people");
    if (!place.visitors.car_parks.empty() && !r->settings.contains("driving"))
      throw InputError(where + ": event.car_share", "is above 0, but nothing moves cars", "add driving: {}");
    if (!model.cut_buildings) r->notes = notes_on_buildings(*r->city, place.area);
    r->notes.insert(r->notes.end(), place.notes.begin(), place.notes.end());
    for (const auto& more : {notes_on_closures(r->city->network, place.area, r->edits),
                             notes_on_times(model, place.area, r->end)})
      r->notes.insert(r->notes.end(), more.begin(), more.end());
    const auto closed = closures_of(place.area, {kStart, r->end});
    r->closures.insert(r->closures.end(), closed.begin(), closed.end());
    r->areas.push_back(std::move(place.area));
    r->people = std::move(place.people);
    r->visitors = std::move(place.visitors);
  }
  if (const auto trips = r->settings.find("trips"); trips != r->settings.end()) {
    if (!inputs.read_trips) throw InputError(where + ": trips", "tables cannot be read here");
    r->trips = in_file(where, [&] {
      return inputs.read_trips(filled(trip_parameters(), trips->second), *r->city, r->people->size());
    });
  }
  std::sort(r->closures.begin(), r->closures.end(), kByLinkAndTime);
  if (const auto event = r->settings.find("event"); event != r->settings.end())
    check_event_in(*r, filled(event_parameters(), event->second));
  r->samples = std::make_shared<const SegmentSamples>(sample_segments(r->city->network));
  if (!source.file.empty()) {
    if (!inputs.read_depths)
      throw InputError(where + ": flood", "depth rasters cannot be read here", "build with GDAL");
    source.start = r->clock.iso(kStart);
    source.model = flood_model(r->settings.at("flood"));
    r->depths = in_file(where, [&] { return inputs.read_depths(source, *r->city, r->clock.start_of_day()); });
  }
  if (document.contains("smoke")) {
    r->smoke = in_file(where, [&] { return smoke_in(*r, smoke_source, inputs); });
    const auto told = notes_on_smoke(*r->smoke, r->areas.front());
    r->notes.insert(r->notes.end(), told.begin(), told.end());
  }

  for (const auto& model : catalogue()) {
    const auto settings = r->settings.find(model.name);
    if (settings == r->settings.end()) continue;
    for (const auto& parameter : model.parameters) {
      const auto text = [&](const ParameterValue& value) {
        const Json j = write_value(value, r->clock);
        return j.is_string() ? j.get<std::string>() : j.dump();
      };
      const ParameterValue& value = settings->second.at(parameter.name);
      r->assumptions.push_back({model.name, parameter, text(value), text(parameter.default_value),
                                value != parameter.default_value});
    }
  }
  document["schema"] = kSchema;
  if (!source.file.empty()) document["flood"].update(written_source);
  if (r->smoke) document["smoke"].update(written_smoke);
  r->document = document.dump();
  r->inputs_digest = inputs_digest_of(*r);
  r->digest = hash_bytes(std::as_bytes(std::span(r->document)), r->inputs_digest);
  resolved_ = std::move(r);
}

const std::string& Scenario::name() const {
  return resolved_->name;
}
const std::string& Scenario::document() const {
  return resolved_->document;
}
std::uint64_t Scenario::digest() const {
  return resolved_->digest;
}
Time Scenario::end() const {
  return resolved_->end;
}
std::string Scenario::start_iso() const {
  return resolved_->clock.iso(kStart);
}
const std::shared_ptr<const City>& Scenario::city() const {
  return resolved_->city;
}
const std::shared_ptr<const Population>& Scenario::people() const {
  return resolved_->people;
}
const std::shared_ptr<const DepthSeries>& Scenario::depths() const {
  return resolved_->depths;
}
const std::shared_ptr<const SmokeSeries>& Scenario::smoke() const {
  return resolved_->smoke;
}
const std::vector<ShelterPlan>& Scenario::shelters() const {
  return resolved_->shelters;
}
const std::vector<Closure>& Scenario::closures() const {
  return resolved_->closures;
}

const std::vector<LinkChange>& Scenario::link_changes() const {
  return resolved_->link_changes;
}
const std::vector<AppliedEdit>& Scenario::edits() const {
  return resolved_->edits;
}
const std::vector<Assumption>& Scenario::assumptions() const {
  return resolved_->assumptions;
}
const std::vector<FocusArea>& Scenario::areas() const {
  return resolved_->areas;
}
const std::vector<std::string>& Scenario::notes() const {
  return resolved_->notes;
}

}  // namespace chimata
