/// Every model there is: the one place that names all sectors.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "chimata/city/city.hpp"
#include "chimata/core/parameter.hpp"
#include "chimata/evacuation/evacuation.hpp"
#include "chimata/event/event.hpp"
#include "chimata/hazard/flood.hpp"
#include "chimata/hazard/smoke.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"
#include "chimata/trips/trips.hpp"

namespace chimata {

/// A model's parameters as a scenario sets them, defaults included, by name.
using Settings = std::map<std::string, ParameterValue, std::less<>>;

/// Settings of all models, by the model's name.
using AllSettings = std::map<std::string, Settings, std::less<>>;

/// The model that `settings` describe; what they do not name keeps its default.
template <class Model>
[[nodiscard]] Model filled(const Declarations<Model>& declarations, const Settings& settings) {
  Model model;
  for (const auto& bound : declarations.all) {
    if (const auto it = settings.find(bound.about.name); it != settings.end()) bound.set(model, it->second);
  }
  return model;
}
/// The same from the settings of all; all defaults where the model is not among them.
template <class Model>
[[nodiscard]] Model filled(const Declarations<Model>& declarations, const AllSettings& all) {
  const auto it = all.find(declarations.name);
  return filled(declarations, it == all.end() ? Settings{} : it->second);
}

/// What a scenario's sectors are made from.
struct Assembly {
  std::shared_ptr<const World> world;
  std::shared_ptr<const City> city;
  std::vector<ShelterPlan> shelters;
  std::shared_ptr<const DepthSeries> depths;  ///< null without a flood
  std::shared_ptr<const SmokeSeries> smoke;   ///< null without smoke
  std::shared_ptr<const HomeHazard> hazard;   ///< of the whole flood; null without one
  AllSettings settings;
  std::shared_ptr<Fields> fields;
  VisitorRows visitors = {};                               ///< of an event
  std::shared_ptr<const TripPlan> trips = {};              ///< null without trips
  std::map<std::string, ProcessIndex, std::less<>> index;  ///< of the processes, by name
};

/// A model: parameters, and how its process is made, if it has one.
struct ModelEntry {
  std::string name, label_ja, label_en;
  std::vector<Parameter> parameters;
  bool optional = false;                                    ///< only there when the scenario names it
  bool writes_fields = false;                               ///< made before those that read
  std::function<std::unique_ptr<Process>(Assembly&)> make;  ///< empty: the model has no process of its own
};

/// All models; those with a process in the order of their process index.
[[nodiscard]] const std::vector<ModelEntry>& catalogue();

/// @throws InputError at `where` naming the nearest model if there is none of this name
[[nodiscard]] const ModelEntry& find_model(std::string_view name, const std::string& where);
/// @throws InputError at `where` naming the nearest parameter if there is none of this name
[[nodiscard]] const Parameter& find_parameter(const ModelEntry& model, std::string_view name,
                                              const std::string& where);

/// The population model that settings describe.
[[nodiscard]] PopulationModel population_model(const Settings& settings);
/// The flood model that settings describe.
[[nodiscard]] FloodModel flood_model(const Settings& settings);

}  // namespace chimata
