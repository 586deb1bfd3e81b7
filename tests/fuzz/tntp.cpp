#include "chimata/io/tntp.hpp"
#include "fuzz.hpp"

CHIMATA_FUZZ_ONE(bytes) {
  // behind a form feed comes the file of nodes
  const auto cut = bytes.find('\f');
  std::optional<std::string_view> nodes;
  if (cut != std::string_view::npos) nodes = bytes.substr(cut + 1);
  chimata::fuzz::check(
      chimata::io::parse_tntp(bytes.substr(0, cut), "a_net.tntp", nodes, "a_node.tntp").network);
}
