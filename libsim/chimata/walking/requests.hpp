/// People on the streets whom another process asks for.
#pragma once

#include <map>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/walking/movement.hpp"

namespace chimata::walking {

class Requests {
 public:
  void add(const Order& request) { to_[request.person] = request.hand_to; }
  [[nodiscard]] bool any() const { return !to_.empty(); }

  /// Takes those asked for off their lanes and calls `give(walker, lane, to)`. Whoever is stopped by water is
  /// taken off when it lets them go; whoever is not on the streets any more is forgotten.
  template <class Give>
  void answer(State& state, std::vector<Lane>& touched, Give&& give) {
    std::erase_if(to_, [&](const auto& each) { return state.stays[each.first].present == 0; });
    if (to_.empty()) return;
    for (const Lane lane : state.lanes.active) {
      std::uint32_t taken = 0, queued = 0;
      std::erase_if(state.lanes.walkers[lane], [&](const Walker& walker) {
        const auto asked = to_.find(walker.person);
        if (asked == to_.end() || walker.gait == Gait::stranded) return false;
        give(walker, lane, asked->second);
        to_.erase(asked);
        ++taken, queued += walker.gait == Gait::queued ? 1 : 0;
        return true;
      });
      if (taken == 0) continue;
      state.lanes.queued[lane] -= queued;
      state.lanes.count[lane] -= taken;
      touched.push_back(lane);
    }
  }

  void save(SnapshotWriter& out) const {
    std::vector<std::uint32_t> rows;  // person, to whom
    for (const auto& [person, to] : to_) rows.insert(rows.end(), {person.value, to});
    out.put("requests", rows);
  }
  void load(const SnapshotReader& in) {
    std::vector<std::uint32_t> rows;
    in.get("requests", rows);
    to_.clear();
    for (std::size_t i = 0; i + 1 < rows.size(); i += 2)
      to_[PersonId{rows[i]}] = static_cast<ProcessIndex>(rows[i + 1]);
  }

 private:
  std::map<PersonId, ProcessIndex> to_;
};

}  // namespace chimata::walking
