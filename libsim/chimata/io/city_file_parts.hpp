/// Private to io: parts of city files.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "chimata/io/hdf5_file.hpp"
#include "chimata/network/network.hpp"

namespace chimata::io {

/// Lists of lists as offsets and values.
template <class T>
struct Ragged {
  std::vector<std::uint32_t> offset{0};
  std::vector<T> values;

  void add(const std::vector<T>& list) {
    values.insert(values.end(), list.begin(), list.end());
    offset.push_back(static_cast<std::uint32_t>(values.size()));
  }
  [[nodiscard]] std::size_t size() const { return offset.size() - 1; }
  [[nodiscard]] std::vector<T> list(std::size_t i) const {
    return {values.begin() + offset[i], values.begin() + offset[i + 1]};
  }
};

/// Offsets must ascend from 0 to the number of values.
inline void check_offsets(const Hdf5Reader& file, const std::vector<std::uint32_t>& offset, std::size_t end,
                          const std::string& name) {
  file.check(!offset.empty() && offset.front() == 0 && offset.back() == end &&
                 std::is_sorted(offset.begin(), offset.end()),
             name);
}

/// Capacities, signal plans, the side of driving. Files of earlier versions lack them all.
void put_traffic(Hdf5Writer& file, const Network& network);
void get_traffic(const Hdf5Reader& file, Network& network);

}  // namespace chimata::io
