#include "chimata/scenario/catalogue.hpp"

#include "chimata/core/text.hpp"
#include "chimata/driving/driving.hpp"
#include "chimata/event/event.hpp"
#include "chimata/pedestrian/crowds.hpp"
#include "chimata/people/wading.hpp"
#include "chimata/walking/walking.hpp"

namespace chimata {

namespace {

template <class Model>
ModelEntry entry(const Declarations<Model>& declarations) {
  ModelEntry model{declarations.name, declarations.label_ja, declarations.label_en, {}, false, false, {}};
  for (const auto& bound : declarations.all) model.parameters.push_back(bound.about);
  return model;
}

template <class Model, class Make>
ModelEntry sector(const Declarations<Model>& declarations, Make make) {
  ModelEntry model = entry(declarations);
  model.make = [&declarations, make](Assembly& assembly) {
    return make(assembly, filled(declarations, assembly.settings));
  };
  return model;
}

WadingModel wading_of(const Assembly& assembly) {
  return filled(wading_parameters(), assembly.settings);
}

std::optional<ProcessIndex> index_of(const Assembly& a, std::string_view name) {
  const auto found = a.index.find(name);
  return found == a.index.end() ? std::nullopt : std::optional(found->second);
}

/// To whom engines give people back: to the service that they came from.
ProcessIndex keeper(const Assembly&) {
  return kGiver;
}

/// The event as the evacuation sees it.
std::optional<EventNearby> event_nearby(const Assembly& a) {
  const auto process = index_of(a, "event");
  if (!process) return std::nullopt;
  const Box box = a.world->areas.front().area->box();
  const Point middle{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
  return EventNearby{*process, a.visitors.residents, a.city->zones.zone_at(middle),
                     &a.fields->create("warning.areas", "level", a.world->areas.size())};
}

std::unique_ptr<Process> evacuation_of(Assembly& a, const EvacuationModel& model) {
  EvacuationSetting setting{.walking = a.index.at("walking")};
  if (a.hazard) setting.hazard = *a.hazard;
  setting.driving = index_of(a, "driving");
  setting.event = event_nearby(a);
  return make_evacuation(a.world, a.city->zones, a.shelters, model, wading_of(a), *a.fields,
                         std::move(setting));
}

std::unique_ptr<Process> walking_of(Assembly& a, const WalkingModel& model) {
  return make_walking(a.world, model, wading_of(a), *a.fields, keeper(a));
}

std::unique_ptr<Process> event_of(Assembly& a, const EventModel& model) {
  const auto crowds = filled(crowd_parameters(), a.settings);
  EventSetting setting{.walking = a.index.at("walking"), .crowds = a.index.at("crowds")};
  setting.visitors = a.visitors;
  setting.own = a.index.at("event");
  setting.home_keeper = index_of(a, "evacuation");
  setting.warning_level = a.fields->find("warning.areas");
  setting.driving = index_of(a, "driving").value_or(ProcessIndex{0});
  setting.smoke = a.fields->find(field_of(AirQuantity::extinction));
  if (crowds.gate_flow > 0) setting.gate_flow = crowds.gate_flow;
  return make_event(a.world, model, setting);
}

std::unique_ptr<Process> trips_of(Assembly& a, const TripModel&) {
  return make_trips(a.world, a.trips, a.index.at("walking"));
}

std::unique_ptr<Process> crowds_of(Assembly& a, const CrowdModel& model) {
  return make_crowds(a.world, model, wading_of(a), *a.fields, keeper(a), a.visitors.kinds,
                     filled(pedestrian::smoke_effect_parameters(), a.settings));
}

/// Car parks take in what their gates let through; ways out of the area take all.
std::vector<CarGate> gates_of(const Assembly& a, const DrivingModel& model) {
  std::map<NodeId, double> flow;
  for (const ShelterPlan& shelter : a.shelters) {
    if (shelter.parking > 0 && shelter.car_access.node.valid())
      flow[shelter.car_access.node] += model.gate_flow;
  }
  for (const CarPark& park : a.visitors.car_parks) flow[park.by_car] += model.gate_flow;
  for (const ShelterPlan& shelter : a.shelters) {
    if (shelter.exit && shelter.car_access.node.valid()) flow[shelter.car_access.node] = 0;
  }
  std::vector<CarGate> gates;
  for (const auto& [node, cars] : flow) gates.push_back({node, cars});
  return gates;
}

std::unique_ptr<Process> driving_of(Assembly& a, const DrivingModel& model) {
  const auto fording = filled(fording_parameters(), a.settings);
  return make_driving(a.world, model, fording, gates_of(a, model), *a.fields, keeper(a));
}

std::unique_ptr<Process> flood_of(Assembly& a, const FloodModel& model) {
  std::vector<Point> sites;
  for (const ShelterPlan& shelter : a.shelters) sites.push_back(shelter.position);
  std::vector<DepthTarget> targets = {{"depth.streets", a.world->samples->point},
                                      {"depth.homes", a.world->people->home},
                                      {"depth.shelters", sites},
                                      {"velocity.streets", a.world->samples->point, WaterQuantity::velocity}};
  if (!a.world->areas.empty()) {
    const std::vector<Point> cells = cells_of(a.world->areas);
    targets.push_back({"depth.areas", cells});
    targets.push_back({"velocity.areas", cells, WaterQuantity::velocity});
  }
  return make_flood(a.world, a.depths, model, std::move(targets), *a.fields);
}

std::unique_ptr<Process> smoke_of(Assembly& a, const SmokeFieldModel& model) {
  return make_smoke(a.smoke, model, cells_of(a.world->areas), *a.fields);
}

/// Only there when the scenario names it.
ModelEntry on_request(ModelEntry model) {
  model.optional = true;
  return model;
}

/// Made before those that read its fields.
ModelEntry writer(ModelEntry model) {
  model.writes_fields = true;
  return model;
}

}  // namespace

const std::vector<ModelEntry>& catalogue() {
  static const std::vector<ModelEntry> all = {
      sector(evacuation_parameters(), evacuation_of),    // first: holds everyone at the start, or
      on_request(sector(event_parameters(), event_of)),  // this one, which else asks for its visitors, or
      on_request(sector(trip_parameters(), trips_of)),   // this one
      sector(walking_parameters(), walking_of),
      on_request(writer(sector(flood_parameters(), flood_of))),
      on_request(writer(sector(smoke_parameters(), smoke_of))),
      on_request(writer(sector(driving_parameters(), driving_of))),  // after the flood, whose fields it reads
      on_request(sector(crowd_parameters(), crowds_of)),             // wherever there is an event
      entry(population_parameters()),
      entry(wading_parameters()),
      entry(fording_parameters()),
      on_request(entry(pedestrian::smoke_effect_parameters())),  // wherever there is smoke
  };
  return all;
}

const ModelEntry& find_model(std::string_view name, const std::string& where) {
  std::vector<std::string> names;
  for (const auto& model : catalogue()) {
    if (model.name == name) return model;
    names.push_back(model.name);
  }
  const std::string hint = did_you_mean(name, names);
  throw InputError(where, "there is no model \"" + std::string(name) + "\"",
                   hint.empty() ? "there are " + listed(names) : hint);
}

const Parameter& find_parameter(const ModelEntry& model, std::string_view name, const std::string& where) {
  std::vector<std::string> names;
  for (const auto& parameter : model.parameters) {
    if (parameter.name == name) return parameter;
    names.push_back(parameter.name);
  }
  const std::string hint = did_you_mean(name, names);
  throw InputError(where, model.name + " has no parameter \"" + std::string(name) + "\"",
                   hint.empty() ? "it has " + listed(names, 30) : hint);
}

PopulationModel population_model(const Settings& settings) {
  return filled(population_parameters(), settings);
}

FloodModel flood_model(const Settings& settings) {
  return filled(flood_parameters(), settings);
}

}  // namespace chimata
