/// When a warning reaches whom, and by which channel. Private to this room.
///
/// Broadcast and contagion, the two processes by which warnings spread (Rogers and Sorensen 1988):
/// loudspeakers, area mail, media and patrol cars each reach a share of people after a random delay; whoever
/// has been told tells the neighbours. The moment of reception is that of the earliest channel. A household
/// at home hears as soon as one of its members does.
#pragma once

#include <cstdint>
#include <vector>

#include "chimata/evacuation/model.hpp"
#include "chimata/mobility/world.hpp"

namespace chimata {

enum class Channel : std::uint8_t {
  siren,
  mail,
  media,
  neighbours,
  patrol,
  at_once,
  water,
  venue,      ///< announced at an event
  household,  ///< one of the household came home from there with the news
  none = 255
};

struct Told {
  Time at = kNever;
  Channel by = Channel::none;
};

/// Whether somebody is elsewhere than in the dwelling of their household.
[[nodiscard]] inline bool is_away(const Population& people, PersonId person) {
  return people.home_node[person] != people.households.dwelling_node[people.household[person]];
}

/// When each person is told of a warning of `level` issued at `issued`; those for whom `reached` is 0 are
/// told by nobody. Larger reaches and shorter delays make nobody hear later, because every draw belongs to a
/// person, a channel and a level.
[[nodiscard]] Column<PersonId, Told> reception(const Population& people, const Random& random,
                                               const EvacuationModel& model, Time issued, std::uint8_t level,
                                               const Column<PersonId, std::uint8_t>& reached);

/// When each person would be told if they were out then, at an event or on the way: by loudspeakers, mail or
/// a patrol car, with the same draws; no household and no neighbours tell them.
[[nodiscard]] Column<PersonId, Told> reception_outside(const Population& people, const Random& random,
                                                       const EvacuationModel& model, Time issued,
                                                       std::uint8_t level,
                                                       const Column<PersonId, std::uint8_t>& reached);

}  // namespace chimata
