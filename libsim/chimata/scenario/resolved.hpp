/// The inside of a scenario, shared with the simulation that runs it.
#pragma once

#include <mutex>

#include "chimata/scenario/catalogue.hpp"
#include "chimata/scenario/safe_departure.hpp"
#include "chimata/scenario/scenario.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata {

struct Scenario::Resolved {
  std::string name, document;
  std::string where;                ///< file name for messages
  std::uint64_t digest = 0;         ///< of everything that decides the outcome but the seed
  std::uint64_t inputs_digest = 0;  ///< of city, people, depths and smoke alone
  LocalClock clock;
  Time end{};
  std::shared_ptr<const City> city;
  std::shared_ptr<const Population> people;
  std::shared_ptr<const SegmentSamples> samples;
  std::shared_ptr<const DepthSeries> depths;
  std::shared_ptr<const SmokeSeries> smoke;
  std::vector<ShelterPlan> shelters;
  std::vector<Closure> closures;
  std::vector<LinkChange> link_changes;
  std::vector<FocusArea> areas;
  VisitorRows visitors;                   ///< of an event
  std::shared_ptr<const TripPlan> trips;  ///< null without trips
  AllSettings settings;
  std::vector<AppliedEdit> edits;
  std::vector<Assumption> assumptions;
  std::vector<std::string> notes;

  /// The world of a run.
  [[nodiscard]] std::shared_ptr<const World> world(Seed seed) const;

  /// What the hazard map, the whole flood summed up, says of everybody's home: computed once for all runs.
  [[nodiscard]] std::shared_ptr<const HomeHazard> home_hazard() const;
  mutable std::once_flag hazard_computed;
  mutable std::shared_ptr<const HomeHazard> hazard;

  [[nodiscard]] SafeDepartures compute_safe_departures() const;
  mutable std::once_flag departures_computed;
  mutable SafeDepartures departures;
};

}  // namespace chimata
