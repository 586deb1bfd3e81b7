// Who comes: kinds of people, and groups that stay together.
#include <algorithm>
#include <map>
#include <set>

#include "chimata/core/records.hpp"
#include "event/warned_town.hpp"
#include "support/input_error.hpp"

using namespace chimata;
using namespace chimata::test;
using namespace chimata::testing;
using std::chrono::minutes;

namespace {

/// Every fourth of so many is in a wheelchair, with what is drawn for that elsewhere said here; the others
/// are adults like everybody in the town.
std::shared_ptr<VisitorKinds> wheelchairs(std::size_t people) {
  auto kinds = std::make_shared<VisitorKinds>();
  kinds->kinds = {{"adult", 0.75, PersonClass::adult}, {"wheelchair", 0.25, PersonClass::adult}};
  for (std::size_t p = 0; p < people; ++p) {
    const bool wheels = p % 4 == 0;
    kinds->kind.push_back(wheels ? 1 : 0);
    kinds->speed.push_back(wheels ? 0.6f : 1.25f);
    kinds->radius.push_back(wheels ? 0.4f : 0.19f);
    kinds->reaction.push_back(wheels ? 60.0f : 0.0f);
  }
  return kinds;
}

EventTown town_of_groups(std::vector<std::string> groups) {
  EventTown town;
  town.residents = 400;
  town.model.attendance = 240;
  town.model.groups = std::move(groups);
  return town;
}

template <class T>
const std::vector<T>& visitors(const TableSet& tables, const char* column) {
  return tables.at("visitors").get<T>(column);
}

/// Rows of the visitors, by the group they came in; those who came with nobody are left out.
std::map<std::uint32_t, std::vector<std::size_t>> groups_in(const TableSet& tables) {
  std::map<std::uint32_t, std::vector<std::size_t>> groups;
  const auto& group = visitors<std::uint32_t>(tables, "group");
  for (std::size_t row = 0; row < group.size(); ++row) {
    if (group[row] != PersonId::none_value) groups[group[row]].push_back(row);
  }
  return groups;
}

/// The most by which a column differs within a group.
double apart(const std::vector<double>& column, const std::vector<std::size_t>& rows) {
  const auto [low, high] = std::minmax_element(
      rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return column[a] < column[b]; });
  return column[*high] - column[*low];
}

/// Where people in the meadow are at a moment.
std::map<std::uint32_t, Point> places(const EventTown& town, Duration moment) {
  const auto kernel = town.kernel();
  kernel->run_until(kStart + moment);
  const Snapshot snapshot = kernel->snapshot();
  const SnapshotReader meadow(snapshot, "process/crowds/area0");
  std::vector<PersonId> person;
  std::vector<Point> position;
  meadow.get("person", person);
  get_records(meadow, "position", position);
  std::map<std::uint32_t, Point> at;
  for (std::size_t row = 0; row < person.size(); ++row) at[person[row].value] = position[row];
  return at;
}

}  // namespace

TEST_CASE("people in wheelchairs are as wide and as slow as their kind on the street and in the area") {
  EventTown town;
  town.kinds = wheelchairs(50);
  const auto kernel = town.kernel();
  kernel->run_until(kStart + minutes(65));
  const Snapshot snapshot = kernel->snapshot();
  const SnapshotReader meadow(snapshot, "process/crowds/area0");
  std::vector<PersonId> person;
  std::vector<float> speed, radius;
  meadow.get("person", person), meadow.get("speed", speed), meadow.get("radius", radius);
  REQUIRE(person.size() == 40);
  for (std::size_t row = 0; row < person.size(); ++row) {
    const bool wheels = person[row].value % 4 == 0;
    CHECK(speed[row] == (wheels ? 0.6f : 1.25f));
    CHECK(radius[row] == (wheels ? 0.4f : 0.19f));
  }
  const TableSet tables = town.run();
  const Table& kinds = tables.at("visitor_kinds");
  const auto& people = kinds.get<std::uint32_t>("people");
  CHECK(people[0] + people[1] == 40);
  CHECK(people[1] >= 5);
  CHECK(kinds.get<double>("speed_m_s")[1] == doctest::Approx(0.6));
  CHECK(kinds.get<double>("out_mean_s")[1] > 1.1 * kinds.get<double>("out_mean_s")[0]);
  const auto& kind = visitors<std::string>(tables, "kind");
  const auto &out = visitors<double>(tables, "out_s"), &home = visitors<double>(tables, "home_s");
  const auto& who = visitors<std::uint32_t>(tables, "person");
  for (std::size_t row = 0; row < kind.size(); ++row) {
    CHECK(kind[row] == (who[row] % 4 == 0 ? "wheelchair" : "adult"));
    const double way = 450 - 100.0 * (who[row] % 3), own = kind[row] == "adult" ? 1.25 : 0.6;
    CHECK(home[row] - out[row] == doctest::Approx(way / own).epsilon(0.02));
  }
}

