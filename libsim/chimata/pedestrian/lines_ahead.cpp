#include "chimata/pedestrian/lines_ahead.hpp"

#include <algorithm>

namespace chimata::pedestrian {

namespace {

/// s between two who pass.
double headway(const Activity& does, double door_flow) {
  if (const auto* exit = std::get_if<Exit>(&does)) return 1 / exit->flow(door_flow);
  if (const auto* queue = std::get_if<Queue>(&does)) return queue->burden(1);
  return 0;
}

}  // namespace

void LinesAhead::renew(std::span<const Coming> people, const std::vector<Stage>& stages, double door_flow) {
  first_.assign(stages.size() + 1, 0);
  for (const Coming& who : people) ++first_[who.stage + 1];
  for (std::size_t i = 0; i < stages.size(); ++i) first_[i + 1] += first_[i];
  there_.resize(people.size()), out_.resize(people.size());
  auto place = first_;
  for (const Coming& who : people) there_[place[who.stage]++] = who.after_s;
  every_.resize(stages.size());
  for (std::size_t stage = 0; stage < stages.size(); ++stage) {
    every_[stage] = headway(stages[stage].does, door_flow);
    const auto begin = first_[stage], end = first_[stage + 1];
    std::sort(there_.begin() + static_cast<std::ptrdiff_t>(begin),
              there_.begin() + static_cast<std::ptrdiff_t>(end));
    for (auto i = begin; i < end; ++i)
      out_[i] = i == begin ? there_[i] : std::max(there_[i], out_[i - 1] + every_[stage]);
  }
}

double LinesAhead::through(StageRow stage, double after_s) const {
  if (stage + 1 >= first_.size()) return after_s;
  const auto begin = there_.begin() + static_cast<std::ptrdiff_t>(first_[stage]);
  const auto end = there_.begin() + static_cast<std::ptrdiff_t>(first_[stage + 1]);
  const auto behind = std::lower_bound(begin, end, after_s);
  if (behind == begin) return after_s;
  return std::max(after_s, out_[static_cast<std::size_t>(behind - there_.begin()) - 1] + every_[stage]);
}

void LinesAhead::save(SnapshotWriter& out) const {
  out.put("line_first", first_);
  out.put("line_there", there_);
  out.put("line_out", out_);
  out.put("line_every", every_);
}

void LinesAhead::load(const SnapshotReader& in) {
  in.get("line_first", first_);
  in.get("line_there", there_);
  in.get("line_out", out_);
  in.get("line_every", every_);
}

}  // namespace chimata::pedestrian
