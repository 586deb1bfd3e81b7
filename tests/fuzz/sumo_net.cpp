#include "chimata/io/sumo_net.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  std::istringstream stream{std::string(bytes)};
  chimata::fuzz::check(chimata::io::parse_sumo_net(stream, "net.xml").network);
}
