// What became of each kind of people.
#include <limits>

#include "chimata/core/percentile.hpp"
#include "chimata/event/service.hpp"

namespace chimata {

namespace {

constexpr double kNobody = std::numeric_limits<double>::quiet_NaN();

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? kNobody : sum / static_cast<double>(values.size());
}

}  // namespace

std::string EventService::kind_of(PersonId person) const {
  const VisitorKinds* kinds = setting_.visitors.kinds.get();
  return kinds == nullptr ? "" : kinds->kinds[kinds->kind[person]].name;
}

void EventService::write_kinds(TableSet& tables) const {
  const VisitorKinds* kinds = setting_.visitors.kinds.get();
  if (kinds == nullptr) return;
  Table& table = tables.try_emplace("visitor_kinds", "Kinds of people at the event").first->second;
  for (std::uint8_t k = 0; k < kinds->kinds.size(); ++k) {
    std::vector<double> speed, out, home;
    double last = kNobody;
    for (std::uint32_t row = 0; row < plan_.visits.size(); ++row) {
      const Visit& visit = plan_.visits[row];
      if (kinds->kind[visit.person] != k) continue;
      const Fate& fate = fates_[row];
      if (fate.came == kNever) continue;
      speed.push_back(double{kinds->speed[visit.person]});
      if (fate.set_out == kNever) continue;
      if (fate.out != kNever) {
        out.push_back(seconds(fate.out - fate.set_out));
        last = std::fmax(last, seconds(fate.out));
      }
      if (fate.phase == Phase::at_home && fate.home != kNever)
        home.push_back(seconds(fate.home - fate.set_out));
    }
    table.column<std::string>("kind", "as in event.people").push_back(kinds->kinds[k].name);
    table.column<double>("share", "of those who come, as asked for").push_back(kinds->kinds[k].share);
    table.column<std::uint32_t>("people", "who came").push_back(static_cast<std::uint32_t>(speed.size()));
    table.column<double>("speed_m_s", "free speed in the area, mean, m/s").push_back(mean(speed));
    table.column<double>("out_mean_s", "from setting out until through a gate, mean, s; NaN: nobody is")
        .push_back(mean(out));
    table.column<double>("out_p95_s", "the same, 95 % do not exceed it, s").push_back(percentile(out, 0.95));
    table.column<double>("last_out_s", "when the last was through a gate, s").push_back(last);
    table.column<double>("home_p95_s", "from setting out until home or on a train, 95 %, s")
        .push_back(percentile(home, 0.95));
  }
}

}  // namespace chimata
