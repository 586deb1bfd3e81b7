/// Result tables written to a file while the run goes on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "chimata/simulation/table_sink.hpp"

namespace chimata::io {

/// Writes a run's tables on a thread of its own, so that no step of the run waits for a disk.
///
/// Rows pass through a queue of `kQueue` pieces. Only when it is full does the run wait, which is counted:
/// nothing is dropped. The file is the one that save_tables writes, under a temporary name until `finish`: a
/// reader finds the whole file or none, whenever the machine stops. One recorder per run; a program may have
/// many.
class TableRecorder final : public TableSink {
 public:
  static constexpr std::size_t kQueue = 4;

  /// What recording cost the run.
  struct Cost {
    std::uint64_t pieces = 0;  ///< handed over
    std::uint64_t rows = 0;
    std::uint64_t waits = 0;  ///< pieces that found the queue full
    double waited_s = 0;      ///< real time that the run stood still for the disk
  };

  /// @param watch  called with every piece on the recorder's thread, before it is written
  /// @throws InputError if the file cannot be made
  explicit TableRecorder(std::string path, std::function<void(const TableSet&)> watch = {});
  /// Without `finish` nothing stays on the disk.
  ~TableRecorder() override;

  /// @throws InputError if an earlier piece could not be written (the disk is full, say)
  void take(TableSet&& rows) override;

  /// What is known only when every row has been watched: further tables, and the manifest as JSON.
  struct Ending {
    TableSet tables;
    std::string manifest;
  };
  /// Writes the last rows, then what `ending` says, and puts the file in place. Call once, from any thread;
  /// `ending` is called on the recorder's, after the last rows were watched.
  /// @throws InputError if anything could not be written
  void finish(TableSet&& rest, std::function<Ending()> ending);

  [[nodiscard]] Cost cost() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace chimata::io
