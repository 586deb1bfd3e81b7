#include "chimata/walking/movement.hpp"

#include <algorithm>
#include <cmath>

namespace chimata::walking {

namespace {

constexpr std::size_t kLanesPerBlock = 32;

bool before_in_queue(const Walker& a, const Walker& b) {
  return a.clock < b.clock || (a.clock == b.clock && a.person < b.person);
}

bool ahead(const Walker& a, const Walker& b) {
  return a.position > b.position || (a.position == b.position && a.person < b.person);
}

template <class Less>
void insertion_sort(std::vector<Walker>& walkers, std::size_t begin, std::size_t end, Less less) {
  for (std::size_t i = begin + 1; i < end; ++i) {
    if (!less(walkers[i], walkers[i - 1])) continue;
    const Walker moving = walkers[i];
    std::size_t hole = i;
    for (; hole > begin && less(moving, walkers[hole - 1]); --hole) walkers[hole] = walkers[hole - 1];
    walkers[hole] = moving;
  }
}

/// What water lets somebody do from where they stand.
enum class Footing { sure, turn, stuck };

Footing footing(const Streets& streets, LinkId link, const Walker& walker) {
  const double limit = streets.limit(walker.person_class);
  if (streets.deepest(link) < limit) return Footing::sure;
  const std::uint32_t here = streets.stretch_at(link, walker.position);
  if (streets.depth(link, here) >= limit) return Footing::stuck;
  if (streets.passable(link, here + 1, streets.stretches(link), limit)) return Footing::sure;
  return streets.passable(link, 0, here, limit) ? Footing::turn : Footing::stuck;
}

/// One link in one pass.
class LinkPass {
 public:
  LinkPass(State& state, LinkId link, Tick tick, bool whole, Notes& notes)
      : state_(state),
        streets_(state.streets),
        street_(state.streets[link]),
        link_(link),
        walkers_(state.lanes.walkers[link.value]),
        queued_(state.lanes.queued[link.value]),
        tick_(tick),
        whole_(whole),
        notes_(notes),
        exposed_(state.streets.records_exposure()) {
    const auto own = state.lanes.count[link.value];
    const auto oncoming = state.lanes.count[Network::twin_of(link).value];
    spacing_ = street_.spacing / share_of_width(own, oncoming);
    // the queue stands packed at the end; the rest of the street is for those who walk
    const double packed = queued_ / state.model.storage_density;
    factor_ = crowd_factor(state.model, double(own) + oncoming - queued_ - 1, street_.area - packed);
    if (whole) {
      Traffic& traffic = state.journal.traffic(link);
      const double density = (own + oncoming) / street_.area;
      traffic.density_sum += density * (tick.to - tick.from);
      traffic.density_max = std::max(traffic.density_max, density);
      if (density >= kDenseDensity) traffic.dense += own * (tick.to - tick.from);
      ++traffic.ticks;
    }
  }

  void run() {
    wet_ = streets_.wet(link_);
    settle_queue();
    joined_ = 0;
    for (std::size_t i = queued_; i < walkers_.size(); ++i) {
      Walker& walker = walkers_[i];
      if (wet_ ? !keeps_footing(walker) : walker.gait == Gait::stranded && !release(walker)) continue;
      if (walker.clock < tick_.to) wet_ ? wade(walker) : walk(walker);
    }
    Traffic& traffic = state_.journal.traffic(link_);
    traffic.walked += walked_;
    traffic.walking += walking_;
    put_in_order();
    count_stranded();
  }

 private:
  double free_speed(const Walker& walker) const { return double{walker.free_speed} * street_.factor; }

  double speed(const Walker& walker) const {
    const double free = free_speed(walker);
    if (state_.model.law == WalkingLaw::crowdwalk) return std::min(walker.speed, free);
    return std::max(free * factor_, std::min(state_.model.slowest_speed, free));
  }

  /// Where the next to arrive joins the queue.
  double tail_of_queue() const {
    return std::max(0.0, street_.length - static_cast<double>(queued_ + joined_) * spacing_);
  }

  void walk(Walker& walker) {
    const double v = speed(walker), tail = tail_of_queue();
    const double step = v * (tick_.to - walker.clock);
    walker.speed = v;
    if (walker.position + step < tail) {
      note_walked(step, tick_.to - walker.clock);
      walker.position += step;
      walker.clock = tick_.to;
      return;
    }
    const double way = std::max(0.0, tail - walker.position);
    const double time = way > 0 ? way / v : 0;
    note_walked(way, time);
    walker.clock += time;
    if (way > 0) walker.position = tail;
    join(walker);
  }

