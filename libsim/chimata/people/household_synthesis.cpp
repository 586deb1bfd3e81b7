#include "chimata/people/household_synthesis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <limits>

namespace chimata {

namespace {

constexpr Purpose kSeat{"people.household_seat"}, kSizes{"people.household_sizes"},
    kHouseholds{"people.household_count"};

constexpr std::size_t kSizeClasses = 7;

/// Shares of households of 1 to 7 people. Those of 5 and more split as in the census of 2020
/// (2,126 : 571 : 340 thousand; 7 stands for 7 and more).
std::array<double, kSizeClasses> size_shares(const PopulationModel& model) {
  std::array<double, kSizeClasses> share{model.household_1, model.household_2, model.household_3,
                                         model.household_4};
  double known = share[0] + share[1] + share[2] + share[3];
  const double scale = known > 1 ? 1 / known : 1;
  for (double& s : share) s *= scale;
  const double rest = std::max(0.0, 1 - known);
  share[4] = rest * 0.700, share[5] = rest * 0.188, share[6] = rest * 0.112;
  return share;
}

struct Residence {
  std::uint32_t begin, end;  ///< people
};

std::vector<Residence> residences_of(const Population& people) {
  std::vector<Residence> all;
  for (std::uint32_t p = 0; p < people.size(); ++p) {
    if (p > 0 && people.home[PersonId{p}] == people.home[PersonId{p - 1}]) {
      all.back().end = p + 1;
    } else {
      all.push_back({p, p + 1});
    }
  }
  return all;
}

using Queue = std::deque<PersonId>;

class Grouping {
 public:
  Grouping(const Population& people, const PopulationModel& model, const Random& random)
      : people_(people), model_(model), random_(random), share_(size_shares(model)) {
    for (std::size_t i = 0; i < kSizeClasses; ++i) mean_ += share_[i] * static_cast<double>(i + 1);
  }

  std::vector<std::vector<PersonId>> run() {
    const auto residences = residences_of(people_);
    last_.assign(residences.size(), kNobody);
    std::vector<std::size_t> only_minors;
    for (std::size_t r = 0; r < residences.size(); ++r) {
      if (!group(residences[r])) only_minors.push_back(r);
      if (!households_.empty() && households_.size() != before_) last_[r] = households_.size() - 1;
      before_ = households_.size();
    }
    for (const std::size_t r : only_minors) take_in(residences, r);
    return std::move(households_);
  }

 private:
  static constexpr std::size_t kNobody = std::numeric_limits<std::size_t>::max();

  // Sizes in ascending order that add up to the people of a residence; at most one per grown person.
  std::vector<std::size_t> sizes(Residence residence, std::size_t grown) const {
    const std::size_t n = residence.end - residence.begin;
    const double exact = static_cast<double>(n) / mean_, whole = std::floor(exact);
    const bool more = random_.uniform(kHouseholds, residence.begin) < exact - whole;
    const std::size_t count = std::clamp<std::size_t>(static_cast<std::size_t>(whole) + more, 1, grown);
    const double start = random_.uniform(kSizes, residence.begin);
    std::vector<std::size_t> size(count);
    std::size_t sum = 0, bracket = 0;
    double below = share_[0];
    for (std::size_t i = 0; i < count; ++i) {
      const double u = (static_cast<double>(i) + start) / static_cast<double>(count);
      while (bracket + 1 < kSizeClasses && u > below) below += share_[++bracket];
      sum += size[i] = bracket + 1;
    }
    // a seat more from the middle of the list on, or a seat less from its end, until all have one
    for (std::size_t i = count / 2; sum < n; i = i + 1 < count ? i + 1 : count / 2) ++size[i], ++sum;
    for (std::size_t i = count; sum > n; i = i > 1 ? i - 1 : count) {
      if (size[i - 1] > 1) --size[i - 1], --sum;
    }
    std::sort(size.begin(), size.end());
    return size;
  }

  Queue shuffled(Residence residence, int youngest, int oldest) const {
    std::vector<std::pair<double, PersonId>> order;
    for (std::uint32_t p = residence.begin; p < residence.end; ++p) {
      const int age = people_.age[PersonId{p}];
      if (age >= youngest && age <= oldest) order.emplace_back(random_.uniform(kSeat, p), PersonId{p});
    }
    std::sort(order.begin(), order.end());
    Queue queue;
    for (const auto& [key, p] : order) queue.push_back(p);
    return queue;
  }

  static void seat(Queue& from, std::vector<PersonId>& household) {
    household.push_back(from.front());
    from.pop_front();
  }

