#include "chimata/io/places.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  chimata::io::PlaceOptions options;
  options.crs = "EPSG:6677";
  std::vector<chimata::Problem> notes;
  std::vector<chimata::Polygon> areas;
  const auto path = chimata::fuzz::file_of(bytes, "residences.csv");
  const auto homes = chimata::io::read_residences_csv(path, options, &notes, &areas);
  if (homes.size() == 0 || areas.size() != homes.size()) std::abort();
  for (std::size_t i = 0; i < homes.size(); ++i) {
    chimata::fuzz::finite(homes.position.data()[i]);
    if (!(homes.residents.data()[i] > 0)) std::abort();
  }
}
