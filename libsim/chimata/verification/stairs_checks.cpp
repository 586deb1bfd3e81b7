/// The crowd engine on stairs and in elevators that join levels.
#include <algorithm>
#include <cmath>
#include <set>

#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

using namespace pedestrian;

/// A lower and an upper level with a flight between them, people who go up or down over it.
class Stairs {
 public:
  struct Plan {
    double run = 8, rise = 6, width = 2;  ///< m, of the flight
    double before = 10, behind = 10;      ///< m of level at its foot and head
    FlightModel law = {};
  };
  explicit Stairs(const Plan& plan)
      : plan_(plan),
        building_(std::make_shared<const Levels>(
            std::vector<Level>{
                {"lower", {rectangle(-plan.before, 0, 0, plan.width)}, 0},
                {"upper", {rectangle(plan.run, 0, plan.run + plan.behind, plan.width)}, plan.rise}},
            std::vector<Flight>{{"stairs",
                                 "lower",
                                 "upper",
                                 {{0, 0}, {0, plan.width}},
                                 {{plan.run, 0}, {plan.run, plan.width}}}})),
        venue_(building_, {plan.law}, {}, steps()) {
    const auto out = [&](const char* level, double x) {
      return venue_.add_journey(
          {venue_.add_stage({level, {}, {building_->place(level, Wall{{x, 0}, {x, plan.width}})}})});
    };
    journey_[0] = out("lower", -plan.before), journey_[1] = out("upper", plan.run + plan.behind);
  }
  static VenueModel steps() {
    VenueModel model;
    model.dt = 0.02;
    return model;
  }
  /// So many people on the level before the flight, in rows.
  void crowd(bool up, std::size_t count, double speed) {
    std::vector<Visitor> people;
    const double apart = 0.5;
    const auto abreast = static_cast<std::size_t>(plan_.width / apart);
    for (std::size_t i = 0; i < count; ++i) {
      Visitor one;
      const double off = 0.5 + apart * static_cast<double>(i / abreast);
      const double y = plan_.width * (static_cast<double>(i % abreast) + 0.5) / static_cast<double>(abreast);
      one.body.person = PersonId{static_cast<std::uint32_t>(i)};
      one.body.at = building_->place(up ? "lower" : "upper", Point{up ? -off : plan_.run + off, y});
      one.body.speed = speed;
      one.journey = journey_[up ? 1 : 0];
      people.push_back(one);
    }
    venue_.let_in(std::move(people));
  }
  void run(double until_s) { venue_.run_until(until_s, arena_); }
  [[nodiscard]] Venue& venue() { return venue_; }
  [[nodiscard]] bool on_flight(Point at) const { return building_->sheet_of(at) == 2; }
  /// Persons/s between a fifth and four fifths of those who have left.
  [[nodiscard]] double flow() const {
    const auto& all = venue_.passings();
    const std::size_t from = all.size() / 5, to = all.size() * 4 / 5;
    return static_cast<double>(to - from) / (all[to].time_s - all[from].time_s);
  }

 private:
  Plan plan_;
  std::shared_ptr<const Levels> building_;
  Venue venue_;
  JourneyRow journey_[2];
  Arena arena_{1};
};

FlightModel fixed(double up, double down) {
  FlightModel law;
  law.table = StairTable::fixed, law.up = up, law.down = down;
  return law;
}

/// s on the flight, alone: the level before and behind is walked at `speed`, out 0.3 m before the line.
double alone(const Stairs::Plan& plan, bool up, double speed) {
  Stairs stairs(plan);
  stairs.crowd(up, 1, speed);
  stairs.run(2000);
  if (stairs.venue().left() != 1) return INFINITY;
  return stairs.venue().passings()[0].time_s - (0.5 + (up ? plan.behind : plan.before) - 0.3) / speed;
}

