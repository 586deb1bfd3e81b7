/// The service "event": its state. Private to this room.
#pragma once

#include <limits>
#include <vector>

#include "chimata/core/agenda.hpp"
#include "chimata/event/plan.hpp"

namespace chimata {

class EventService final : public Process {
 public:
  EventService(std::shared_ptr<const World> world, const EventModel& model, const EventSetting& setting);

  [[nodiscard]] std::string_view name() const override { return "event"; }
  [[nodiscard]] Time next_event() const override;
  void advance(Window window, const Inbox& inbox, Outbox& outbox, Arena& arena) override;
  void count(Census& census) const override;
  void record(Time time, TableSet& tables) override;
  void finish(Time time, TableSet& tables) const override;
  void save(SnapshotWriter& out) const override;
  void load(const SnapshotReader& in) override;

 private:
  enum class Phase : std::uint8_t {
    at_home,   ///< before they come, and when they are back
    coming,    ///< on the streets to a gate
    inside,    ///< in the area
    leaving,   ///< in the area, on the way out
    going,     ///< on the streets home
    platform,  ///< waits for a train
    stuck      ///< no way leads on
  };
  /// What somebody has gone through.
  struct Fate {
    Time came = kNever;  ///< at the gate
    Time out = kNever;   ///< through the gate again
    Time home = kNever;  ///< home, or on a train
    GateRow gate_out = 0;
    Phase phase = Phase::at_home;
    std::uint8_t unused[3] = {0, 0, 0};
  };
  static_assert(sizeof(Fate) == 32);
  static constexpr std::uint32_t kStaysHome = 0xffffffffu;

  [[nodiscard]] const FocusArea& site() const { return world_->areas.front(); }
  void take_in(const Handover& arrival, Outbox& outbox);
  void leave_home(Time time, PersonId person, Outbox& outbox);
  void set_out(Time time, PersonId person, Outbox& outbox);
  void go_home(const Handover& from, Outbox& outbox);
  void arrive(Time time, std::uint32_t row, Outbox& outbox);
  void board(Time train, Outbox& outbox);
  void set_phase(std::uint32_t row, Phase phase);
  [[nodiscard]] GateRow gate_out(const Visit& visit) const;
  [[nodiscard]] GateRow gate_at(NodeId node) const;
  [[nodiscard]] Time next_train() const;

  std::shared_ptr<const World> world_;
  EventModel model_;
  EventSetting setting_;
  GateWays ways_;
  std::vector<Visit> visits_;
  Column<PersonId, std::uint32_t> row_of_;  ///< kStaysHome for those who do not come

  std::vector<Fate> fates_;
  std::vector<std::int64_t> leaving_by_;  ///< by gate: told to use it and not out yet
  std::vector<std::uint32_t> waiting_;    ///< rows on the platform, first come first
  Agenda leave_home_, set_out_;
  Time last_boarded_{};  ///< trains up to here have left
  std::int64_t boarded_ = 0, at_home_ = 0, held_up_ = 0;
};

}  // namespace chimata
