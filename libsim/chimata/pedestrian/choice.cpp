#include "chimata/pedestrian/choice.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/core/records.hpp"

namespace chimata::pedestrian {

namespace {

constexpr Purpose kFamiliar{"pedestrian.familiar"};
constexpr std::uint8_t kNoBit = 0xff;
constexpr std::size_t kMostAlternatives = 64;

void need(bool good, const std::string& where, const std::string& what, const std::string& fix) {
  if (!good) throw InputError(where, what, fix);
}

void check_share(double share, const std::string& where) {
  need(share >= 0 && share <= 1, where, "has a share of " + std::to_string(share), "give 0 to 1");
}

void check_span(double from_s, double until_s, const std::string& where) {
  need(from_s <= until_s, where, "ends before it begins", "give from and until in s");
}

/// Where a stage can be seen.
std::vector<Wall> edges(const Stage& stage) {
  std::vector<Wall> all = stage.lines;
  for (const Polygon& shape : stage.shapes) {
    for (const auto& ring : shape.rings) {
      for (std::size_t i = 0; i < ring.size(); ++i) all.push_back({ring[i], ring[(i + 1) % ring.size()]});
    }
  }
  return all;
}

}  // namespace

void Choices::set_model(const ChoiceModel& model) {
  const auto not_below = [](double value, double least, const char* name) {
    need(value >= least && std::isfinite(value), std::string("choice: ") + name,
         "cannot be " + std::to_string(value), "give " + std::to_string(least) + " or more");
  };
  not_below(model.look_every, 0.1, "look_every");
  not_below(model.gain_s, 0, "gain_s");
  not_below(model.door_flow, 0.01, "door_flow");
  not_below(model.sight, 0, "sight");
  not_below(model.follow_within, 0.5, "follow_within");
  not_below(model.follow_least, 1, "follow_least");
  not_below(model.stay_s, 0, "stay_s");
  check_share(model.gain_share, "choice: gain_share");
  check_share(model.follow, "choice: follow");
  model_ = model;
}

void Choices::add_alternatives(const std::vector<StageRow>& rows, const std::vector<Stage>& stages) {
  bit_.resize(stages.size(), kNoBit);
  shut_.resize(stages.size(), 0);
  for (const StageRow row : rows) {
    if (bit_[row] != kNoBit) continue;
    need(alternatives_.size() < kMostAlternatives, "stage " + stages[row].id,
         "is one too many to choose the quickest of", "choose between 64 in all, or join doors side by side");
    bit_[row] = static_cast<std::uint8_t>(alternatives_.size());
    alternatives_.push_back(row);
    doors_.push_back(edges(stages[row]));
  }
}

std::uint64_t Choices::bits(const std::vector<StageRow>& rows) const {
  std::uint64_t all = 0;
  for (const StageRow row : rows)
    all |= row < bit_.size() && bit_[row] != kNoBit ? std::uint64_t{1} << bit_[row] : 0;
  return all;
}

void Choices::add(Sign sign) {
  const std::string where = "sign " + std::to_string(signs_.size() + 1);
  need(bits(sign.shows) != 0, where, "shows no stage that people choose the quickest of",
       "add the journey first, and name its stages");
  need(!sign.lines.empty(), where, "is nowhere", "give a point or line");
  need(sign.reach > 0, where, "can be seen from " + std::to_string(sign.reach) + " m", "give m above 0");
  check_share(sign.noticed, where);
  check_span(sign.from_s, sign.until_s, where);
  signs_.push_back(std::move(sign));
}

void Choices::add(Announcement announcement) {
  const std::string where = "announcement " + std::to_string(announcements_.size() + 1);
  need((bits(announcement.recommends) | bits(announcement.shut)) != 0, where,
       "names no stage that people choose the quickest of", "add the journey first, and name its stages");
  need(announcement.reach > 0, where, "reaches " + std::to_string(announcement.reach) + " m",
       "give m above 0");
  need(!announcement.in_sight || !announcement.lines.empty(), where, "is to be seen, but is nowhere",
       "give a point or line");
  check_share(announcement.share, where);
  check_span(announcement.from_s, announcement.until_s, where);
  announcements_.push_back(std::move(announcement));
}

void Choices::familiarise(const std::vector<PersonId>& people, const std::vector<StageRow>& rows,
                          double share, Random random) {
  const std::uint64_t what = bits(rows);
  need(what != 0 || rows.empty(), "familiar stages", "are none that people choose the quickest of",
       "add the journey first, and name its stages");
  check_share(share, "familiar stages");
  for (const PersonId person : people) {
    if (minds_.size() <= person.value) minds_.resize(person.value + 1, Mind{});
    Mind& mind = minds_[person];
    if (mind.known == ~std::uint64_t{0}) mind.known = 0;
    const double drawn = random.uniform(kFamiliar, person.value, static_cast<std::uint32_t>(told_));
    if (drawn < share) mind.known |= what;
  }
  ++told_;
}

void Choices::set_shut(StageRow row, bool shut) {
  if (shut_.size() <= row) shut_.resize(row + 1, 0);
  shut_[row] = shut ? 1 : 0;
}

void Choices::save(SnapshotWriter& out) const {
  out.put("shut", shut_);
  put_records(out, "minds", static_cast<const std::vector<Mind>&>(minds_));
  out.put_value("told", told_);
  ahead_.save(out);
}

void Choices::load(const SnapshotReader& in) {
  in.get("shut", shut_);
  get_records(in, "minds", static_cast<std::vector<Mind>&>(minds_));
  in.get_value("told", told_);
  ahead_.load(in);
}

}  // namespace chimata::pedestrian
