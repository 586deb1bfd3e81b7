#include "support/ascii_city.hpp"
#include "support/walk.hpp"

using namespace chimata;
using namespace chimata::test;

TEST_CASE("Weidmann's curve passes through the published points") {
  const WalkingModel model;
  const std::pair<double, double> published[] = {{0.5, 1.298}, {1, 1.058}, {2, 0.606},
                                                 {3, 0.331},   {4, 0.156}, {5, 0.037}};
  for (const auto& point : published) {
    const double density = point.first, speed = point.second;
    CAPTURE(density);
    CHECK(1.34 * weidmann_factor(density, model.weidmann_gamma, model.jam_density) ==
          doctest::Approx(speed).epsilon(0.02));
  }
  double most = 0, where = 0;
  for (double density = 0.05; density < 5.4; density += 0.01) {
    const double flow = density * 1.34 * weidmann_factor(density, model.weidmann_gamma, model.jam_density);
    if (flow > most) most = flow, where = density;
  }
  CHECK(most == doctest::Approx(1.225).epsilon(0.002));
  CHECK(where == doctest::Approx(1.75).epsilon(0.02));
  CHECK(weidmann_factor(0, 1.913, 5.4) == 1);
  CHECK(weidmann_factor(6, 1.913, 5.4) == 0);
}

TEST_CASE("a crowd on a street walks at the speed of its density") {
  // 8 m wide: nobody queues at the ends while 200 people walk on 100 m, one per 4 m²
  const auto city = ascii_city("A----B----C----D", {.width = 8});
  Walk walk(city.network);
  for (int i = 0; i < 2000; ++i) walk.add(city.node('A'), city.node('D'), 0.2 * i);
  walk.run_until(300);
  const TableSet tables = walk.tables();
  const Table& links = tables.at("links");
  const auto& link = links.get<std::uint32_t>("link");
  for (std::size_t row = 0; row < links.rows(); ++row) {
    if (LinkId{link[row]} != city.link("AB")) continue;
    // 5 persons/s on 8 m: 0.625 persons/m/s, found on the curve at 0.47 persons/m² and 1.31 m/s
    CHECK(links.get<float>("max_density")[row] == doctest::Approx(0.475).epsilon(0.04));
    CHECK(links.get<float>("mean_speed_m_s")[row] == doctest::Approx(1.31).epsilon(0.02));
  }
}

TEST_CASE("a bottleneck lets pass its capacity, no more, and with many people no less") {
  NetworkBuilder builder;
  const NodeId a = builder.add_node({0, 0}), b = builder.add_node({50, 0}), c = builder.add_node({60, 0});
  builder.add_segment({.from = a, .to = b, .width = 6.0});
  builder.add_segment({.from = b, .to = c, .width = 1.0});
  const auto network = std::make_shared<const Network>(builder.build());
  for (const int people : {50, 400, 3000}) {
    Walk walk(network);
    for (int i = 0; i < people; ++i) walk.add(a, c);
    walk.run_out();
    double first = 1e9, last = 0;
    for (const auto& [person, handover] : walk.left) {
      first = std::min(first, seconds(handover.time));
      last = std::max(last, seconds(handover.time));
    }
    const double ratio = (last - first) / ((people - 1) / 1.22);
    CAPTURE(people);
    CHECK(ratio >= 1 - 1e-3);
    CHECK(ratio < (people < 100 ? 1.2 : 1.05));
    CHECK(walk.count(Event::Kind::squeezed) == 0);
  }
}

TEST_CASE("against a stream people need longer than alone, and two crowds in one street both get through") {
  const auto city = ascii_city("A----B----C----D", {.width = 3});
  for (const auto law : {WalkingLaw::weidmann, WalkingLaw::crowdwalk}) {
    WalkingModel model;
    model.law = law;
    CAPTURE(static_cast<int>(law));
    const auto last_arrival = [&](int with, int against) {
      Walk walk(city.network, model);
      for (int i = 0; i < with; ++i) walk.add(city.node('A'), city.node('D'));
      for (int i = 0; i < against; ++i) walk.add(city.node('D'), city.node('A'));
      walk.run_out(20000);
      CHECK(walk.held() == 0);
      double last = 0;
      for (int i = 0; i < with; ++i)
        last = std::max(last, walk.arrival(PersonId{static_cast<std::uint32_t>(i)}));
      return last;
    };
    const double alone = last_arrival(300, 0);
    CHECK(last_arrival(300, 300) > 1.05 * alone);
  }
}

