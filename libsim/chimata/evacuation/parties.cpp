#include "chimata/evacuation/parties.hpp"

namespace chimata {

void Parties::add(const PlannedParty& planned, std::uint32_t goal) {
  const PartyId id{all_.size()};
  Party party;
  party.first = static_cast<std::uint32_t>(roster_.size());
  party.count = static_cast<std::uint32_t>(planned.members.size());
  party.host = planned.host;
  party.goal = goal;
  party.act = planned.act;
  party.travel = planned.travel;
  all_.push_back(party);
  for (const PersonId p : planned.members) {
    roster_.push_back(p);
    of_[p] = id;
  }
}

PartyId Parties::detach(PartyId id, std::uint32_t kept) {
  const PartyId fresh{all_.size()};
  Party party = all_[id];
  party.first += kept;
  party.count -= kept;
  all_[id].count = kept;
  all_.push_back(party);
  for (const PersonId p : members(fresh)) of_[p] = fresh;
  return fresh;
}

void Parties::save(SnapshotWriter& out) const {
  out.put("parties", all_);
  out.put("roster", roster_);
  out.put("party_of", of_);
}

void Parties::load(const SnapshotReader& in) {
  in.get("parties", all_);
  in.get("roster", roster_);
  in.get("party_of", of_);
}

}  // namespace chimata
