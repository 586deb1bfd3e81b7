/// Edits of streets: closed, reopened, narrowed, slowed, turned round.
#pragma once

#include <functional>
#include <string>

#include "chimata/mobility/world.hpp"
#include "chimata/scenario/value.hpp"

namespace chimata {

/// The links that a target such as "link:osm/way/123", "link:42" (segment row) or "street:昭和通り" names,
/// both directions.
/// @throws InputError at `where`, naming the nearest street
[[nodiscard]] std::vector<LinkId> links_of(const Network& network, std::string_view target,
                                           const std::string& where);

/// Streets as edits change them.
struct StreetScene {
  const Network& network;
  const LocalClock& clock;
  Time end;  ///< of the scenario
  std::vector<Closure>& closures;
  std::vector<LinkChange>& changes;
  std::function<Point(const Json& to)> place_of;  ///< a named place or [lon, lat]
};

/// One edit of streets, as written. `change` takes set: {capacity: x0.5, speed: x0.8, lanes: -1};
/// `contraflow` gives lanes of the oncoming direction to the one that leads `toward` a place. Both directions
/// are meant unless `toward` or `direction` (forward, backward: as the street was drawn) says otherwise.
struct StreetEdit {
  const Json& edit;
  std::string op, target, where;
};

/// Told what an edit did: field, old value, new value.
using StreetNote = std::function<void(std::string field, std::string old_value, std::string new_value)>;

/// @throws InputError naming the edit and what is wrong with it
void edit_streets(const StreetEdit& edit, StreetScene scene, const StreetNote& note);

}  // namespace chimata
