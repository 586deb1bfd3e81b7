#include "chimata/io/table_recorder.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "chimata/io/hdf5_file.hpp"
#include "chimata/io/table_file.hpp"

namespace chimata::io {

namespace {

/// A file of tables that grow. Texts have a width only when all of them are known: they wait for the end.
class GrowingFile {
 public:
  explicit GrowingFile(const std::string& path) : file_(path, kRunFormat, kRunVersion) {}

  void append(const TableSet& tables) {
    for (const auto& [name, table] : tables) append("tables/" + name, table);
  }
  void finish(const std::string& manifest_json) {
    for (const auto& [place, text] : texts_) file_.put(place, text.values, text.description);
    file_.put("manifest", manifest_json);
    file_.finish();
  }

 private:
  struct Texts {
    std::vector<std::string> values;
    std::string description;
  };

  void append(const std::string& group, const Table& table) {
    if (groups_.insert(group).second) file_.describe_group(group, table.description());
    for (const auto& column : table.columns()) {
      const std::string place = group + "/" + column.name;
      std::visit(
          [&](const auto& values) {
            if constexpr (std::is_same_v<std::decay_t<decltype(values)>, std::vector<std::string>>) {
              Texts& kept = texts_[place];
              kept.description = column.description;
              kept.values.insert(kept.values.end(), values.begin(), values.end());
            } else {
              file_.append(place, values, column.description);
            }
          },
          column.values);
    }
  }

  Hdf5Writer file_;
  std::set<std::string> groups_;
  std::map<std::string, Texts> texts_;
};

}  // namespace

struct TableRecorder::Inside {
  std::function<void(const TableSet&)> watch;
  std::mutex mutex;
  std::condition_variable room, work;
  std::deque<TableSet> queue;
  std::function<Ending()> ending;  // there once nothing more will come
  bool dropped = false;
  std::exception_ptr failure;
  Cost cost;
  std::unique_ptr<GrowingFile> file;
  std::thread writer;

  /// The writer's thread: everything that the library does for this file happens here.
  void run() {
    for (;;) {
      TableSet next;
      {
        std::unique_lock lock(mutex);
        work.wait(lock, [&] { return dropped || ending || !queue.empty(); });
        if (dropped || (queue.empty() && ending)) break;
        next = std::move(queue.front());
        queue.pop_front();
      }
      room.notify_one();
      attempt([&] {
        if (watch) watch(next);
        file->append(next);
      });
    }
    if (ending && !dropped) {
      attempt([&] {
        const Ending last = ending();
        file->append(last.tables);
        file->finish(last.manifest);
      });
    }
    file.reset();
  }
  template <class Job>
  void attempt(Job job) {
    try {
      if (!failure) job();
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  }
  void rethrow() const {
    if (failure) std::rethrow_exception(failure);
  }
};

TableRecorder::TableRecorder(std::string path, std::function<void(const TableSet&)> watch)
    : inside_(std::make_unique<Inside>()) {
  inside_->watch = std::move(watch);
  inside_->file = std::make_unique<GrowingFile>(path);
  inside_->writer = std::thread([inside = inside_.get()] { inside->run(); });
}

TableRecorder::~TableRecorder() {
  if (!inside_->writer.joinable()) return;
  {
    const std::lock_guard lock(inside_->mutex);
    inside_->dropped = true;
  }
  inside_->work.notify_one();
  inside_->writer.join();
}

void TableRecorder::take(TableSet&& rows) {
  using Clock = std::chrono::steady_clock;
  Inside& in = *inside_;
  std::unique_lock lock(in.mutex);
  in.rethrow();
  ++in.cost.pieces;
  for (const auto& [name, table] : rows) in.cost.rows += table.rows();
  if (in.queue.size() >= kQueue) {
    ++in.cost.waits;
    const auto before = Clock::now();
    in.room.wait(lock, [&] { return in.queue.size() < kQueue; });
    in.cost.waited_s += std::chrono::duration<double>(Clock::now() - before).count();
  }
  in.queue.push_back(std::move(rows));
  lock.unlock();
  in.work.notify_one();
}

void TableRecorder::finish(TableSet&& rest, std::function<Ending()> ending) {
  take(std::move(rest));
  {
    const std::lock_guard lock(inside_->mutex);
    inside_->ending = std::move(ending);
  }
  inside_->work.notify_one();
  inside_->writer.join();
  inside_->rethrow();
}

TableRecorder::Cost TableRecorder::cost() const {
  const std::lock_guard lock(inside_->mutex);
  return inside_->cost;
}

}  // namespace chimata::io
