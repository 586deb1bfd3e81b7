#include "chimata/pedestrian/area_site.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "chimata/core/error.hpp"
#include "chimata/geo/vector.hpp"

namespace chimata::pedestrian {

namespace {

// windows from going out until the street tells of less room: to the event, perhaps to the evacuation, to the
// street, and by the field back here
constexpr std::size_t kUnseen = 4;

/// As `GateCheck`: most are quick, and a few take long.
Entrance entrance_of(const AreaGate& gate) {
  Entrance entrance{gate.id, {}, {gate.line}};
  entrance.lanes = gate.check.lanes;
  entrance.check = {ServiceLaw::lognormal, gate.check.mean, gate.check.variation};
  return entrance;
}

/// Between neighbours of a hexagonal pattern of this density.
double spacing_of(double density) {
  return std::sqrt(2 / (std::sqrt(3.0) * density));
}

VenueModel venue_model(const CrowdModel& model, Seed seed) {
  VenueModel venue;
  venue.dt = model.dt;
  venue.seed = seed.value;
  venue.quickest = model.quickest;
  venue.make_way = model.make_way;
  return venue;
}

Safety safety_of(const FocusArea& area, const CrowdModel& model) {
  SafetyModel safety;
  safety.cell = model.cell;
  return Safety(area.area->box(), safety);
}

}  // namespace

AreaSite::AreaSite(const FocusArea& area, const CrowdModel& model, Seed seed, std::size_t first_cell_row,
                   std::size_t first_gate_row)
    : about(&area),
      venue(area.area, venue_model(model, seed)),
      safety(safety_of(area, model)),
      went_in(area.gates.size(), 0),
      went_out(area.gates.size(), 0),
      turned_back(area.gates.size(), 0),
      cells(cells_over(area)),
      first_cell(first_cell_row),
      first_gate(first_gate_row),
      let_out(area.gates.size() * kUnseen, 0),
      gate_flow(model.gate_flow) {
  for (const AreaGate& gate : area.gates) {
    Door door;
    if (model.gate_flow > 0) door = {DoorFlow::capped, model.gate_flow, gate.width()};
    const StageRow stage = venue.add_stage({gate.id, {}, {gate.line}, Exit{door}});
    stage_gate.resize(stage + 1, -1), stage_spot.resize(stage + 1, -1);
    stage_gate[stage] = static_cast<std::int32_t>(gate_stage.size());
    gate_stage.push_back(stage);
    leave_by.push_back(venue.add_journey({stage}));
    entrance.push_back(venue.add_entrance(entrance_of(gate)));
  }
  for (const AreaSpot& spot : area.spots) {
    WaitingModel waiting;
    waiting.spacing = spacing_of(area.density);
    waiting.together = true;
    const StageRow stage =
        venue.add_stage({"spot " + std::to_string(go_to.size()), {spot.shape}, {}, Waiting{waiting}});
    stage_gate.resize(stage + 1, -1), stage_spot.resize(stage + 1, -1);
    stage_spot[stage] = static_cast<std::int32_t>(go_to.size());
    go_to.push_back(venue.add_journey({stage}));
  }
  put_up_barriers();
}

void AreaSite::put_up_barriers() {
  for (const AreaBarrier& barrier : about->barriers) {
    const double from = std::max(0.0, seconds(barrier.stands.from));
    for (std::uint32_t piece = 0; piece < barrier.pieces; ++piece) {
      const std::string& id = about->area->gates()[barrier.first_piece + piece].id;
      venue.set_gate(id, true, from);
      if (barrier.stands.to != kNever) venue.set_gate(id, false, seconds(barrier.stands.to));
    }
    last_change = std::max(last_change, barrier.stands.to == kNever ? from : seconds(barrier.stands.to));
  }
}

std::uint32_t AreaSite::other_way_out(PersonId person, Point at) const {
  if (about->barriers.empty() || venue.now() < last_change) return kNoRow;
  if (std::isfinite(venue.way_to(venue.stage_of(person), at))) return kNoRow;
  std::uint32_t nearest = kNoRow;
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t gate = 0; gate < about->gates.size(); ++gate) {
    if (!about->gates[gate].way_out) continue;
    if (const double way = venue.way_to(gate_stage[gate], at); way < least) least = way, nearest = gate;
  }
  return nearest;
}

void AreaSite::check_width(double radius) const {
  for (std::uint32_t gate = 0; gate < about->gates.size(); ++gate) {
    if (!about->gates[gate].way_in || venue.fits(entrance[gate], radius)) continue;
    char wide[32];
    std::snprintf(wide, sizeof wide, "%.2f m", 2 * radius);
    throw InputError("crowds: gate " + about->gates[gate].id,
                     std::string("has no room behind it for bodies ") + wide + " wide",
                     "shut it (closed_gates), or leave out the widest kind of people");
  }
}

std::uint32_t AreaSite::way_out_at(Point at, double within) const {
  std::uint32_t nearest = kNoRow;
  for (std::uint32_t gate = 0; gate < about->gates.size(); ++gate) {
    const double off = distance(at, nearest_on(about->gates[gate].line, at));
    if (!about->gates[gate].way_out || off >= within) continue;
    // not behind a rope or a building
    if (std::isfinite(venue.way_to(gate_stage[gate], at))) within = off, nearest = gate;
  }
  return nearest;
}

bool AreaSite::at_a_gate(Point at, double within) const {
  return std::any_of(about->gates.begin(), about->gates.end(),
                     [&](const AreaGate& gate) { return distance(at, nearest_on(gate.line, at)) <= within; });
}

void AreaSite::surround(const Field* depths, const WadingModel& wading, const AreaAir& air) {
  Surroundings surroundings;
  surroundings.wading = wading;
  if (depths != nullptr) {
    Layer water = layer_of(Quantity::water, *depths, cells, first_cell);
    wet = std::any_of(water.values.begin(), water.values.end(), [](double depth) { return depth > 0; });
    surroundings.add(std::move(water));
  }
  air.add_to(surroundings, cells, first_cell);
  venue.set_surroundings(std::move(surroundings));
}

void AreaSite::hold_back(const std::vector<float>& room, bool went_on) {
  const std::size_t gates = about->gates.size();
  if (went_on) {
    std::copy_backward(let_out.begin(), let_out.end() - static_cast<std::ptrdiff_t>(gates), let_out.end());
    std::copy(went_out.begin(), went_out.end(), let_out.begin());
  } else {
    for (std::size_t i = 0; i < let_out.size(); ++i) let_out[i] = went_out[i % gates];
  }
  for (std::size_t gate = 0; gate < gates; ++gate) {
    const double unseen = static_cast<double>(went_out[gate] - let_out[(kUnseen - 1) * gates + gate]);
    const double left = std::floor(double{room[first_gate + gate]} - unseen);
    venue.allow_out(gate_stage[gate], static_cast<std::uint32_t>(std::clamp(left, 0.0, 1e9)));
  }
}

}  // namespace chimata::pedestrian
