/// Checks on the one line that a user sees.
#pragma once

#include <string>

#include "chimata/core/error.hpp"

namespace chimata::test {

/// The line that `action` complains with; "" if it does not complain.
template <class Action>
std::string complaint(Action&& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace chimata::test
