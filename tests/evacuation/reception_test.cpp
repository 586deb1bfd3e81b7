#include "chimata/evacuation/reception.hpp"

#include <doctest/doctest.h>

#include "evacuation/street_town.hpp"

using namespace chimata;
using namespace chimata::testing;
using enum PersonClass;

namespace {

/// 2,000 people by themselves, no channel open.
StreetTown silent_town(int per_household = 1) {
  StreetTown town;
  for (std::uint32_t h = 0; h < 2000; ++h)
    town.add_household(h % 21, std::vector(static_cast<std::size_t>(per_household), adult));
  town.add_place(10, 5000);
  town.model.reception = ReceptionLaw::channels;
  town.model.siren_reach = town.model.mail_reach = town.model.media_reach = town.model.patrol_reach =
      town.model.neighbour_reach = 0;
  return town;
}

Column<PersonId, Told> told(const StreetTown& town, std::uint8_t level = 4) {
  const Column<PersonId, std::uint8_t> all(town.people.size(), 1);
  return reception(town.people, Random{Seed{town.seed}}, town.model, time_of(100), level, all);
}

std::int64_t heard(const Column<PersonId, Told>& told) {
  return std::count_if(told.begin(), told.end(), [](const Told& t) { return t.at != kNever; });
}

}  // namespace

TEST_CASE("a channel reaches the share of people that it should, after an exponential delay of its mean") {
  StreetTown town = silent_town();
  town.model.siren_reach = 0.4;
  town.model.siren_delay = duration_of(120);
  const auto all = told(town);
  CHECK(std::fabs(static_cast<double>(heard(all)) - 800) < 4 * std::sqrt(2000 * 0.4 * 0.6));
  double sum = 0;
  int late = 0, n = 0;
  for (const Told& t : all) {
    if (t.at == kNever) continue;
    CHECK(t.by == Channel::siren);
    sum += seconds(t.at) - 100, late += seconds(t.at) > 220, ++n;
  }
  CHECK(sum / n == doctest::Approx(120).epsilon(0.15));
  CHECK(late / double(n) == doctest::Approx(std::exp(-1)).epsilon(0.2));
}

TEST_CASE("more reach and shorter delays make nobody hear later") {
  StreetTown town = silent_town(2);
  const auto later = [](const Column<PersonId, Told>& now, const Column<PersonId, Told>& before) {
    std::size_t n = 0;
    for (std::size_t p = 0; p < now.size(); ++p) n += now.values()[p].at > before.values()[p].at;
    return n;
  };
  town.model.siren_reach = 0.1, town.model.mail_reach = 0.1, town.model.neighbour_reach = 0.1;
  auto before = told(town);
  for (const auto parameter :
       {&EvacuationModel::siren_reach, &EvacuationModel::mail_reach, &EvacuationModel::media_reach,
        &EvacuationModel::patrol_reach, &EvacuationModel::neighbour_reach}) {
    town.model.*parameter = 0.5;
    const auto now = told(town);
    CHECK(later(now, before) == 0);
    CHECK(heard(now) > heard(before));
    before = now;
  }
  town.model.siren_delay = duration_of(10);
  CHECK(later(told(town), before) == 0);
}

TEST_CASE("neighbours pass the news on to people whom no channel reached") {
  StreetTown town = silent_town();
  town.model.siren_reach = 0.05;
  const auto alone = told(town);
  town.model.neighbour_reach = 0.6;
  const auto passed = told(town);
  CHECK(heard(passed) > 3 * heard(alone));
  CHECK(std::any_of(passed.begin(), passed.end(), [](const Told& t) { return t.by == Channel::neighbours; }));
}

TEST_CASE("a household at home hears as soon as one of its members does") {
  StreetTown town = silent_town(3);
  town.model.siren_reach = 0.2;
  const auto all = told(town);
  for (std::uint32_t h = 0; h < 2000; ++h) {
    for (const std::uint32_t m : {1u, 2u}) CHECK(all[PersonId{3 * h + m}].at == all[PersonId{3 * h}].at);
  }
  const double expected = 1 - std::pow(0.8, 3);
  CHECK(static_cast<double>(heard(all)) / 6000 == doctest::Approx(expected).epsilon(0.1));
}

TEST_CASE("at night fewer are reached, and people who are out watch no television") {
  StreetTown town = silent_town();
  town.model.media_reach = 0.8, town.model.media_night = 0.25;
  const auto day = heard(told(town));
  town.model.night = true;
  CHECK(static_cast<double>(heard(told(town))) == doctest::Approx(day * 0.25).epsilon(0.15));
  town.model.night = false;
  for (NodeId& node : town.people.home_node) node = NodeId{(node.value + 1) % 21};
  CHECK(heard(told(town)) == 0);
}

TEST_CASE("nobody acts before being told, and those not told are counted") {
  StreetTown town = silent_town();
  town.model.siren_reach = 0.5;
  town.model.compliance = 1;
  Drill drill{town};
  drill.run(5000);
  const auto told_s = drill.persons<double>("told_s"), left = drill.persons<double>("departed_s");
  const auto cause = drill.persons<std::uint8_t>("cause");
  for (std::size_t p = 0; p < told_s.size(); ++p) {
    CHECK(std::isnan(told_s[p]) == std::isnan(left[p]));
    if (!std::isnan(left[p])) CHECK(left[p] >= told_s[p]);
    CHECK((cause[p] == 3) == std::isnan(told_s[p]));
  }
}

TEST_CASE("those who stayed leave when they see water, the share that was asked for") {
  StreetTown town = silent_town();
  town.model.water_seen_share = 0.4;
  Drill drill{town};
  for (std::size_t p = 0; p < 2000; ++p) drill.set_depth("depth.homes", p, 0.06f);
  drill.run(3000);
  CHECK(std::fabs(static_cast<double>(drill.in(PersonState::sheltered)) - 800) < 4 * std::sqrt(480.0));
  const auto by = drill.persons<std::uint8_t>("told_by");
  CHECK(std::count(by.begin(), by.end(), 6) == drill.in(PersonState::sheltered));
}
