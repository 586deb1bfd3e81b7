/// A venue as Python holds it.
#pragma once

#include <algorithm>

#include "chimata/core/error.hpp"
#include "chimata/core/text.hpp"
#include "chimata/pedestrian/venue.hpp"
#include "shapes.hpp"

namespace chimata::python {

/// A venue with what Python needs besides: threads, and frames that stay as they were.
class VenueHandle {
 public:
  VenueHandle(std::shared_ptr<const Area> area, const pedestrian::VenueModel& model, int threads)
      : venue(std::move(area), model), arena_(threads) {}
  VenueHandle(std::shared_ptr<const Levels> levels, const std::vector<pedestrian::FlightModel>& flights,
              const std::vector<pedestrian::ElevatorModel>& elevators, const pedestrian::VenueModel& model,
              int threads)
      : venue(std::move(levels), flights, elevators, model), arena_(threads) {}

  void run_until(double time_s) {
    py::gil_scoped_release nogil;
    venue.run_until(time_s, arena_);
  }

  void load(const Snapshot& snapshot) {
    const py::gil_scoped_release nogil;
    venue.load(SnapshotReader(snapshot, "venue"), arena_);
  }

  pedestrian::Venue venue;

 private:
  Arena arena_;
};

using VenueClass = py::class_<VenueHandle, std::shared_ptr<VenueHandle>>;

/// The settings of `cm.Venue`, on one level or several.
inline pedestrian::VenueModel venue_model_of(double dt, double clearance, double look_every,
                                             std::uint64_t seed, bool quickest, bool step_aside,
                                             bool make_way) {
  pedestrian::VenueModel model;
  model.dt = dt, model.clearance = clearance, model.look_every = look_every, model.seed = seed;
  model.quickest = quickest, model.step_aside = step_aside, model.make_way = make_way;
  return model;
}

/// Which of `names` a word is, as the enum whose members they are in order.
template <class Enum>
Enum named(const std::string& what, const std::string& word, const std::vector<std::string>& names) {
  const auto it = std::find(names.begin(), names.end(), word);
  if (it == names.end()) {
    const std::string guess = did_you_mean(word, names);
    throw InputError(what, "there is no " + what + " \"" + word + "\"",
                     guess.empty() ? "use " + listed(names) : guess);
  }
  return static_cast<Enum>(it - names.begin());
}

/// @throws InputError naming the laws of time there are
inline pedestrian::SpellLaw spell_law(const std::string& word) {
  return named<pedestrian::SpellLaw>("law", word,
                                     {"constant", "exponential", "lognormal", "uniform", "rayleigh"});
}

/// Settings of a stage as Python hands them over; those that its kind does not know are not there.
struct Settings {
  const py::dict& values;
  std::string where;
  template <class T>
  T get(const char* name, T otherwise) const {
    if (!values.contains(name)) return otherwise;
    try {
      return values[name].cast<T>();
    } catch (const py::cast_error&) {
      throw InputError(where + ": " + name, "cannot be " + py::repr(values[name]).cast<std::string>(),
                       "give a number of the right kind");
    }
  }
};

/// Part of `bind_crowd`: what people know, choose, breathe and stand in.
void bind_choice(VenueClass& venue);
/// Part of `bind_crowd`: stairs, ramps, escalators and elevators.
void bind_storeys(VenueClass& venue);
/// Who may go where on a flight. @throws InputError naming the words there are
pedestrian::Use use_of(const std::string& word);
/// Another part: laws written in Python, profiles of people.
void bind_own_law(py::module_& module, VenueClass& venue);

}  // namespace chimata::python
