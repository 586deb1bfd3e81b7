#include <algorithm>
#include <limits>
#include <stdexcept>
#include <tuple>

#include "chimata/core/agenda.hpp"
#include "chimata/core/records.hpp"
#include "chimata/trips/trips.hpp"

namespace chimata {

namespace {

constexpr Purpose kFork{"trips.fork"};

enum class Phase : std::uint8_t { at_home, going, arrived, stuck };

/// How far somebody has come.
struct Progress {
  Time arrival = kNever;  ///< at the end of the route
  RouteRow route = 0;
  std::uint32_t stop = 0;  ///< row of `TripPlan::stop` they head for
  NodeId at;               ///< where they were last handed over
  Phase phase = Phase::at_home;
  std::uint8_t unused[3] = {0, 0, 0};
};
static_assert(sizeof(Progress) == 24);

Event state_change(Time time, PersonId person, NodeId at, PersonState state) {
  return {.time = time, .person = person, .place = at.value, .value = static_cast<std::uint32_t>(state)};
}

class TripService final : public Process {
 public:
  TripService(std::shared_ptr<const World> world, std::shared_ptr<const TripPlan> plan, ProcessIndex walking)
      : world_(std::move(world)), plan_(std::move(plan)), walking_(walking) {
    const std::size_t people = world_->people->size();
    if (plan_->departure.size() != people || plan_->route.size() != people)
      throw std::logic_error("trips: the plan has not one row per person");
    progress_.resize(people);
    for (std::uint32_t p = 0; p < people; ++p) {
      const PersonId person{p};
      progress_[p].route = plan_->route[person];
      progress_[p].at = world_->people->home_node[person];
      departures_.add(plan_->departure[person], person);
    }
    count_[static_cast<int>(Phase::at_home)] = static_cast<std::int64_t>(people);
  }

  [[nodiscard]] std::string_view name() const override { return "trips"; }
  [[nodiscard]] Time next_event() const override { return departures_.next(); }

  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena&) override {
    for (const Handover& back : inbox.arrivals) take_in(back, outbox);
    departures_.run_before(window.to, [&](Time time, PersonId person) { set_out(time, person, outbox); });
  }

  void count(Census& census) const override {
    census[static_cast<std::size_t>(PersonState::home)] += count_[static_cast<int>(Phase::at_home)];
    census[static_cast<std::size_t>(PersonState::visiting)] += count_[static_cast<int>(Phase::arrived)];
    census[static_cast<std::size_t>(PersonState::waiting)] += count_[static_cast<int>(Phase::stuck)];
  }

  void finish(Time time, TableSet& tables) const override;
  void save(SnapshotWriter& out) const override;
  void load(const SnapshotReader& in) override;

 private:
  void set_out(Time time, PersonId person, Outbox& outbox);
  void take_in(const Handover& back, Outbox& outbox);
  void fork(Time time, PersonId person, NodeId at);
  void send(Handover from, Outbox& outbox);
  void set_phase(Progress& progress, Phase phase) {
    --count_[static_cast<int>(progress.phase)];
    ++count_[static_cast<int>(phase)];
    progress.phase = phase;
  }

  std::shared_ptr<const World> world_;
  std::shared_ptr<const TripPlan> plan_;
  ProcessIndex walking_;
  std::vector<Progress> progress_;  ///< by person
  Agenda departures_;
  std::int64_t count_[4] = {0, 0, 0, 0};  ///< people by phase
};

void TripService::set_out(Time time, PersonId person, Outbox& outbox) {
  Progress& progress = progress_[person.value];
  set_phase(progress, Phase::going);
  progress.stop = plan_->first[progress.route];
  outbox.events.push_back(state_change(time, person, progress.at, PersonState::travelling));
  Handover out{};
  out.time = time, out.person = person, out.at = progress.at;
  send(out, outbox);
}

void TripService::send(Handover from, Outbox& outbox) {
  from.goal = plan_->stop[progress_[from.person.value].stop];
  from.to = walking_;
  from.state = PersonState::travelling;
  outbox.departures.push_back(from);
}

void TripService::take_in(const Handover& back, Outbox& outbox) {
  Progress& progress = progress_[back.person.value];
  progress.at = back.at;
  if (back.state == PersonState::waiting) return set_phase(progress, Phase::stuck);  // no way leads on
  ++progress.stop;
  fork(back.time, back.person, back.at);
  if (progress.stop < plan_->first[progress.route + 1]) return send(back, outbox);
  set_phase(progress, Phase::arrived);
  progress.arrival = back.time;
  outbox.events.push_back(state_change(back.time, back.person, back.at, PersonState::visiting));
}

/// Sends somebody who comes to a stop another way, if a fork there says so at this moment.
void TripService::fork(Time time, PersonId person, NodeId at) {
  const auto before = [](const Fork& fork, const std::pair<NodeId, Time>& key) {
    return std::tie(fork.at, fork.from) < std::tie(key.first, key.second);
  };
  const auto& forks = plan_->forks;
  const auto end = std::lower_bound(forks.begin(), forks.end(), std::pair{at, time + Duration{1}}, before);
  if (end == forks.begin() || std::prev(end)->at != at) return;
  auto branch = std::lower_bound(forks.begin(), end, std::pair{at, std::prev(end)->from}, before);
  double left = world_->random.uniform(kFork, person.value, at.value);
  for (; branch != end; ++branch) {
    left -= branch->share;
    if (left >= 0) continue;
    Progress& progress = progress_[person.value];
    progress.route = branch->route;
    progress.stop = plan_->first[branch->route];
    return;
  }
}

void TripService::finish(Time, TableSet& tables) const {
  Table& table = tables.try_emplace("trips", "Everybody's trip").first->second;
  auto& person = table.column<std::uint32_t>("person", "row of the people");
  auto& route = table.column<std::uint32_t>("route", "row of the routes, the last that was taken");
  auto& at = table.column<std::uint32_t>("node", "node where they are, or were last at a stop");
  auto& phase =
      table.column<std::uint8_t>("phase", "0 not set out, 1 on the way, 2 at the goal, 3 no way leads on");
  auto& left = table.column<double>("departure_s", "when they set out, s");
  auto& arrived = table.column<double>("arrival_s", "when they were at their goal, s; NaN: not yet");
  for (std::uint32_t p = 0; p < progress_.size(); ++p) {
    const Progress& progress = progress_[p];
    person.push_back(p), route.push_back(progress.route), at.push_back(progress.at.value);
    phase.push_back(static_cast<std::uint8_t>(progress.phase));
    left.push_back(seconds(plan_->departure[PersonId{p}]));
    arrived.push_back(progress.arrival == kNever ? std::numeric_limits<double>::quiet_NaN()
                                                 : seconds(progress.arrival));
  }
}

void TripService::save(SnapshotWriter& out) const {
  put_records(out, "progress", progress_);
  departures_.save(out, "departures");
  out.put("count", std::vector<std::int64_t>(std::begin(count_), std::end(count_)));
}

void TripService::load(const SnapshotReader& in) {
  get_records(in, "progress", progress_);
  departures_.load(in, "departures");
  std::vector<std::int64_t> count;
  in.get("count", count);
  for (std::size_t i = 0; i < 4; ++i) count_[i] = count.at(i);
}

}  // namespace

std::unique_ptr<Process> make_trips(std::shared_ptr<const World> world, std::shared_ptr<const TripPlan> plan,
                                    ProcessIndex walking) {
  return std::make_unique<TripService>(std::move(world), std::move(plan), walking);
}

}  // namespace chimata
