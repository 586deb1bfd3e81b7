#include "support/ascii_city.hpp"
#include "support/walk.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {
AsciiCity block() {
  return ascii_city(R"(
      A----B----C
      |         |
      D----E----F
  )");
}
SegmentId segment(const AsciiCity& city, std::string_view ends) {
  return Network::segment_of(city.link(ends));
}
}  // namespace

TEST_CASE("nobody enters a closed street, those inside walk out, and once reopened it is used again") {
  const auto city = block();
  Walk walk(city.network);
  walk.closures = {{city.link("BC"), {time_of(100), time_of(400)}, kFoot}};
  const PersonId inside = walk.add(city.node('A'), city.node('C'), 0, 1.25);      // at B after 80 s
  const PersonId surprised = walk.add(city.node('A'), city.node('C'), 60, 1.25);  // at B after 140 s
  const PersonId informed =
      walk.add(city.node('A'), city.node('C'), 150, 1.25, PersonClass::adult, Knowledge::informed);
  const PersonId later = walk.add(city.node('A'), city.node('C'), 330, 1.25);  // at B after 410 s
  walk.run_out();
  CHECK(walk.arrival(inside) == doctest::Approx(160));
  CHECK(city.letters(walk.links_of(surprised)) == "ABADEFC");
  CHECK(city.letters(walk.links_of(informed)) == "ADEFC");
  CHECK(city.letters(walk.links_of(later)) == "ABC");
  const TableSet tables = walk.tables();
  const Table& entries = tables.at("entries");
  for (std::size_t i = 0; i < entries.rows(); ++i) {
    if (entries.get<std::uint32_t>("link")[i] != city.link("BC").value) continue;
    const double t = entries.get<double>("t_s")[i];
    CHECK_FALSE((t >= 100 && t < 400));
  }
}

TEST_CASE("a closure for cars does not concern people on foot") {
  const auto city = ascii_city("A----B");
  Walk walk(city.network);
  walk.closures = {{city.link("AB"), {kStart, kNever}, kCar}};
  const PersonId person = walk.add(city.node('A'), city.node('B'), 0, 1.0);
  walk.run_out();
  CHECK(walk.arrival(person) == doctest::Approx(100));
}

TEST_CASE("shallow water slows by depth and class") {
  const auto city = ascii_city("A----B");
  Walk walk(city.network);
  walk.water = true;
  const PersonId person = walk.add(city.node('A'), city.node('B'), 0, 1.0);
  walk.flood(segment(city, "AB"), 0.2, 0.5, 1.0);
  walk.run_out();
  CHECK(walk.arrival(person) == doctest::Approx(50 + 50 / 0.8));
  const TableSet tables = walk.tables();
  CHECK(tables.at("legs").get<float>("wet_s")[0] == doctest::Approx(50 / 0.8));
}

TEST_CASE("walking against the shape of a street meets the same water") {
  const auto city = ascii_city("A----B");
  Walk walk(city.network);
  walk.water = true;
  const PersonId person = walk.add(city.node('B'), city.node('A'), 0, 1.0);
  walk.flood(segment(city, "AB"), 0.2, 0.7, 1.0);
  walk.run_until(1.5 + 30 / 0.8);
  const TableSet tables = walk.tables();
  CHECK(tables.at("legs").get<float>("wet_s")[0] == doctest::Approx(30 / 0.8).epsilon(0.01));
  CHECK(walk.run_out() > 0);
  CHECK(walk.arrival(person) == doctest::Approx(70 + 30 / 0.8));
}

TEST_CASE("a street too deep for a child is used by an adult and not by the child") {
  const auto city = block();
  Walk walk(city.network);
  walk.water = true;
  const PersonId adult = walk.add(city.node('A'), city.node('C'), 0, 1.0, PersonClass::adult);
  const PersonId child = walk.add(city.node('A'), city.node('C'), 0, 1.0, PersonClass::child);
  walk.flood(segment(city, "BC"), 0.4);
  walk.run_out();
  CHECK(city.letters(walk.links_of(adult)) == "ABC");
  CHECK(city.letters(walk.links_of(child)) == "ABADEFC");
}

