/// Private to io.
#pragma once

#include "chimata/io/vector.hpp"

namespace chimata::io::detail {

/// `read_features` for layers whose ids need not be unique.
[[nodiscard]] Features read_any_features(const std::string& path, const std::string& name,
                                         const LayerOptions& options, std::vector<Problem>* notes);

/// Features of one kind only, with or without ids; none if the layer has none of that kind.
[[nodiscard]] Features read_features_of_kind(const std::string& path, const std::string& name,
                                             const LayerOptions& options, Geometry kind,
                                             std::vector<Problem>* notes);

/// Names of a file's layers, in its order. @throws InputError if it cannot be read
[[nodiscard]] std::vector<std::string> layer_names(const std::string& path);

}  // namespace chimata::io::detail
