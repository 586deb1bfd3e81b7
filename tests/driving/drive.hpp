/// People in cars on a drawn network, in the engine alone.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "chimata/driving/driving.hpp"
#include "support/ascii_city.hpp"

namespace chimata::test {

class Drive {
 public:
  explicit Drive(const AsciiCity& drawn, DrivingModel driving = {}) : city(drawn), model(driving) {
    people->home.resize(1000);
  }

  /// Somebody sets out at `moment`; with a `driver`, as a passenger of theirs.
  PersonId drive(double moment, char from, char to, Knowledge knowledge = Knowledge::map_only,
                 PersonId driver = {}) {
    Handover handover{};
    handover.time = time_of(moment);
    handover.person = PersonId{next_person++};
    handover.at = city.node(from), handover.goal = city.node(to);
    handover.knowledge = knowledge;
    handover.leader = driver.valid() ? driver : handover.person;
    waiting.push_back(handover);
    return handover.person;
  }

  void flood(SegmentId segment, double metres, double from = 0, double to = 1) {
    start();
    const auto n = samples->count(segment);
    for (std::uint32_t i = 0; i < n; ++i) {
      if ((i + 0.5) / n >= from && (i + 0.5) / n < to)
        depth->next()[samples->offset[segment] + i] = static_cast<float>(metres);
    }
    depth->publish();
    depth->exchange();
  }

  void start() {
    if (process) return;
    auto world = std::make_shared<World>();
    world->network = city.network;
    world->people = people;
    samples = std::make_shared<const SegmentSamples>(sample_segments(*city.network));
    world->samples = samples;
    world->closures = closures;
    world->link_changes = changes;
    depth = &fields.create("depth.streets", "m", samples->point.size());
    walkers = &fields.create("crossing.walkers", "persons/s", city.network->node_count());
    process = make_driving(world, model, fording, gates, fields, 0);
    Outbox outbox;
    process->start(outbox);
  }

  void run_until(double end) {
    start();
    for (; seconds(now) < end; now += Duration{1000}) {
      std::vector<Handover> arrivals;
      std::erase_if(waiting, [&](const Handover& h) {
        if (h.time > now) return false;
        arrivals.push_back(h);
        return true;
      });
      std::stable_sort(arrivals.begin(), arrivals.end(), [](const Handover& a, const Handover& b) {
        return std::tie(a.time, a.person) < std::tie(b.time, b.person);
      });
      Outbox outbox;
      process->advance({now, now + Duration{1000}}, {arrivals, {}}, outbox, arena);
      for (const Handover& h : outbox.departures) left[h.person.value] = h;
      events.insert(events.end(), outbox.events.begin(), outbox.events.end());
      for (auto& [name, field] : fields.all()) field.exchange();
    }
  }

  [[nodiscard]] double arrival(PersonId person) const { return seconds(left.at(person.value).time); }
  [[nodiscard]] bool on_the_way(PersonId person) const { return left.count(person.value) == 0; }
  [[nodiscard]] std::size_t count(Event::Kind kind) const {
    return static_cast<std::size_t>(
        std::count_if(events.begin(), events.end(), [&](const Event& e) { return e.kind == kind; }));
  }
  [[nodiscard]] TableSet tables() const {
    TableSet all;
    process->finish(now, all);
    return all;
  }

  AsciiCity city;
  DrivingModel model;
  FordingModel fording;
  std::vector<Closure> closures;
  std::vector<LinkChange> changes;
  std::vector<CarGate> gates;
  std::shared_ptr<Population> people = std::make_shared<Population>();
  std::shared_ptr<const SegmentSamples> samples;
  Fields fields;
  Field *depth = nullptr, *walkers = nullptr;
  std::unique_ptr<Process> process;
  Arena arena{1};
  Time now{};
  std::uint32_t next_person = 0;
  std::vector<Handover> waiting;
  std::map<std::uint32_t, Handover> left;  ///< by person
  std::vector<Event> events;
};

}  // namespace chimata::test
