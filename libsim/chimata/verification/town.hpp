/// A synthetic riverside town for whole runs: walking, evacuation and flood together. Private to this room.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "chimata/simulation/kernel.hpp"
#include "chimata/verification/check.hpp"

namespace chimata::verification {

/// What differs between runs of the town.
struct TownPlan {
  std::size_t people = 1500;
  double order_at = 0;  ///< s
  double compliance = 0.8;
  double capacity_factor = 1;  ///< 1: room for about three quarters of everyone
  bool flood = true;           ///< water comes from the west from 20 min on
  std::uint64_t seed = 1;
  int threads = 1;
  Duration departure_mean{600'000};
  DestinationLaw destination = DestinationLaw::nearest;
};

class Town {
 public:
  Town(const TownPlan& plan, const Verification& models);

  [[nodiscard]] Kernel& kernel() { return *kernel_; }
  [[nodiscard]] const std::vector<std::uint32_t>& capacity() const { return capacity_; }
  /// Runs to the end, two hours.
  void run() { kernel_->run_until(end()); }
  [[nodiscard]] static Time end() { return time_of(7200); }
  [[nodiscard]] double kpi(std::string_view id) const;
  [[nodiscard]] TableSet tables() const { return kernel_->finish(); }

 private:
  std::vector<std::uint32_t> capacity_;
  std::unique_ptr<Kernel> kernel_;
};

}  // namespace chimata::verification