TEST_CASE("residents come by class in the shares that are asked for, or there are too few of them") {
  EventTown town;
  town.model.attendance = 20;
  auto kinds = wheelchairs(50);
  kinds->kinds[0].person_class = PersonClass::elderly, kinds->kinds[1].person_class = PersonClass::adult;
  town.elderly = true;  // all of them
  town.kinds = kinds;
  CHECK(
      complaint([&] { (void)town.run(); }) ==
      "event.people: asks for 5 of class adult among the residents, but only 0 live near enough; lower their "
      "share, raise catchment_m or train_share");
  kinds->kinds[1].share = 0;
  const TableSet tables = town.run();
  CHECK(visitors<double>(tables, "home_s").size() == 20);
}

TEST_CASE("shares of group sizes are of the people who come") {
  EventTown town = town_of_groups({"1, 0.25", "2, 0.5", "4, 0.25"});
  town.riders = 120;
  town.model.attendance = 360;
  const auto groups = groups_in(town.run());
  std::map<std::size_t, std::size_t> people;
  std::size_t together = 0;
  for (const auto& [first, rows] : groups) people[rows.size()] += rows.size(), together += rows.size();
  CHECK(static_cast<double>(360 - together) == doctest::Approx(90).epsilon(0.3));
  CHECK(static_cast<double>(people[2]) == doctest::Approx(180).epsilon(0.3));
  CHECK(static_cast<double>(people[4]) == doctest::Approx(90).epsilon(0.3));
}

TEST_CASE("a group comes together, stands side by side, and leaves by one gate at one moment") {
  EventTown town = town_of_groups({"1, 0.2", "3, 0.8"});
  town.model.guided = 0.5;
  town.rebuild = [](FocusArea& site) {
    AreaGate second = site.gates.front();
    second.id = "extra/2", second.line = {{470, 30}, {474, 30}}, second.out = LinkId::none(),
    second.to_node = 80;
    site.gates.push_back(second);
  };
  const auto at = places(town, minutes(69));
  const TableSet tables = town.run();
  const auto groups = groups_in(tables);
  REQUIRE(groups.size() > 40);
  const auto& person = visitors<std::uint32_t>(tables, "person");
  const auto &gate_in = visitors<std::uint32_t>(tables, "gate_in"),
             &gate_out = visitors<std::uint32_t>(tables, "gate_out"),
             &spot = visitors<std::uint32_t>(tables, "spot");
  std::size_t far = 0, split = 0, late = 0;
  std::set<std::uint32_t> gates;
  for (const auto& [first, rows] : groups) {
    CHECK(apart(visitors<double>(tables, "left_home_s"), rows) == 0);
    CHECK(apart(visitors<double>(tables, "set_out_s"), rows) == 0);
    CHECK(apart(visitors<double>(tables, "came_s"), rows) < 5);
    late += apart(visitors<double>(tables, "out_s"), rows) < 20 ? 0 : 1;
    for (const std::size_t row : rows) {
      CHECK(gate_in[row] == gate_in[rows.front()]);
      split += gate_out[row] == gate_out[rows.front()] ? 0 : 1;
      CHECK(spot[row] == spot[rows.front()]);
      far += distance(at.at(person[row]), at.at(person[rows.front()])) > 3 ? 1 : 0;
      gates.insert(gate_out[row]);
    }
  }
  CHECK(split == 0);
  CHECK(late <= groups.size() / 20);  // of those who have to get through the others who still stand
  CHECK(gates.size() == 2);
  CHECK(far <= 240 / 20);  // who finds no place beside the others stands where there is one
}

TEST_CASE("those of one household come together before strangers do") {
  EventTown town = town_of_groups({"2, 1"});
  town.residents = 48;
  town.couples = true;
  town.model.attendance = 24;
  const TableSet tables = town.run();
  const auto& person = visitors<std::uint32_t>(tables, "person");
  const auto groups = groups_in(tables);
  CHECK(groups.size() == 12);
  for (const auto& [first, rows] : groups) {
    REQUIRE(rows.size() == 2);
    CHECK(person[rows[1]] - person[rows[0]] == 3);  // as the town pairs them
  }
}

