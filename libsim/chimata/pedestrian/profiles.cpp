#include "chimata/pedestrian/profiles.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/error.hpp"
#include "chimata/core/fast_math.hpp"
#include "chimata/core/text.hpp"

namespace chimata::pedestrian {

namespace {

constexpr Purpose kSpeed{"pedestrian.profile.speed"}, kRadius{"pedestrian.profile.radius"},
    kReaction{"pedestrian.profile.reaction"}, kKind{"pedestrian.profile.kind"};
constexpr std::uint32_t kDraws = 16;

constexpr double kMedian = 31.2, kSpread = 0.94, kSoonest = 0, kLatest = 300;

constexpr Profile kProfiles[] = {
    {"adult",
     "成人",
     "Adult",
     {1.34, 0.26, 0.6, 2.1},
     {0.19, 0.012, 0.16, 0.22},
     kMedian,
     kSpread,
     kSoonest,
     kLatest,
     Mobility::adult,
     PersonClass::adult,
     "speed: Weidmann 1993, 1.34 +- 0.26 m/s; body: Simulex, mean of women and men",
     'B'},
    {"young",
     "30歳未満",
     "Below 30 years",
     {1.48, 0.25, 0.7, 2.1},
     {0.19, 0.012, 0.16, 0.22},
     kMedian,
     kSpread,
     kSoonest,
     kLatest,
     Mobility::under_30,
     PersonClass::adult,
     "speed: IMO MSC.1/Circ.1533 table 3.3, middle of women's and men's ranges, 0.93 to 1.85 m/s; body: "
     "Simulex",
     'B'},
    {"elderly",
     "高齢者",
     "Elderly",
     {1.07, 0.21, 0.4, 1.6},
     {0.19, 0.010, 0.16, 0.22},
     kMedian,
     kSpread,
     kSoonest,
     kLatest,
     Mobility::over_50,
     PersonClass::elderly,
     "speed: Weidmann's curve at 70 years; its spread and the body: the adults' in proportion, Simulex",
     'B'},
    {"child",
     "子ども",
     "Child",
     {0.90, 0.15, 0.6, 1.2},
     {0.149, 0.010, 0.12, 0.18},
     kMedian,
     kSpread,
     kSoonest,
     kLatest,
     Mobility::under_30,
     PersonClass::child,
     "Simulex: 0.9 +- 0.3 m/s as limits, 0.070 m²",
     'B'},
    {"cane",
     "杖の使用者",
     "With a walking stick",
     {0.81, 0.38, 0.26, 1.6},
     {0.22, 0.010, 0.19, 0.25},
     kMedian,
     kSpread,
     kSoonest,
     kLatest,
     Mobility::impaired,
     PersonClass::impaired,
     "speed: Boyce, Shields and Silcock 1999; body: an elderly person's and 3 cm for the stick (C)",
     'C'},
    {"crutches",
     "松葉杖の使用者",
     "On crutches",
     {0.94, 0.30, 0.63, 1.35},
     {0.30, 0.010, 0.27, 0.33},
     kMedian,
     kSpread,
     kSoonest,
     kLatest,
     Mobility::impaired,
     PersonClass::impaired,
     "speed: Boyce, Shields and Silcock 1999; body: two crutches set 0.6 m apart (C)",
     'C'},
    {"walker",
     "歩行器の使用者",
     "With a walking frame",
     {0.57, 0.29, 0.10, 1.02},
     {0.30, 0.010, 0.27, 0.33},
     kMedian,
     kSpread,
     kSoonest,
     kLatest,
     Mobility::impaired,
     PersonClass::impaired,
     "speed: Boyce, Shields and Silcock 1999; body: a frame of 0.6 m (C)",
     'C'},
    {"wheelchair",
     "車いす",
     "In a wheelchair",
     {0.69, 0.35, 0.13, 1.35},
     {0.40, 0.020, 0.35, 0.45},
     kMedian,
     kSpread,
     kSoonest,
     kLatest,
     Mobility::wheelchair,
     PersonClass::impaired,
     "speed: Boyce, Shields and Silcock 1999; size: ISO 7176-5, 0.7 m wide and up to 1.2 m long, as a circle",
     'C'},
    {"stroller",
     "ベビーカー",
     "With a stroller",
     {0.90, 0.15, 0.6, 1.2},
     {0.38, 0.020, 0.33, 0.43},
     kMedian,
     kSpread,
     kSoonest,
     kLatest,
     Mobility::wheelchair,
     PersonClass::adult,
     "speed: Fire and Disaster Management Agency of Japan, 0.9 m/s; its spread and a size of 0.55 m by 1.2 "
     "m: "
     "judgement; stairs not at all, as wheelchairs",
     'C'},
    {"luggage",
     "大きな荷物",
     "With luggage",
     {1.20, 0.24, 0.5, 1.9},
     {0.27, 0.020, 0.23, 0.31},
     kMedian,
     kSpread,
     kSoonest,
     kLatest,
     Mobility::over_50,
     PersonClass::adult,
     "judgement: a tenth slower than adults, a case of 0.45 m by 0.3 m pulled behind; stairs as over 50",
     'C'},
};

double bounded(const Bounded& law, Random random, Purpose purpose, PersonId person) {
  double value = law.mean;
  for (std::uint32_t draw = 0; draw < kDraws; ++draw) {
    value = law.mean + law.deviation * random.normal(purpose, person.value, draw);
    if (law.low <= value && value <= law.high) return value;
  }
  return std::clamp(value, law.low, law.high);
}

std::uint32_t row_of(std::string_view id) {
  for (std::uint32_t row = 0; row < std::size(kProfiles); ++row) {
    if (kProfiles[row].id == id) return row;
  }
  std::vector<std::string> names;
  for (const Profile& one : kProfiles) names.emplace_back(one.id);
  const std::string guess = did_you_mean(id, names);
  throw InputError("profile", "there is no profile \"" + std::string(id) + "\"",
                   guess.empty() ? "use " + listed(names) : guess);
}

}  // namespace

std::span<const Profile> profiles() {
  return kProfiles;
}

const Profile& profile(std::string_view id) {
  return kProfiles[row_of(id)];
}

Person draw(const Profile& profile, Random random, PersonId person) {
  double reaction = 0;
  for (std::uint32_t draw = 0; draw < kDraws; ++draw) {
    reaction =
        profile.reaction * fast::exp(profile.reaction_spread * random.normal(kReaction, person.value, draw));
    if (profile.reaction_low <= reaction && reaction <= profile.reaction_high) break;
  }
  reaction = std::clamp(reaction, profile.reaction_low, profile.reaction_high);
  return {bounded(profile.speed, random, kSpeed, person), bounded(profile.radius, random, kRadius, person),
          reaction};
}

std::vector<std::uint32_t> mix(const std::vector<Share>& shares, Random random,
                               std::span<const PersonId> people) {
  std::vector<std::uint32_t> rows;
  double total = 0;
  for (const Share& one : shares) {
    rows.push_back(row_of(one.profile));
    if (!(one.share >= 0) || !std::isfinite(one.share))
      throw InputError("profile " + one.profile, "has a share of " + std::to_string(one.share),
                       "give 0 or more");
    total += one.share;
  }
  if (!(total > 0)) throw InputError("profile", "no share is above 0", "give one kind a share");
  std::vector<std::uint32_t> kinds;
  for (const PersonId person : people) {
    double left = total * random.uniform(kKind, person.value);
    std::size_t k = 0;
    while (k + 1 < shares.size() && left >= shares[k].share) left -= shares[k++].share;
    kinds.push_back(rows[k]);
  }
  return kinds;
}

}  // namespace chimata::pedestrian
