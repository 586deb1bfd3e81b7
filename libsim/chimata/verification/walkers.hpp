/// People who set out on a network at given moments, walked by the real engine in the real kernel. Private
/// to this room.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "chimata/mobility/world.hpp"
#include "chimata/network/builder.hpp"
#include "chimata/simulation/kernel.hpp"
#include "chimata/verification/check.hpp"

namespace chimata::verification {

/// One street after another, each from node i to node i + 1.
struct Piece {
  double length, width;  ///< m
  double rise = 0;       ///< m
  RoadClass road_class = RoadClass::residential;
};
[[nodiscard]] std::shared_ptr<const Network> chain(const std::vector<Piece>& pieces);

struct Departure {
  PersonId person;
  NodeId from, to;
  double time;  ///< s
};

/// Water that comes to a share of a segment at a moment.
struct Rise {
  double time;  ///< s
  SegmentId segment;
  double depth;             ///< m
  double from = 0, to = 1;  ///< share of the length
};

class Walkers {
 public:
  Walkers(std::shared_ptr<const Network> network, const Verification& models)
      : network_(std::move(network)), models_(models) {}

  PersonId add(std::uint32_t from, std::uint32_t to, double depart = 0, double speed = 1.34,
               PersonClass person_class = PersonClass::adult);

  std::vector<Rise> rises;  ///< by time
  bool periodic = false;    ///< whoever arrives starts over at once, as on an endless street
  bool reversed = false;    ///< hand people over in the opposite order
  int threads = 1;
  Duration record_every{0};

  /// Runs until everyone has arrived, at most to `latest` s.
  void run(double latest = 36'000);
  /// Moment of arrival, s. @throws std::runtime_error if the person has not arrived
  [[nodiscard]] double arrival(PersonId person) const;
  [[nodiscard]] double last_arrival() const;
  [[nodiscard]] std::size_t arrived() const { return *arrived_; }
  [[nodiscard]] TableSet tables() const { return kernel_->finish(); }
  [[nodiscard]] std::uint64_t hash() const { return kernel_->hash(); }

 private:
  void start();

  std::shared_ptr<const Network> network_;
  Verification models_;
  std::shared_ptr<Population> people_ = std::make_shared<Population>();
  std::vector<Departure> departures_;
  std::shared_ptr<std::vector<double>> arrival_;  // s; negative: not yet
  std::shared_ptr<std::size_t> arrived_ = std::make_shared<std::size_t>(0);
  std::shared_ptr<World> world_;
  std::unique_ptr<Kernel> kernel_;
};

/// Moments in s at which people entered a link, ascending.
[[nodiscard]] std::vector<double> entries_of(const TableSet& tables, LinkId link);

}  // namespace chimata::verification
