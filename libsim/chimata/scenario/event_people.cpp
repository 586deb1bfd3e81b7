#include "chimata/scenario/event_people.hpp"

#include <algorithm>
#include <array>

#include "chimata/core/error.hpp"
#include "chimata/pedestrian/crowds.hpp"
#include "chimata/pedestrian/profiles.hpp"
#include "chimata/people/shares.hpp"

namespace chimata {

namespace {

using Kinds = std::vector<VisitorKinds::Kind>;
using pedestrian::Profile;

constexpr Seed kWhoTheyAre{20012};  // does not change with the run's seed, as with residents
constexpr Purpose kKind{"event.kind"};
constexpr int kYoung = 30;  // years; below it people are "young" where the mix has any, as IMO's classes

/// What the city knows of its people: those of a class with nothing in hand, by class.
constexpr std::array<const char*, kPersonClasses> kPlain = {"adult", "child", "elderly", "cane"};
constexpr std::array<std::uint8_t, kPersonClasses> kAge = {35, 10, 72, 72};  // years, of those from elsewhere

void add(Kinds& kinds, const std::string& name, double share, const std::string& law) {
  const auto known =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.name == name; });
  if (known == kinds.end())
    kinds.push_back({name, share, pedestrian::profile(name).person_class, law});
  else
    known->share += share;
}

/// The plain kinds in the shares of the residents' classes.
void add_population(Kinds& kinds, const Population& people, std::size_t residents, const WrittenShare& all) {
  std::array<double, kPersonClasses> count{};
  for (std::uint32_t p = 0; p < residents; ++p)
    ++count[static_cast<std::size_t>(people.person_class[PersonId{p}])];
  for (std::size_t c = 0; c < count.size(); ++c) {
    const double share = all.share * count[c] / static_cast<double>(residents);
    if (share > 0) add(kinds, kPlain[c], share, all.more);
  }
}

Kinds kinds_of(const std::vector<std::string>& mix, const Population& people, std::size_t residents,
               const std::string& where) try {
  Kinds kinds;
  std::vector<WrittenShare> shares = read_shares(mix, "wheelchair, 0.02", where);
  // what is said of a kind by name goes before what is said of all
  std::stable_partition(shares.begin(), shares.end(),
                        [](const auto& one) { return one.what != "population"; });
  for (const WrittenShare& one : shares) {
    if (!one.more.empty()) static_cast<void>(crowd_law(one.more));
    one.what == "population" ? add_population(kinds, people, residents, one)
                             : add(kinds, one.what, one.share, one.more);
  }
  return kinds;
} catch (const InputError& error) {
  if (error.where() == where) throw;
  throw error.at(where);
}

/// Whom the mix means by a resident: a kind of their class, and of their age where it tells the young.
class Residents {
 public:
  explicit Residents(const Kinds& kinds) : kinds_(kinds), young_(names("young")), adult_(names("adult")) {}
  [[nodiscard]] bool fits(const VisitorKinds::Kind& kind, PersonClass person_class, int age) const {
    if (kind.person_class != person_class) return false;
    if (kind.name == "young") return age < kYoung || !adult_;
    return kind.name != "adult" || age >= kYoung || !young_;
  }

 private:
  [[nodiscard]] bool names(const char* name) const {
    return std::any_of(kinds_.begin(), kinds_.end(),
                       [&](const auto& kind) { return kind.name == name && kind.share > 0; });
  }
  const Kinds& kinds_;
  bool young_, adult_;
};

/// A row of the kinds by their shares, of those that are `good`.
template <class Good>
std::uint8_t drawn(const Kinds& kinds, double u, const Good& good) {
  double total = 0;
  for (const auto& kind : kinds) total += good(kind) ? kind.share : 0;
  double left = u * total;
  std::uint8_t found = VisitorKinds::kNone;
  for (std::uint8_t row = 0; row < kinds.size(); ++row) {
    if (!good(kinds[row]) || !(kinds[row].share > 0)) continue;
    found = row;
    if (left < kinds[row].share) break;
    left -= kinds[row].share;
  }
  return found;
}

/// Nothing in hand: who the city knows walks as it says.
bool plain(const std::string& kind) {
  return kind == "adult" || kind == "young" || kind == "child" || kind == "elderly";
}

/// Row of the kind that somebody is of.
std::uint8_t kind_of(const Kinds& kinds, const Residents& residents, const Population& people, bool resident,
                     PersonId person, Random random) {
  const double u = random.uniform(kKind, person.value);
  if (!resident) return drawn(kinds, u, [](const auto&) { return true; });
  return drawn(kinds, u, [&](const auto& kind) {
    return residents.fits(kind, people.person_class[person], people.age[person]);
  });
}

/// What the population says of somebody from elsewhere.
void describe(Population& people, PersonId person, PersonClass person_class, float speed) {
  people.person_class[person] = person_class;
  people.age[person] = kAge[static_cast<std::size_t>(person_class)];
  people.free_speed[person] = speed;
}

}  // namespace

void give_kinds(EventPlace& place, const std::vector<std::string>& mix, const PopulationModel& speeds,
                const std::string& where) {
  if (mix.empty()) return;
  const std::size_t residents = place.visitors.residents;
  auto people = std::make_shared<Population>(*place.people);
  auto all = std::make_shared<VisitorKinds>();
  all->kinds = kinds_of(mix, *people, residents, where);
  const Residents at_home(all->kinds);
  const Random random{kWhoTheyAre};
  for (std::uint32_t p = 0; p < people->size(); ++p) {
    const PersonId person{p};
    const std::uint8_t kind = kind_of(all->kinds, at_home, *people, p < residents, person, random);
    const std::string name = kind == VisitorKinds::kNone ? kPlain.front() : all->kinds[kind].name;
    const Profile& profile = pedestrian::profile(name);
    const pedestrian::Person body = pedestrian::draw(profile, random, person);
    const auto speed = static_cast<float>(std::max(speeds.slowest, speeds.night_factor * body.speed));
    if (p >= residents) describe(*people, person, profile.person_class, speed);
    const float own = people->free_speed[person];
    all->kind.push_back(kind);
    all->speed.push_back(plain(name) ? own : std::min(own, speed));
    all->radius.push_back(static_cast<float>(body.radius));
    all->reaction.push_back(static_cast<float>(body.reaction_s));
  }
  place.people = std::move(people);
  place.visitors.kinds = std::move(all);
}

}  // namespace chimata
