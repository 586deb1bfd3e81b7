#include "chimata/wayfinding/ways.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "chimata/core/error.hpp"

namespace chimata {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

}  // namespace

Ways::Ways(const Area& area, const Walls& walls, double clearance, Arena* arena)
    : area_(&area), walls_(&walls), clearance_(clearance), lasting_(area.walls_without_gates()) {
  if (!(clearance >= kLeastRoom && clearance <= 1))
    throw InputError("clearance", "is " + std::to_string(clearance) + " m", "give 0.02 to 1 m");
  outline_ = static_cast<WallRow>(lasting_.size() - area.gates().size());
  for (WallRow row = 0; row < outline_; ++row) lasting_.set_standing(row, walls.stands(row));
  add_bends(find_bends(area, lasting_, clearance));
  for (WallRow row = outline_; row < walls.size(); ++row) watch(row);
  Arena alone(1);
  join(0, arena ? *arena : alone);
}

void Ways::watch(WallRow row) {
  gateways_.push_back({row, walls_->stands(row)});
  // bends round this wall while it stands, with its neighbours of the same kind
  if (row + 1 != walls_->size()) return;
  Walls all = lasting_;
  for (const Gateway& gateway : gateways_) {
    if (gateway.row < all.size()) {
      all.set_standing(gateway.row, true);
    } else {
      all.add((*walls_)[gateway.row]);
    }
  }
  add_bends(find_bends(*area_, all, clearance_));
}

void Ways::add_bends(const std::vector<Bend>& bends) {
  std::set<std::pair<double, double>> known;
  for (const Bend& bend : bends_) known.emplace(bend.at.x, bend.at.y);
  for (const Bend& bend : bends) {
    if (!known.emplace(bend.at.x, bend.at.y).second) continue;
    bends_.push_back(bend);
    bends_.back().across_before = across(bend, bend.before);
    bends_.back().across_after = across(bend, bend.after);
  }
}

Point Ways::across(const Bend& bend, Point wall) const {
  constexpr double kWidest = 20, kBeyond = 0.3;  // m; nobody goes further out of their way
  const Point in{bend.before.x + bend.after.x, bend.before.y + bend.after.y};
  Point out{wall.y, -wall.x};
  const double side = out.x * in.x + out.y * in.y;
  if (std::fabs(side) < 1e-6) return {};  // a wall's free end
  if (side > 0) out = {-out.x, -out.y};
  const Point from{bend.at.x + kBeyond * wall.x, bend.at.y + kBeyond * wall.y};
  const Point end{from.x + kWidest * out.x, from.y + kWidest * out.y};
  const double width = std::max(0.0, kWidest * lasting_.first_hit(from, end) - bend.room);
  return {width * out.x, width * out.y};
}

void Ways::join(Corner first, Arena& arena) {
  // pairs with at least one corner from `first` on
  const std::size_t start = joins_.size();
  std::vector<std::vector<Sight>> found(bends_.size());
  arena.for_blocks(bends_.size(), 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Bend& one = bends_[i];
      for (std::size_t j = std::max<std::size_t>(i + 1, first); j < bends_.size(); ++j) {
        const Bend& other = bends_[j];
        const Point way{other.at.x - one.at.x, other.at.y - one.at.y};
        const double slack = std::fabs(one.room - other.room);
        if (!one.can_leave(way, slack) || !other.can_leave(way, slack)) continue;
        const double radius = kSlim * std::min(one.room, other.room);
        if (!lasting_.passes(one.at, other.at, radius)) continue;
        const double length = chimata::distance(one.at, other.at);
        found[i].push_back({static_cast<Corner>(i), static_cast<Corner>(j), one.at, other.at, radius, length,
                            length + delayed(one.at, other.at)});
      }
    }
  });
  for (const auto& sights : found) {
    for (const Sight& sight : sights) joins_.add(sight);
  }
  for (std::size_t gate = 0; gate < gateways_.size(); ++gate)
    joins_.watch(gate, (*walls_)[gateways_[gate].row], gateways_[gate].stands, start);

  first_neighbour_.assign(bends_.size() + 1, 0);
  for (std::size_t i = 0; i < joins_.size(); ++i)
    ++first_neighbour_[joins_[i].from + 1], ++first_neighbour_[joins_[i].to + 1];
  for (std::size_t i = 0; i < bends_.size(); ++i) first_neighbour_[i + 1] += first_neighbour_[i];
  neighbours_.resize(2 * joins_.size());
  auto place = first_neighbour_;
  for (std::uint32_t i = 0; i < joins_.size(); ++i) {
    neighbours_[place[joins_[i].from]++] = {0, joins_[i].to, i};
    neighbours_[place[joins_[i].to]++] = {0, joins_[i].from, i};
  }
  renew_costs();
}