void stairs(Check& check, const Verification&) {
  std::vector<Criterion> criteria;
  const auto ask = [&](const char* what, Stairs::Plan plan, bool up, double right) {
    const double time = alone(plan, up, 1.0);
    criteria.push_back({std::string(what) + " " + text(right, 2) + " s ± 5 %", text(time, 2) + " s",
                        std::fabs(time - right) <= 0.05 * right});
  };
  Stairs::Plan plan;  // 10 m along the slope: 8 m seen from above, 6 m high
  plan.law = fixed(0.63, 0.76);
  ask("RiMEA 10 m up at 0.63 m/s", plan, true, 10 / 0.63);
  ask("down at 0.76 m/s", plan, false, 10 / 0.76);
  plan.law = fixed(1, 1);
  ask("IMO 10 m up at 1.0 m/s", plan, true, 10);
  ask("down", plan, false, 10);
  plan.law.table = StairTable::shares, plan.law.up = plan.law.down = 0.5;
  plan.rise = 0, plan.run = 10;
  ask("ISO 10 m at half of 1.0 m/s", plan, true, 20);
  plan.law = fixed(1, 1);
  plan.run = 80, plan.rise = 60;
  ask("NIST 100 m up at 1.0 m/s", plan, true, 100);
  ask("down", plan, false, 100);
  expect_each(check, criteria);
}

/// One look at the flight: persons/m² seen from above, and their mean speed along it.
struct Look {
  double density, speed;
};
std::vector<Look> looks(bool up) {
  std::vector<Look> all;
  Stairs::Plan plan;
  plan.run = 6, plan.rise = 3.5, plan.before = plan.behind = 40;
  plan.law.table = StairTable::weidmann;
  for (const std::size_t people : {8u, 16u, 32u, 64u, 100u}) {
    Stairs stairs(plan);
    stairs.crowd(up, people, 1.34);
    for (double t = 1; t < 150 && stairs.venue().present() + stairs.venue().to_come() > 0; ++t) {
      stairs.run(t);
      const Crowd& crowd = stairs.venue().crowd();
      double count = 0, speed = 0;
      for (std::size_t row = 0; row < crowd.size(); ++row) {
        if (stairs.on_flight(crowd.position()[row])) ++count, speed += std::fabs(crowd.velocity()[row].x);
      }
      if (count > 0) all.push_back({count / (plan.run * plan.width), speed / count});
    }
  }
  return all;
}

/// Corbetta et al.: means and standard deviations of slow and fast walkers, m/s by persons/m².
bool inside_corbetta(const Look& at, bool up) {
  const double d = at.density;
  const double fast = up ? 0.18 * d * d - 0.55 * d + 1.02 + 0.35 - 0.14 * d
                         : 0.33 * d * d - 1.02 * d + 1.39 + 0.29 - 0.11 * d;
  const double slow = up ? 0.48 + 0.01 * d - (0.10 - 0.02 * d) : 0.67 - 0.08 * d - (0.14 - 0.06 * d);
  return at.speed >= slow && at.speed <= fast;
}

void stair_diagram(Check& check, const Verification&) {
  std::vector<Criterion> criteria;
  double mean[2] = {0, 0};
  for (const bool up : {true, false}) {
    Series points{up ? "up" : "down", "密度 / density [1/m²]", "速度 / speed [m/s]", {}, {}, true};
    double inside = 0, counted = 0;
    for (const Look& at : looks(up)) {
      points.x.push_back(at.density), points.y.push_back(at.speed);
      if (at.density < 0.6 || at.density > 1.5) continue;
      ++counted, mean[up ? 1 : 0] += at.speed, inside += inside_corbetta(at, up) ? 1 : 0;
    }
    mean[up ? 1 : 0] /= std::max(1.0, counted);
    criteria.push_back(
        {std::string(up ? "up" : "down") +
             ": half of the looks at 0.6 to 1.5 persons/m² between Corbetta's slow - 1 s.d. and fast "
             "+ 1 s.d.",
         text(inside) + " of " + text(counted), counted >= 20 && inside >= counted / 2});
    check.plots.push_back(points);
  }
  criteria.push_back({"at these densities faster down than up",
                      text(mean[0], 2) + " against " + text(mean[1], 2) + " m/s", mean[0] > mean[1]});
  expect_each(check, criteria);
}

