/// Laws of motion written in Python, and the profiles of people.
#include "chimata/pedestrian/profiles.hpp"
#include "venue.hpp"

namespace chimata::python {

using namespace pedestrian;

namespace {

/// Copies: whoever keeps them past the step holds what was then.
py::array points_array(std::span<const Point> points) {
  py::array_t<double> array({static_cast<py::ssize_t>(points.size()), py::ssize_t{2}});
  std::copy_n(&points.data()->x, 2 * points.size(), array.mutable_data());
  return array;
}

template <class To, class From>
py::array_t<To> numbers_array(std::span<const From> values) {
  py::array_t<To> array(static_cast<py::ssize_t>(values.size()));
  std::transform(values.begin(), values.end(), array.mutable_data(),
                 [](From value) { return static_cast<To>(value); });
  return array;
}

py::dict columns_of(const CrowdView& scene) {
  py::dict table;
  table["dt_s"] = scene.dt;
  py::array_t<std::uint32_t> person(static_cast<py::ssize_t>(scene.person.size()));
  std::transform(scene.person.begin(), scene.person.end(), person.mutable_data(),
                 [](PersonId one) { return one.value; });
  table["person"] = person;
  table["position"] = points_array(scene.position);
  table["velocity"] = points_array(scene.velocity);
  table["aim"] = points_array(scene.aim);
  table["radius"] = numbers_array<double>(scene.radius);
  auto speed = numbers_array<double>(scene.speed);
  for (std::size_t row = 0; row < scene.speed.size(); ++row)
    speed.mutable_data()[row] *= double{scene.factor[row]};
  table["speed"] = speed;
  table["time_gap"] = numbers_array<double>(scene.time_gap);
  table["mine"] = numbers_array<bool>(scene.mine);
  table["first"] = numbers_array<std::int64_t>(scene.first);
  table["neighbour"] = numbers_array<std::int64_t>(scene.neighbour);
  return table;
}

void take_velocities(const py::object& returned, std::span<Point> velocity) {
  const auto array = py::array_t<double, py::array::c_style | py::array::forcecast>::ensure(returned);
  if (!array) {
    PyErr_Clear();
    throw InputError("own law", "returned no array of numbers", "return velocities (n, 2) in m/s");
  }
  const auto people = static_cast<py::ssize_t>(velocity.size());
  if (array.ndim() != 2 || array.shape(0) != people || array.shape(1) != 2) {
    std::string shape;
    for (py::ssize_t i = 0; i < array.ndim(); ++i) {
      if (i > 0) shape += ", ";
      shape += std::to_string(array.shape(i));
    }
    throw InputError("own law", "returned an array of shape (" + shape + ")",
                     "return one of shape (" + std::to_string(people) + ", 2), a row for everybody");
  }
  std::copy_n(array.data(), 2 * velocity.size(), &velocity.data()->x);
}

py::dict profile_row(const Profile& one) {
  py::dict row;
  row["profile"] = one.id, row["label_ja"] = one.label_ja, row["label_en"] = one.label_en;
  row["speed"] = one.speed.mean, row["speed_sd"] = one.speed.deviation;
  row["speed_low"] = one.speed.low, row["speed_high"] = one.speed.high;
  row["radius"] = one.radius.mean, row["radius_sd"] = one.radius.deviation;
  row["reaction_s"] = one.reaction, row["reaction_sigma"] = one.reaction_spread;
  row["mobility"] = static_cast<std::uint32_t>(one.mobility);
  row["source"] = one.source, row["grade"] = std::string(1, one.grade);
  return row;
}

/// Columns for people of these kinds: `kinds` are names with shares, one kind for all.
py::dict draw_people(const std::vector<std::pair<std::string, double>>& kinds, std::uint64_t seed,
                     const std::vector<std::uint32_t>& numbers) {
  std::vector<Share> shares;
  for (const auto& [name, share] : kinds) shares.push_back({name, share});
  std::vector<PersonId> people;
  for (const std::uint32_t number : numbers) people.push_back(PersonId{number});
  const Random random{Seed{seed}};
  const auto rows = mix(shares, random, people);
  std::vector<std::string> names;
  std::vector<double> speed, radius, reaction;
  std::vector<std::uint32_t> mobility;
  std::vector<std::string> water;
  constexpr const char* kWater[] = {"adult", "child", "elderly", "impaired"};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Profile& one = profiles()[rows[i]];
    const Person who = draw(one, random, people[i]);
    names.emplace_back(one.id);
    speed.push_back(who.speed), radius.push_back(who.radius), reaction.push_back(who.reaction_s);
    mobility.push_back(static_cast<std::uint32_t>(one.mobility));
    water.emplace_back(kWater[static_cast<std::size_t>(one.person_class)]);
  }
  py::dict table;
  table["profile"] = names, table["speed"] = speed, table["radius"] = radius;
  table["reaction_s"] = reaction, table["mobility"] = mobility, table["water"] = water;
  return table;
}

/// s for everybody by a law of time; `purpose` keeps it apart from what else is drawn for them.
std::vector<double> draw_times(const std::tuple<std::string, double, double>& law, const std::string& purpose,
                               std::uint64_t seed, const std::vector<std::uint32_t>& people) {
  const Spell spell{spell_law(std::get<0>(law)), std::get<1>(law), std::get<2>(law)};
  if (const std::string fault = fault_of(spell); !fault.empty()) throw InputError(purpose, fault);
  const Purpose what{"pedestrian." + purpose};
  std::vector<double> times;
  for (const std::uint32_t person : people)
    times.push_back(drawn(spell, what, PersonId{person}, 0, Random{Seed{seed}}));
  return times;
}

}  // namespace

void bind_own_law(py::module_& module, VenueClass& venue) {
  venue.def(
      "set_own_law",
      [](VenueHandle& self, const py::function& law, double range) {
        OwnLaw own;
        own.range = range;
        own.everybody = [law](const CrowdView& scene, std::span<Point> velocity) {
          const py::gil_scoped_acquire gil;
          take_velocities(law(columns_of(scene)), velocity);
        };
        self.venue.set_own_law(std::move(own));
      },
      py::arg("law"), py::arg("range"));
  module.def("profiles", [] {
    py::list rows;
    for (const Profile& one : profiles()) rows.append(profile_row(one));
    return rows;
  });
  module.def("draw_people", &draw_people, py::arg("kinds"), py::arg("seed"), py::arg("people"));
  module.def("draw_times", &draw_times, py::arg("law"), py::arg("purpose"), py::arg("seed"),
             py::arg("people"));
}

}  // namespace chimata::python
