#include "chimata/scenario/event_fittings.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "chimata/core/text.hpp"
#include "chimata/mobility/area_barriers.hpp"
#include "chimata/mobility/area_obstacles.hpp"
#include "chimata/scenario/places.hpp"

namespace chimata {

namespace {

/// One number of each part; empty if any of them is none.
std::vector<double> all_numbers(const std::vector<std::string>& parts) {
  std::vector<double> numbers;
  for (const std::string& part : parts) {
    const std::vector<double> found = numbers_in(part);
    if (found.size() != 1) return {};
    numbers.push_back(found.front());
  }
  return numbers;
}

/// When a barrier stands: always, from a moment on, or from one until another.
Window window_of(const std::vector<std::string>& times, const LocalClock& clock, const std::string& where) {
  Window window{kStart, kNever};
  for (std::size_t i = 0; i < times.size(); ++i) {
    const std::optional<Time> moment = clock.parse(times[i]);
    if (!moment) throw InputError(where, "\"" + times[i] + "\" is no time of day", "write it as 20:50");
    (i == 0 ? window.from : window.to) = *moment;
  }
  if (window.to <= window.from)
    throw InputError(where, "is taken away at " + times[1] + ", before it is put up at " + times[0],
                     "check both times: they are the next ones after the scenario's start");
  return window;
}

AreaBarrier barrier_of(const std::string& text, std::size_t number, const City& city,
                       const ScenarioInputs& inputs, const LocalClock& clock, const std::string& key) {
  const std::string where = key + ": \"" + text + "\"";
  const std::vector<std::string> parts = parts_of(text);
  const auto timed = std::find_if(parts.begin(), parts.end(), [](const std::string& part) {
    return part.find(':') != std::string::npos;
  });
  const std::vector<double> degrees = all_numbers({parts.begin(), timed});
  const std::vector<std::string> times(timed, parts.end());
  if (degrees.size() < 4 || degrees.size() % 2 != 0 || times.size() > 2)
    throw InputError(key, "is \"" + text + "\"",
                     "write \"longitude, latitude, longitude, latitude\", two points or more, and when it "
                     "stands if not always: \"…, 20:50, 21:20\"");
  AreaBarrier barrier;
  barrier.id = "barrier/" + std::to_string(number);
  barrier.stands = window_of(times, clock, where);
  for (std::size_t i = 0; i < degrees.size(); i += 2)
    barrier.line.push_back(place_of(Json{degrees[i], degrees[i + 1]}, city, inputs.locate, where));
  return barrier;
}

void add_check(FocusArea& site, const std::string& text, double variation, const std::string& where) {
  const std::vector<std::string> parts = parts_of(text);
  const auto number = [&](std::size_t i) {
    const std::vector<double> read = i < parts.size() ? numbers_in(parts[i]) : std::vector<double>{};
    return read.size() == 1 ? read.front() : -1.0;
  };
  const double lanes = number(1), mean = number(2);
  if (parts.size() != 3 || !(lanes >= 1 && lanes <= 100) || lanes != std::floor(lanes) ||
      !(mean >= 0.5 && mean <= 600))
    throw InputError(
        where, "is \"" + text + "\"",
        "write \"gate, lanes, seconds per person\" with 1 to 100 lanes and 0.5 to 600 s, such as "
        "\"" +
            site.gates.front().id + ", 4, 8\"");
  AreaGate& gate = gate_named(site, parts[0], where);
  const std::string about = where + ": \"" + text + "\"";
  if (gate.check.lanes > 0) throw InputError(about, gate.id + " has a check already", "write it once");
  if (!gate.way_in) throw InputError(about, gate.id + " lets nobody in", "check people where they come in");
  gate.check = {static_cast<std::uint32_t>(lanes), mean, variation};
}

std::string listed_gates(const FocusArea& site, const std::vector<std::uint32_t>& rows) {
  std::vector<std::string> ids;
  for (const std::uint32_t row : rows) ids.push_back(site.gates[row].id);
  return (ids.size() == 1 ? "gate " : "gates ") + listed(ids, 30);
}

/// What nobody can get to, past all that always stands and past what is put up at last.
std::vector<std::string> notes_on_sides(FocusArea& site, const std::string& cause, const std::string& where) {
  std::vector<std::string> notes;
  const auto begins = cause + " of " + site.id;
  const CutOff always = find_sides(site, where);
  if (always.spots > 0)
    notes.push_back(begins + " shut in room for " + std::to_string(always.room) +
                    " persons: nobody stays there");
  if (!always.gates.empty())
    notes.push_back(begins + " cut off " + listed_gates(site, always.gates) + ": counted as shut");
  const CutOff at_last = cut_off_at_last(site);
  if (at_last.spots > 0)
    throw InputError(where,
                     "keep in people at places for " + std::to_string(at_last.room) +
                         " persons once they have been put up, and are never taken away",
                     "leave a gap, or give the time at which they are taken away: \"…, 20:50, 21:20\"");
  if (!at_last.gates.empty())
    notes.push_back(begins + " cut off " + listed_gates(site, at_last.gates) +
                    " for good once they are put up: people leave by other gates from then on");
  return notes;
}

}  // namespace

AreaGate& gate_named(FocusArea& site, const std::string& id, const std::string& where) {
  const auto gate =
      std::find_if(site.gates.begin(), site.gates.end(), [&](const AreaGate& g) { return g.id == id; });
  if (gate != site.gates.end()) return *gate;
  std::vector<std::string> known;
  for (const AreaGate& g : site.gates) known.push_back(g.id);
  const std::string hint = did_you_mean(id, known);
  throw InputError(where, "there is no gate \"" + id + "\"",
                   hint.empty() ? "gates are " + listed(known, 30) : hint);
}

std::vector<std::string> without_buildings(FocusArea& site, const City& city, FocusPlan plan,
                                           const std::string& where) {
  const auto layer = city.layers.find("buildings");
  if (layer == city.layers.end() || layer->second.geometry != Geometry::polygon)
    throw InputError(where, "is true, but the city has no layer of buildings", "import one, or leave it out");
  plan.obstacles = layer->second.shape;
  const ObstaclesCut cut = cut_out_obstacles(site, city.network, plan, where);
  std::vector<std::string> notes;
  if (cut.yards > 0)
    notes.push_back("buildings cut " + std::to_string(cut.yards) +
                    (cut.yards == 1 ? " part of " : " parts of ") +
                    std::to_string(std::lround(cut.yards_m2)) + " m2 off " + site.id +
                    ", to which no gate leads: nobody goes there");
  if (cut.wrong > 0)
    notes.push_back(std::to_string(cut.wrong) + (cut.wrong == 1 ? " building at " : " buildings at ") +
                    site.id +
                    (cut.wrong == 1 ? " is not cut out of it, because its outline crosses itself"
                                    : " are not cut out of it, because their outlines cross themselves"));
  return notes;
}

std::vector<std::string> fit_out(FocusArea& site, const City& city, const ScenarioInputs& inputs,
                                 const EventModel& model, const LocalClock& clock, const std::string& where) {
  for (const std::string& check : model.checks)
    add_check(site, check, model.check_variation, where + ".checks");
  const bool fenced = !model.barriers.empty();
  if (!fenced && !model.cut_buildings) return {};
  const std::string key = where + (fenced ? ".barriers" : ".cut_buildings");
  std::vector<AreaBarrier> barriers;
  for (const std::string& text : model.barriers)
    barriers.push_back(barrier_of(text, barriers.size() + 1, city, inputs, clock, key));
  put_up(site, std::move(barriers), key);
  return notes_on_sides(site,
                        !model.cut_buildings ? "barriers"
                        : fenced             ? "buildings and barriers"
                                             : "buildings",
                        key);
}

}  // namespace chimata
