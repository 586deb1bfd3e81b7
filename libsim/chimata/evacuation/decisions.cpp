#include "chimata/evacuation/decisions.hpp"

#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/evacuation/departure.hpp"

namespace chimata {

namespace {

constexpr Purpose kCompliance{"evacuation.compliance"}, kDelay{"evacuation.departure"},
    kInformed{"evacuation.informed"};

bool speaks_to(std::uint8_t level, PersonClass c) {
  return level >= 4 || c == PersonClass::elderly || c == PersonClass::impaired;
}

/// Share of people like this one who leave at a warning of `level`.
double share_of(const EvacuationModel& model, PersonClass c, std::uint8_t level) {
  if (level == 5) return 0;  // too late to leave
  const double share = level == 3 ? model.elderly_compliance : model.compliance;
  const double factor = c == PersonClass::elderly    ? model.elderly_factor
                        : c == PersonClass::impaired ? model.impaired_factor
                                                     : 1;
  return std::min(1.0, share * factor);
}

/// Whether somebody goes wherever an adult of the household goes.
bool is_dependant(const Population& people, PersonId p) {
  return people.needs_help[p] != 0 || people.person_class[p] == PersonClass::child;
}

/// Everybody's units: households, or adults by themselves with dependants at the most willing of them.
std::vector<Unit> units_of(const Population& people, const Random& random, GatheringLaw law) {
  std::vector<Unit> units;
  units.reserve(people.households.size());
  for (std::uint32_t h = 0; h < people.households.size(); ++h) {
    const auto members = people.households.of(HouseholdId{h});
    if (law == GatheringLaw::together || members.size() == 1) {
      if (!members.empty()) units.push_back({{members.begin(), members.end()}, {}, {}});
      continue;
    }
    PersonId guardian;
    double least = 2;
    for (const PersonId p : members) {
      const double reluctance = random.uniform(kCompliance, p.value);
      if (is_fit(people, p) && reluctance < least) guardian = p, least = reluctance;
    }
    for (const PersonId p : members) {
      if (guardian.valid() && p != guardian && is_dependant(people, p)) continue;
      Unit unit{{p}, {}, {}};
      if (p == guardian) {
        for (const PersonId d : members) {
          if (d != guardian && is_dependant(people, d)) unit.members.push_back(d);
        }
        std::sort(unit.members.begin(), unit.members.end());
      }
      units.push_back(std::move(unit));
    }
  }
  return units;
}

/// The draw of a unit belongs to the fit member with the smallest row, else to its first, so that a household
/// of one draws as a person does.
PersonId speaker(const Population& people, const Unit& unit) {
  for (const PersonId p : unit.members) {
    if (is_fit(people, p)) return p;
  }
  return unit.members.front();
}

class Deciding {
 public:
  Deciding(const Population& people, const Random& random, const EvacuationModel& model,
           const HomeHazard& hazard, Decisions& all)
      : people_(people), random_(random), model_(model), hazard_(hazard), delay_(model), all_(all) {}

  void decide(Unit& unit) {
    const PersonId who = speaker(people_, unit);
    // one draw for all levels: whoever heeds a share heeds every larger one
    const double reluctance = random_.uniform(kCompliance, who.value);
    for (const std::uint8_t level : {std::uint8_t{4}, std::uint8_t{3}}) {
      if (!would_leave(unit, reluctance, level)) continue;
      for (const PersonId p : unit.members) all_.willing[p] = level;
    }
    heed(unit, reluctance, 0);
    if (unit.heeds != 0) {
      unit.act = Act::leave;
    } else if (model_.vertical_share > 0) {
      heed(unit, reluctance, model_.vertical_share);
      if (unit.heeds != 0) {
        const bool up = goes_up_at_home(building_of(people_, hazard_, who), model_);
        unit.act = up ? Act::go_up : Act::refuge;
      }
    }
    if (unit.heeds == 0) return;
    for (const PersonId p : unit.members) {
      const Told& told = all_.told[unit.heeds - 1u][p];
      if (told.at != kNever) all_.ready[p] = told.at + delay_.at(random_.uniform(kDelay, p.value));
    }
  }

