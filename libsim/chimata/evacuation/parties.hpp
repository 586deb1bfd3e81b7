/// Groups of people on their way, as they are now. Private to this room.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/evacuation/plan.hpp"

namespace chimata {

/// A number of a party.
using PartyId = Id<struct PartyTag>;

struct Party {
  enum Flag : std::uint8_t {
    left = 1,         ///< out of the door
    waited_for = 2,   ///< the moment at which they give up on absent members is set
    overdue = 4,      ///< they wait for nobody who is absent any more
    gathering = 8,    ///< the moment at which they give up on those behind is set
    tried_home = 16,  ///< found no way back home
    parked = 32,      ///< their car stands in the car park of their goal
    rerouted = 64,    ///< was sent to another goal on the way and may arrive at the old one
    requested = 128   ///< the municipality's crew has been asked for
  };
  std::uint32_t first = 0, count = 0;  ///< of the roster
  PersonId host;                       ///< they meet where this one is at the start; may have left them
  std::uint32_t goal = 0;              ///< shelter they head for or are in, or kHome
  LinkId on = {};                      ///< the link on which they left their car, or none
  std::uint32_t along_mm = 0;
  Act act = Act::stay;
  Travel travel = Travel::foot;
  std::uint8_t flags = 0;
  std::uint8_t reserved = 0;  // no padding

  [[nodiscard]] bool is(Flag flag) const { return (flags & flag) != 0; }
  void set(Flag flag) { flags = static_cast<std::uint8_t>(flags | flag); }
  void clear(Flag flag) { flags = static_cast<std::uint8_t>(flags & ~flag); }
};

class Parties {
 public:
  static constexpr std::uint32_t kHome = 0xfffffffe;

  void add(const PlannedParty& planned, std::uint32_t goal);
  void reserve(std::size_t people, std::size_t parties) {
    of_.resize(people);
    roster_.reserve(people);
    all_.reserve(parties);
  }

  [[nodiscard]] Party& operator[](PartyId id) { return all_[id]; }
  [[nodiscard]] const Party& operator[](PartyId id) const { return all_[id]; }
  [[nodiscard]] PartyId of(PersonId person) const { return of_[person]; }
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  /// Valid until the next split.
  [[nodiscard]] std::span<const PersonId> members(PartyId id) const {
    return {roster_.data() + all_[id].first, all_[id].count};
  }
  /// Moves members for whom `goes` is true into a new party that is otherwise the same; none if nobody or
  /// everybody goes.
  template <class Goes>
  PartyId split(PartyId id, Goes&& goes) {
    Party& old = all_[id];
    const auto begin = roster_.begin() + old.first, end = begin + old.count;
    const auto middle = std::stable_partition(begin, end, [&](PersonId p) { return !goes(p); });
    if (middle == begin || middle == end) return PartyId::none();
    return detach(id, static_cast<std::uint32_t>(middle - begin));
  }

  void save(SnapshotWriter& out) const;
  void load(const SnapshotReader& in);

 private:
  PartyId detach(PartyId id, std::uint32_t kept);

  Column<PartyId, Party> all_;
  std::vector<PersonId> roster_;  // party by party
  Column<PersonId, PartyId> of_;
};

}  // namespace chimata
