#include "chimata/routing/turn_rules.hpp"

#include <algorithm>

namespace chimata {

TurnRules::TurnRules(const Network& network, ModeMask mode)
    : link_count_(static_cast<std::uint32_t>(network.link_count())), steps_(1), first_(link_count_, 0) {
  std::vector<const TurnRestriction*> binding;
  for (const TurnRestriction& restriction : network.restrictions) {
    if ((restriction.modes & mode) != 0 && restriction.path.size() >= 2) binding.push_back(&restriction);
  }
  // states are numbered in the order of the paths, so that the source's order decides no tie
  std::sort(binding.begin(), binding.end(),
            [](const TurnRestriction* a, const TurnRestriction* b) { return a->path < b->path; });
  for (const TurnRestriction* restriction : binding) add(*restriction);
  set_fallbacks();
}

void TurnRules::add(const TurnRestriction& restriction) {
  std::uint32_t at = 0;
  for (const LinkId link : restriction.path) {
    if (restriction.only && at != 0) steps_[at].mandatory.push_back(link);
    std::uint32_t next = child(at, link);
    if (next == 0) {
      next = static_cast<std::uint32_t>(steps_.size());
      steps_.emplace_back().link = link;
      if (at == 0) {
        first_[link] = next;
      } else {
        steps_[at].next.emplace_back(link, next);
      }
    }
    at = next;
  }
  if (!restriction.only) steps_[at].forbidden = true;
}

void TurnRules::set_fallbacks() {
  // breadth first: a fallback is always shorter, hence already complete
  std::vector<std::uint32_t> queue;
  for (const std::uint32_t step : first_) {
    if (step != 0) queue.push_back(step);
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const auto& [link, next] : steps_[queue[i]].next) {
      steps_[next].fallback = after(steps_[queue[i]].fallback, link);
      if (steps_[steps_[next].fallback].forbidden) steps_[next].forbidden = true;
      queue.push_back(next);
    }
  }
}

std::uint32_t TurnRules::child(std::uint32_t step, LinkId link) const {
  if (step == 0) return first_[link];
  for (const auto& [way, next] : steps_[step].next) {
    if (way == link) return next;
  }
  return 0;
}

std::uint32_t TurnRules::after(std::uint32_t step, LinkId link) const {
  for (;; step = steps_[step].fallback) {
    const std::uint32_t next = child(step, link);
    if (next != 0 || step == 0) return next;
  }
}

TurnRules::State TurnRules::state_at(std::uint32_t step, LinkId link) const {
  return step == 0 ? link.value : link_count_ + step - 1;
}

TurnRules::State TurnRules::enter(LinkId link) const {
  return state_at(first_[link], link);
}

std::optional<TurnRules::State> TurnRules::turn(State state, LinkId link) const {
  const std::uint32_t here = state < link_count_ ? 0 : state - link_count_ + 1;
  for (std::uint32_t step = here; step != 0; step = steps_[step].fallback) {
    const auto& mandatory = steps_[step].mandatory;
    if (!mandatory.empty() && std::find(mandatory.begin(), mandatory.end(), link) == mandatory.end())
      return {};
  }
  const std::uint32_t next = after(here, link);
  if (steps_[next].forbidden) return {};
  return state_at(next, link);
}

}  // namespace chimata
