#include "chimata/io/people_csv.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  chimata::io::PeopleOptions options;
  options.crs = "EPSG:6677";
  options.classes["walker"] = chimata::PersonClass{};
  const auto people = chimata::io::read_people_csv(chimata::fuzz::file_of(bytes, "people.csv"), options);
  for (const auto home : people.home) chimata::fuzz::finite(home);
  if (people.count && people.count->size() != people.home.size()) std::abort();
}
