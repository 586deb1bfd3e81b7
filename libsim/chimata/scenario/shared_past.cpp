#include "chimata/scenario/shared_past.hpp"

#include <algorithm>
#include <tuple>

#include "chimata/core/error.hpp"

namespace chimata {

namespace {

[[noreturn]] void refuse(const Scenario::Resolved& plan, const std::string& what) {
  throw InputError(plan.name, what + " before the moment of the fork",
                   "a fork may change streets and shelters' room from now on, and nothing else");
}

/// What of each window lies before `now`, in a canonical order.
template <class Row, class Key>
auto past_of(const std::vector<Row>& rows, Time now, Key key) {
  std::vector<decltype(key(rows.front()))> past;
  for (Row row : rows) {
    if (row.when.from >= now) continue;
    row.when.to = std::min(row.when.to, now);
    past.push_back(key(row));
  }
  std::sort(past.begin(), past.end());
  return past;
}

auto closure_key(const Closure& c) {
  return std::tuple(c.link, c.when.from, c.when.to, c.modes, c.wait);
}

auto change_key(const LinkChange& c) {
  return std::tuple(c.link, c.when.from, c.when.to, c.capacity_factor, c.speed_factor, c.lanes);
}

void check_settings(const Scenario::Resolved& base, const Scenario::Resolved& plan) {
  for (const auto& [model, settings] : base.settings) {
    const auto other = plan.settings.find(model);
    if (other == plan.settings.end()) refuse(plan, "has no " + model + ", so it differs");
    for (const auto& [name, value] : settings) {
      if (other->second.at(name) != value) refuse(plan, model + "." + name + " differs");
    }
  }
  for (const auto& [model, settings] : plan.settings) {
    if (!base.settings.contains(model)) refuse(plan, "has " + model + ", so it differs");
  }
}

/// Only its room and its stocks may differ: by all else people have decided already where to go and how.
void check_shelter(const ShelterPlan& base, const ShelterPlan& other, const Scenario::Resolved& plan,
                   Time now) {
  const auto check = [&](const char* field, bool same) {
    if (!same) refuse(plan, "shelter:" + base.id + "." + field + " differs");
  };
  check("floor_m", base.floor == other.floor);
  check("flood_safe", base.fit == other.fit);
  check("welfare", base.welfare == other.welfare);
  check("exit", base.exit == other.exit);
  check("parking", base.parking == other.parking);
  // nobody has come yet to a door that opens later, whenever that is
  check("opens_at", base.opens_at == other.opens_at || std::min(base.opens_at, other.opens_at) >= now);
}

void check_shelters(const Scenario::Resolved& base, const Scenario::Resolved& plan, Time now) {
  const auto same_place = [](const ShelterPlan& a, const ShelterPlan& b) {
    return a.id == b.id && a.position == b.position;
  };
  if (!std::equal(base.shelters.begin(), base.shelters.end(), plan.shelters.begin(), plan.shelters.end(),
                  same_place)) {
    refuse(plan, "has other shelters, or moved ones, so it differs");
  }
  for (std::size_t s = 0; s < base.shelters.size(); ++s)
    check_shelter(base.shelters[s], plan.shelters[s], plan, now);
}

}  // namespace

void check_shared_past(const Scenario::Resolved& base, const Scenario::Resolved& plan, Time now) {
  if (base.inputs_digest != plan.inputs_digest) refuse(plan, "city, people, water or smoke differ");
  if (base.clock.iso(kStart) != plan.clock.iso(kStart) || base.end != plan.end)
    refuse(plan, "start or end differs");
  check_settings(base, plan);
  check_shelters(base, plan, now);
  if (past_of(base.closures, now, closure_key) != past_of(plan.closures, now, closure_key))
    refuse(plan, "closes other streets");
  if (past_of(base.link_changes, now, change_key) != past_of(plan.link_changes, now, change_key))
    refuse(plan, "changes other streets");
}

}  // namespace chimata
