#include "chimata/people/demography.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "chimata/core/fast_math.hpp"
#include "chimata/people/apportion.hpp"

namespace chimata {

namespace {

constexpr Purpose kAgeGroup{"people.age_group"}, kAge{"people.age"}, kImpaired{"people.impaired"},
    kSpeed{"people.free_speed"};

/// Age groups of the zone statistics: first and last age in years. The last is open; 94 closes it.
constexpr std::array<std::array<int, 2>, 4> kAges{{{0, 14}, {15, 64}, {65, 74}, {75, 94}}};

struct Shares {
  std::array<double, 4> age{0, 1, 0, 0};  // under 15, to 64, to 74, from 75
  double impaired = 0;
};

Shares shares_of(const Zones& zones, ZoneId z) {
  Shares shares;
  shares.age = {zones.share_under_15[z], 0, zones.share_65_to_74[z], zones.share_75_up[z]};
  shares.age[1] = std::max(0.0, 1 - shares.age[0] - shares.age[2] - shares.age[3]);
  shares.impaired = zones.share_impaired[z];
  return shares;
}

/// Shares of every zone, and last those of people outside all zones: the mean by population.
std::vector<Shares> all_shares(const Zones& zones) {
  std::vector<Shares> all;
  Shares mean;
  mean.age = {};
  double population = 0;
  for (std::size_t row = 0; row < zones.size(); ++row) {
    const ZoneId z{row};
    all.push_back(shares_of(zones, z));
    const double weight = std::max(0.0, zones.population[z]);
    population += weight;
    for (std::size_t group = 0; group < 4; ++group) mean.age[group] += weight * all.back().age[group];
    mean.impaired += weight * all.back().impaired;
  }
  if (population > 0) {
    for (double& share : mean.age) share /= population;
    mean.impaired /= population;
    all.push_back(mean);
  } else {
    all.push_back(Shares{});
  }
  return all;
}

/// People of every zone in ascending order, and last those outside all zones.
std::vector<std::vector<PersonId>> people_by_zone(const Population& people, const Zones& zones) {
  std::vector<std::vector<PersonId>> members(zones.size() + 1);
  for (std::uint32_t p = 0; p < people.size(); ++p) {
    const ZoneId zone = people.zone[PersonId{p}];
    members[zone.valid() ? zone.value : zones.size()].push_back(PersonId{p});
  }
  return members;
}

struct Ranked {
  double key;
  PersonId person;
  friend bool operator<(const Ranked& a, const Ranked& b) {
    return a.key != b.key ? a.key < b.key : a.person < b.person;
  }
};

}  // namespace

void share_out_ages(Population& people, const Zones& zones, const Random& random) {
  people.age.assign(people.size(), 0);
  const auto shares = all_shares(zones);
  const auto members = people_by_zone(people, zones);
  std::vector<Ranked> shuffled;
  for (std::size_t zone = 0; zone < members.size(); ++zone) {
    shuffled.clear();
    for (const PersonId p : members[zone]) shuffled.push_back({random.uniform(kAgeGroup, p.value), p});
    std::sort(shuffled.begin(), shuffled.end());
    const auto counts = apportion(shares[zone].age, shuffled.size());
    std::size_t next = 0;
    for (std::size_t group = 0; group < 4; ++group) {
      const auto [youngest, oldest] = kAges[group];
      for (std::size_t i = 0; i < counts[group]; ++i) {
        const PersonId p = shuffled[next++].person;
        const double years = youngest + random.uniform(kAge, p.value) * (oldest + 1 - youngest);
        people.age[p] = static_cast<std::uint8_t>(years);
      }
    }
  }
}

std::vector<std::uint8_t> share_out_impairments(const Population& people, const Zones& zones,
                                                const PopulationModel& model, const Random& random) {
  std::vector<std::uint8_t> impaired(people.size(), 0);
  const auto shares = all_shares(zones);
  const auto members = people_by_zone(people, zones);
  std::vector<Ranked> order;
  for (std::size_t zone = 0; zone < members.size(); ++zone) {
    // drawing without replacement in proportion to weights: the smallest exponential times win
    order.clear();
    for (const PersonId p : members[zone]) {
      const int age = people.age[p];
      const double weight = age >= 75 ? model.impaired_weight_75 : age >= 65 ? model.impaired_weight_65 : 1;
      order.push_back({-fast::log(random.uniform(kImpaired, p.value)) / weight, p});
    }
    std::sort(order.begin(), order.end());
    const double share = std::clamp(shares[zone].impaired, 0.0, 1.0);
    const auto count = static_cast<std::size_t>(share * static_cast<double>(order.size()) + 0.5);
    for (std::size_t i = 0; i < count; ++i) impaired[order[i].person.value] = 1;
  }
  return impaired;
}

PersonClass class_of(int age, bool impaired) {
  if (impaired) return PersonClass::impaired;
  if (age < 15) return PersonClass::child;
  return age >= 65 ? PersonClass::elderly : PersonClass::adult;
}

double free_speed_of(const PopulationModel& model, PersonClass person_class, PersonId person,
                     const Random& random) {
  constexpr double kBelow = 0.0013498980316300946;  // standard normal distribution at -3
  const double z = fast::normal_quantile(kBelow + random.uniform(kSpeed, person.value) * (1 - 2 * kBelow));
  const double mean = [&] {
    switch (person_class) {
      case PersonClass::child:
        return model.adult_speed * model.child_factor;
      case PersonClass::elderly:
        return model.elderly_speed;
      case PersonClass::impaired:
        return model.impaired_speed;
      case PersonClass::adult:
        break;
    }
    return model.adult_speed;
  }();
  const double spread = model.adult_speed_sd / model.adult_speed;
  return std::max(model.slowest, model.night_factor * mean * (1 + z * spread));
}

}  // namespace chimata
