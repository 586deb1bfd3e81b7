/// Private to io.
#pragma once

#include "chimata/io/vector.hpp"

namespace chimata::io::detail {

/// `read_features` for layers whose ids need not be unique.
[[nodiscard]] Features read_any_features(const std::string& path, const std::string& name,
                                         const LayerOptions& options, std::vector<Problem>* notes);

}  // namespace chimata::io::detail
