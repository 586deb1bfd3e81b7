/// Threads, without their order ever showing in a result.
#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <type_traits>
#include <vector>

namespace chimata {

/// The threads of one simulation. Blocks are fixed by `grain`, never by the number of threads, so a
/// body that writes only its own rows gives the same bits for any arena.
class Arena {
 public:
  static constexpr int kAllThreads = -1;  ///< as many as the process may use

  explicit Arena(int threads = kAllThreads);
  Arena(Arena&&) noexcept;
  Arena& operator=(Arena&&) noexcept;
  ~Arena();

  [[nodiscard]] int threads() const;

  /// Calls `body(begin, end)` for consecutive blocks of `grain` of the `count` rows.
  template <class Body>
  void for_blocks(std::size_t count, std::size_t grain, Body&& body) {
    if (threads_ == 1 || count <= grain) {
      for (std::size_t begin = 0; begin < count; begin += grain) body(begin, std::min(begin + grain, count));
      return;
    }
    const auto blocks = [&](std::size_t first, std::size_t last) {
      for (std::size_t b = first; b != last; ++b) body(b * grain, std::min((b + 1) * grain, count));
    };
    share_evenly((count + grain - 1) / grain, blocks);
  }

  /// Calls `body(i)` for every i below `count`, all at once where there are threads. Each may use the arena.
  /// What one throws is thrown on when all have ended: that of the lowest i.
  template <class Body>
  void for_each(std::size_t count, Body&& body) {
    std::vector<std::exception_ptr> errors(count);
    const auto guarded = [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i != last; ++i) {
        try {
          body(i);
        } catch (...) {
          errors[i] = std::current_exception();
        }
      }
    };
    if (threads_ == 1 || count == 1) {
      guarded(0, count);
    } else {
      share_singly(count, guarded);
    }
    for (const auto& error : errors) {
      if (error) std::rethrow_exception(error);
    }
  }

 private:
  /// A range of a job, wherever its closure lies; whoever calls it waits for it.
  class Range {
   public:
    template <class Closure>
    requires(!std::is_same_v<std::remove_cvref_t<Closure>, Range>) Range(const Closure& closure)
        : closure_(&closure), call_([](const void* c, std::size_t first, std::size_t last) {
            (*static_cast<const Closure*>(c))(first, last);
          }) {}
    void operator()(std::size_t first, std::size_t last) const { call_(closure_, first, last); }

   private:
    const void* closure_;
    void (*call_)(const void*, std::size_t, std::size_t);
  };
  /// Divides `count` into one range per thread, or calls one by one whoever is free.
  void share_evenly(std::size_t count, Range range);
  void share_singly(std::size_t count, Range range);

  struct Threads;
  std::unique_ptr<Threads> arena_;
  int threads_;
};

}  // namespace chimata
