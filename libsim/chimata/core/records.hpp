/// Tables of records in a snapshot.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "chimata/core/archive.hpp"

namespace chimata {

/// Records that mix doubles with whole numbers, as the words they consist of. Every record type here fills
/// whole words with named members (see the size assertions beside them), so that no padding is saved.
template <class Record>
void put_records(SnapshotWriter& out, std::string_view name, const std::vector<Record>& records) {
  static_assert(sizeof(Record) % sizeof(std::uint64_t) == 0 && std::is_trivially_copyable_v<Record>);
  std::vector<std::uint64_t> words(records.size() * (sizeof(Record) / sizeof(std::uint64_t)));
  if (!records.empty()) std::memcpy(words.data(), records.data(), records.size() * sizeof(Record));
  out.put(name, words);
}

template <class Record>
void get_records(const SnapshotReader& in, std::string_view name, std::vector<Record>& records) {
  std::vector<std::uint64_t> words;
  in.get(name, words);
  records.resize(words.size() * sizeof(std::uint64_t) / sizeof(Record));
  if (!records.empty())
    std::memcpy(static_cast<void*>(records.data()), words.data(), records.size() * sizeof(Record));
}

}  // namespace chimata
