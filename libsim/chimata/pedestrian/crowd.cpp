#include "chimata/pedestrian/crowd.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "chimata/core/error.hpp"

namespace chimata::pedestrian {

namespace {

constexpr std::size_t kBlock = 8192;  // rows of a pass over columns
constexpr std::size_t kMoved = 1024;  // rows of a block of steps

bool looks_at_velocities(Law law) {
  return law != Law::collision_free;
}

}  // namespace

void check(const Newcomer& who) {
  const auto refuse = [&](const std::string& problem, const std::string& fix) {
    throw InputError("person " + std::to_string(who.person.value), problem, fix);
  };
  if (!who.person.valid()) throw InputError("person", "has no number", "give one from 0 on");
  const auto within = [](double value, double low, double high) { return value >= low && value <= high; };
  if (!within(std::fabs(who.at.x), 0, 1e7) || !within(std::fabs(who.at.y), 0, 1e7))
    refuse("does not stand anywhere", "give a place in metres");
  if (!std::isfinite(who.velocity.x) || !std::isfinite(who.velocity.y))
    refuse("velocity is not a number", "give m/s");
  if (!within(who.speed, 0, 20)) refuse("desired speed is " + std::to_string(who.speed), "give 0 to 20 m/s");
  if (!within(who.radius, 0.01, 2)) refuse("radius is " + std::to_string(who.radius), "give 0.01 to 2 m");
  if (!within(who.time_gap, 0.01, 10))
    refuse("time gap is " + std::to_string(who.time_gap), "give 0.01 to 10 s");
}

Crowd::Crowd(const Walls& walls, const Laws& laws, Seed seed) : walls_(&walls), laws_(laws), random_(seed) {}

void Crowd::set_own_law(OwnLaw law) {
  if ((law.person == nullptr) == (law.everybody == nullptr))
    throw InputError("own law", "has no function, or two", "give `person` or `everybody`");
  if (!(law.range > 0) || law.range > 100)
    throw InputError("own law", "sees " + std::to_string(law.range) + " m far",
                     "give a range of up to 100 m");
  laws_.own_range = law.range;
  own_ = std::move(law);
}

void Crowd::insert(std::span<const Newcomer> people) {
  for (const Newcomer& who : people) {
    check(who);
    if (who.law == Law::own && !has_own_law())
      throw InputError("person " + std::to_string(who.person.value), "moves by an own law, but there is none",
                       "set one first");
  }
  if (size_ + people.size() > room_) reserve(std::max(size_ + people.size(), room_ + room_ / 2));
  person_.part(size_), position_.part(size_), velocity_.part(size_);
  if (note_.size() < room_) note_.resize(room_);  // its storage changes with that of the order
  for (const Newcomer& who : people) {
    const std::size_t row = size_++;
    person_[row] = who.person, note_[row] = 0, law_[row] = who.law;
    position_[row] = aim_[row] = who.at, velocity_[row] = who.velocity;
    numbers_[kSpeed][row] = static_cast<float>(who.speed), numbers_[kFactor][row] = 1;
    numbers_[kRadius][row] = static_cast<float>(who.radius);
    numbers_[kTimeGap][row] = static_cast<float>(who.time_gap);
    looking_ += looks_at_velocities(who.law) ? 1 : 0, seeking_ += who.law == Law::gap_seeking ? 1 : 0;
    owning_ += who.law == Law::own ? 1 : 0;
  }
}

void Crowd::shift(std::size_t row, Point by) {
  position_.part(size_);
  position_[row] = {position_[row].x + by.x, position_[row].y + by.y};
  aim_[row] = {aim_[row].x + by.x, aim_[row].y + by.y};
}

void Crowd::reserve(std::size_t people) {
  for (auto* column : {&position_, &velocity_, &aim_}) column->reserve(size_, people);
  numbers_.reserve(size_, people);
  person_.reserve(size_, people), law_.reserve(size_, people);
  spare_.reserve(0, people);
  next_velocity_ = {};  // made when somebody needs it
  room_ = people;
}

void Crowd::remove(std::span<const std::uint8_t> gone) {
  for (std::size_t row = 0; row < size_; ++row) {
    looking_ -= gone[row] != 0 && looks_at_velocities(law_[row]) ? 1 : 0;
    seeking_ -= gone[row] != 0 && law_[row] == Law::gap_seeking ? 1 : 0;
    owning_ -= gone[row] != 0 && law_[row] == Law::own ? 1 : 0;
  }
  for (auto* column : {&position_, &velocity_, &aim_}) column->compact(gone);
  numbers_.compact(gone), person_.compact(gone), law_.compact(gone);
  for (std::size_t row = 0, kept = 0; row < size_; ++row) {
    note_[kept] = note_[row];
    kept += gone[row] == 0 ? 1 : 0;
  }
  size_ -= static_cast<std::size_t>(
      std::count_if(gone.begin(), gone.end(), [](std::uint8_t flag) { return flag != 0; }));
}

void Crowd::step(double dt, Arena& arena, std::uint32_t moment) {
  worst_overlap_ = 0;
  if (size_ == 0) return;
  sort(arena);
  reorder(arena);
  const bool looking = looking_ > 0;
  if (looking && next_velocity_.data() == nullptr) next_velocity_.reserve(0, room_);
  Step step{dt,
            random_,
            moment,
            person_.data(),
            reach_,
            widest_,
            &laws_,
            Sights(laws_),
            walls_,
            &cells_,
            looking,
            seeking_ > 0,
            position_.data(),
            velocity_.data(),
            aim_.data(),
            numbers_[kSpeed],
            numbers_[kRadius],
            numbers_[kTimeGap],
            numbers_[kFactor],
            law_.data(),
            &own_,
            nullptr,
            spare_.data(),
            looking ? next_velocity_.data() : velocity_.data()};
  if (owning_ > 0 && own_.everybody) step.own_velocity = own_step_.velocities(own_, step, person());
  closest_.resize((size_ + kMoved - 1) / kMoved);
  arena.for_blocks(size_, kMoved, [&](std::size_t begin, std::size_t end) {
    closest_[begin / kMoved] = move_rows(step, begin, end, instructions_);
  });
  position_.exchange(spare_);
  if (looking) velocity_.exchange(next_velocity_);
  worst_overlap_ = std::max(0.0, -*std::min_element(closest_.begin(), closest_.end()));
}

void Crowd::sort(Arena& arena) {
  const Sights sights(laws_);
  extents_.resize((size_ + kBlock - 1) / kBlock);
  arena.for_blocks(size_, kBlock, [&](std::size_t begin, std::size_t end) {
    Extent extent{{}, 0, 0};
    for (std::size_t row = begin; row < end; ++row) {
      extent.box.add(position_[row]);
      const double radius = numbers_[kRadius][row];
      const double speed = double{numbers_[kSpeed][row]} * double{numbers_[kFactor][row]};
      extent.radius = std::max(extent.radius, radius);
      extent.sight = std::max(extent.sight, radius + sights.of(law_[row], speed, numbers_[kTimeGap][row]));
    }
    extents_[begin / kBlock] = extent;
  });
  Extent all = extents_.front();
  for (const Extent& extent : extents_) {
    all.box.add({extent.box.min_x, extent.box.min_y}), all.box.add({extent.box.max_x, extent.box.max_y});
    all.sight = std::max(all.sight, extent.sight), all.radius = std::max(all.radius, extent.radius);
  }
  widest_ = all.radius;
  reach_ = all.sight + widest_;
  cells_.sort(position(), person(), all.box, reach_ * (1 + 1e-9),
              {reinterpret_cast<std::uint32_t*>(spare_.data()), size_}, arena);
}

void Crowd::reorder(Arena& arena) {
  const auto order = cells_.order();
  for (auto* column : {&position_, &velocity_, &aim_}) column->reorder(order, spare_, arena);
  numbers_.reorder(order, spare_, arena);
  person_.reorder_in_place(order, spare_, arena), law_.reorder_in_place(order, spare_, arena);
  cells_.reorder_last(note_, arena);
}

std::size_t Crowd::bytes() const {
  const std::size_t points = 4 + (next_velocity_.data() == nullptr ? 0 : 1), numbers = 6, laws = 1;
  return room_ * (points * sizeof(Point) + numbers * 4 + laws) + cells_.bytes();
}

}  // namespace chimata::pedestrian