void stair_foot(Check& check, const Verification&) {
  // room of 8 x 5 m, corridor of 12 x 2 m, 3 m of stairs up, landing of 1 m
  const auto building = std::make_shared<const Levels>(
      std::vector<Level>{{"room", {rectangle(-5, -3, 0, 5), rectangle(0, 0, 12, 2)}, 0},
                         {"landing", {rectangle(15, 0, 16, 2)}, 1.8}},
      std::vector<Flight>{{"stairs", "room", "landing", {{12, 0}, {12, 2}}, {{15, 0}, {15, 2}}}});
  FlightModel law;
  law.table = StairTable::weidmann;
  Venue venue(building, {law}, {}, Stairs::steps());
  const auto up =
      venue.add_journey({venue.add_stage({"out", {}, {building->place("landing", Wall{{16, 0}, {16, 2}})}})});
  std::vector<Visitor> people;
  for (const Point at :
       places_in(*building->area(), venue.walls(), rectangle(-5, -3, 0, 5), 150, 0.4, 0.2, Random{Seed{1}})) {
    Visitor one;
    one.body.person = PersonId{static_cast<std::uint32_t>(people.size())};
    one.body.at = at, one.body.speed = 1.34, one.journey = up;
    people.push_back(one);
  }
  venue.let_in(people);
  Arena arena(1);
  double exit = 0, middle = 0, foot = 0;
  for (double t = 1; t <= 60; ++t) {
    venue.run_until(t, arena);
    for (const Point at : venue.crowd().position()) {
      exit += distance(at, {0, 1}) < 1.5 && at.x < 0 ? 1 : 0;
      middle += at.x > 5 && at.x < 7 && at.y < 2 ? 1 : 0;
      foot += at.x > 10 && at.x < 12 ? 1 : 0;
    }
  }
  exit /= 60 * 3.53, middle /= 60 * 4, foot /= 60 * 4;
  expect_each(check, {{"a jam at the room's exit: over 2 persons/m² in the half circle of 1.5 m",
                       text(exit, 2), exit > 2},
                      {"one at the foot of the stairs: denser than the middle of the corridor",
                       text(foot, 2) + " against " + text(middle, 2) + " persons/m²", foot > middle}});
}

void two_ways(Check& check, const Verification&) {
  // from the left to the right part of the upper level: 12 m by stairs down, the lower level and stairs up,
  // or 30 m by a corridor on the level
  const auto building = std::make_shared<const Levels>(
      std::vector<Level>{
          {"upper", {rectangle(0, 0, 4, 14), rectangle(4, 12, 16, 14), rectangle(16, 0, 20, 14)}, 2},
          {"lower", {rectangle(7, 0, 13, 2)}, 0}},
      std::vector<Flight>{{"down", "lower", "upper", {{7, 0}, {7, 2}}, {{4, 0}, {4, 2}}},
                          {"up", "lower", "upper", {{13, 0}, {13, 2}}, {{16, 0}, {16, 2}}}});
  Venue venue(building, {}, {}, Stairs::steps());
  const auto out =
      venue.add_journey({venue.add_stage({"out", {}, {building->place("upper", Wall{{20, 0}, {20, 2}})}})});
  std::vector<Visitor> people;
  for (std::uint32_t i = 0; i < 40; ++i) {
    Visitor one;
    one.body.person = PersonId{i};
    one.body.at = {0.5 + 0.6 * (i % 5), 0.5 + 0.6 * (i / 5)}, one.body.speed = 1.3, one.journey = out;
    people.push_back(one);
  }
  venue.let_in(people);
  Arena arena(1);
  std::set<std::uint32_t> below;
  for (double t = 0.5; t < 200 && venue.present() + venue.to_come() > 0; t += 0.5) {
    venue.run_until(t, arena);
    for (std::size_t row = 0; row < venue.crowd().size(); ++row)
      if (building->sheet_of(venue.crowd().position()[row]) == 1)
        below.insert(venue.crowd().person()[row].value);
  }
  check.expected = "documented: how many take the short way over stairs, how many the long level one";
  check.measured = std::to_string(below.size()) + " of 40 the short way by the lower level, " +
                   std::to_string(40 - below.size()) +
                   " the long one: people count the time on stairs, and those who wait";
  check.tolerance = "everybody arrives";
  check.passed = venue.left() == 40;
}

void stairs_by_width(Check& check, const Verification&) {
  const std::vector<double> widths{1.0, 1.2, 1.4, 1.6, 1.8};
  std::vector<double> flows;
  double x = 0, y = 0, xx = 0, xy = 0;
  for (const double width : widths) {
    Stairs::Plan plan;
    plan.run = 4, plan.rise = 2.4, plan.width = width, plan.before = 60;
    plan.law.table = StairTable::weidmann;
    Stairs stairs(plan);
    stairs.crowd(true, 100, 1.34);
    stairs.run(400);
    flows.push_back(stairs.flow());
    x += width, y += flows.back(), xx += width * width, xy += width * flows.back();
    check.measured += text(flows.back(), 2) + ", ";
  }
  const double n = static_cast<double>(widths.size()), slope = (n * xy - x * y) / (n * xx - x * x);
  check.expected = "flow over stairs of 1.0, 1.2, 1.4, 1.6, 1.8 m: regression rises";
  check.measured += "slope " + text(slope, 2) + " persons/(s m)";
  check.tolerance = "slope > 0";
  check.passed = slope > 0;
  check.plots = {{"chimata", "幅 / width [m]", "流量 / flow [persons/s]", widths, flows, true}};
}

