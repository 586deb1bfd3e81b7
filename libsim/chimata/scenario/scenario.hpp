/// A what-if: a city, its people, a hazard, what the planner decides, and the edits that make a variant.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "chimata/city/city.hpp"
#include "chimata/evacuation/evacuation.hpp"
#include "chimata/hazard/flood.hpp"
#include "chimata/hazard/smoke.hpp"
#include "chimata/mobility/world.hpp"
#include "chimata/people/population.hpp"
#include "chimata/trips/trips.hpp"

namespace chimata {

struct FloodSource;  // see flood_source.hpp
struct SmokeSource;  // see smoke_source.hpp

/// What a scenario is resolved against.
struct ScenarioInputs {
  std::shared_ptr<const City> city;
  std::shared_ptr<const Population> people;  ///< null: made from the document's `population`
  /// The same people under other parameters of the model `people`; called only if the scenario changes those.
  std::function<std::shared_ptr<const Population>(const PopulationModel&)> people_with;
  std::string where = "scenario";  ///< file name for messages
  /// Reads the water; called once if the document has a flood.
  std::function<std::shared_ptr<const DepthSeries>(const FloodSource&, const City&, Duration start_of_day)>
      read_depths;
  /// Reads smoke and gases; called once if the document's smoke comes from files.
  std::function<std::shared_ptr<const SmokeSeries>(const SmokeSource&, const City&, Duration start_of_day)>
      read_smoke = {};
  /// Reads who goes when and where; called once if the document has trips.
  std::function<std::shared_ptr<const TripPlan>(const TripModel&, const City&, std::size_t people)>
      read_trips;
  /// Longitude and latitude to the city's coordinates.
  std::function<Point(double longitude, double latitude)> locate;
  /// The city's coordinates to longitude (x) and latitude (y), for messages.
  std::function<Point(Point)> degrees;
};

/// One edit as it was applied, with what it replaced.
struct AppliedEdit {
  std::string op;      ///< change, move, close, open, add, remove
  std::string target;  ///< "shelter:S01", "link:osm/way/123", "evacuation"
  std::string field, old_value, new_value;
  std::string why;
  int number = 0;  ///< of the edit in the scenario's list, from 1; one edit of many things has many entries
};

/// One line of the assumption sheet.
struct Assumption {
  std::string model;
  Parameter about;
  std::string value, default_value;  ///< as a scenario file would write them
  bool changed = false;
};

struct SafeDepartures;

/// An immutable, checked scenario, ready to run with any seed.
class Scenario {
 public:
  /// @param json  a scenario document (schema chimata/scenario@1), without `base`
  /// @throws InputError naming the key and what to do
  Scenario(std::string_view json, ScenarioInputs inputs);

  /// A scenario file (YAML) on a city; reads the rasters it names.
  [[nodiscard]] static Scenario from_yaml(const std::string& path, City city);

  [[nodiscard]] const std::string& name() const;
  /// The document as it was given, with its schema.
  [[nodiscard]] const std::string& document() const;
  /// Hash of everything that decides the outcome but the seed: document, city, people, depths and smoke.
  [[nodiscard]] std::uint64_t digest() const;

  [[nodiscard]] Time end() const;
  [[nodiscard]] std::string start_iso() const;  ///< local date and time of the start
  [[nodiscard]] const std::shared_ptr<const City>& city() const;
  [[nodiscard]] const std::shared_ptr<const Population>& people() const;
  [[nodiscard]] const std::shared_ptr<const DepthSeries>& depths() const;  ///< null without a flood
  [[nodiscard]] const std::shared_ptr<const SmokeSeries>& smoke() const;   ///< null without smoke
  [[nodiscard]] const std::vector<ShelterPlan>& shelters() const;          ///< edits applied
  [[nodiscard]] const std::vector<Closure>& closures() const;
  [[nodiscard]] const std::vector<LinkChange>& link_changes()
      const;  ///< roads narrowed, slowed, turned round
  [[nodiscard]] const std::vector<AppliedEdit>& edits() const;
  [[nodiscard]] const std::vector<Assumption>& assumptions() const;
  [[nodiscard]] const std::vector<FocusArea>& areas() const;  ///< in which people move in the plane
  /// What is odd and does not keep it from running, one line each.
  [[nodiscard]] const std::vector<std::string>& notes() const;
  /// Last safe departures by distance / speed against the arrival of the water; computed when first asked
  /// for.
  [[nodiscard]] const SafeDepartures& safe_departures() const;

  struct Resolved;  ///< the inside, see resolved.hpp

 private:
  friend class Simulation;
  std::shared_ptr<const Resolved> resolved_;
};

}  // namespace chimata
