/// Shares as scenarios write them: lists of texts such as "wheelchair, 0.02".
#pragma once

#include <string>
#include <vector>

namespace chimata {

struct WrittenShare {
  std::string what;
  double share = 0;
  std::string more = {};  ///< behind a second comma, if there is one
};

/// @param example  of one text, for messages
/// @throws InputError at `where` for a text of another form, a share that is none, something named twice, or
///         shares that are not 1 together
[[nodiscard]] std::vector<WrittenShare> read_shares(const std::vector<std::string>& texts,
                                                    const std::string& example, const std::string& where);

}  // namespace chimata