void elevator(Check& check, const Verification&) {
  const auto building = std::make_shared<const Levels>(
      std::vector<Level>{{"1", {rectangle(0, 0, 10, 10)}, 0}, {"2", {rectangle(0, 0, 10, 10)}, 3.5}},
      std::vector<Flight>{},
      std::vector<Shaft>{{"lift", {{"1", {{4, 10}, {5.2, 10}}}, {"2", {{4, 10}, {5.2, 10}}}}}});
  const auto ride = [&](std::uint32_t count, std::size_t& most, std::uint32_t& trips) {
    Venue venue(building, {}, {ElevatorModel{}}, Stairs::steps());
    const auto up =
        venue.add_journey({venue.add_stage({"out", {}, {building->place("2", Wall{{2, 0}, {8, 0}})}})});
    std::vector<Visitor> people;
    for (std::uint32_t i = 0; i < count; ++i) {
      Visitor one;
      one.body.person = PersonId{i};
      one.body.at = {4.6 + (i % 2 == 0 ? 0.6 : -0.6) * ((i + 1) / 2 % 7), 2 - 0.6 * (i / 14)};
      one.body.speed = 1, one.journey = up;
      people.push_back(one);
    }
    venue.let_in(people);
    Arena arena(1);
    while (venue.left() < count && venue.now() < 600) {
      venue.run_until(venue.now() + 0.1, arena);
      most = std::max(most, venue.storeys()->riding().size());
    }
    trips = venue.storeys()->elevators()[0].trips()[0];
    return venue.left() == count ? venue.passings().back().time_s : INFINITY;
  };
  std::size_t most = 0, ignored = 0;
  std::uint32_t trips = 0, one_trip = 0;
  const double alone = ride(1, ignored, one_trip);
  (void)ride(20, most, trips);
  // 5.8 m to the door, doors 2 s, in 1 s, doors 2 s, 3.5 m + 2 s, doors 2 s, 9.65 - 0.3 m out
  const double right = 5.8 + 2 + 1 + 2 + 3.5 + 2 + 2 + 9.35;
  expect_each(check, {{"one person " + text(right, 1) + " s ± 5 %", text(alone, 1) + " s",
                       std::fabs(alone - right) <= 0.05 * right},
                      {"20 persons in cabins of 8: 8 at most at once", std::to_string(most), most == 8},
                      {"3 trips up and 2 down", std::to_string(trips), trips == 5}});
}

