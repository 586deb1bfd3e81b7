#include "chimata/pedestrian/check_lanes.hpp"

#include <algorithm>

#include "chimata/core/records.hpp"

namespace chimata::pedestrian {

bool CheckLanes::checked(PersonId person, double came_s, double now, std::uint32_t entrance, Random random) {
  if (lanes_.empty()) return true;
  const auto theirs =
      std::find_if(lanes_.begin(), lanes_.end(), [&](const Lane& lane) { return lane.person == person; });
  if (theirs != lanes_.end()) return theirs->done_s <= now;
  if (busy_ == lanes_.size()) return false;
  Lane* first = nullptr;
  for (Lane& lane : lanes_) {
    if (!lane.person.valid() && (first == nullptr || lane.free_from_s < first->free_from_s)) first = &lane;
  }
  first->person = person;
  first->done_s = std::max(came_s, first->free_from_s) + service_time(service_, person, entrance, random);
  ++busy_;
  return first->done_s <= now;
}

void CheckLanes::let_go(PersonId person) {
  make_free(person, true);
}

void CheckLanes::call_away(PersonId person) {
  make_free(person, false);
}

void CheckLanes::make_free(PersonId person, bool checked) {
  for (Lane& lane : lanes_) {
    if (lane.person != person) continue;
    // time without room behind it is lost, the rest of a step is not
    lane.free_from_s = checked ? std::max(lane.done_s, before_) : before_;
    lane.person = PersonId::none();
    --busy_;
  }
}

void CheckLanes::save(SnapshotWriter& out, const std::string& name) const {
  if (!any()) return;
  put_records(out, name + "lanes", lanes_);
  out.put_value(name + "before_s", before_);
}

void CheckLanes::load(const SnapshotReader& in, const std::string& name) {
  if (!any()) return;
  get_records(in, name + "lanes", lanes_);
  in.get_value(name + "before_s", before_);
  busy_ = static_cast<std::uint32_t>(
      std::count_if(lanes_.begin(), lanes_.end(), [](const Lane& lane) { return lane.person.valid(); }));
}

}  // namespace chimata::pedestrian