  // False where nobody is grown: `take_in` finds those people a household of another residence.
  bool group(Residence residence) {
    Queue minors = shuffled(residence, 0, kFullAge - 1), adults = shuffled(residence, kFullAge, 64),
          old = shuffled(residence, 65, 255);
    if (adults.empty() && old.empty()) return false;
    const auto size = sizes(residence, adults.size() + old.size());
    std::vector<std::vector<PersonId>> household(size.size());
    const auto singles =
        static_cast<std::size_t>(std::upper_bound(size.begin(), size.end(), 1u) - size.begin());
    const auto pairs_end =
        static_cast<std::size_t>(std::upper_bound(size.begin(), size.end(), 2u) - size.begin());
    const auto elderly = static_cast<double>(old.size());

    auto alone = static_cast<std::size_t>(model_.elderly_alone * elderly + 0.5);
    for (std::size_t i = 0; i < singles; ++i) {
      const bool take_old = !old.empty() && (alone > 0 || adults.empty());
      alone -= take_old && alone > 0 ? 1 : 0;
      seat(take_old ? old : adults, household[i]);
    }
    std::size_t next = singles;
    auto couples = static_cast<std::size_t>(model_.elderly_couple * elderly / 2 + 0.5);
    // every later household still needs a grown head
    for (; couples > 0 && next < pairs_end && old.size() >= 2 &&
           adults.size() + old.size() - 2 >= size.size() - next - 1;
         ++next, --couples) {
      seat(old, household[next]), seat(old, household[next]);
    }
    for (std::size_t i = next; i < size.size(); ++i) seat(adults.empty() ? old : adults, household[i]);
    // the largest first: a second parent, then minors
    for (std::size_t i = size.size(); i-- > next && !minors.empty();) {
      if (size[i] >= 3 && !adults.empty()) seat(adults, household[i]);
      while (household[i].size() < size[i] && !minors.empty()) seat(minors, household[i]);
    }
    for (std::size_t i = next; i < size.size(); ++i) {
      while (household[i].size() < size[i]) seat(adults.empty() ? old : adults, household[i]);
    }
    for (auto& h : household) households_.push_back(std::move(h));
    return true;
  }

  // Minors without a grown person at home join the last household of the nearer neighbour in the list.
  void take_in(const std::vector<Residence>& residences, std::size_t r) {
    const Point home = people_.home[PersonId{residences[r].begin}];
    std::size_t before = r, after = r;
    while (before > 0 && last_[before] == kNobody) --before;
    while (after + 1 < residences.size() && last_[after] == kNobody) ++after;
    const auto away = [&](std::size_t other) {
      return last_[other] == kNobody ? std::numeric_limits<double>::infinity()
                                     : distance(home, people_.home[PersonId{residences[other].begin}]);
    };
    std::size_t to = last_[away(before) <= away(after) ? before : after];
    if (to == kNobody) to = households_.size(), households_.emplace_back();  // nobody is grown anywhere
    for (std::uint32_t p = residences[r].begin; p < residences[r].end; ++p)
      households_[to].push_back(PersonId{p});
  }

  const Population& people_;
  const PopulationModel& model_;
  const Random& random_;
  std::array<double, kSizeClasses> share_;
  double mean_ = 0;
  std::vector<std::vector<PersonId>> households_;
  std::vector<std::size_t> last_;  // by residence: its last household
  std::size_t before_ = 0;
};

}  // namespace

std::vector<HouseholdId> group_into_households(const Population& people, const PopulationModel& model,
                                               const Random& random) {
  const auto groups = Grouping{people, model, random}.run();
  std::vector<std::uint32_t> group_of(people.size(), 0);
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    for (const PersonId p : groups[g]) group_of[p.value] = g;
  }
  std::vector<HouseholdId> number(groups.size()), household(people.size());
  std::uint32_t next = 0;
  for (std::size_t p = 0; p < people.size(); ++p) {
    HouseholdId& h = number[group_of[p]];
    if (!h.valid()) h = HouseholdId{next++};
    household[p] = h;
  }
  return household;
}

void assemble_households(Population& people, const std::vector<HouseholdId>& household) {
  std::uint32_t count = 0;
  for (const HouseholdId h : household) count = std::max(count, h.value + 1);
  Households all;
  all.first.assign(count + 1, 0);
  for (const HouseholdId h : household) ++all.first[HouseholdId{h.value + 1}];
  for (std::uint32_t h = 0; h < count; ++h) all.first[HouseholdId{h + 1}] += all.first[HouseholdId{h}];
  all.members.resize(people.size());
  std::vector<std::uint32_t> next(all.first.begin(), all.first.end());
  for (std::uint32_t p = 0; p < people.size(); ++p) all.members[next[household[p].value]++] = PersonId{p};
  for (std::uint32_t row = 0; row < count; ++row) {
    const HouseholdId h{row};
    PersonId head = all.members[all.first[h]];
    for (std::uint32_t i = all.first[HouseholdId{row + 1}]; i-- > all.first[h];) {
      if (people.age[all.members[i]] >= kFullAge) head = all.members[i];
    }
    all.dwelling.push_back(people.home[head]);
    all.dwelling_node.push_back(people.home_node[head]);
    all.access_distance.push_back(people.access_distance[head]);
  }
  all.cars.assign(count, 0);
  all.upper_floor.assign(count, 0);
  all.in_collapse_zone.assign(count, 0);
  all.supplies_h.assign(count, 0);
  people.can_drive.assign(people.size(), 0);
  people.needs_help.assign(people.size(), 0);
  people.household.assign(household.begin(), household.end());
  people.households = std::move(all);
}

}  // namespace chimata
