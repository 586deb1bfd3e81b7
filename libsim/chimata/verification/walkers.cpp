#include "chimata/verification/walkers.hpp"

#include <algorithm>
#include <stdexcept>

namespace chimata::verification {

namespace {

constexpr ProcessIndex kGate = 0, kWalking = 1;

/// Lets people out at their moments and notes when they come back from the streets.
class Turnstile final : public Process {
 public:
  Turnstile(std::vector<Departure> departures, bool periodic, bool reversed,
            std::shared_ptr<std::vector<double>> arrival, std::shared_ptr<std::size_t> arrived)
      : departures_(std::move(departures)),
        periodic_(periodic),
        reversed_(reversed),
        arrival_(std::move(arrival)),
        arrived_(std::move(arrived)),
        ways_(departures_) {
    std::stable_sort(departures_.begin(), departures_.end(),
                     [](const Departure& a, const Departure& b) { return a.time < b.time; });
  }
  std::string_view name() const override { return "gate"; }
  Time next_event() const override {
    return next_ < departures_.size() ? time_of(departures_[next_].time) : kNever;
  }
  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena&) override {
    for (const Handover& back : inbox.arrivals) take_in(back, outbox);
    for (; next_ < departures_.size() && time_of(departures_[next_].time) < window.to; ++next_) {
      const Departure& departure = departures_[next_];
      const Time moment = time_of(departure.time);
      outbox.events.push_back({moment, departure.person, Event::Kind::state_change, departure.from.value,
                               static_cast<std::uint32_t>(PersonState::travelling)});
      send(departure, moment, outbox);
    }
    if (reversed_) std::reverse(outbox.departures.begin(), outbox.departures.end());
  }
  void count(Census& census) const override {
    census[static_cast<std::size_t>(PersonState::home)] +=
        static_cast<std::int64_t>(departures_.size() - next_);
    census[static_cast<std::size_t>(PersonState::sheltered)] += static_cast<std::int64_t>(*arrived_);
    census[static_cast<std::size_t>(PersonState::waiting)] += handed_back_;
  }
  void save(SnapshotWriter& out) const override {
    out.put_value("next", next_);
    out.put("arrival", *arrival_);
  }
  void load(const SnapshotReader& in) override {
    in.get_value("next", next_);
    in.get("arrival", *arrival_);
  }

 private:
  void send(const Departure& departure, Time moment, Outbox& outbox) {
    Handover out{};
    out.time = moment, out.person = departure.person;
    out.at = departure.from, out.goal = departure.to, out.to = kWalking;
    outbox.departures.push_back(out);
  }
  void take_in(const Handover& back, Outbox& outbox) {
    if (back.at != back.goal) {
      ++handed_back_;
      return;
    }
    if (periodic_) return send(ways_[back.person.value], back.time, outbox);
    (*arrival_)[back.person.value] = seconds(back.time);
    ++*arrived_;
    outbox.events.push_back({back.time, back.person, Event::Kind::state_change, back.at.value,
                             static_cast<std::uint32_t>(PersonState::sheltered)});
  }

  std::vector<Departure> departures_;
  bool periodic_, reversed_;
  std::shared_ptr<std::vector<double>> arrival_;
  std::shared_ptr<std::size_t> arrived_;
  std::vector<Departure> ways_;  // by person
  std::size_t next_ = 0;
  std::int64_t handed_back_ = 0;
};

/// Writes the water on the streets when it rises.
class Pool final : public Process {
 public:
  Pool(std::vector<Rise> rises, const SegmentSamples& samples, Fields& fields)
      : rises_(std::move(rises)),
        samples_(samples),
        depth_(fields.create("depth.streets", "m", samples.point.size())) {}
  std::string_view name() const override { return "pool"; }
  Time next_event() const override { return next_ < rises_.size() ? time_of(rises_[next_].time) : kNever; }
  void advance(Window window, const Inbox&, Outbox&, Arena&) override {
    for (; next_event() < window.to; ++next_) {
      const Rise& rise = rises_[next_];
      const std::uint32_t count = samples_.count(rise.segment);
      for (std::uint32_t i = 0; i < count; ++i) {
        const double middle = (i + 0.5) / count;
        if (middle < rise.from || middle >= rise.to) continue;
        depth_.next()[samples_.offset[rise.segment] + i] = static_cast<float>(rise.depth);
      }
    }
    depth_.publish();
  }
  void save(SnapshotWriter& out) const override { out.put_value("next", next_); }
  void load(const SnapshotReader& in) override { in.get_value("next", next_); }

