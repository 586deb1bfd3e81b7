#include "chimata/scenario/event_notes.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "chimata/scenario/street_edits.hpp"

namespace chimata {

std::vector<std::string> notes_on_buildings(const City& city, const FocusArea& area) {
  constexpr double kLeast = 1;  // m² inside: less is an edge drawn twice
  const auto layer = city.layers.find("buildings");
  if (layer == city.layers.end() || layer->second.geometry != Geometry::polygon) return {};
  std::size_t count = 0;
  double covered = 0;
  for (const Polygon& building : layer->second.shape) {
    if (!building.box().intersects(area.area->box())) continue;
    double inside = 0;
    for (const Polygon& part : area.area->within(building)) inside += part.area();
    if (inside < kLeast) continue;
    ++count;
    covered += inside;
  }
  if (count == 0) return {};
  const long share = std::lround(100 * std::min(1.0, covered / area.area->size()));
  return {std::to_string(count) + (count == 1 ? " building covers " : " buildings cover ") +
          (share == 0 ? "less than 1" : std::to_string(share)) + " % of " + area.id +
          "; people walk through " + (count == 1 ? "it: draw it as a hole" : "them: draw them as holes") +
          " of the area, or write cut_buildings: true"};
}

std::vector<std::string> notes_on_closures(const Network& network, const FocusArea& area,
                                           const std::vector<AppliedEdit>& edits) {
  std::vector<std::string> notes;
  for (const AppliedEdit& edit : edits) {
    const bool street = edit.target.starts_with("link:") || edit.target.starts_with("street:");
    if (edit.op != "close" || !street) continue;
    const std::string begins = "edit " + std::to_string(edit.number) + " closes " + edit.target;
    bool inside = false;
    std::set<std::string> gates;
    for (const LinkId link : links_of(network, edit.target, begins)) {
      inside |= std::find(area.inside.begin(), area.inside.end(), link) != area.inside.end();
      for (const AreaGate& gate : area.gates) {
        if (gate.out.valid() && (link == gate.out || link == Network::twin_of(gate.out)))
          gates.insert(gate.id);
      }
    }
    for (const std::string& gate : gates) {
      notes.push_back(begins + ", but the gate " + gate +
                      " of the event stays open: to shut it, write closed_gates: [" + gate + "] below event");
    }
    if (inside) {
      notes.push_back(begins + ", of which a part lies inside " + area.id +
                      ": people there walk over the whole area, whatever is closed");
    }
  }
  return notes;
}

std::vector<std::string> notes_on_times(const EventModel& model, const FocusArea& area, Time end) {
  std::vector<std::string> notes;
  if (model.train_share > 0 && model.last_train < model.end)
    notes.push_back(
        "the last train leaves before the event is over: whoever came by train stays at the station");
  for (const AreaBarrier& barrier : area.barriers) {
    if (barrier.stands.from >= end)
      notes.push_back(barrier.id +
                      " is put up when the scenario is over: times are the next ones after its start");
  }
  return notes;
}

}  // namespace chimata
