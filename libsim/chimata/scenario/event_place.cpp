#include "chimata/scenario/event_place.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "chimata/core/text.hpp"
#include "chimata/geo/vector.hpp"
#include "chimata/people/visitors.hpp"
#include "chimata/scenario/event_fittings.hpp"
#include "chimata/scenario/places.hpp"
#include "chimata/space/shape_error.hpp"

namespace chimata {

namespace {

constexpr double kFarthest = 500;  // m from a place to the streets, at most

void check_times(const EventModel& model, const std::string& where) {
  if (model.at.empty()) throw InputError(where + ".at", "is missing", "write at: area:riverside");
  if (model.start == kNever || model.end == kNever)
    throw InputError(where, "start or end is missing", "write start: 19:00 and end: 20:30");
  if (model.end <= model.start)
    throw InputError(where + ".end", "is not later than start", "check both times");
  if (model.start - model.arrive_from < kStart)
    throw InputError(where + ".start", "leaves less than arrive_from after the scenario's start",
                     "start the scenario earlier, people come before the event");
  if (model.train_share > 0 && model.station.empty())
    throw InputError(where + ".station", "is missing, but train_share is above 0",
                     "write station: building:station");
  if (model.car_share > 0 && (model.car_from.empty() || model.car_parks.empty()))
    throw InputError(where, "car_from or car_parks is missing, but car_share is above 0",
                     "write car_from: [\"139.72, 35.68\"] and car_parks: [\"139.73, 35.69, 300\"]");
  if (model.train_share + model.car_share > 1)
    throw InputError(where + ".car_share", "and train_share are more than 1 together", "lower one of them");
}

NamedFeature polygon_at(const City& city, const std::string& at, const std::string& where) {
  const NamedFeature feature = feature_of(at, city, where);
  if (feature.layer->geometry != Geometry::polygon)
    throw InputError(where, at + " is no polygon", "name an area that people can fill");
  return feature;
}

/// "134.831234, 34.762345", or metres where nobody knows degrees.
std::string told(Point at, const ScenarioInputs& inputs) {
  char text[64];
  const Point place = inputs.degrees ? inputs.degrees(at) : at;
  std::snprintf(text, sizeof text, inputs.degrees ? "%.6f, %.6f" : "(%.10g, %.10g)", place.x, place.y);
  return text;
}

/// The area of a plan; what is wrong with it is said of the document's key and the file it was drawn in.
FocusArea drawn(const City& city, const ScenarioInputs& inputs, const FocusPlan& plan,
                const std::string& source, const std::string& where) {
  const auto named = [&](const InputError& error) {
    constexpr std::string_view kArea = "area,";  // as `Area` calls itself: "area, part 1, outer ring"
    const bool shape = error.where().starts_with(kArea);
    return where + ": " + plan.id + (source.empty() ? "" : " of " + source) +
           (shape ? error.where().substr(kArea.size() - 1) : "");
  };
  try {
    return focus_area(city.network, plan);
  } catch (const ShapeError& error) {
    throw InputError(named(error), error.flaw() + " at " + told(error.at(), inputs), error.fix());
  } catch (const InputError& error) {
    throw error.at(named(error));
  }
}

Point place_at(const std::string& text, const City& city, const ScenarioInputs& inputs,
               const std::string& where) {
  return place_written(text, city, inputs.locate, where);
}

AccessPoint street_at(const City& city, Point place, const std::string& what, const std::string& where) {
  const AccessPoint access = walking_access(city.network, std::span(&place, 1)).front();
  if (!access.node.valid() || access.distance > kFarthest)
    throw InputError(where, what + " is farther than 500 m from any street for people on foot",
                     "check the place");
  return access;
}

/// The street for cars nearest to a place.
NodeId road_at(const City& city, Point place, const std::string& where) {
  const AccessPoint access = driving_access(city.network, std::span(&place, 1)).front();
  if (!access.node.valid() || access.distance > kFarthest)
    throw InputError(where, "is farther than 500 m from any street for cars", "check the place");
  return access.node;
}

/// "place, spaces".
CarPark car_park_at(const std::string& text, const City& city, const ScenarioInputs& inputs,
                    const std::string& where) {
  const std::size_t comma = text.rfind(',');
  const std::vector<double> spaces =
      comma == std::string::npos ? std::vector<double>{} : numbers_in(text.substr(comma + 1));
  if (spaces.size() != 1 || spaces[0] < 1 || spaces[0] > 100'000 || spaces[0] != std::floor(spaces[0]))
    throw InputError(where, "is \"" + text + "\"",
                     "write \"longitude, latitude, spaces\" or \"building:ID, spaces\" with 1 space or more");
  const Point place = place_at(text.substr(0, comma), city, inputs, where);
  const AccessPoint street = street_at(city, place, "the car park", where);
  return {road_at(city, place, where), street.node, street.distance, static_cast<std::uint32_t>(spaces[0])};
}

std::string metres(double length) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f m", length);
  return text;
}

/// The piece of the border nearest to a place of those as long as a gate is wide: gates are straight.
Wall piece_for(const FocusArea& site, Point place, double width, const std::string& where) {
  constexpr double kFarthestOff = 100,
                   kAside = 20;  // m from the place; from where the border is nearest to it
  const Walls walls = site.area->walls();
  const auto off = [&](WallRow row) { return distance(place, nearest_on(walls[row], place)); };
  double border = std::numeric_limits<double>::infinity();
  for (WallRow row = 0; row < walls.size(); ++row) border = std::min(border, off(row));
  if (border > kFarthestOff)
    throw InputError(where, "is " + metres(border) + " from the border of " + site.id,
                     "name a place on the border");
  double least = std::numeric_limits<double>::infinity(), longest = 0;
  Wall best{};
  for (WallRow row = 0; row < walls.size(); ++row) {
    if (off(row) > border + kAside) continue;
    const double length = distance(walls[row].a, walls[row].b);
    longest = std::max(longest, length);
    if (length >= width && off(row) < least) least = off(row), best = walls[row];
  }
  if (longest < width)
    throw InputError(where,
                     "needs a straight piece of the border of " + metres(width) +
                         ", but the longest nearby has " + metres(longest),
                     "name another place, or a narrower gate");
  return best;
}

/// A gap of this width in the border, as near to a place as can be.
Wall gap_at(const FocusArea& site, Point place, double width, const std::string& where) {
  const Wall wall = piece_for(site, place, width, where);
  const Point along = unit(wall.b - wall.a);
  const double length = distance(wall.a, wall.b);
  const double middle = std::clamp(dot(nearest_on(wall, place) - wall.a, along), width / 2,
                                   std::max(width / 2, length - width / 2));
  return {wall.a + (middle - width / 2) * along, wall.a + (middle + width / 2) * along};
}

void add_gate(FocusArea& site, const City& city, const ScenarioInputs& inputs, const std::string& text,
              const std::string& where) {
  const std::vector<double> given = numbers_in(text);
  if (given.size() != 3 || given[2] < 0.9 || given[2] > 50)
    throw InputError(where, "is \"" + text + "\"",
                     "write \"longitude, latitude, width in m\" with a width from 0.9 to 50");
  const Point place = place_of(Json{given[0], given[1]}, city, inputs.locate, where);
  AreaGate gate;
  gate.id = "extra/" + std::to_string(site.gates.size() + 1);
  gate.line = gap_at(site, place, given[2], where + ": \"" + text + "\"");
  const Point middle = gate.middle();
  // the nearest street outside: those inside are closed
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t n = 0; n < city.network.node_count(); ++n) {
    const NodeId node{n};
    const auto links = city.network.leaving(node);
    const bool walkable = std::any_of(links.begin(), links.end(),
                                      [&](LinkId link) { return city.network.allows(link, kFoot); });
    const double off = distance(city.network.position[node], middle);
    if (walkable && off < least && !site.area->contains(city.network.position[node]))
      least = off, gate.node = node;
  }
  if (least > kFarthest)
    throw InputError(where, "is farther than 500 m from any street outside the area", "check the place");
  gate.to_node = least;
  site.gates.push_back(std::move(gate));
}

void restrict_gates(FocusArea& site, const std::vector<std::string>& ids, bool way_in, bool way_out,
                    const std::string& where) {
  for (const std::string& id : ids) {
    AreaGate& gate = gate_named(site, id, where);
    gate.way_in &= way_in, gate.way_out &= way_out;
  }
}

FocusArea area_of(const City& city, const ScenarioInputs& inputs, const EventModel& model,
                  const LocalClock& clock, const std::string& where, std::vector<std::string>& notes) {
  FocusPlan plan;
  plan.id = model.at;
  plan.name = model.name;
  const NamedFeature feature = polygon_at(city, model.at, where + ".at");
  plan.shape = feature.layer->shape[feature.row];
  plan.centre =
      model.centre.empty() ? plan.shape.centroid() : place_at(model.centre, city, inputs, where + ".centre");
  plan.within = model.within;
  plan.density = model.viewing_density;
  plan.first_goal = static_cast<std::uint32_t>(city.network.node_count());
  FocusArea site = drawn(city, inputs, plan, feature.layer->source, where + ".at");
  for (const std::string& gate : model.extra_gates)
    add_gate(site, city, inputs, gate, where + ".extra_gates");
  if (model.cut_buildings) notes = without_buildings(site, city, plan, where + ".cut_buildings");
  for (const std::string& id : model.entrances_only) {
    if (std::find(model.exits_only.begin(), model.exits_only.end(), id) == model.exits_only.end()) continue;
    throw InputError(where + ".exits_only", id + " is in entrances_only too",
                     "leave it out of one list, or shut it by closed_gates");
  }
  restrict_gates(site, model.closed_gates, false, false, where + ".closed_gates");
  restrict_gates(site, model.entrances_only, true, false, where + ".entrances_only");
  restrict_gates(site, model.exits_only, false, true, where + ".exits_only");
  for (std::string& note : fit_out(site, city, inputs, model, clock, where)) notes.push_back(std::move(note));
  const auto some = [&](bool AreaGate::*way) {
    return std::any_of(site.gates.begin(), site.gates.end(), [&](const AreaGate& g) { return g.*way; });
  };
  if (!some(&AreaGate::way_in)) throw InputError(where, "no gate lets anybody in", "open one for entering");
  if (!some(&AreaGate::way_out)) throw InputError(where, "no gate lets anybody out", "open one for leaving");
  return site;
}

struct FromElsewhere {
  std::size_t by_train = 0, by_car = 0;  ///< persons
};

/// Shares of the attendance in whole persons. What is rounded is the sum: together they are never more than
/// all.
FromElsewhere from_elsewhere(const EventModel& model) {
  const auto persons = [&](double share) {
    return static_cast<std::size_t>(std::llround(share * static_cast<double>(model.attendance)));
  };
  const std::size_t all = persons(model.train_share + model.car_share);
  if (model.car_share <= 0) return {all, 0};
  const std::size_t by_train = std::min(all, persons(model.train_share));
  return {by_train, all - by_train};
}

}  // namespace

