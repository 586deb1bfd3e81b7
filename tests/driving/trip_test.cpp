/// People in cars: who arrives when, what water does, what drivers know.
#include <cmath>

#include "chimata/driving/walkers.hpp"
#include "driving/drive.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

constexpr double kSpeed = 30 / 3.6;  // m/s, residential streets of the drawings

/// Two ways from A to D, the lower one 200 m longer.
AsciiCity two_ways() {
  return ascii_city(R"(
      A----B----------C----D
           |          |
           E----------F
  )");
}
AsciiCity one_way() {
  return ascii_city("A----B----C----D");
}

}  // namespace

TEST_CASE("a family arrives together, at the moment the empty streets allow") {
  Drive drive(one_way());
  const PersonId driver = drive.drive(0, 'A', 'D');
  const PersonId child = drive.drive(0, 'A', 'D', Knowledge::map_only, driver);
  drive.run_until(60);
  for (const PersonId each : {driver, child}) {
    const Handover& back = drive.left.at(each.value);
    CHECK(drive.arrival(each) == doctest::Approx(300 / kSpeed).epsilon(1e-4));
    CHECK(back.reason == HandoverReason::arrived);
    CHECK(back.leader == driver);
    CHECK(back.at == drive.city.node('D'));
  }
  const TableSet tables = drive.tables();
  CHECK(tables.at("cars").get<std::uint32_t>("people") == std::vector<std::uint32_t>{2});
  CHECK(tables.at("cars").get<float>("distance_m")[0] == 300);
}

TEST_CASE("who knows of a closed street drives round it, who does not learns of it when standing before it") {
  Drive drive(two_ways());
  drive.closures = {{drive.city.link("BC"), {kStart, kNever}}};
  const PersonId informed = drive.drive(0, 'A', 'D', Knowledge::informed);
  const PersonId map_only = drive.drive(100, 'A', 'D');
  drive.run_until(300);
  const double round = (100 + 100 + 220 + 100 + 100) / kSpeed;
  CHECK(drive.arrival(informed) == doctest::Approx(round).epsilon(1e-4));
  CHECK(drive.arrival(map_only) == doctest::Approx(100 + round).epsilon(1e-4));
}

TEST_CASE(
    "a driver before a closed bridge, with no other way, turns round and gives up where nothing leads on") {
  Drive drive(one_way());
  drive.closures = {{drive.city.link("CD"), {kStart, kNever}}};
  const PersonId driver = drive.drive(0, 'A', 'D');
  drive.run_until(100);
  CHECK(drive.left.at(driver.value).reason == HandoverReason::no_way);
  CHECK(drive.left.at(driver.value).at == drive.city.node('C'));
  CHECK(drive.left.at(driver.value).state == PersonState::waiting);
}

TEST_CASE("water of 0.2 m slows cars to Pregnolato's 12.4 km/h") {
  Drive drive(one_way());
  const double kmh = 0.0009 * 200 * 200 - 0.5529 * 200 + 86.9448;
  CHECK(kmh == doctest::Approx(12.36).epsilon(0.001));
  drive.flood(SegmentId{1u}, 0.2);
  const PersonId driver = drive.drive(0, 'A', 'D');
  drive.run_until(100);
  CHECK(drive.arrival(driver) == doctest::Approx(200 / kSpeed + 100 / (kmh / 3.6)).epsilon(0.001));
}

TEST_CASE("a car stalls where the water is 0.3 m deep, its people go on on foot, and it stands in the way") {
  Drive drive(one_way());
  drive.flood(SegmentId{1u}, 0.31, 0.5, 1);
  const PersonId driver = drive.drive(0, 'A', 'D'), child = drive.drive(0, 'A', 'D', {}, driver);
  drive.run_until(60);
  for (const PersonId each : {driver, child}) {
    const Handover& back = drive.left.at(each.value);
    CHECK(back.reason == HandoverReason::left_car);
    CHECK(back.on == drive.city.link("BC"));
    CHECK(back.along_mm == 50000);
    CHECK(seconds(back.time) == doctest::Approx(150 / kSpeed).epsilon(0.05));
  }
  CHECK(drive.count(Event::Kind::left_car) == 2);
  // dry again: those behind pass the wreck at a share of the flow
  drive.flood(SegmentId{1u}, 0);
  for (int car = 0; car < 60; ++car) drive.drive(100, 'A', 'D', Knowledge::informed);
  drive.run_until(1000);
  std::vector<double> arrivals;
  for (const auto& [person, back] : drive.left) {
    if (back.reason == HandoverReason::arrived) arrivals.push_back(seconds(back.time));
  }
  REQUIRE(arrivals.size() == 60);
  const double flow = 59 / (arrivals.back() - arrivals.front());
  const double lane = (1 / 7.5) * kSpeed * 5 / (kSpeed + 5);
  CHECK(flow == doctest::Approx(0.35 * lane).epsilon(0.02));
}

