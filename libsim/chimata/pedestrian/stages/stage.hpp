/// Where people go, and what they do there.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "chimata/pedestrian/stages/exit.hpp"
#include "chimata/pedestrian/stages/pass.hpp"
#include "chimata/pedestrian/stages/platform.hpp"
#include "chimata/pedestrian/stages/queue.hpp"
#include "chimata/pedestrian/stages/waiting.hpp"

namespace chimata::pedestrian {

/// What people do at a stage. Each kind keeps its own people and answers to
///   open(site)            put up: checks, targets; returns where to walk to
///   reached(person, ...)  somebody has come to the target they were sent to
///   step(usher)           once per step, after everybody who has come
///   forget(person)        somebody was sent elsewhere
///   reach()               how near to its target is near enough
///   burden(bound)         how crowded it is with so many at it or on their way, for those who choose
///   save, load            its state
/// Another kind is another class with these, and one more name here.
using Activity = std::variant<Exit, Pass, Waiting, Queue, Platform>;

struct Stage {
  std::string id;
  std::vector<Polygon> shapes = {};  ///< anywhere in these, or
  std::vector<Wall> lines = {};      ///< anywhere on these; for a queue: from its head to its tail
  Activity does = Exit{};
};

/// Whether people are gone after it.
[[nodiscard]] inline bool ends(const Activity& does) {
  return std::holds_alternative<Exit>(does) || std::holds_alternative<Platform>(does);
}
/// Whether a journey may end at it.
[[nodiscard]] inline bool may_be_last(const Activity& does) {
  return ends(does) || std::holds_alternative<Waiting>(does);
}

/// Whether it gives people places to stand at, here and there.
[[nodiscard]] inline bool gives_places(const Activity& does) {
  return std::holds_alternative<Waiting>(does) || std::holds_alternative<Platform>(does);
}

}  // namespace chimata::pedestrian
