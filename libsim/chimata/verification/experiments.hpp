/// What experiments found: medians of speed by density. Private to this room.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chimata/verification/loops.hpp"

namespace chimata::verification {

struct Median {
  double density, speed;     ///< middle of a bin, persons/m² (single file: persons/m); m/s
  double low = 0, high = 0;  ///< m/s: 10 and 90 % of the samples; 0 where they are not at hand
};

/// An experiment and the people who walked in it. Medians are of all samples in bins of 0.5 persons/m²
/// (single file: 0.25 persons/m), of bins with at least 20 samples.
struct Experiment {
  const char* folder;    ///< in pedestrian/fd_empirical of the real data; "" if not there
  double width;          ///< m; 0: single file
  double against;        ///< share of people who walk the other way
  double speed, spread;  ///< m/s, free speed of those people: mean and standard deviation
  std::span<const Median> medians;
  bool corner = false;  ///< the corridor turns; else it has no end
};

inline constexpr Median kFileMedians[] = {{0.625, 0.902, 0.801, 1.167}, {0.875, 0.881, 0.619, 0.986},
                                          {1.125, 0.505, 0.396, 0.815}, {1.375, 0.362, 0.208, 0.499},
                                          {1.625, 0.241, 0.176, 0.374}, {1.875, 0.145, 0.097, 0.226},
                                          {2.125, 0.097, 0.050, 0.138}, {2.375, 0.052, -0.002, 0.105}};
inline constexpr Median kClosedMedians[] = {{0.75, 0.978, 0.764, 1.048}, {1.25, 0.755, 0.529, 0.828},
                                            {1.75, 0.549, 0.497, 0.611}, {2.25, 0.441, 0.267, 0.548},
                                            {2.75, 0.343, 0.287, 0.437}, {3.25, 0.227, 0.173, 0.271},
                                            {3.75, 0.182, 0.085, 0.221}, {4.25, 0.050, 0.034, 0.116}};
inline constexpr Median kOpenMedians[] = {{0.25, 1.466, 1.306, 1.694}, {0.75, 1.408, 1.288, 1.572},
                                          {1.25, 1.200, 1.108, 1.290}, {1.75, 1.049, 0.840, 1.222},
                                          {2.25, 0.521, 0.364, 0.803}, {2.75, 0.367, 0.292, 0.521},
                                          {3.25, 0.192, 0.167, 0.322}, {3.75, 0.154, 0.126, 0.184}};
inline constexpr Median kCornerMedians[] = {{0.25, 1.437, 1.278, 1.655},
                                            {0.75, 1.260, 1.139, 1.418},
                                            {1.25, 0.995, 0.887, 1.231},
                                            {1.75, 0.866, 0.708, 0.989}};
inline constexpr Median kBothMedians[] = {
    {0.75, 1.31}, {1.25, 1.10}, {1.75, 0.79}, {2.25, 0.55}, {2.75, 0.46}};

/// Free speeds: Portz and Seyfried (2010) for the soldiers of single file and of the closed corridor, Zhang
/// et al. (2011) for the students of the others.
inline constexpr Experiment kSingleFile{"1test_1D/data", 0, 0, 1.24, 0.15, kFileMedians};
inline constexpr Experiment kClosedCorridor{"2test_2D/data", 1.8, 0, 1.24, 0.15, kClosedMedians};
inline constexpr Experiment kOpenCorridor{"3test_UO/data", 3.0, 0, 1.55, 0.18, kOpenMedians};
inline constexpr Experiment kCorner{"4test_EO/data", 2.4, 0, 1.55, 0.18, kCornerMedians, true};
inline constexpr Experiment kBothWays{"", 3.6, 0.5, 1.55, 0.18, kBothMedians};

struct Flow {
  double width, flow;  ///< m, persons/s
};
/// Flows through bottlenecks: Kretz et al. (2006), Seyfried et al. (2009), the series EG (2006) and
/// Müller (1981): the 40 of the 79 of the regression that are at hand.
inline constexpr Flow kBottleneckFlows[] = {
    {0.4, 0.879}, {0.4, 0.899}, {0.5, 1.007}, {0.5, 1.036}, {0.6, 1.124}, {0.7, 1.222}, {0.7, 1.251},
    {0.8, 1.388}, {0.8, 1.417}, {0.8, 1.456}, {0.9, 1.534}, {0.9, 1.583}, {0.9, 1.632}, {1.0, 1.710},
    {1.0, 1.808}, {1.0, 1.876}, {1.0, 2.023}, {1.2, 2.033}, {1.2, 2.111}, {1.2, 2.287}, {0.8, 1.288},
    {0.9, 1.674}, {1.0, 1.900}, {1.1, 2.123}, {1.2, 2.364}, {0.9, 1.593}, {1.0, 1.832}, {1.1, 1.988},
    {1.2, 2.312}, {1.4, 2.706}, {1.6, 2.842}, {1.8, 3.551}, {2.0, 3.549}, {2.2, 4.063}, {2.5, 5.116},
    {0.6, 1.482}, {0.9, 2.264}, {1.2, 2.751}, {1.5, 3.574}, {1.8, 3.817}};

/// By which law people walk, and with which constants.
struct Walking {
  pedestrian::Law law = pedestrian::Law::collision_free;
  double radius = 0.2, time_gap = 1;  ///< m, s
  pedestrian::Laws laws = {};
};

/// Mean speed of the experiment's people on a loop of its width, m/s.
[[nodiscard]] double speed_in(const Experiment& experiment, double density, const Walking& by);

/// Density and mean speed of the people in one place at one moment.
struct Sample {
  double density, speed;  ///< persons/m² and m/s
};
/// What is seen before and behind the corner of a corridor, over the 2 m next to it, every second while most
/// of 150 come through an entrance of so many metres into it: from Voronoi cells, as in the experiment.
[[nodiscard]] std::vector<Sample> corner_samples(const Experiment& experiment, double entrance,
                                                 const Walking& by);

/// Speeds at the densities of the experiment's medians, m/s: on a loop the mean; at a corner the median of
/// the samples of all its entrances, of 0.5 to 2.4 m, 0 where there are none.
[[nodiscard]] std::vector<double> speeds_in(const Experiment& experiment, const Walking& by);

/// Flow in persons/s through a passage of `width` m and 2 m length while 20 to 80 % of 150 leave.
[[nodiscard]] double bottleneck_flow(double width, const Walking& by);

/// s until 100 people are through a corridor of 10 x 2 m between two rooms of 10 x 10 m, with `against`
/// coming the other way (IMO test 8), and how deep bodies overlapped at worst, m.
struct Met {
  double time_s, overlap;
};
[[nodiscard]] Met counterflow(std::size_t against, std::uint32_t draw, const Walking& by);

}  // namespace chimata::verification
