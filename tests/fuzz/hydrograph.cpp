#include "chimata/io/flood_files.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  const auto path = chimata::fuzz::file_of(bytes, "levels.csv");
  const auto levels = chimata::io::read_hydrograph(path, "EPSG:6677", std::chrono::hours(9));
  for (const auto gauge : levels.gauge) chimata::fuzz::finite(gauge);
  if (levels.time.size() != levels.level.size()) std::abort();
  for (std::size_t i = 0; i < levels.time.size(); ++i) {
    if (levels.level[i].size() != levels.gauge.size()) std::abort();
    if (i && !(levels.time[i - 1] < levels.time[i])) std::abort();
  }
}