TEST_CASE("a flood wave of 0.6 m sweeps away cars with whoever is inside") {
  Drive drive(one_way());
  const PersonId driver = drive.drive(0, 'A', 'D');
  const PersonId child = drive.drive(0, 'A', 'D', {}, driver);
  drive.run_until(15);
  drive.flood(SegmentId{1u}, 0.6);
  drive.run_until(60);
  for (const PersonId each : {driver, child}) {
    const Handover& lost = drive.left.at(each.value);  // handed over to whoever keeps the records
    CHECK(lost.state == PersonState::casualty);
    CHECK(lost.reason == HandoverReason::swept_away);
    CHECK(lost.on == drive.city.link("BC"));
  }
  CHECK(drive.count(Event::Kind::state_change) == 2);
  Census census{};
  drive.process->count(census);
  CHECK(census == Census{});
}

TEST_CASE("who knows of water of 0.1 m drives round it") {
  Drive drive(two_ways());
  drive.flood(SegmentId{1u}, 0.12);
  const PersonId informed = drive.drive(0, 'A', 'D', Knowledge::informed);
  drive.run_until(100);
  CHECK(drive.arrival(informed) == doctest::Approx(620 / kSpeed).epsilon(1e-4));
}

TEST_CASE("a car park takes in as many cars as its gate lets through, the others queue on the street") {
  Drive drive(one_way());
  drive.gates = {{drive.city.node('D'), 0.1}};
  std::vector<PersonId> drivers;
  for (int car = 0; car < 20; ++car) drivers.push_back(drive.drive(0, 'A', 'D'));
  drive.run_until(400);
  for (std::size_t car = 1; car < drivers.size(); ++car) {
    CHECK(drive.arrival(drivers[car]) - drive.arrival(drivers[car - 1]) == doctest::Approx(10));
  }
}

