#include "chimata/io/matsim.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  std::istringstream stream{std::string(bytes)};
  chimata::fuzz::check(chimata::io::parse_matsim(stream, "network.xml").network);
}
