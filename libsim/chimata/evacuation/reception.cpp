#include "chimata/evacuation/reception.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

#include "chimata/core/fast_math.hpp"
#include "chimata/evacuation/neighbourhood.hpp"

namespace chimata {

namespace {

constexpr Purpose kReach{"evacuation.channel.reach"}, kWait{"evacuation.channel.delay"},
    kGossip{"evacuation.neighbour.reach"}, kGossipWait{"evacuation.neighbour.delay"};
constexpr std::uint32_t kNear = 3;      // households told on either side along the curve
constexpr double kEarshot = 100;        // m, farther households are no neighbours
constexpr std::uint32_t kChannels = 8;  // ticks per level

struct Broadcast {
  Channel channel;
  double reach;
  Duration delay;
};

/// Exponential delay of the given mean.
Duration wait(double u, Duration mean) {
  return duration_of(-seconds(mean) * fast::log(1 - u));
}

std::vector<Broadcast> broadcasts(const EvacuationModel& m) {
  const auto at = [&](double reach, double night) { return m.night ? reach * night : reach; };
  return {{Channel::siren, at(m.siren_reach, m.siren_night), m.siren_delay},
          {Channel::mail, at(m.mail_reach, m.mail_night), m.mail_delay},
          {Channel::media, at(m.media_reach, m.media_night), m.media_delay},
          {Channel::patrol, at(m.patrol_reach, m.patrol_night), m.patrol_delay}};
}

bool earlier(const Told& a, const Told& b) {
  return std::tie(a.at, a.by) < std::tie(b.at, b.by);
}

/// The earliest of the channels that reach one person by themselves; without a screen at hand no media.
Told by_channels(const std::vector<Broadcast>& channels, const Random& random, Time issued,
                 std::uint8_t level, std::uint32_t person, bool away) {
  Told first;
  for (const Broadcast& b : channels) {
    if (away && b.channel == Channel::media) continue;
    const std::uint32_t tick = level * kChannels + static_cast<std::uint32_t>(b.channel);
    if (!(random.uniform(kReach, person, tick) < b.reach)) continue;
    const Told heard{issued + wait(random.uniform(kWait, person, tick), b.delay), b.channel};
    if (earlier(heard, first)) first = heard;
  }
  return first;
}

/// Everybody addressed at the moment of issue.
Column<PersonId, Told> at_once(const Population& people, Time issued,
                               const Column<PersonId, std::uint8_t>& reached) {
  Column<PersonId, Told> told(people.size());
  for (std::uint32_t p = 0; p < people.size(); ++p) {
    if (reached[PersonId{p}]) told[PersonId{p}] = {issued, Channel::at_once};
  }
  return told;
}

/// Lets every household that has been told tell its neighbours, in the order of time.
void pass_on(Column<HouseholdId, Told>& told, const Population& people, const Random& random,
             const EvacuationModel& m, std::uint8_t level, const std::vector<std::uint8_t>& reached) {
  const double reach = m.night ? m.neighbour_reach * m.neighbour_night : m.neighbour_reach;
  if (reach <= 0) return;
  const auto order = along_a_curve(people.households.dwelling.values());
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  using News = std::pair<Time, std::uint32_t>;
  std::priority_queue<News, std::vector<News>, std::greater<>> news;
  for (std::uint32_t h = 0; h < told.size(); ++h) {
    if (told[HouseholdId{h}].at != kNever) news.emplace(told[HouseholdId{h}].at, h);
  }
  while (!news.empty()) {
    const auto [time, h] = news.top();
    news.pop();
    if (time != told[HouseholdId{h}].at) continue;
    for (std::uint32_t slot = 0; slot < 2 * kNear; ++slot) {
      const std::int64_t step = slot < kNear ? std::int64_t{slot} + 1 : std::int64_t{kNear} - 1 - slot;
      const std::int64_t there = std::int64_t{place[h]} + step;
      if (there < 0 || there >= static_cast<std::int64_t>(order.size())) continue;
      const std::uint32_t other = order[static_cast<std::size_t>(there)];
      const Point a = people.households.dwelling[HouseholdId{h}],
                  b = people.households.dwelling[HouseholdId{other}];
      const double dx = a.x - b.x, dy = a.y - b.y;
      if (!reached[other] || dx * dx + dy * dy > kEarshot * kEarshot) continue;
      const std::uint32_t tick = level * kChannels + slot;
      if (!(random.uniform(kGossip, h, tick) < reach)) continue;
      const Told heard{time + wait(random.uniform(kGossipWait, h, tick), m.neighbour_delay),
                       Channel::neighbours};
      if (!earlier(heard, told[HouseholdId{other}])) continue;
      told[HouseholdId{other}] = heard;
      news.emplace(heard.at, other);
    }
  }
}

}  // namespace

Column<PersonId, Told> reception(const Population& people, const Random& random, const EvacuationModel& model,
                                 Time issued, std::uint8_t level,
                                 const Column<PersonId, std::uint8_t>& reached) {
  if (model.reception == ReceptionLaw::at_once) return at_once(people, issued, reached);
  Column<PersonId, Told> told(people.size());
  const auto channels = broadcasts(model);
  Column<HouseholdId, Told> at_home(people.households.size());
  std::vector<std::uint8_t> anyone(people.households.size(), 0);
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    if (!reached[p]) continue;
    const bool away = is_away(people, p);
    told[p] = by_channels(channels, random, issued, level, row, away);
    if (away) continue;
    const HouseholdId h = people.household[p];
    anyone[h.value] = 1;
    if (earlier(told[p], at_home[h])) at_home[h] = told[p];
  }
  pass_on(at_home, people, random, model, level, anyone);
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    const PersonId p{row};
    if (reached[p] && !is_away(people, p)) told[p] = at_home[people.household[p]];
  }
  return told;
}

Column<PersonId, Told> reception_outside(const Population& people, const Random& random,
                                         const EvacuationModel& model, Time issued, std::uint8_t level,
                                         const Column<PersonId, std::uint8_t>& reached) {
  if (model.reception == ReceptionLaw::at_once) return at_once(people, issued, reached);
  Column<PersonId, Told> told(people.size());
  const auto channels = broadcasts(model);
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    if (reached[PersonId{row}]) told[PersonId{row}] = by_channels(channels, random, issued, level, row, true);
  }
  return told;
}

}  // namespace chimata
