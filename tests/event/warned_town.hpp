/// The event town with a shelter at its western end, and an evacuation order.
#pragma once

#include "chimata/evacuation/evacuation.hpp"
#include "event/event_town.hpp"

namespace chimata::testing {

/// Writes fields as a test says: water, and whatever else.
class Weather final : public Process {
 public:
  using Change = std::function<void(Time, Fields&)>;
  Weather(Fields& fields, Change change) : fields_(fields), change_(std::move(change)) {}
  std::string_view name() const override { return "weather"; }
  Time next_event() const override { return next_; }
  void advance(Window window, const Inbox&, Outbox&, Arena&) override {
    change_(window.to, fields_);
    next_ = window.to + std::chrono::minutes(1) - Duration{1};
  }
  void save(SnapshotWriter& out) const override { out.put_value("next", next_); }
  void load(const SnapshotReader& in) override { in.get_value("next", next_); }

 private:
  Fields& fields_;
  Change change_;
  Time next_ = kStart;
};

/// Processes: 0 evacuation, 1 event, 2 walking, 3 crowds, then cars and the weather if there are any.
struct WarnedTown {
  EventTown town;
  EvacuationModel evacuation;
  std::uint32_t capacity = 1000;
  bool flooded = false;
  bool smoky = false;
  Weather::Change weather;

  WarnedTown() {
    town.model.announce_reach = 1;
    evacuation.order_at = kStart + std::chrono::minutes(65);
    evacuation.compliance = 1;
    evacuation.departure = DepartureLaw::immediate;
    evacuation.away = AwayLaw::by_themselves;
  }

  [[nodiscard]] std::unique_ptr<Kernel> kernel(int threads = 1) const {
    const auto world = town.world();
    auto fields = std::make_shared<Fields>();
    if (flooded) {
      fields->create("depth.areas", "m", cells_of(world->areas).size());
      fields->create("depth.streets", "m", world->samples->point.size());
      fields->create("velocity.streets", "m/s", world->samples->point.size());
      fields->create("velocity.areas", "m/s", cells_of(world->areas).size());
    }
    if (smoky) {
      fields->create("smoke.areas", "1/m", cells_of(world->areas).size());
      fields->create("co.areas", "ppm", cells_of(world->areas).size());
    }
    ShelterPlan shelter{"school", "school", {0, 0}, capacity, 0xff, {}};
    shelter.access = {NodeId{0u}, 0};
    EvacuationSetting keeper{.walking = 2};
    keeper.event = {1, town.residents, ZoneId::none(),
                    &fields->create("warning.areas", "level", world->areas.size())};
    EventSetting event = town.setting();
    event.walking = 2, event.crowds = 3, event.driving = 4;
    event.own = 1;
    event.home_keeper = 0;
    event.warning_level = fields->find("warning.areas");
    event.smoke = fields->find("smoke.areas");
    std::vector<std::unique_ptr<Process>> processes;
    processes.push_back(make_evacuation(world, Zones{}, {shelter}, evacuation, {}, *fields, keeper));
    processes.push_back(make_event(world, town.model, event));
    processes.push_back(make_walking(world, {}, {}, *fields, kGiver));
    processes.push_back(make_crowds(world, town.crowds, {}, *fields, kGiver, town.kinds));
    if (town.drivers > 0)
      processes.push_back(make_driving(world, town.driving, town.fording, {}, *fields, kGiver));
    if (weather) processes.push_back(std::make_unique<Weather>(*fields, weather));
    KernelOptions options;
    options.threads = threads;
    return std::make_unique<Kernel>(world, fields, std::move(processes), options);
  }

  [[nodiscard]] TableSet run() const {
    const auto kernel = this->kernel();
    kernel->run_until(kStart + std::chrono::minutes(town.minutes));
    static_cast<void>(kernel->census());
    return kernel->finish();
  }
};

}  // namespace chimata::testing