/// Three storeys: two rooms of 6 x 6 m on either side of a corridor of 1.2 m, which ends at a staircase.
struct House {
  double speed = 1.2, radius = 0.18, time_gap = 1, reaction = 5, people_per_room = 4;
};
double house(const House& with) {
  std::vector<Level> levels;
  std::vector<Flight> flights;
  const char* names[] = {"1F", "2F", "3F"};
  for (int floor = 0; floor < 3; ++floor) {
    std::vector<Polygon> parts{rectangle(0, 3.2, 10, 4.4), rectangle(10, 2, 12, 6)};
    for (int room = 0; room < 4; ++room) {
      const double x = 0.2 + 2.4 * room;
      for (const bool above : {false, true}) {
        parts.push_back(above ? rectangle(x, 4.6, x + 2, 7.6) : rectangle(x, 0, x + 2, 3));
        parts.push_back(above ? rectangle(x + 0.5, 4.4, x + 1.5, 4.6) : rectangle(x + 0.5, 3, x + 1.5, 3.2));
      }
    }
    levels.push_back({names[floor], parts, 3.0 * floor});
    if (floor == 0) continue;
    // flights lie one behind the other, and a floor begins where the flight below has ended
    const std::string landing = "M" + std::to_string(floor);
    levels.push_back({landing, {rectangle(15, 2, 16.2, 6)}, 3.0 * floor - 1.5});
    flights.push_back(
        {"a" + landing, names[floor - 1], landing, {{12, 2.2}, {12, 3.4}}, {{15, 2.2}, {15, 3.4}}});
    flights.push_back({"b" + landing, landing, names[floor], {{15, 4.4}, {15, 5.6}}, {{12, 4.4}, {12, 5.6}}});
  }
  const auto building = std::make_shared<const Levels>(levels, flights);
  VenueModel model = Stairs::steps();
  model.clearance = 0.2;  // doors of 1 m
  Venue venue(building, {}, {}, model);
  const auto out = venue.add_journey({venue.add_stage({"out", {}, {Wall{{0, 3.2}, {0, 4.4}}}})});
  std::vector<Visitor> people;
  for (const char* name : names) {
    for (int room = 0; room < 8; ++room) {
      for (int i = 0; i < static_cast<int>(with.people_per_room); ++i) {
        Visitor one;
        one.body.person = PersonId{static_cast<std::uint32_t>(people.size())};
        one.body.at = building->place(
            name, Point{0.8 + 2.4 * (room / 2) + 0.9 * (i % 2), (room % 2 == 0 ? 0.6 : 5.6) + 0.9 * (i / 2)});
        one.body.speed = with.speed, one.body.radius = with.radius, one.body.time_gap = with.time_gap;
        one.starts_s = with.reaction, one.journey = out;
        people.push_back(one);
      }
    }
  }
  const std::size_t count = people.size();
  venue.let_in(std::move(people));
  Arena arena(1);
  while (venue.left() < count && venue.now() < 900) venue.run_until(venue.now() + 5, arena);
  return venue.left() == count ? venue.passings().back().time_s : INFINITY;
}

void three_storeys(Check& check, const Verification&) {
  std::vector<Criterion> criteria;
  const auto vary = [&](const char* what, double House::*member, std::vector<double> values, Trend way) {
    std::vector<double> times;
    std::string over = std::string("s for ") + what;
    for (const double value : values) {
      House one;
      one.*member = value;
      times.push_back(house(one));
      over += (value == values.front() ? " " : ", ") + text(value, 2);
    }
    criteria.push_back(trend(over, times, way, 1));
  };
  vary("speed", &House::speed, {0.8, 1.2, 1.6}, Trend::falling);
  vary("reaction", &House::reaction, {0, 5, 20}, Trend::rising);
  vary("time gap", &House::time_gap, {0.6, 1.0, 1.5}, Trend::rising);
  vary("people a room", &House::people_per_room, {1, 2, 4}, Trend::rising);
  expect_each(check, criteria);
}

}  // namespace

std::vector<Question> stairs_checks() {
  return {
      {"rimea_2_3_stairs", "階段の歩行時間 (RiMEA 2, RiMEA 3, IMO 2, IMO 3, NIST 2.2, ISO 3)",
       "Time on stairs (RiMEA 2, RiMEA 3, IMO 2, IMO 3, NIST 2.2, ISO 3)", kRimea, 'B', stairs},
      {"rimea_8_storeys", "3つの階、各パラメータの傾向 (RiMEA 8)",
       "Three storeys, the trend in each parameter (RiMEA 8)", kRimea, 'B', three_storeys},
      {"rimea_13_stair_foot", "部屋の出口と階段下の滞留、150人 (RiMEA 13, IMO 11, NIST 5.1, ISO 10)",
       "Jams at a room's exit and at the foot of stairs, 150 persons (RiMEA 13, IMO 11, NIST 5.1, ISO 10)",
       kRimea, 'B', stair_foot},
      {"rimea_13_stair_diagram", "階段の密度と速度 (RiMEA 13)", "Speed by density on stairs (RiMEA 13)",
       kRimea, 'B', stair_diagram},
      {"rimea_14_ways", "階段の近道と平らな遠回り (RiMEA 14)",
       "A short way over stairs or a long one (RiMEA 14)", kRimea, 'B', two_ways},
      {"nist_27_elevator", "エレベーター (NIST 2.7)", "Elevator (NIST 2.7)", kNist, 'B', elevator},
      {"iso_12_stairs", "階段の幅と流量 (ISO 12)", "Flow by width of stairs (ISO 12)", kIso, 'B',
       stairs_by_width},
  };
}

}  // namespace chimata::verification
