/// What every fuzzer does: hand bytes to a reader, which may refuse them in one line, and nothing else.
#pragma once

#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "chimata/core/error.hpp"
#include "chimata/io/roads.hpp"

namespace chimata::fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Runs a reader; any other exception than InputError, and a complaint of several lines, is a finding.
template <class Reader>
void refuse_or_read(Reader&& reader) {
  try {
    reader();
  } catch (const InputError& error) {
    if (error.where().empty() || error.problem().empty()) std::abort();
  }
}

/// Gives bytes a path, for readers that open a file themselves.
inline std::string file_of(std::string_view bytes, const char* name) {
  static const std::filesystem::path folder = [] {
    auto made = std::filesystem::temp_directory_path() / ("chimata_fuzz_" + std::to_string(::getpid()));
    std::filesystem::create_directories(made);
    return made;
  }();
  const std::string path = (folder / name).string();
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

inline void finite(Point p) {
  if (!(std::abs(p.x) < 1e300 && std::abs(p.y) < 1e300)) std::abort();
}

/// What every network keeps, wherever it came from.
inline void check(const Network& n) {
  for (std::size_t s = 0; s < n.segment_count(); ++s) {
    const SegmentId segment{s};
    if (!(n.length[segment] > 0 && n.length[segment] < 1e12)) std::abort();
    if (n.from[segment].value >= n.node_count() || n.to[segment].value >= n.node_count()) std::abort();
    if (n.from[segment] == n.to[segment]) std::abort();
  }
  for (const TurnRestriction& r : n.restrictions) {
    for (std::size_t i = 1; i < r.path.size(); ++i) {
      if (n.head(r.path[i - 1]) != n.tail(r.path[i])) std::abort();
    }
  }
  for (const SignalPlan& plan : n.signal_plans) {
    if (!(plan.cycle_s > 0 && plan.offset_s >= 0 && plan.offset_s < plan.cycle_s)) std::abort();
    double sum = 0;
    for (const SignalPhase& phase : plan.phases) sum += phase.duration_s + phase.intergreen_s;
    if (!(sum > plan.cycle_s * 0.999 && sum < plan.cycle_s * 1.001)) std::abort();
  }
}

}  // namespace chimata::fuzz

/// extern "C" int LLVMFuzzerTestOneInput with `bytes`, a std::string_view, in scope.
#define CHIMATA_FUZZ_ONE(bytes)                                                        \
  static void fuzz_one(std::string_view bytes);                                        \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  \
    chimata::fuzz::refuse_or_read([&] { fuzz_one(chimata::fuzz::text(data, size)); }); \
    return 0;                                                                          \
  }                                                                                    \
  static void fuzz_one(std::string_view bytes)