TEST_CASE("informed people go round water deeper than they would enter") {
  const auto city = block();
  Walk walk(city.network);
  walk.water = true;
  const PersonId person =
      walk.add(city.node('A'), city.node('C'), 0, 1.0, PersonClass::adult, Knowledge::informed);
  walk.flood(segment(city, "BC"), 0.4);
  walk.run_out();
  CHECK(city.letters(walk.links_of(person)) == "ADEFC");
}

TEST_CASE("if every way is under water informed people take one that adults can still walk") {
  const auto city = ascii_city("A----B----C");
  Walk walk(city.network);
  walk.water = true;
  const PersonId person =
      walk.add(city.node('A'), city.node('C'), 0, 1.0, PersonClass::adult, Knowledge::informed);
  walk.flood(segment(city, "BC"), 0.5);
  walk.run_out();
  CHECK(walk.arrived(person));
  CHECK(walk.arrival(person) == doctest::Approx(100 + 100 / 0.5));
}

TEST_CASE("whoever finds no way on is handed back at the corner where they stand") {
  const auto city = ascii_city("A----B----C");
  Walk walk(city.network);
  walk.water = true;
  const PersonId person = walk.add(city.node('A'), city.node('C'), 0, 1.0);
  walk.flood(segment(city, "BC"), 0.9);
  walk.run_out();
  CHECK(!walk.arrived(person));
  CHECK(walk.left.at(0).at == city.node('B'));
  CHECK(walk.left.at(0).state == PersonState::waiting);
  CHECK(walk.arrival(person) == doctest::Approx(100));
}

TEST_CASE("deep water ahead turns people back, and they find another way") {
  const auto city = block();
  Walk walk(city.network);
  walk.water = true;
  const PersonId person = walk.add(city.node('A'), city.node('C'), 0, 1.0);
  walk.run_until(130);  // 30 m past B
  walk.flood(segment(city, "BC"), 1.2, 0.6, 1.0);
  walk.run_out();
  CHECK(walk.count(Event::Kind::turned_back) == 1);
  CHECK(walk.arrived(person));
  CHECK(walk.arrival(person) == doctest::Approx(130 + 30 + 100 + 400).epsilon(0.002));
  const TableSet tables = walk.tables();
  CHECK(tables.at("legs").get<float>("distance_m")[0] == doctest::Approx(660).epsilon(0.002));
}

TEST_CASE("the water strands people where they are and lets them go when it falls") {
  const auto city = ascii_city("A----B");
  Walk walk(city.network);
  walk.water = true;
  const PersonId person = walk.add(city.node('A'), city.node('B'), 0, 1.0);
  walk.run_until(40);
  walk.flood(segment(city, "AB"), 0.8);
  walk.run_until(100);
  CHECK(walk.census()[static_cast<std::size_t>(PersonState::stranded)] == 1);
  CHECK(walk.process->next_event() == kNever);  // nobody has to ask every second
  TableSet tables = walk.tables();
  CHECK(tables.at("legs").get<std::uint8_t>("outcome")[0] == 3);
  CHECK(tables.at("legs").get<float>("last_fraction")[0] == doctest::Approx(0.4));
  walk.flood(segment(city, "AB"), 0.0);
  walk.run_out();
  CHECK(walk.arrival(person) == doctest::Approx(160));
  CHECK(walk.count(PersonState::stranded) == 1);
  CHECK(walk.count(PersonState::travelling) == 1);
}

TEST_CASE("between two deep places people stay where they are") {
  const auto city = ascii_city("A----B");
  Walk walk(city.network);
  walk.water = true;
  walk.add(city.node('A'), city.node('B'), 0, 1.0);
  walk.run_until(50);
  walk.flood(segment(city, "AB"), 0.8, 0.0, 0.3);
  walk.flood(segment(city, "AB"), 0.8, 0.7, 1.0);
  walk.run_until(60);
  CHECK(walk.census()[static_cast<std::size_t>(PersonState::stranded)] == 1);
  walk.flood(segment(city, "AB"), 0.0, 0.0, 0.3);
  walk.run_until(62);
  CHECK(walk.count(Event::Kind::turned_back) == 1);
}