 private:
  /// Whether the unit would leave if a warning of this level reached it.
  bool would_leave(const Unit& unit, double reluctance, std::uint8_t level) const {
    return std::any_of(unit.members.begin(), unit.members.end(), [&](PersonId p) {
      const PersonClass c = people_.person_class[p];
      return speaks_to(level, c) && reluctance < share_of(model_, c, level);
    });
  }

  /// The warning that reaches the unit earliest of those it heeds with `more` added to every share.
  void heed(Unit& unit, double reluctance, double more) const {
    Time earliest = kNever;
    for (std::size_t w = 0; w < all_.warnings.size(); ++w) {
      if (all_.warnings[w].level == 5) continue;
      double share = -1;
      Time told = kNever;
      for (const PersonId p : unit.members) {
        told = std::min(told, all_.told[w][p].at);
        if (!all_.addresses(all_.warnings[w], people_, p)) continue;
        share = std::max(share, share_of(model_, people_.person_class[p], all_.warnings[w].level));
      }
      if (share < 0 || !(reluctance < share + more) || !(told < earliest)) continue;
      earliest = told;
      unit.heeds = static_cast<std::uint8_t>(w + 1);
    }
  }

  const Population& people_;
  const Random& random_;
  const EvacuationModel& model_;
  const HomeHazard& hazard_;
  DepartureDelay delay_;
  Decisions& all_;
};

}  // namespace

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
  const auto add = [&](const char* parameter, Time at, std::uint8_t level) {
    if (at == kNever) return;
    if (at < kStart) {
      throw InputError(
          std::string("evacuation.") + parameter,
          "lies " + std::to_string(-at.time_since_epoch().count() / 1000) + " s before the scenario starts",
          "start the scenario earlier or warn later");
    }
    warnings.push_back({at, level});
  };
  add("elderly_at", model.elderly_at, 3);
  add("order_at", model.order_at, 4);
  add("urgent_at", model.urgent_at, 5);
  std::stable_sort(warnings.begin(), warnings.end(),
                   [](const Warning& a, const Warning& b) { return a.at < b.at; });
  return warnings;
}

bool is_fit(const Population& people, PersonId person) {
  const PersonClass c = people.person_class[person];
  return people.needs_help[person] == 0 &&
         (c == PersonClass::adult || (c == PersonClass::elderly && people.age[person] < 75));
}

HomeBuilding building_of(const Population& people, const HomeHazard& hazard, PersonId person) {
  const Households& homes = people.households;
  const HouseholdId h = people.household[person];
  HomeBuilding b{homes.in_collapse_zone[h] != 0, double{homes.upper_floor[h]}, double{homes.supplies_h[h]}, 0,
                 0};
  if (hazard.empty()) return b;
  for (const PersonId p : homes.of(h)) {
    if (is_away(people, p)) continue;
    b.depth_max = double{hazard.depth_max[p]};
    b.duration_h = double{hazard.duration_h[p]};
    break;
  }
  return b;
}

bool Decisions::addresses(const Warning& warning, const Population& people, PersonId person) const {
  return in_warned_zone[person] && speaks_to(warning.level, people.person_class[person]);
}

Decisions decide(const Population& people, const Random& random, const Zones& zones,
                 const EvacuationModel& model, const HomeHazard& hazard) {
  const auto warned = warned_zones(zones, model);
  Decisions all;
  all.warnings = warnings_of(model);
  all.warned_zones = warned;
  all.willing.assign(people.size(), 0);
  all.in_warned_zone.resize(people.size());
  all.knowledge.resize(people.size());
  all.ready.assign(people.size(), kNever);
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    const ZoneId zone = people.zone[p];
    all.in_warned_zone[p] = warned[zone.valid() ? zone.value : zones.size()];
    const bool informed = random.uniform(kInformed, row) < model.informed;
    all.knowledge[p] = informed ? Knowledge::informed : Knowledge::map_only;
  }
  for (const Warning& w : all.warnings) {
    all.told.push_back(reception(people, random, model, w.at, w.level, all.in_warned_zone));
  }
  all.units = units_of(people, random, model.gathering);
  Deciding deciding(people, random, model, hazard, all);
  for (std::uint32_t u = 0; u < all.units.size(); ++u) {
    deciding.decide(all.units[u]);
  }
  return all;
}

}  // namespace chimata
