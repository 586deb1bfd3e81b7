/// What holds on any network: order, headways, room, gridlock, convergence, threads.
#include <algorithm>
#include <cmath>

#include "chimata/driving/jams.hpp"
#include "driving/flow_run.hpp"
#include "support/random_network.hpp"

using namespace chimata;
using namespace chimata::test;

namespace {

/// A one-way network at random, loops and parallel streets among it, and cars on random routes over it.
struct RandomTraffic {
  FlowRun run;
  RandomTraffic(std::uint32_t number, int threads, double shortest = 2, int lanes = 1)
      : run(streets(number, shortest, lanes), textbook(), threads) {
    Dice dice("cars", number);
    run.start();
    struct Trip {
      double moment;
      std::vector<LinkId> route;
    };
    std::vector<Trip> trips;
    for (int car = 0; car < 1500; ++car) {
      NodeId at = dice.node(*run.network);
      std::vector<LinkId> route;
      const auto hops = 3 + dice.below(20);
      while (route.size() < hops) {
        std::vector<LinkId> ways;
        for (const LinkId link : run.network->leaving(at)) {
          if (run.network->allows(link, kCar)) ways.push_back(link);
        }
        if (ways.empty()) break;
        route.push_back(ways[dice.below(static_cast<std::uint32_t>(ways.size()))]);
        at = run.network->head(route.back());
      }
      if (!route.empty()) trips.push_back({400 * dice.uniform(), route});
    }
    for (const Trip& trip : trips) run.drive(trip.moment, trip.route);
  }
  static Streets streets(std::uint32_t number, double shortest, int lanes) {
    Dice dice("streets", number);
    Streets all;
    for (int i = 0; i < 80; ++i) {
      all.push_back({std::string(1, static_cast<char>('a' + dice.below(26))),
                     std::string(1, static_cast<char>('a' + dice.below(26))), shortest + 200 * dice.uniform(),
                     1 + static_cast<int>(dice.below(static_cast<std::uint32_t>(lanes))),
                     6 + 14 * dice.uniform()});
    }
    return all;
  }
};

std::uint64_t hash(const FlowRun& run) {
  Snapshot snapshot;
  SnapshotWriter out(snapshot, "flow");
  run.flow->save(out);
  std::vector<double> words;
  for (const Passage& passage : run.passages) {
    words.insert(words.end(), {passage.time, double(passage.vehicle), double(passage.to.value)});
  }
  out.put("passages", words);
  return hash_of(snapshot);
}

}  // namespace

TEST_CASE("on any network cars of one lane keep their order, and nobody is faster than the empty street") {
  for (std::uint32_t number = 0; number < 8; ++number) {
    RandomTraffic traffic(number, 1);
    traffic.run.run_until(900);
    std::map<std::uint32_t, std::vector<VehicleRow>> in, out;
    std::map<std::uint32_t, std::vector<double>> came, went;
    for (const Passage& p : traffic.run.passages) {
      if (driving::is_link(p.to)) in[p.to.value].push_back(p.vehicle), came[p.to.value].push_back(p.time);
      if (p.from.valid()) out[p.from.value].push_back(p.vehicle), went[p.from.value].push_back(p.time);
    }
    for (const auto& [link, order] : out) {
      const Road& road = traffic.run.traffic->roads[LinkId{link}];
      const auto& entries = came[link];
      for (std::size_t i = 0; i < order.size(); ++i) {
        REQUIRE(order[i] == in[link][i]);
        REQUIRE(went[link][i] >= entries[i] + road.free_time - 1e-9);
        if (i > 0) REQUIRE(went[link][i] >= went[link][i - 1] + road.exit_headway - 1e-9);
        if (i > 0) REQUIRE(entries[i] >= entries[i - 1] + road.entry_headway - 1e-9);
      }
      for (std::size_t i = road.room; i < entries.size(); ++i) {
        REQUIRE_MESSAGE(entries[i] >= went[link].at(i - road.room) + road.wave_time - 1e-9,
                        "a car came in before the gap had come back");
      }
    }
  }
}

TEST_CASE("any traffic is the same to the bit on one, two and four threads, and in any order of asking") {
  for (std::uint32_t number = 0; number < 3; ++number) {
    RandomTraffic alone(number, 1, 2, 3);
    alone.run.run_until(700);
    for (const int threads : {2, 4}) {
      RandomTraffic other(number, threads, 2, 3);
      other.run.reversed = threads == 4;
      other.run.run_until(700);
      CHECK(hash(other.run) == hash(alone.run));
    }
  }
}

