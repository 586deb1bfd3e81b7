#include "chimata/pedestrian/stages/waiting.hpp"

#include <algorithm>
#include <cmath>

#include "chimata/core/records.hpp"

namespace chimata::pedestrian {

namespace {

constexpr double kBarred = 3;  // s (C)

}  // namespace

Target Waiting::open(const Site& site) {
  site.check(!site.shapes.empty(), "has no area to wait in", "give a polygon");
  site.check(model_.every_s >= 0 && model_.over_s >= 0 && std::isfinite(model_.every_s + model_.over_s),
             "a time below 0", "give seconds, 0 or more");
  site.check((model_.block > 0) == (model_.every_s > 0),
             "has blocks without a time between them, or the reverse", "give both block and every_s");
  site.check(model_.block == 0 || model_.over_s == 0, "lets people go in blocks and evenly at once",
             "give block or over_s");
  for (const auto& [spell, what] :
       {std::pair{model_.dwell, "its dwell "}, {model_.departure, "its departure "}})
    site.check(fault_of(spell).empty(), what + fault_of(spell));
  spots_.lay_out(site, site.shapes, model_.spacing);
  row_ = site.row;
  next_block_s_ = last_s_ = model_.until_s;
  return site.target();
}

std::size_t Waiting::capacity() const {
  return model_.capacity == 0 ? spots_.size() : std::min<std::size_t>(model_.capacity, spots_.size());
}

bool Waiting::settle(PersonId person, bool anyhow, Usher& usher) {
  Point spot;
  const PersonId beside = model_.together ? companion_of(person, usher) : PersonId::none();
  const Point from = usher.position(person);
  if (!spots_.take(person, from, usher.walls(), spot, capacity(), beside) &&
      !(anyhow && spots_.take_nearest(person, from, usher.walls(), spot, capacity())))
    return false;
  usher.stand_about(person, spot);
  usher.record(person);
  if (!usher.stays(person)) enlist(person, true, usher);
  return true;
}

PersonId Waiting::companion_of(PersonId person, const Usher& usher) const {
  const std::uint32_t group = usher.group_of(person);
  if (group == kAlone) return PersonId::none();
  return spots_.find([&](PersonId other) { return usher.group_of(other) == group; });
}

void Waiting::enlist(PersonId person, bool placed, Usher& usher) {
  constexpr Purpose kDwell{"pedestrian.dwell"}, kDeparture{"pedestrian.departure"};
  const double own = usher.dwell_of(person);
  const double stay = own >= 0 ? own : drawn(model_.dwell, kDwell, person, row_, usher.random());
  const double after = drawn(model_.departure, kDeparture, person, row_, usher.random());
  inside_.push_back({std::max(usher.now() + stay, model_.until_s + after), person, placed ? 1u : 0u});
}

void Waiting::reached(PersonId person, Usher& usher) {
  if (border_.empty() && settle(person, false, usher)) return;
  border_.push_back({usher.now(), person});
  usher.stand_about(person, usher.position(person));
}

std::size_t Waiting::due(const Usher& usher, std::size_t ready) {
  const double now = usher.now();
  if (model_.block == 0) return due_evenly(usher, ready);
  if (now < next_block_s_) return 0;
  // blocks that could not go are lost: two of them at once are no blocks
  next_block_s_ = std::max(next_block_s_, now - usher.dt()) + model_.every_s;
  return model_.block;
}

std::size_t Waiting::due_evenly(const Usher& usher, std::size_t ready) {
  const bool over = usher.now() >= model_.until_s + model_.over_s;
  const auto go_on = std::count_if(inside_.begin(), inside_.end(), [](const Guest& g) { return g.placed; });
  // who is still to come and will stay counts as well: a little too fast then
  const std::size_t stay = spots_.in_use() - static_cast<std::size_t>(go_on);
  if (!over || let_go_ < to_go_) to_go_ = let_go_ + usher.bound_for(row_) - stay;
  if (over && let_go_ >= to_go_) return ready + ahead_;
  const double apart = model_.over_s / static_cast<double>(to_go_);
  std::size_t going = 0;
  // time in which nobody was there to go is lost, or they would go all at once afterwards
  for (; going < ready + ahead_ && last_s_ + apart <= usher.now(); ++going)
    last_s_ = std::max(last_s_ + apart, usher.now() - usher.dt());
  return going;
}

void Waiting::step(Usher& usher) {
  if (usher.now() >= model_.until_s) {
    std::size_t may_go = 0;
    for (const Guest& guest : inside_) may_go += ready(guest, usher) ? usher.party(guest.person) : 0;
    const std::size_t turns = due(usher, may_go), used = std::min<std::size_t>(turns, ahead_);
    ahead_ -= used;
    let_go(turns - used, usher);
  }
  std::size_t settled = 0;
  for (; settled < border_.size() && spots_.in_use() < capacity(); ++settled) {
    const bool anyhow = usher.now() - border_[settled].since_s >= kBarred;
    if (!settle(border_[settled].person, anyhow, usher)) break;
  }
  border_.erase(border_.begin(), border_.begin() + static_cast<std::ptrdiff_t>(settled));
  std::erase_if(border_, [&](const AtBorder& one) {
    if (!usher.leads(one.person) || usher.stays(one.person)) return false;
    usher.record(one.person);
    enlist(one.person, false, usher);
    return true;
  });
}

void Waiting::let_go(std::size_t going, Usher& usher) {
  if (going == 0) return;
  std::size_t gone = 0;
  std::erase_if(inside_, [&](const Guest& guest) {
    if (gone >= going || !ready(guest, usher)) return false;
    gone += usher.party(guest.person);
    usher.go_on(guest.person);
    spots_.give_back(guest.person);
    return true;
  });
  let_go_ += gone;
  ahead_ += gone > going ? gone - going : 0;
}

void Waiting::forget(PersonId person) {
  std::erase_if(inside_, [&](const Guest& guest) { return guest.person == person; });
  std::erase_if(border_, [&](const AtBorder& one) { return one.person == person; });
  spots_.give_back(person);
}

double Waiting::burden(std::size_t bound) const {
  return static_cast<double>(bound) / static_cast<double>(capacity());
}

void Waiting::save(SnapshotWriter& out, const std::string& name) const {
  spots_.save(out, name);
  put_records(out, name + "inside", inside_);
  put_records(out, name + "border", border_);
  out.put_value(name + "next_block_s", next_block_s_);
  out.put_value(name + "last_s", last_s_);
  out.put_value(name + "to_go", to_go_);
  out.put_value(name + "let_go", let_go_);
  out.put_value(name + "ahead", ahead_);
}

void Waiting::load(const SnapshotReader& in, const std::string& name) {
  spots_.load(in, name);
  get_records(in, name + "inside", inside_);
  get_records(in, name + "border", border_);
  in.get_value(name + "next_block_s", next_block_s_);
  in.get_value(name + "last_s", last_s_);
  in.get_value(name + "to_go", to_go_);
  in.get_value(name + "let_go", let_go_);
  in.get_value(name + "ahead", ahead_);
}

}  // namespace chimata::pedestrian
