#include "chimata/verification/loops.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/pedestrian/places.hpp"
#include "chimata/verification/halls.hpp"

namespace chimata::verification {

using namespace pedestrian;

namespace {

constexpr Purpose kSpeed{"loop speed"}, kWay{"loop way"};
constexpr double kBeyond = 10;  // m of wall and of copies beyond the ends, at most

std::vector<Wall> sides(double length, double width) {
  return {{{-kBeyond, 0}, {length + kBeyond, 0}}, {{length + kBeyond, width}, {-kBeyond, width}}};
}

Newcomer as_it_is(const Crowd& crowd, std::size_t row, double shift) {
  const Point at = crowd.position()[row];
  return {crowd.person()[row], {at.x + shift, at.y},  crowd.velocity()[row], crowd.speed()[row],
          crowd.radius()[row], crowd.time_gap()[row], crowd.law()[row]};
}

}  // namespace

double desired_speed(double mean, double spread, double normal) {
  return std::clamp(mean + spread * normal, mean - 2 * spread, mean + 2 * spread);
}

Loop::Loop(double length, double width, std::size_t count, const LoopPeople& people, std::uint64_t seed)
    : length_(length), count_(count), walls_(sides(length, width)), crowd_(walls_, people.laws) {
  const Random random{Seed{seed}};
  const Area area({rectangle(0, 0, length, width)});
  std::vector<Point> places;
  if (width < 4 * people.radius) {  // single file
    for (std::size_t i = 0; i < count; ++i)
      places.push_back({(static_cast<double>(i) + 0.5) * length / static_cast<double>(count), width / 2});
  } else {
    places = places_in(area, area.walls(), rectangle(0, 0, length, width), count, 2 * people.radius,
                       people.radius, random);
  }
  double fastest = 0;
  std::vector<Newcomer> newcomers;
  for (std::uint32_t i = 0; i < count; ++i) {
    const double speed = desired_speed(people.speed, people.spread, random.normal(kSpeed, i));
    fastest = std::max(fastest, speed);
    ways_.push_back(random.uniform(kWay, i) < people.against ? -1 : 1);
    newcomers.push_back({PersonId{i}, places[i], {}, speed, people.radius, people.time_gap, people.law});
  }
  sight_ = pedestrian::Sights(people.laws).of(people.law, fastest, people.time_gap) + 2 * people.radius;
  crowd_.insert(newcomers);
}

void Loop::step(double dt, Arena& arena) {
  // those who have gone round, and copies of those near the ends
  again_.clear();
  gone_.assign(crowd_.size(), 0);
  for (std::size_t row = 0; row < crowd_.size(); ++row) {
    const double x = crowd_.position()[row].x;
    const double home = x < 0 ? length_ : x >= length_ ? -length_ : 0;
    if (home != 0) gone_[row] = 1, again_.push_back(as_it_is(crowd_, row, home));
    const double shift = x + home < sight_ ? length_ : x + home > length_ - sight_ ? -length_ : 0;
    if (shift == 0) continue;
    again_.push_back(as_it_is(crowd_, row, home + shift));
    again_.back().person.value += static_cast<std::uint32_t>(count_);
  }
  crowd_.remove(gone_);
  crowd_.insert(again_);
  for (std::size_t row = 0; row < crowd_.size(); ++row) {
    const Point at = crowd_.position()[row];
    const auto person = crowd_.person()[row].value % static_cast<std::uint32_t>(count_);
    crowd_.aims()[row] = {at.x + 100.0 * ways_[person], at.y};
  }
  crowd_.step(dt, arena, static_cast<std::uint32_t>(time_));
  time_ += dt;
  gone_.assign(crowd_.size(), 0);
  for (std::size_t row = 0; row < crowd_.size(); ++row) gone_[row] = crowd_.person()[row].value >= count_;
  crowd_.remove(gone_);
}

void Loop::run(double seconds, double dt, const std::function<void()>& look) {
  Arena arena(1);
  const auto steps = static_cast<std::size_t>(seconds / dt + 0.5),
             per_second = static_cast<std::size_t>(1 / dt + 0.5);
  for (std::size_t i = 1; i <= steps; ++i) {
    step(dt, arena);
    if (look && i % per_second == 0) look();
  }
}

double Loop::mean_speed() const {
  double sum = 0;
  for (std::size_t row = 0; row < crowd_.size(); ++row)
    sum += crowd_.velocity()[row].x * ways_[crowd_.person()[row].value];
  return sum / static_cast<double>(count_);
}

double loop_speed(Loop& loop, double settle, double over, double dt) {
  loop.run(settle, dt);
  double sum = 0;
  std::size_t looks = 0;
  loop.run(over, dt, [&] { sum += loop.mean_speed(), ++looks; });
  return sum / static_cast<double>(looks);
}

double single_file_speed(double density, Law law) {
  LoopPeople people;
  people.law = law, people.speed = 1.24, people.spread = 0.15;
  Loop loop(26, people.radius, static_cast<std::size_t>(std::lround(density * 26)), people);
  return loop_speed(loop, 60, 30);
}

}  // namespace chimata::verification