  /// As walk, stretch by stretch of equal depth.
  void wade(Walker& walker) {
    const double v = speed(walker), tail = tail_of_queue();
    const double stretch = street_.length / streets_.stretches(link_);
    const double least = std::min(state_.model.slowest_speed, free_speed(walker));
    walker.speed = v;
    for (std::uint32_t k = streets_.stretch_at(link_, walker.position);; ++k) {
      if (walker.position >= tail) return join(walker);
      const double depth = streets_.depth(link_, k);
      if (exposed_ && !stands(walker, k)) return;
      const bool crowdwalk = state_.model.law == WalkingLaw::crowdwalk;
      const double slowed = v * wading_factor(streets_.wading(), walker.person_class, depth);
      const double w = crowdwalk ? slowed : std::max(slowed, least);
      const double end = k + 1 < streets_.stretches(link_) ? std::min(tail, (k + 1) * stretch) : tail;
      const double way = std::max(0.0, end - walker.position), left = tick_.to - walker.clock;
      const bool arrives = way <= w * left;
      const double time = !arrives ? left : way > 0 ? way / w : 0;
      note_walked(arrives ? way : w * left, time);
      if (depth >= kWetDepth) state_.stays[walker.person].wet += static_cast<float>(time);
      walker.position = arrives ? std::max(end, walker.position) : walker.position + w * left;
      walker.clock = arrives ? walker.clock + time : tick_.to;
      if (!arrives) return;
    }
  }

  /// The queue's tail is reached; from when the way to the end could have been walked, the person may leave.
  void join(Walker& walker) {
    walker.clock += std::max(0.0, street_.length - walker.position) / free_speed(walker);
    walker.gait = Gait::queued;
    ++joined_;
  }

  void note_walked(double way, double time) {
    walked_ += way;
    walking_ += time;
  }

  /// The queue closes up behind those who left; water takes people out of it.
  void settle_queue() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < queued_; ++i) {
      Walker& walker = walkers_[i];
      if (wet_ && whole_) {
        const std::uint32_t here = streets_.stretch_at(link_, walker.position);
        if (footing(streets_, link_, walker) != Footing::sure || sweeps(walker, here)) {
          walker.clock = tick_.from;
          walker.gait = Gait::walking;  // the pass over the others decides
          unsettled_ = true;
          continue;
        }
        if (exposed_) meet(walker, here);
        if (streets_.depth(link_, here) >= kWetDepth) {
          state_.stays[walker.person].wet += static_cast<float>(tick_.to - tick_.from);
        }
      }
      walker.position = std::max(walker.position, street_.length - static_cast<double>(kept) * spacing_);
      if (whole_) walking_ += tick_.to - tick_.from;
      ++kept;
    }
    if (!unsettled_) return;
    std::stable_partition(walkers_.begin(), walkers_.begin() + queued_,
                          [](const Walker& w) { return w.gait == Gait::queued; });
    queued_ = static_cast<std::uint32_t>(kept);
  }

  /// Whether somebody on a wet street can go on in this pass; strands, releases or turns them.
  bool keeps_footing(Walker& walker) {
    if (exposed_ && !stands(walker, streets_.stretch_at(link_, walker.position))) return false;
    const Footing feet = footing(streets_, link_, walker);
    if (feet == Footing::stuck) {
      if (walker.gait != Gait::stranded) change(walker, Gait::stranded, PersonState::stranded);
      return false;
    }
    if (walker.gait == Gait::stranded) release(walker);
    if (feet == Footing::sure) return true;
    turn(walker);
    return false;
  }

  /// Notes the water somebody meets on stretch `k`, and whether they keep on their feet in it.
  bool stands(Walker& walker, std::uint32_t k) {
    meet(walker, k);
    if (!sweeps(walker, k)) return true;
    if (walker.gait == Gait::stranded) {
      stop_standing(walker);
      walker.clock = std::max(walker.clock, tick_.from);
    }
    change(walker, walker.gait, PersonState::casualty);
    notes_.losses.push_back({link_, walker});
    walker.person = PersonId::none();
    gone_ = true;
    return false;
  }

  bool sweeps(const Walker& walker, std::uint32_t k) const {
    return streets_.may_sweep(link_, walker.person_class) &&
           swept_away(streets_.wading(), walker.person_class, streets_.depth(link_, k),
                      streets_.velocity(link_, k));
  }

  void meet(const Walker& walker, std::uint32_t k) {
    state_.stays[walker.person].exposure.meet(streets_.depth(link_, k), streets_.velocity(link_, k));
  }

  void stop_standing(const Walker& walker) {
    if (exposed_) state_.stays[walker.person].exposure.stand(std::max(0.0, tick_.from - walker.clock));
  }

  bool release(Walker& walker) {
    stop_standing(walker);
    walker.clock = tick_.from;
    change(walker, Gait::walking, PersonState::travelling);
    return true;
  }

