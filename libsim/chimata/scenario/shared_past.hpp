/// Whether two scenarios cannot be told apart up to a moment, so that one may go on where the other stands.
#pragma once

#include <string>

#include "chimata/scenario/resolved.hpp"

namespace chimata {

/// @throws InputError naming the first thing in which `plan` differs from `base` before `now`
void check_shared_past(const Scenario::Resolved& base, const Scenario::Resolved& plan, Time now);

}  // namespace chimata
