#include "chimata/evacuation/decisions.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/evacuation/departure.hpp"

namespace chimata {

namespace {

constexpr Purpose kCompliance{"evacuation.compliance"}, kDelay{"evacuation.departure"},
    kInformed{"evacuation.informed"};

/// Per zone whether it is warned, and last whether people outside all zones are.
std::vector<std::uint8_t> warned_zones(const Zones& zones, const EvacuationModel& model) {
  if (!model.zones.empty()) {
    std::vector<std::uint8_t> warned(zones.size() + 1, 0);
    for (const std::string& id : model.zones) {
      const auto zone = zones.find(id);
      if (!zone) {
        const std::string hint = did_you_mean(id, zones.id);
        const std::string fix = zones.size() == 0 ? "the city has no zones" : "zones are " + listed(zones.id);
        throw InputError("evacuation.zones", "there is no zone \"" + id + "\"", hint.empty() ? fix : hint);
      }
      warned[zone->value] = 1;
    }
    return warned;
  }
  std::vector<std::uint8_t> warned(zones.in_warning_area.begin(), zones.in_warning_area.end());
  warned.push_back(0);
  const bool none = std::none_of(warned.begin(), warned.end(), [](auto in) { return in != 0; });
  if (none) std::fill(warned.begin(), warned.end(), std::uint8_t{1});
  return warned;
}

std::vector<Warning> warnings_of(const EvacuationModel& model) {
  std::vector<Warning> warnings;
  const auto add = [&](const char* parameter, Time at, std::uint8_t level, double share) {
    if (at == kNever) return;
    if (at < kStart) {
      throw InputError(
          std::string("evacuation.") + parameter,
          "lies " + std::to_string(-at.time_since_epoch().count() / 1000) + " s before the scenario starts",
          "start the scenario earlier or warn later");
    }
    warnings.push_back({at, level, share});
  };
  add("elderly_at", model.elderly_at, 3, model.elderly_compliance);
  add("order_at", model.order_at, 4, model.compliance);
  std::stable_sort(warnings.begin(), warnings.end(),
                   [](const Warning& a, const Warning& b) { return a.at < b.at; });
  return warnings;
}

}  // namespace

bool Decisions::addresses(const Warning& warning, const Population& people, PersonId person) const {
  if (!in_warned_zone[person]) return false;
  const PersonClass c = people.person_class[person];
  return warning.level == 4 || c == PersonClass::elderly || c == PersonClass::impaired;
}

Decisions decide(const World& world, const Zones& zones, const EvacuationModel& model) {
  const Population& people = *world.people;
  const auto warned = warned_zones(zones, model);
  const DepartureDelay delay{model};
  Decisions all;
  all.warnings = warnings_of(model);
  all.in_warned_zone.resize(people.size());
  all.heeds.assign(people.size(), 0);
  all.leaves.assign(people.size(), kNever);
  all.knowledge.resize(people.size());
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    const ZoneId zone = people.zone[p];
    all.in_warned_zone[p] = warned[zone.valid() ? zone.value : zones.size()];
    const bool informed = world.random.uniform(kInformed, row) < model.informed;
    all.knowledge[p] = informed ? Knowledge::informed : Knowledge::map_only;
    // one draw for all levels: whoever heeds a share heeds every larger one
    const double reluctance = world.random.uniform(kCompliance, row);
    for (std::size_t w = 0; w < all.warnings.size(); ++w) {
      if (!all.addresses(all.warnings[w], people, p) || !(reluctance < all.warnings[w].share)) continue;
      all.heeds[p] = static_cast<std::uint8_t>(w + 1);
      all.leaves[p] = all.warnings[w].at + delay.at(world.random.uniform(kDelay, row));
      break;
    }
  }
  return all;
}

}  // namespace chimata
