/// The clock: advances all processes window by window and carries people and orders between them.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/mobility/process.hpp"
#include "chimata/mobility/world.hpp"
#include "chimata/simulation/ledger.hpp"
#include "chimata/simulation/table_sink.hpp"

namespace chimata {

/// How a run is recorded and checked.
struct KernelOptions {
  int threads = 1;
  Duration record_every{60'000};  ///< interval of the series tables; 0 records nothing but the end
  bool check_ledger = true;       ///< count everyone twice at every recording, throw if the counts differ
  bool keep_events = true;        ///< keep the event log as a table
};

/// Told between windows, at most ten times a second of real time; returns false to stop.
using Observer = std::function<bool(Time now, Time end, std::int64_t travelling)>;

/// One running simulation. Owns every mutable table; the world it reads is shared and constant.
///
/// Windows are one second; a window in which no process, message or recording is due is skipped. Inside
/// a window each process that is due (see Process::next_event) or has messages advances from the last
/// exchange; then messages are sorted by (time, person) and delivered, fields change generation, events go to
/// the ledger.
class Kernel {
 public:
  /// Takes the processes in the order in which handovers name them.
  Kernel(std::shared_ptr<const World> world, std::shared_ptr<Fields> fields,
         std::vector<std::unique_ptr<Process>> processes, KernelOptions options = {});
  ~Kernel();

  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] const World& world() const { return *world_; }

  /// Runs all windows up to `until`. @throws Cancelled when the observer says stop (the state is whole)
  void run_until(Time until, const Observer& observer = {});

  /// People per state now, as the processes count them. @throws std::logic_error if the ledger differs
  [[nodiscard]] Census census() const;

  /// From now on hands over the rows of all tables at a recording, whenever there are at least `rows` of
  /// them; null keeps them from then on. The sink must outlive the kernel or be replaced.
  void send_tables_to(TableSink* sink, std::size_t rows = 65536) { sink_ = sink, chunk_rows_ = rows; }

  /// Tables so far, without the rows handed to a sink; `finish` adds what is known at the end.
  [[nodiscard]] const TableSet& tables() const { return tables_; }
  [[nodiscard]] TableSet finish() const;

  /// Everything that determines the future. Restoring it into a kernel made from the same scenario
  /// continues bit for bit, tables included. Rows that a sink has taken are its own affair and not in it.
  [[nodiscard]] Snapshot snapshot() const;
  void restore(const Snapshot& snapshot);

  /// Hash of the state, the tables and the clock.
  [[nodiscard]] std::uint64_t hash() const;

 private:
  struct Pending;
  void start();
  void collect(ProcessIndex from, Outbox& outbox);
  void exchange();
  void log(const std::vector<Event>& events);
  void advance_window(Window window);
  void record(Time time);
  void hand_over_tables();
  [[nodiscard]] Time next_moment() const;

  std::shared_ptr<const World> world_;
  std::shared_ptr<Fields> fields_;
  std::vector<std::unique_ptr<Process>> processes_;
  KernelOptions options_;
  Arena arena_;
  Ledger ledger_;
  TableSet tables_;
  TableSink* sink_ = nullptr;
  std::size_t chunk_rows_ = 0;
  std::unique_ptr<Pending> pending_;
  Time now_{};
  Time recorded_{};  ///< end of the last recorded interval
  bool started_ = false;
};

}  // namespace chimata