EventPlace event_place(const City& city, const ScenarioInputs& inputs,
                       std::shared_ptr<const Population> residents, const EventModel& model,
                       const PopulationModel& speeds, const LocalClock& clock, const std::string& document) {
  const std::string where = document + ": event";
  check_times(model, where);
  std::vector<std::string> notes;
  EventPlace place{area_of(city, inputs, model, clock, where, notes), std::move(residents)};
  place.notes = std::move(notes);
  place.visitors.residents = place.people->size();
  const FromElsewhere elsewhere = from_elsewhere(model);
  const auto add = [&](std::size_t count, Point at, NodeId node) {
    constexpr Seed kVisitors{20011};  // who they are does not change with the run's seed, as with residents
    place.people =
        std::make_shared<const Population>(with_visitors(*place.people, count, at, node, kVisitors, speeds));
  };
  if (model.train_share > 0) {
    const Point station = place_at(model.station, city, inputs, where + ".station");
    add(elsewhere.by_train, station, street_at(city, station, "the station", where + ".station").node);
  }
  place.visitors.by_car_from = place.people->size();
  if (model.car_share <= 0) return place;
  for (const std::string& park : model.car_parks)
    place.visitors.car_parks.push_back(car_park_at(park, city, inputs, where + ".car_parks"));
  const std::size_t by_car = elsewhere.by_car, roads = model.car_from.size();
  for (std::size_t i = 0; i < roads; ++i) {
    const Point entry = place_at(model.car_from[i], city, inputs, where + ".car_from");
    add(by_car * (i + 1) / roads - by_car * i / roads, entry,
        road_at(city, entry, where + ".car_from: " + model.car_from[i]));
  }
  return place;
}

}  // namespace chimata