TEST_CASE("a group walks at the pace of its slowest, and who shares a car is one") {
  EventTown town = town_of_groups({"2, 1"});
  town.residents = 40, town.riders = 20, town.drivers = 24;
  town.model.attendance = 64;
  town.model.persons_per_car = 3;
  town.kinds = wheelchairs(84);
  const TableSet tables = town.run();
  const auto& kind = visitors<std::string>(tables, "kind");
  const auto& party = visitors<std::uint32_t>(tables, "party");
  const auto& by_car = visitors<std::uint8_t>(tables, "by_car");
  const auto& by_train = visitors<std::uint8_t>(tables, "by_train");
  const auto& group = visitors<std::uint32_t>(tables, "group");
  const auto &came = visitors<double>(tables, "came_s"), &left = visitors<double>(tables, "left_home_s");
  std::size_t slowed = 0;
  for (const auto& [first, rows] : groups_in(tables)) {
    const bool wheels = std::any_of(rows.begin(), rows.end(), [&](auto row) { return kind[row] != "adult"; });
    CHECK(apart(came, rows) < 5);
    for (const std::size_t row : rows) {
      CHECK(party[row] == party[rows.front()]);
      if (by_car[row] != 0 || by_train[row] == 0) continue;
      CHECK(came[row] - left[row] == doctest::Approx(400 / (wheels ? 0.6 : 1.25)).epsilon(0.02));
      slowed += wheels && kind[row] == "adult" ? 1 : 0;
    }
  }
  CHECK(slowed > 3);
  for (std::size_t row = 0; row < party.size(); ++row)
    CHECK((by_car[row] == 0 || group[row] != PersonId::none_value));
}

TEST_CASE("companions hear an announcement together, and the slow to react set out later") {
  WarnedTown town;
  town.town = town_of_groups({"1, 0.4", "2, 0.6"});
  town.town.model.attendance = 100;
  town.evacuation.reception = ReceptionLaw::channels;
  town.evacuation.siren_reach = town.evacuation.mail_reach = town.evacuation.media_reach = 0;
  town.evacuation.patrol_reach = town.evacuation.neighbour_reach = 0;
  town.town.model.announce_reach = 0.5;
  town.town.model.announce_delay = Duration{0};
  auto kinds = wheelchairs(400);
  kinds->speed.assign(400, 1.25f);
  town.town.kinds = kinds;
  const TableSet tables = town.run();
  const auto& told = visitors<std::uint8_t>(tables, "told");
  const auto& set_out = visitors<double>(tables, "set_out_s");
  const auto& group = visitors<std::uint32_t>(tables, "group");
  const auto& person = visitors<std::uint32_t>(tables, "person");
  for (const auto& [first, rows] : groups_in(tables)) {
    for (const std::size_t row : rows) CHECK(told[row] == told[rows.front()]);
    CHECK(apart(set_out, rows) == 0);
  }
  std::size_t alone = 0;
  for (std::size_t row = 0; row < told.size(); ++row) {
    if (told[row] == 0 || group[row] != PersonId::none_value) continue;
    CHECK(set_out[row] == doctest::Approx(65 * 60 + (person[row] % 4 == 0 ? 60 : 0)).epsilon(0.001));
    ++alone;
  }
  CHECK(alone > 5);
}

TEST_CASE(
    "an event with kinds and groups goes on bit for bit after a snapshot, and on any number of threads") {
  EventTown town = town_of_groups({"1, 0.3", "2, 0.4", "4, 0.3"});
  town.model.guided = 0.5;
  town.riders = 30, town.drivers = 24;
  auto kinds = wheelchairs(454);
  kinds->kinds[1].law = "gap_seeking";
  town.kinds = kinds;
  check_goes_on_bit_for_bit(town, minutes(90), {minutes(50), minutes(72)});
}

TEST_CASE("a gate with no room for a kind, or a law that needs shorter steps, is refused") {
  EventTown town;
  town.rebuild = [](FocusArea& site) { site.gates.front().line = {{450, -30}, {450, -29.4}}; };
  CHECK(complaint([&] { (void)town.kernel(); }).empty());
  town.kinds = wheelchairs(50);
  CHECK(complaint([&] { (void)town.kernel(); }) ==
        "crowds: gate segment/4: has no room behind it for bodies 0.80 m wide; shut it (closed_gates), or "
        "leave "
        "out the widest kind of people");
  town.rebuild = [](FocusArea&) {};
  auto kinds = wheelchairs(50);
  kinds->kinds[1].law = "social_force";
  town.kinds = kinds;
  CHECK(complaint([&] { (void)town.kernel(); }).starts_with("crowds: dt_s: is too long a step for law"));
}

TEST_CASE("groups that cannot be are refused in one line") {
  const auto said = [](std::vector<std::string> groups) {
    EventTown town;
    town.model.groups = std::move(groups);
    return complaint([&] { check_event(*town.world(), town.model, town.setting().visitors); });
  };
  CHECK(said({"1, 0.5", "2, 0.5"}).empty());
  CHECK(said({"0, 0.5", "2, 0.5"}) ==
        "event.groups: has groups of \"0\"; write \"size, share\" with a size from 1 to 12");
  CHECK(said({"2.5, 1"}).starts_with("event.groups: has groups of \"2.5\""));
  CHECK(said({"2"}) == "event.groups: is \"2\"; write \"2, 0.45\" with a share from 0 to 1");
  CHECK(said({"1, 0.5", "2, 0.3"}) == "event.groups: has shares that add up to 0.8; make them 1 together");
  CHECK(said({"1, 0.5", "1, 0.5"}) == "event.groups: names 1 twice; give it one share");
}
