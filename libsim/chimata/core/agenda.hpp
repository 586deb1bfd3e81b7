/// Moments that are still to come for single people.
#pragma once

#include <algorithm>
#include <tuple>
#include <vector>

#include "chimata/core/archive.hpp"
#include "chimata/core/id.hpp"
#include "chimata/core/time.hpp"

namespace chimata {

/// A queue of (time, person), earliest first, the smaller person first at the same moment.
class Agenda {
 public:
  void add(Time time, PersonId person) {
    entries_.push_back({time, person, 0});
    std::push_heap(entries_.begin(), entries_.end(), later);
  }
  /// The earliest moment; kNever if there is none.
  [[nodiscard]] Time next() const { return entries_.empty() ? kNever : entries_.front().time; }
  /// Calls `act(time, person)` in order for every entry before `end`; it may add further entries.
  template <class Act>
  void run_before(Time end, Act&& act) {
    while (next() < end) {
      std::pop_heap(entries_.begin(), entries_.end(), later);
      const Entry entry = entries_.back();
      entries_.pop_back();
      act(entry.time, entry.person);
    }
  }
  void save(SnapshotWriter& out, std::string_view name) const { out.put(name, entries_); }
  void load(const SnapshotReader& in, std::string_view name) { in.get(name, entries_); }

 private:
  struct Entry {
    Time time;
    PersonId person;
    std::uint32_t reserved;  // no padding, so that snapshots compare byte by byte
  };
  static bool later(const Entry& a, const Entry& b) {
    return std::tie(a.time, a.person) > std::tie(b.time, b.person);
  }
  std::vector<Entry> entries_;
};

}  // namespace chimata
