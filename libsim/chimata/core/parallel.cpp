// The only file that knows TBB, and the only one that the preset tsan compiles without instrumentation: TBB's
// library has none, so that half of what orders its tasks would be unseen and its templates reported. What
// the sanitizer has to know is told by hand instead, for what runs inside the tasks.
#include "chimata/core/parallel.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#ifdef CHIMATA_THREAD_SANITIZER
extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);
#endif

namespace chimata {

namespace {

/// One order between threads: whatever came before any `gives` comes before what follows `takes`.
class HappensBefore {
 public:
  void gives() {
#ifdef CHIMATA_THREAD_SANITIZER
    __tsan_release(this);
#endif
  }
  void takes() {
#ifdef CHIMATA_THREAD_SANITIZER
    __tsan_acquire(this);
#endif
  }
};

/// A job begins after its caller and ends before it; between its ranges there is no order.
class Order {
 public:
  Order() { begun_.gives(); }
  ~Order() { ended_.takes(); }

  template <class Job>
  void within(const Job& job) {
    struct End {
      HappensBefore& ended;
      ~End() { ended.gives(); }  // after an exception too
    };
    begun_.takes();
    const End end{ended_};
    job();
  }

 private:
  HappensBefore begun_, ended_;
};

/// No more than TBB may use in this process: it would warn the user of a request beyond that.
int allowed(int threads) {
  if (threads == Arena::kAllThreads) return tbb::task_arena::automatic;
  const auto most = tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
  return std::max(1, std::min(threads, static_cast<int>(most)));
}

}  // namespace

struct Arena::Threads : tbb::task_arena {
  using tbb::task_arena::task_arena;
};

Arena::Arena(int threads) : arena_(std::make_unique<Threads>(allowed(threads))), threads_(threads) {}
Arena::Arena(Arena&&) noexcept = default;
Arena& Arena::operator=(Arena&&) noexcept = default;
Arena::~Arena() = default;

int Arena::threads() const {
  return arena_->max_concurrency();
}

void Arena::share_evenly(std::size_t count, Range range) {
  Order order;
  arena_->execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count),
        [&](const tbb::blocked_range<std::size_t>& part) {
          order.within([&] { range(part.begin(), part.end()); });
        },
        tbb::static_partitioner{});
  });
}

void Arena::share_singly(std::size_t count, Range range) {
  Order order;
  arena_->execute([&] {
    tbb::parallel_for(
        std::size_t{0}, count, [&](std::size_t i) { order.within([&] { range(i, i + 1); }); },
        tbb::simple_partitioner{});
  });
}

}  // namespace chimata