void Ways::renew_costs() {
  for (Neighbour& n : neighbours_) n.cost = joins_.open(n.join) ? joins_[n.join].cost : kNever;
}

void Ways::join_anew(Arena& arena) {
  joins_ = {};
  add_bends(find_bends(*area_, lasting_, clearance_));
  join(0, arena);
  for (Goal& goal : goals_) {
    goal.legs = {};
    find_legs(goal, 0);
  }
}

void Ways::update(const std::vector<WallRow>& changed, Arena& arena) {
  bool outline = false;
  std::vector<std::size_t> turned;  // gates
  for (const WallRow row : changed) {
    if (row < outline_) {
      outline |= lasting_.stands(row) != walls_->stands(row);
      lasting_.set_standing(row, walls_->stands(row));
    } else if (row - outline_ < gateways_.size()) {
      Gateway& gateway = gateways_[row - outline_];
      if (gateway.stands == walls_->stands(row)) continue;
      gateway.stands = walls_->stands(row);
      joins_.set_standing(row - outline_, gateway.stands);
      for (Goal& goal : goals_) goal.legs.set_standing(row - outline_, gateway.stands);
      turned.push_back(row - outline_);
    }
  }
  const std::size_t known = gateways_.size();
  const auto corners = static_cast<Corner>(bends_.size());
  for (auto row = static_cast<WallRow>(outline_ + known); row < walls_->size(); ++row) {
    watch(row);
    const std::size_t gate = gateways_.size() - 1;
    joins_.watch(gate, (*walls_)[row], gateways_[gate].stands);
    for (Goal& goal : goals_) goal.legs.watch(gate, (*walls_)[row], gateways_[gate].stands);
  }
  if (outline) {
    join_anew(arena);
  } else if (gateways_.size() != known) {
    join(corners, arena);
    for (Goal& goal : goals_) find_legs(goal, corners);
  } else {
    renew_costs();
    arena.for_blocks(goals_.size(), 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const auto touches = [&](std::size_t gate) { return concerned(goals_[i], gate); };
        if (std::any_of(turned.begin(), turned.end(), touches)) renew(goals_[i]);
      }
    });
    return;
  }
  renew_all(arena);
}

void Ways::set_delay(const RasterFrame& frame, std::vector<double> extra, Arena& arena) {
  if (!extra.empty() && extra.size() != frame.size())
    throw InputError("delay", "has " + std::to_string(extra.size()) + " values",
                     "give one per cell, " + std::to_string(frame.size()) + ", or none at all");
  if (!std::all_of(extra.begin(), extra.end(), [](double e) { return e >= 0 && std::isfinite(e); }))
    throw InputError("delay", "has a value below 0 or not finite", "give free speed over present, less 1");
  delay_frame_ = frame;
  delay_ = std::move(extra);
  const auto cost = [&](const Sight& sight) { return sight.length + delayed(sight.a, sight.b); };
  joins_.set_costs(cost);
  renew_costs();
  for (Goal& goal : goals_) goal.legs.set_costs(cost);
  renew_all(arena);
}

double Ways::delayed(Point from, Point to) const {
  if (delay_.empty()) return 0;
  // the mean at the middles of pieces of half a cell
  const double length = chimata::distance(from, to);
  const double piece = std::min(delay_frame_.cell_x, delay_frame_.cell_y) / 2;
  const auto pieces = static_cast<std::size_t>(length / piece) + 1;
  double sum = 0;
  for (std::size_t i = 0; i < pieces; ++i) {
    const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(pieces);
    const std::size_t cell =
        delay_frame_.cell_of({from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)});
    if (cell != RasterFrame::outside) sum += delay_[cell];
  }
  return length * sum / static_cast<double>(pieces);
}

}  // namespace chimata
