/// How crowds choose their exits, against RiMEA, NIST TN 1822 and ISO 20414.
#include <algorithm>
#include <cmath>

#include "chimata/verification/halls.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"

namespace chimata::verification {

namespace {

using namespace pedestrian;

/// A hall whose people take the quickest of two exits that they know.
struct TwoExits {
  Hall hall;
  StageRow one, other;
  JourneyRow journey;

  TwoExits(std::vector<Polygon> parts, Wall first, Wall second, double dt = 0.01)
      : hall(std::move(parts), {}, {}, model(dt)),
        one(exit("one", first)),
        other(exit("other", second)),
        journey(hall.venue().add_branching_journey({{{one, other}, Choose::quickest}})) {}

  static VenueModel model(double dt) {
    VenueModel model;
    model.dt = dt;
    return model;
  }
  StageRow exit(const char* id, Wall line) { return hall.venue().add_stage({id, {}, {line}, Exit{}}); }
  /// The `count` people from number `first` on know only this exit.
  void know(std::uint32_t first, std::size_t count, StageRow exit) {
    std::vector<PersonId> people;
    for (std::uint32_t i = 0; i < count; ++i) people.push_back(PersonId{first + i});
    hall.venue().familiarise(people, {exit});
  }
  [[nodiscard]] double left_by(StageRow exit) {
    double count = 0;
    for (const Passing& passing : hall.venue().passings()) count += passing.stage == exit ? 1 : 0;
    return count;
  }
};

void jam_at_nearer(Check& check, const Verification&) {
  TwoExits two({rectangle(0, 0, 30, 20)}, {{21, 20}, {22, 20}}, {{27, 20}, {28, 20}}, 0.02);
  two.hall.crowd(rectangle(2, 2, 15.5, 18), 1000, two.journey, 1.3, 0.2);
  std::size_t queue = 0;
  for (double t = 5; t < 1500 && !two.hall.empty(); t += 5) {
    two.hall.run(t);
    std::size_t waiting = 0;
    for (const Point at : two.hall.venue().crowd().position())
      waiting += distance(at, {21.5, 20}) < 3 ? 1 : 0;
    queue = std::max(queue, waiting);
  }
  const double near = two.left_by(two.one), far = two.left_by(two.other);
  const double half_disc = 14.1;  // m²
  expect_each(check,
              {{"1000 persons who expect a queue: more by the nearer exit, but 25 % or more by the farther",
                text(near) + " and " + text(far) + ", out after " + text(two.hall.cleared_at()) + " s",
                near > far && far >= 250 && near + far == 1000},
               {"a jam within 3 m of the nearer exit (over 2 persons/m²)",
                text(static_cast<double>(queue)) + " persons on 14.1 m²",
                static_cast<double>(queue) > 2 * half_disc}});
}

void assigned(Check& check, const Verification&) {
  // a corridor with rooms on one side, an exit at either end; every room is told one of them
  std::vector<Polygon> parts{rectangle(0, 0, 20, 2)};
  for (int room = 0; room < 4; ++room) {
    const double x = 1 + 5 * room;
    parts.push_back(rectangle(x, 2, x + 1, 2.2));
    parts.push_back(rectangle(x - 1, 2.2, x + 3, 6));
  }
  TwoExits two(parts, {{0, 0}, {0, 2}}, {{20, 0}, {20, 2}});
  std::vector<StageRow> told;
  for (int room = 0; room < 4; ++room) {
    const double x = 1 + 5 * room;
    const StageRow exit = room % 2 == 0 ? two.other : two.one;  // the farther one for the outer rooms
    two.know(two.hall.crowd(rectangle(x - 1, 2.2, x + 3, 6), 6, two.journey, 1.2), 6, exit);
    told.insert(told.end(), 6, exit);
  }
  two.hall.run(300);
  std::size_t astray = two.hall.venue().present();
  for (const Passing& passing : two.hall.venue().passings())
    astray += passing.stage != told[passing.person.value] ? 1 : 0;
  expect_none_wrong(check, astray, told.size(),
                    "persons out by another exit than the one they know, or not out");
}

/// Whether somebody who starts nearer to one exit takes the other, towards which `others` go.
bool follows(std::uint64_t seed, std::size_t others, double share) {
  VenueModel model;
  model.seed = seed;
  Hall hall({rectangle(0, 0, 20, 10)}, {}, {}, model);
  const StageRow near = hall.venue().add_stage({"near", {}, {{{0, 4.5}, {0, 5.5}}}, Exit{}});
  const StageRow far = hall.venue().add_stage({"far", {}, {{{20, 4.5}, {20, 5.5}}}, Exit{}});
  const auto journey = hall.venue().add_branching_journey({{{near, far}, Choose::quickest}});
  ChoiceModel choice;
  choice.follow = share;
  hall.venue().choices().set_model(choice);
  hall.add({8, 5}, journey, 1.2, 1);
  std::vector<PersonId> company;
  for (std::uint32_t i = 0; i < others; ++i) {
    hall.add({8 + 0.7 * (i % 4), 3 + 0.7 * (i / 4) + (i >= 8 ? 1.5 : 0)}, journey, 1.2);
    company.push_back(PersonId{i + 1});
  }
  hall.venue().familiarise(company, {far});
  hall.run(60);
  for (const Passing& passing : hall.venue().passings()) {
    if (passing.person == PersonId{0u}) return passing.stage == far;
  }
  return false;
}

void influence(Check& check, const Verification&) {
  constexpr std::uint64_t kDraws = 50;
  const auto percent = [&](std::size_t others, double share) {
    double count = 0;
    for (std::uint64_t seed = 1; seed <= kDraws; ++seed) count += follows(seed, others, share) ? 1 : 0;
    return 100 * count / kDraws;
  };
  const double alone = percent(0, 0.5), deaf = percent(12, 0), half = percent(12, 0.5), all = percent(12, 1);
  expect_each(check, {{"nobody alone takes the farther exit", text(alone) + " %", alone == 0},
                      {"nor anybody among 12 who go there, if nobody follows", text(deaf) + " %", deaf == 0},
                      {"50 ± 20 % do if half follow", text(half) + " %", std::fabs(half - 50) <= 20},
                      {"more if all follow", text(all) + " %", all > half}});
}

void familiar_exits(Check& check, const Verification&) {
  std::vector<Criterion> criteria;
  for (const std::size_t near : {20u, 50u}) {
    TwoExits two({rectangle(0, 0, 20, 10)}, {{0, 4}, {0, 6}}, {{20, 4}, {20, 6}});
    two.know(two.hall.crowd(rectangle(2, 1, 18, 4.5), near, two.journey, 1.2), near, two.one);
    two.know(two.hall.crowd(rectangle(2, 5.5, 18, 9), 100 - near, two.journey, 1.2), 100 - near, two.other);
    two.hall.run(600);
    const double by_west = two.left_by(two.one);
    criteria.push_back({text(static_cast<double>(near)) + " ± 10 of 100 by the exit they know", text(by_west),
                        std::fabs(by_west - static_cast<double>(near)) <= 10 && two.hall.empty()});
  }
  expect_each(check, criteria);
}

void exit_shuts(Check& check, const Verification&) {
  TwoExits two({rectangle(0, 0, 10, 10)}, {{0, 4.5}, {0, 5.5}}, {{10, 4.5}, {10, 5.5}});
  two.hall.add({4, 5}, two.journey, 1.0);
  two.hall.venue().set_door(two.one, true, 1.0);
  two.hall.run(1.0);
  const double x = two.hall.venue().crowd().position()[0].x;
  two.hall.run(60);
  const auto& changes = two.hall.venue().changes_of_mind();
  const double seen = changes.empty() ? 0 : changes.front().time_s;
  const double right = seen + (10 - 0.3 - (4 - seen));  // back from where it was seen, at 1 m/s
  const double left = two.hall.left_at(0);
  expect_each(
      check,
      {{"on the way to the nearer exit when that shuts at 1 s", "at x = " + text(x, 1) + " m of 4", x < 3.5},
       {"sees it at the next look, within 2 s", text(seen, 1) + " s", seen >= 1 && seen <= 3.01},
       {"out by the other one " + text(right - seen, 1) + " ± 1 s later", text(left - seen, 1) + " s",
        std::fabs(left - right) <= 1 && two.left_by(two.other) == 1}});
}

void shorter_way(Check& check, const Verification&) {
  TwoExits two({rectangle(0, 0, 30, 10)}, {{0, 4}, {0, 6}}, {{30, 4}, {30, 6}});
  two.hall.crowd(rectangle(6, 1, 12, 9), 50, two.journey, 1.2);
  two.hall.run(300);
  check.expected = "more than half of 50 persons leave by the nearer of two exits";
  check.measured = text(100 * two.left_by(two.one) / 50) + " %";
  check.tolerance = "> 50 %";
  check.passed = two.left_by(two.one) > 25 && two.hall.empty();
}

}  // namespace

std::vector<Question> choice_checks() {
  return {
      {"rimea_11_choice", "行列を見込む出口選択、1000人 (RiMEA 11)",
       "Exits chosen by the queue expected, 1000 persons (RiMEA 11)", kRimea, 'B', jam_at_nearer},
      {"nist_31_assigned", "知っている出口だけを使う (NIST 3.1, ISO 8)",
       "Each by the one exit they know (NIST 3.1, ISO 8)", kNist, 'B', assigned},
      {"nist_32_influence", "他者の影響 (NIST 3.2, ISO 15)", "Social influence (NIST 3.2, ISO 15)", kNist,
       'B', influence},
      {"nist_33_affiliation", "なじみの出口 (NIST 3.3, ISO 16)", "Exits that people know (NIST 3.3, ISO 16)",
       kNist, 'B', familiar_exits},
      {"nist_41_exit_shuts", "1秒後に閉まる出口 (NIST 4.1, ISO 9)",
       "An exit that shuts after 1 s (NIST 4.1, ISO 9)", kNist, 'B', exit_shuts},
      {"iso_17_route", "近い方の経路 (ISO 17)", "The shorter way (ISO 17)", kIso, 'B', shorter_way},
  };
}

}  // namespace chimata::verification