  void change(Walker& walker, Gait gait, PersonState state) {
    walker.gait = gait;
    notes_.events.push_back({time_of(walker.clock), walker.person, Event::Kind::state_change, link_.value,
                             static_cast<std::uint32_t>(state)});
  }

  void turn(Walker& walker) {
    Stay& stay = state_.stays[walker.person];
    const double way = std::max(0.0, walker.position - double{walker.entered_at});
    stay.distance += static_cast<float>(way);
    stay.free_flow += static_cast<float>(way / free_speed(walker));
    stay.knowledge = Knowledge::informed;

    Walker back = walker;
    back.position = std::max(0.0, street_.length - walker.position);
    back.entered_at = static_cast<float>(back.position);
    back.gait = Gait::walking;
    notes_.turns.push_back({Network::twin_of(link_), back});
    notes_.events.push_back({time_of(walker.clock), walker.person, Event::Kind::turned_back, link_.value, 0});
    walker.person = PersonId::none();
    gone_ = true;
  }

  void put_in_order() {
    if (gone_) std::erase_if(walkers_, [](const Walker& w) { return !w.person.valid(); });
    if (joined_ > 0) {
      const auto others = walkers_.begin() + queued_;
      bool contiguous = true;
      for (std::size_t i = 0; i < joined_; ++i)
        contiguous &= others[static_cast<std::ptrdiff_t>(i)].gait == Gait::queued;
      if (!contiguous) {
        std::stable_partition(others, walkers_.end(), [](const Walker& w) { return w.gait == Gait::queued; });
      }
      insertion_sort(walkers_, queued_, queued_ + joined_, before_in_queue);
      queued_ += static_cast<std::uint32_t>(joined_);
    }
    insertion_sort(walkers_, queued_, walkers_.size(), ahead);
  }

  void count_stranded() {
    std::uint32_t& stranded = state_.lanes.stranded[link_.value];
    if (!wet_ && stranded == 0) return;  // nobody strands on a dry street
    stranded = static_cast<std::uint32_t>(std::count_if(
        walkers_.begin(), walkers_.end(), [](const Walker& w) { return w.gait == Gait::stranded; }));
  }

  State& state_;
  const Streets& streets_;
  const Street& street_;
  const LinkId link_;
  std::vector<Walker>& walkers_;
  std::uint32_t& queued_;
  const Tick tick_;
  const bool whole_;
  Notes& notes_;
  const bool exposed_;
  double spacing_ = 0, factor_ = 1, walked_ = 0, walking_ = 0;
  std::size_t joined_ = 0;
  bool wet_ = false, unsettled_ = false, gone_ = false;
};

/// Asks for the memory of the lanes after the i-th: a street's people lie anywhere, and waiting for them
/// takes longer than moving them.
void fetch_ahead(const State& state, const std::vector<Lane>& lanes, std::size_t i) {
  constexpr std::size_t kHeads = 8, kPeople = 4;  // lanes ahead
  if (i + kHeads < lanes.size() && state.is_link(lanes[i + kHeads])) {
    const LinkId link{lanes[i + kHeads]};
    __builtin_prefetch(&state.lanes.walkers[link.value]);
    __builtin_prefetch(&state.streets[link]);
    __builtin_prefetch(&state.journal.traffic(link));
  }
  if (i + kPeople < lanes.size()) {
    const auto& walkers = state.lanes.walkers[lanes[i + kPeople]];
    for (std::size_t w = 0; w < std::min<std::size_t>(walkers.size(), 6); ++w)
      __builtin_prefetch(walkers.data() + w);
  }
}

}  // namespace

double crowd_factor(const WalkingModel& model, double others, double area) {
  const double density = others / std::max(kLeastArea, area);
  return density < kFreeDensity ? 1 : weidmann_factor(density, model.weidmann_gamma, model.jam_density);
}

void move_lanes(State& state, const std::vector<Lane>& lanes, Tick tick, bool whole, Arena& arena,
                std::vector<Notes>& notes) {
  notes.resize((lanes.size() + kLanesPerBlock - 1) / kLanesPerBlock);
  for (Notes& block : notes) block.events.clear(), block.turns.clear(), block.losses.clear();
  arena.for_blocks(lanes.size(), kLanesPerBlock, [&](std::size_t begin, std::size_t end) {
    Notes& own = notes[begin / kLanesPerBlock];
    for (std::size_t i = begin; i < end; ++i) {
      fetch_ahead(state, lanes, i);
      if (state.is_link(lanes[i])) LinkPass(state, LinkId{lanes[i]}, tick, whole, own).run();
    }
  });
}

}  // namespace chimata::walking
