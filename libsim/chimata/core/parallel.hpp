/// Threads, without their order ever showing in a result.
#pragma once

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <vector>

#if defined(__SANITIZE_THREAD__)
extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);
#endif

namespace chimata {

/// Tells the thread sanitizer in what order things happen: TBB comes without instrumentation, so that the
/// sanitizer does not see a thread wait for another there. Does nothing in other builds.
class HappensBefore {
 public:
  void gives() {
#if defined(__SANITIZE_THREAD__)
    __tsan_release(this);
#endif
  }
  void takes() {
#if defined(__SANITIZE_THREAD__)
    __tsan_acquire(this);
#endif
  }
};

/// The threads of one simulation. Blocks are fixed by `grain`, never by the number of threads, so a
/// body that writes only its own rows gives the same bits for any arena.
class Arena {
 public:
  explicit Arena(int threads = tbb::task_arena::automatic) : arena_(allowed(threads)), threads_(threads) {}

  [[nodiscard]] int threads() const { return arena_.max_concurrency(); }

  /// Calls `body(begin, end)` for consecutive blocks of `grain` of the `count` rows.
  template <class Body>
  void for_blocks(std::size_t count, std::size_t grain, Body&& body) {
    if (threads_ == 1 || count <= grain) {
      for (std::size_t begin = 0; begin < count; begin += grain) body(begin, std::min(begin + grain, count));
      return;
    }
    const std::size_t blocks = (count + grain - 1) / grain;
    HappensBefore begun, done;
    begun.gives();
    arena_.execute([&] {
      tbb::parallel_for(
          tbb::blocked_range<std::size_t>(0, blocks),
          [&](const tbb::blocked_range<std::size_t>& range) {
            begun.takes();
            for (std::size_t b = range.begin(); b != range.end(); ++b) {
              body(b * grain, std::min((b + 1) * grain, count));
            }
            done.gives();
          },
          tbb::static_partitioner{});
    });
    done.takes();
  }

  /// Calls `body(i)` for every i below `count`, all at once where there are threads. Each may use the arena.
  /// What one throws is thrown on when all have ended: that of the lowest i.
  template <class Body>
  void for_each(std::size_t count, Body&& body) {
    std::vector<std::exception_ptr> errors(count);
    HappensBefore begun, done;
    begun.gives();
    const auto guarded = [&](std::size_t i) {
      begun.takes();
      try {
        body(i);
      } catch (...) {
        errors[i] = std::current_exception();
      }
      done.gives();
    };
    if (threads_ == 1 || count == 1) {
      for (std::size_t i = 0; i < count; ++i) guarded(i);
    } else {
      arena_.execute([&] { tbb::parallel_for(std::size_t{0}, count, guarded, tbb::simple_partitioner{}); });
    }
    done.takes();
    for (const auto& error : errors) {
      if (error) std::rethrow_exception(error);
    }
  }

 private:
  /// No more than TBB may use in this process: it would warn the user of a request beyond that.
  static int allowed(int threads) {
    if (threads == tbb::task_arena::automatic) return threads;
    const auto most = tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
    return std::max(1, std::min(threads, static_cast<int>(most)));
  }
  tbb::task_arena arena_;
  int threads_;
};

}  // namespace chimata