TEST_CASE("drivers who stood for ten minutes leave their cars on the road") {
  DrivingModel model;
  model.abandon_after = Duration{600'000};
  Drive drive(one_way(), model);
  drive.changes = {{drive.city.link("CD"), {kStart, kNever}, 0, 1, 0}};
  const PersonId driver = drive.drive(0, 'A', 'D');
  drive.run_until(800);
  const Handover& back = drive.left.at(driver.value);
  CHECK(back.reason == HandoverReason::left_car);
  CHECK(back.on == drive.city.link("CD"));
  CHECK(seconds(back.time) == 660);  // looked at every minute
  CHECK(drive.events.back().value == 0);
}

TEST_CASE("people who cross hold up cars, and cars hold up people") {
  CHECK(driving::blocked_share(0.1, 2.6) == doctest::Approx(1 - std::exp(-0.26)));
  CHECK(driving::gap_delay(0.2, 5) == doctest::Approx((std::exp(1.0) - 2) / 0.2));
  const auto last = [](float walkers) {
    Drive drive(one_way());
    drive.start();
    drive.walkers->next()[drive.city.node('C').value] = walkers;
    drive.walkers->publish();
    drive.walkers->exchange();
    drive.run_until(60);
    PersonId driver;
    for (int car = 0; car < 100; ++car) driver = drive.drive(60, 'A', 'D');
    drive.run_until(1500);
    const auto& delay = drive.fields.find("crossing.delay")->values();
    CHECK(delay[drive.city.node('B').value] == 0);
    return drive.arrival(driver) - 60;
  };
  const double lane = (1 / 7.5) * kSpeed * 5 / (kSpeed + 5);
  CHECK(last(0) == doctest::Approx(300 / kSpeed + 99 / lane).epsilon(0.001));
  // a fifth of the way in steps of 1/50: walkers of 0.25/s block 0.478 of the time
  CHECK(last(0.25f) == doctest::Approx(300 / kSpeed + 99 / (lane * (1 - 0.48))).epsilon(0.01));
}

TEST_CASE("cars that passed in the last minute make people wait at a crossing as Adams says") {
  Drive drive(one_way());
  for (int car = 0; car < 12; ++car) drive.drive(60 + 5 * car, 'A', 'D');
  drive.run_until(121);
  // at B since 72 s, every 5 s: ten cars in and out within the minute, on two arms
  const double flow = 10.0 / 60;
  CHECK(drive.fields.find("crossing.delay")->values()[drive.city.node('B').value] ==
        doctest::Approx((std::exp(flow * 5.6) - flow * 5.6 - 1) / flow).epsilon(0.001));
}

TEST_CASE("flow, density and speed measured after Edie agree with the moments of the cars") {
  DrivingModel model;
  model.jam_spacing = 5, model.saturation_flow = 1;
  Drive drive(ascii_city("A----------------------------------------------B"), model);
  std::vector<PersonId> drivers;
  for (int car = 0; car < 200; ++car) drivers.push_back(drive.drive(4 * car, 'A', 'B'));
  drive.run_until(400);
  TableSet tables;
  drive.process->record(drive.now, tables);
  drive.run_until(700);
  drive.process->record(drive.now, tables);
  const Table& traffic = tables.at("traffic");
  REQUIRE(traffic.rows() == 2);
  CHECK(traffic.get<float>("vehicle_m")[1] / (940 * 300) == doctest::Approx(0.25).epsilon(0.005));
  CHECK(traffic.get<float>("mean_density_veh_m")[1] == doctest::Approx(0.25 / kSpeed).epsilon(0.005));
  CHECK(traffic.get<float>("vehicle_m")[1] / traffic.get<float>("vehicle_s")[1] ==
        doctest::Approx(kSpeed).epsilon(0.005));
}

TEST_CASE("a car has driven as far as it came: swept away, stalled or left, not to the end of the street") {
  for (const double depth : {0.6, 0.31}) {
    Drive drive(one_way());
    drive.drive(0, 'A', 'D');
    drive.run_until(15);
    drive.flood(SegmentId{1u}, depth, depth > 0.5 ? 0 : 0.5, 1);
    drive.run_until(60);
    TableSet tables;
    drive.process->record(drive.now, tables);
    const Table& traffic = tables.at("traffic");
    const auto& links = traffic.get<std::uint32_t>("link");
    REQUIRE(links == std::vector<std::uint32_t>{drive.city.link("AB").value, drive.city.link("BC").value});
    // swept away where it is when the wave comes, stalled at the wet half
    const auto& driven = traffic.get<float>("vehicle_m");
    CHECK(driven[0] == 100);
    CHECK(driven[1] == doctest::Approx(depth > 0.5 ? 15 * kSpeed - 100 : 50).epsilon(0.001));
    CHECK(tables.at("cars").get<float>("distance_m")[0] == 100);
  }
}

TEST_CASE("every car is found where it stopped: parked, stalled on the way, or still driving") {
  Drive drive(one_way());
  drive.drive(0, 'A', 'C');
  drive.run_until(40);
  drive.flood(SegmentId{1u}, 0.31, 0.5, 1);
  drive.drive(40, 'A', 'D');
  drive.run_until(100);
  drive.drive(100, 'A', 'D');
  drive.run_until(106);
  const Table cars = drive.tables().at("cars");
  const auto& share = cars.get<float>("last_fraction");
  const auto& link = cars.get<std::uint32_t>("last_link");
  REQUIRE(cars.get<std::uint8_t>("outcome") == std::vector<std::uint8_t>{0, 3, 2});
  CHECK(link[0] == drive.city.link("BC").value);
  CHECK(share[0] == 1);
  CHECK(link[1] == drive.city.link("BC").value);
  CHECK(share[1] == doctest::Approx(0.5));
  CHECK(link[2] == drive.city.link("AB").value);
  CHECK(share[2] == doctest::Approx(6 * kSpeed / 100).epsilon(0.02));
}

TEST_CASE("the time that a way takes when empty and dry is the same after water came over it") {
  Drive drive(one_way());
  drive.drive(0, 'A', 'D');
  drive.run_until(20);
  drive.flood(SegmentId{1u}, 0.2);
  drive.run_until(100);
  const TableSet tables = drive.tables();
  CHECK(tables.at("cars").get<float>("free_flow_s")[0] == doctest::Approx(300 / kSpeed));
}
