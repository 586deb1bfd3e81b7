/// Cars with fixed routes on one-way streets, without persons. Private to this room.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "chimata/driving/flow.hpp"
#include "chimata/network/builder.hpp"

namespace chimata::verification {

/// Streets of 20 m/s with jam density 0.2 veh/m and waves of 5 m/s: 0.8 veh/s and lane at most.
struct OneWay {
  char from, to;
  double length = 1000;
  int lanes = 1;
  double share = 1;  ///< of the flow that its end lets out
};

class Cars {
 public:
  explicit Cars(const std::vector<OneWay>& streets, const SignalPlan* plan_at_b = nullptr);

  /// `rate` cars a second from `from` up to `until` along the nodes of `way`.
  void stream(double from, double until, double rate, const std::string& way);
  void start(double moment, const std::string& way);
  void run_until(double end);

  [[nodiscard]] LinkId link(const std::string& ends) const { return links_.at(ends); }
  /// Moments at which cars left, or entered, a street.
  [[nodiscard]] std::vector<double> exits(const std::string& street) const;
  [[nodiscard]] std::vector<double> entries(const std::string& street) const;
  /// Cars/s that left a street between two moments.
  [[nodiscard]] double outflow(const std::string& street, double from, double until) const;
  /// s of all cars from the moment they wanted to start to their arrival.
  [[nodiscard]] double total_time() const { return total_time_; }
  [[nodiscard]] std::size_t arrived() const { return arrived_; }
  [[nodiscard]] const driving::Traffic& traffic() const { return *traffic_; }
  [[nodiscard]] const std::vector<driving::Passage>& passages() const { return passages_; }

 private:
  World world_;
  DrivingModel model_;
  std::map<std::string, LinkId> links_;
  std::unique_ptr<driving::Traffic> traffic_;
  std::unique_ptr<driving::Flow> flow_;
  Arena arena_{1};
  double now_ = 0, total_time_ = 0;
  std::size_t arrived_ = 0;
  std::vector<driving::Passage> passages_;
};

}  // namespace chimata::verification