 private:
  std::vector<Rise> rises_;
  const SegmentSamples& samples_;
  Field& depth_;
  std::size_t next_ = 0;
};

}  // namespace

std::shared_ptr<const Network> chain(const std::vector<Piece>& pieces) {
  NetworkBuilder builder;
  double x = 0, height = 0;
  NodeId last = builder.add_node({0, 0});
  builder.set_elevation(last, 0);
  for (const Piece& piece : pieces) {
    const NodeId next = builder.add_node({x += piece.length, 0});
    builder.set_elevation(next, height += piece.rise);
    builder.add_segment({.from = last,
                         .to = next,
                         .road_class = piece.road_class,
                         .width = piece.width,
                         .length = piece.length});
    last = next;
  }
  return std::make_shared<const Network>(builder.build());
}

PersonId Walkers::add(std::uint32_t from, std::uint32_t to, double depart, double speed,
                      PersonClass person_class) {
  const PersonId person{people_->size()};
  people_->home.push_back(network_->position[NodeId{from}]);
  people_->home_node.push_back(NodeId{from});
  people_->access_distance.push_back(0);
  people_->zone.push_back(ZoneId::none());
  people_->age.push_back(40);
  people_->person_class.push_back(person_class);
  people_->free_speed.push_back(static_cast<float>(speed));
  departures_.push_back({person, NodeId{from}, NodeId{to}, depart});
  return person;
}

void Walkers::start() {
  world_ = std::make_shared<World>();
  world_->network = network_;
  world_->people = people_;
  world_->samples = std::make_shared<const SegmentSamples>(sample_segments(*network_));
  world_->end = time_of(1e6);
  arrival_ = std::make_shared<std::vector<double>>(people_->size(), -1.0);
  auto fields = std::make_shared<Fields>();
  std::vector<std::unique_ptr<Process>> processes(2);
  if (!rises.empty()) processes.push_back(std::make_unique<Pool>(rises, *world_->samples, *fields));
  processes[kGate] = std::make_unique<Turnstile>(departures_, periodic, reversed, arrival_, arrived_);
  processes[kWalking] = make_walking(world_, models_.walking, models_.wading, *fields, kGate);
  kernel_ = std::make_unique<Kernel>(world_, fields, std::move(processes),
                                     KernelOptions{threads, record_every, true, false});
}

void Walkers::run(double latest) {
  if (!kernel_) start();
  while (seconds(kernel_->now()) < latest && *arrived_ < people_->size()) {
    kernel_->run_until(std::min(kernel_->now() + Duration{60'000}, time_of(latest)));
    (void)kernel_->census();  // throws if anybody is counted twice or not at all
  }
}

double Walkers::arrival(PersonId person) const {
  const double moment = arrival_->at(person.value);
  if (moment < 0) throw std::runtime_error("person " + std::to_string(person.value) + " has not arrived");
  return moment;
}

double Walkers::last_arrival() const {
  double last = 0;
  for (std::size_t row = 0; row < people_->size(); ++row) last = std::max(last, arrival(PersonId{row}));
  return last;
}

std::vector<double> entries_of(const TableSet& tables, LinkId link) {
  const Table& table = tables.at("entries");
  const auto& time = table.get<double>("t_s");
  const auto& entered = table.get<std::uint32_t>("link");
  std::vector<double> moments;
  for (std::size_t row = 0; row < time.size(); ++row) {
    if (entered[row] == link.value) moments.push_back(time[row]);
  }
  std::sort(moments.begin(), moments.end());
  return moments;
}

}  // namespace chimata::verification