TEST_CASE("saved in the middle of a rush hour and restored, traffic goes on to the same bits") {
  RandomTraffic whole(5, 1, 2, 2), half(5, 1, 2, 2);
  whole.run.run_until(700);
  half.run.run_until(250);
  Snapshot snapshot;
  SnapshotWriter out(snapshot, "flow");
  half.run.flow->save(out);
  RandomTraffic restored(5, 2, 2, 2);
  restored.run.flow->load(SnapshotReader(snapshot, "flow"), 250);
  restored.run.asked.clear();  // they are in the snapshot
  restored.run.now = 250;
  restored.run.passages = half.run.passages, restored.run.arrival = half.run.arrival;
  restored.run.run_until(700);
  CHECK(hash(restored.run) == hash(whole.run));
}

TEST_CASE("cut into pieces of 5 m a street takes as long and carries as much") {
  const auto last = [](int pieces) {
    Streets streets;
    std::vector<std::string> stops{"0"};
    for (int i = 0; i < pieces; ++i) {
      streets.push_back({std::to_string(i), std::to_string(i + 1), 1000.0 / pieces});
      stops.push_back(std::to_string(i + 1));
    }
    FlowRun run(streets);
    run.stream(0, 100, 0.8, stops);
    run.run_until(300);
    return run.arrival;
  };
  const auto whole = last(1), many = last(200);
  for (std::size_t v = 0; v < whole.size(); ++v) CHECK(many[v] == doctest::Approx(whole[v]).epsilon(1e-6));
}

TEST_CASE("half a second or a whole one, the length of the step changes nothing on long links") {
  const auto arrivals = [](double step) {
    FlowRun run(Streets{{"A", "C"}, {"B", "C"}, {"C", "D"}, {"D", "E"}, {"D", "F"}});
    run.start();
    set_road(run.traffic->roads[run.link("DE")], *run.network, run.model, run.link("DE"),
             {.capacity_factor = 0.3});
    run.stream(0, 600, 0.6, {"A", "C", "D", "E"});
    run.stream(0, 600, 0.5, {"B", "C", "D", "F"});
    for (const Flow::Start& each : run.asked) run.flow->add(each);
    for (double now = 0; now < 3000; now += step) {
      run.flow->step({now, now + step}, run.arena);
      for (const Passage& p : run.flow->passages()) {
        if (!driving::is_link(p.to)) run.arrival[p.vehicle] = p.time;
      }
    }
    return run.arrival;
  };
  CHECK(arrivals(0.5) == arrivals(1));
  CHECK(arrivals(0.125) == arrivals(1));
}

TEST_CASE("four full links of which each wants the next stand for ever, and are named") {
  FlowRun run(Streets{{"A", "B", 100}, {"B", "C", 100}, {"C", "D", 100}, {"D", "A", 100}});
  run.model.patience = Duration{60'000};
  run.model.gridlock = GridlockPolicy::keep;
  const std::vector<std::string> round{"A", "B", "C", "D"};
  for (int side = 0; side < 4; ++side) {
    std::vector<std::string> stops;
    for (std::size_t i = 0; i < 9; ++i) stops.push_back(round[(static_cast<std::size_t>(side) + i) % 4]);
    for (int car = 0; car < 40; ++car) run.drive(0, stops);
  }
  run.run_until(400);
  const double last = run.passages.back().time;
  CHECK(last < 200);
  Jams jams;
  REQUIRE(jams.look(*run.traffic, 400).size() == 1);
  const Jams::Jam& jam = jams.all().front();
  CHECK(jam.ring == std::vector<LinkId>{run.link("AB"), run.link("BC"), run.link("CD"), run.link("DA")});
  CHECK(jam.since <= last + 10);
  CHECK(jam.until == driving::kForever);
  CHECK(jams.look(*run.traffic, 500).empty());  // known already
  run.run_until(5000);
  CHECK(run.passages.back().time == last);
  for (const LinkId link : jam.ring) CHECK(run.traffic->present(link) == 20);
}

TEST_CASE("on two lanes a blocked turn lets the others by until its bay is full") {
  const auto passed = [](double bay) {
    DrivingModel model = textbook();
    model.bay_length = bay;
    FlowRun run(Streets{{"A", "B", 1000, 2}, {"B", "C"}, {"B", "D"}}, model);
    LinkChange shut;
    shut.link = run.link("BC"), shut.when = {kStart, kNever}, shut.capacity_factor = 0;
    run.world.link_changes.push_back(shut);
    for (int car = 0; car < 1200; ++car) {
      // every tenth turns into the street that fills up: 200 of them do, then the bay
      run.drive(car * 0.8, {"A", "B", car % 10 == 0 ? "C" : "D"});
    }
    for (int car = 0; car < 3000; ++car) run.drive(1000 + car * 0.8, {"A", "B", car % 10 == 0 ? "C" : "D"});
    run.run_until(6000);
    return run.entries(run.link("BD")).size();
  };
  const auto none = passed(0), five = passed(25), ten = passed(50);
  CHECK(five - none == 4 * 9);
  CHECK(ten - five == 5 * 9);
}