TEST_CASE("a full street holds the people before it back") {
  NetworkBuilder builder;
  const NodeId a = builder.add_node({0, 0}), b = builder.add_node({40, 0}), c = builder.add_node({60, 0}),
               d = builder.add_node({80, 0});
  builder.add_segment({.from = a, .to = b, .width = 4.0});
  builder.add_segment({.from = b, .to = c, .width = 2.0});
  builder.add_segment({.from = c, .to = d, .width = 0.2});
  WalkingModel model;
  model.squeeze_after = Duration{100'000'000};
  Walk walk(std::make_shared<const Network>(builder.build()), model);
  for (int i = 0; i < 1200; ++i) walk.add(a, d);
  walk.run_until(1500);
  const TableSet tables = walk.tables();
  const Table& links = tables.at("links");
  for (std::size_t row = 0; row < links.rows(); ++row) {
    const auto link = links.get<std::uint32_t>("link")[row];
    // 20 m x 2 m hold 200, 40 m x 4 m hold 800; both are full, and neither holds more
    CHECK(links.get<float>("max_density")[row] <= 5.0f);
    if (link <= 2) CHECK(links.get<float>("max_density")[row] == doctest::Approx(5.0).epsilon(0.01));
  }
  CHECK(walk.left.size() == doctest::Approx(0.244 * 1500).epsilon(0.1));
  CHECK(walk.count(Event::Kind::squeezed) == 0);
}

TEST_CASE("a ring that blocks itself dissolves by squeezing alone, and each case is counted") {
  // four one-way streets of 20 m that hold 10 persons each; everybody wants to go three streets round
  NetworkBuilder builder;
  for (const Point corner : {Point{0, 0}, Point{20, 0}, Point{20, 20}, Point{0, 20}})
    builder.add_node(corner);
  for (std::uint32_t i = 0; i < 4; ++i) {
    builder.add_segment({.from = NodeId{i},
                         .to = NodeId{(i + 1) % 4},
                         .width = 1.0,
                         .modes_forward = ModeMask{kFoot},
                         .modes_backward = ModeMask{0}});
  }
  const auto ring = std::make_shared<const Network>(builder.build());
  WalkingModel model;
  model.storage_density = 0.5;
  const auto send = [&](Walk& walk) {
    for (std::uint32_t i = 0; i < 240; ++i) walk.add(NodeId{i % 4}, NodeId{(i + 3) % 4});
  };
  model.squeeze_after = Duration{100'000'000};
  Walk forever(ring, model);
  send(forever);
  forever.run_until(3000);
  const std::int64_t stuck = forever.held();
  CHECK(stuck > 0);
  forever.run_until(6000);
  CHECK(forever.held() == stuck);

  model.squeeze_after = Duration{60'000};
  Walk walk(ring, model);
  send(walk);
  walk.run_out(20000);
  CHECK(walk.held() == 0);
  CHECK(walk.left.size() == 240);
  CHECK(walk.count(Event::Kind::squeezed) > 0);
}

TEST_CASE("informed or not, nobody is lost without a way: they are handed back where they stand") {
  const auto city = ascii_city(R"(
      A----B    C----D
  )");
  Walk walk(city.network);
  const PersonId person = walk.add(city.node('A'), city.node('D'));
  walk.run_out();
  CHECK(!walk.arrived(person));
  CHECK(walk.left.at(0).state == PersonState::waiting);
  CHECK(walk.left.at(0).at == city.node('A'));
  CHECK(walk.count(PersonState::waiting) == 1);
}
