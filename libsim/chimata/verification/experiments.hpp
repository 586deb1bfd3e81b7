/// What experiments found: medians of speed by density. Private to this room.
#pragma once

#include <span>

namespace chimata::verification {

struct Median {
  double density, speed;  ///< middle of a bin, persons/m² (single file: persons/m); m/s
};

/// An experiment and the people who walked in it. Medians are of all samples in bins of 0.5 persons/m²
/// (single file: 0.25 persons/m), of bins with at least 20 samples.
struct Experiment {
  const char* folder;    ///< in pedestrian/fd_empirical of the real data; "" if not there
  double width;          ///< m; 0: single file
  double against;        ///< share of people who walk the other way
  double speed, spread;  ///< m/s, free speed of those people: mean and standard deviation
  std::span<const Median> medians;
};

inline constexpr Median kFileMedians[] = {{0.625, 0.902}, {0.875, 0.881}, {1.125, 0.505}, {1.375, 0.362},
                                          {1.625, 0.241}, {1.875, 0.145}, {2.125, 0.097}, {2.375, 0.052}};
inline constexpr Median kClosedMedians[] = {{0.75, 0.978}, {1.25, 0.755}, {1.75, 0.549}, {2.25, 0.441},
                                            {2.75, 0.343}, {3.25, 0.227}, {3.75, 0.182}, {4.25, 0.050}};
inline constexpr Median kOpenMedians[] = {{0.25, 1.466}, {0.75, 1.408}, {1.25, 1.200}, {1.75, 1.049},
                                          {2.25, 0.521}, {2.75, 0.367}, {3.25, 0.192}, {3.75, 0.154}};
inline constexpr Median kBothMedians[] = {
    {0.75, 1.31}, {1.25, 1.10}, {1.75, 0.79}, {2.25, 0.55}, {2.75, 0.46}};

/// Free speeds: Portz and Seyfried (2010) for the soldiers of single file and of the closed corridor, Zhang
/// et al. (2011) for the students of the others.
inline constexpr Experiment kSingleFile{"1test_1D/data", 0, 0, 1.24, 0.15, kFileMedians};
inline constexpr Experiment kClosedCorridor{"2test_2D/data", 1.8, 0, 1.24, 0.15, kClosedMedians};
inline constexpr Experiment kOpenCorridor{"3test_UO/data", 3.0, 0, 1.55, 0.18, kOpenMedians};
inline constexpr Experiment kBothWays{"", 3.6, 0.5, 1.55, 0.18, kBothMedians};

}  // namespace chimata::verification
