// Who comes to an event, and with whom.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "chimata/core/error.hpp"
#include "chimata/event/plan.hpp"
#include "chimata/people/apportion.hpp"
#include "chimata/people/shares.hpp"

namespace chimata {

namespace {

constexpr Purpose kComes{"event.comes"}, kGroupSize{"event.group_size"};
constexpr double kLargestGroup = 12;  // persons: a third of the place of 6 m x 6 m that all of it stand in

/// Residents in the order in which they would come, until enough do: those with the smallest draws, so that a
/// larger attendance brings the same people and further ones. Whoever comes brings others of their household
/// along, then of those who live at the same node of the streets, as many as their group has.
class Residents {
 public:
  Residents(const World& world, const VisitorKinds* kinds, std::vector<PersonId> near, std::size_t count)
      : world_(world),
        near_(std::move(near)),
        by_home_(near_),
        comes_(world.people->size(), 0),
        any_class_(kinds == nullptr),
        left_(count),
        left_of_(wanted_by_class(kinds, count)) {
    const Random& random = world.random;
    std::sort(near_.begin(), near_.end(), [&](PersonId a, PersonId b) {
      return std::tuple(random.uniform(kComes, a.value), a) < std::tuple(random.uniform(kComes, b.value), b);
    });
    const auto& home = world.people->home_node;
    std::sort(by_home_.begin(), by_home_.end(),
              [&](PersonId a, PersonId b) { return std::tuple(home[a], a) < std::tuple(home[b], b); });
  }

  [[nodiscard]] std::vector<Comer> come(const GroupSizes& sizes) {
    for (const PersonId person : near_) {
      if (left_ == 0) break;
      if (!take(person, 0)) continue;
      const std::uint32_t size = sizes.of(person, world_.random);
      if (size > 1) bring_along(person, size - 1);
    }
    return std::move(comers_);
  }

 private:
  /// Whether somebody can come; then they do.
  bool take(PersonId person, std::uint32_t group) {
    const auto row = static_cast<std::size_t>(world_.people->person_class[person]);
    if (left_ == 0 || comes_[person] != 0 || (!any_class_ && left_of_[row] == 0)) return false;
    --left_, comes_[person] = 1;
    if (!any_class_) --left_of_[row];
    comers_.push_back({person, group});
    return true;
  }

  void bring_along(PersonId leader, std::uint32_t wanted) {
    const auto& home = world_.people->home_node;
    const auto& household = world_.people->household;
    const auto first = std::lower_bound(
        by_home_.begin(), by_home_.end(), leader,
        [&](PersonId a, PersonId b) { return std::tuple(home[a], a) < std::tuple(home[b], b); });
    const auto begin = std::lower_bound(by_home_.begin(), first, home[leader],
                                        [&](PersonId a, NodeId node) { return home[a] < node; });
    const auto end = std::find_if(first, by_home_.end(), [&](PersonId a) { return home[a] != home[leader]; });
    const std::size_t place = comers_.size() - 1, group = leader.value + 1;
    const auto ask = [&](auto from, auto to, bool of_household) {
      for (auto it = from; it != to && wanted > 0; ++it) {
        const bool family = !household.empty() && household[*it] == household[leader];
        if (family == of_household && take(*it, static_cast<std::uint32_t>(group))) --wanted;
      }
    };
    for (const bool of_household : {true, false}) {
      ask(first, end, of_household);  // next door first
      ask(begin, first, of_household);
    }
    if (comers_.size() > place + 1) comers_[place].group = static_cast<std::uint32_t>(group);
  }

  const World& world_;
  std::vector<PersonId> near_, by_home_;  ///< in the order of coming; by (node, person)
  Column<PersonId, std::uint8_t> comes_;
  bool any_class_;
  std::size_t left_;
  std::array<std::size_t, kPersonClasses> left_of_;
  std::vector<Comer> comers_;
};

/// Those who come by train, one after the other.
void add_riders(PersonId from, PersonId to, const GroupSizes& sizes, Random random,
                std::vector<Comer>& comers) {
  for (std::uint32_t first = from.value; first < to.value;) {
    const std::uint32_t size = std::min(sizes.of(PersonId{first}, random), to.value - first);
    for (std::uint32_t p = first; p < first + size; ++p)
      comers.push_back({PersonId{p}, size > 1 ? first + 1 : 0});
    first += size;
  }
}

}  // namespace

GroupSizes::GroupSizes(const std::vector<std::string>& written) {
  double total = 0;
  for (const WrittenShare& one : read_shares(written, "2, 0.45", "event.groups")) {
    char* end = nullptr;
    const double size = std::strtod(one.what.c_str(), &end);
    if (*end != '\0' || !(size >= 1 && size <= kLargestGroup) || size != std::floor(size) ||
        !one.more.empty())
      throw InputError("event.groups",
                       "has groups of \"" + one.what + (one.more.empty() ? "" : ", ...") + "\"",
                       "write \"size, share\" with a size from 1 to 12");
    sizes_.push_back(static_cast<std::uint32_t>(size));
    up_to_.push_back(total += one.share / size);
  }
  for (double& share : up_to_) share /= total;
}

std::uint32_t GroupSizes::of(PersonId decides, Random random) const {
  if (sizes_.empty()) return 1;
  const auto it = std::upper_bound(up_to_.begin(), up_to_.end(), random.uniform(kGroupSize, decides.value));
  return sizes_[std::min<std::size_t>(static_cast<std::size_t>(it - up_to_.begin()), sizes_.size() - 1)];
}

std::array<std::size_t, kPersonClasses> wanted_by_class(const VisitorKinds* kinds, std::size_t residents) {
  std::array<std::size_t, kPersonClasses> wanted{};
  if (kinds == nullptr) return wanted;
  std::array<double, kPersonClasses> share{};
  for (const VisitorKinds::Kind& kind : kinds->kinds)
    share[static_cast<std::size_t>(kind.person_class)] += kind.share;
  const std::vector<std::size_t> parts = apportion(share, residents);
  std::copy(parts.begin(), parts.end(), wanted.begin());
  return wanted;
}

std::vector<Comer> who_comes(const World& world, const EventModel& model, const EventSetting& setting,
                             const GateWays& ways) {
  const VisitorRows& visitors = setting.visitors;
  std::vector<PersonId> near = residents_near(world, model, visitors, ways);
  check_attendance(world, model, visitors, ways, near);
  const GroupSizes sizes(model.groups);
  const std::size_t people = world.people->size(), from_elsewhere = people - visitors.residents;
  const std::size_t by_car_from = std::min(visitors.by_car_from, people);
  Residents residents(world, visitors.kinds.get(), std::move(near),
                      static_cast<std::size_t>(model.attendance) - from_elsewhere);
  std::vector<Comer> comers = residents.come(sizes);
  add_riders(PersonId{visitors.residents}, PersonId{by_car_from}, sizes, world.random, comers);
  for (std::size_t p = by_car_from; p < people; ++p) comers.push_back({PersonId{p}});
  std::sort(comers.begin(), comers.end(), [](const Comer& a, const Comer& b) { return a.person < b.person; });
  return comers;
}

}  // namespace chimata
