#include <algorithm>

#include "chimata/io/checkpoint_file.hpp"
#include "chimata/pedestrian/places.hpp"
#include "safety.hpp"
#include "venue.hpp"

namespace chimata::python {

using namespace pedestrian;

namespace {

/// Memory that never changes while somebody holds it, as an array that cannot be written.
template <class Number, class T>
py::array view(std::shared_ptr<const T[]> column, std::vector<py::ssize_t> shape) {
  auto* kept = new std::shared_ptr<const T[]>(std::move(column));
  const py::capsule owner(kept, [](void* p) { delete static_cast<std::shared_ptr<const T[]>*>(p); });
  py::array_t<Number> array(std::move(shape), reinterpret_cast<const Number*>(kept->get()), owner);
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

py::array points_view(std::shared_ptr<const Point[]> column, std::size_t count) {
  static_assert(sizeof(Point) == 2 * sizeof(double));
  return view<double>(std::move(column), {static_cast<py::ssize_t>(count), 2});
}

py::array person_view(const Crowd& crowd) {
  static_assert(sizeof(PersonId) == sizeof(std::uint32_t));
  return view<std::uint32_t>(crowd.show_person(), {static_cast<py::ssize_t>(crowd.size())});
}

py::array array_of(const std::vector<Point>& points) {
  const std::shared_ptr<Point[]> kept(new Point[points.size()]);
  std::copy(points.begin(), points.end(), kept.get());
  return points_view(kept, points.size());
}

Exit exit_of(const Settings& settings) {
  Door door;
  door.flow = named<DoorFlow>("flow", settings.get<std::string>("flow", "emergent"),
                              {"emergent", "capped", "service"});
  door.rate = settings.get("rate", door.rate);
  door.width = settings.get("width", door.width);
  return Exit(door);
}

/// A law of time: its name, mean in s and variation.
Spell spell_of(const Settings& settings, const char* name) {
  if (!settings.values.contains(name)) return {};
  const auto given = settings.values[name].cast<std::tuple<std::string, double, double>>();
  return {spell_law(std::get<0>(given)), std::get<1>(given), std::get<2>(given)};
}

Waiting waiting_of(const Settings& settings) {
  WaitingModel model;
  model.until_s = settings.get("until_s", model.until_s);
  model.block = settings.get("block", model.block);
  model.every_s = settings.get("every_s", model.every_s);
  model.over_s = settings.get("over_s", model.over_s);
  model.capacity = settings.get("capacity", model.capacity);
  model.spacing = settings.get("spacing", model.spacing);
  model.dwell = spell_of(settings, "dwell"), model.departure = spell_of(settings, "departure");
  return Waiting(model);
}

Queue queue_of(const Settings& settings, const std::string& where) {
  QueueModel model;
  model.servers = settings.get("servers", model.servers);
  model.spacing = settings.get("spacing", model.spacing);
  model.service.law = spell_law(settings.get<std::string>("law", "constant"));
  model.service.mean_s = settings.get("mean_s", model.service.mean_s);
  model.service.variation = settings.get("variation", model.service.variation);
  if (settings.values.contains("counters"))
    model.counters = points_of(settings.values["counters"].cast<Numbers>(), where);
  model.overflow = polygons_of(settings.get("overflow", py::list()), where);
  return Queue(std::move(model));
}

Platform platform_of(const Settings& settings, const std::string& where) {
  PlatformModel model;
  for (const auto& row : settings.get("trains", py::list())) {
    const auto train = row.cast<py::tuple>();
    model.trains.push_back({train[0].cast<std::string>(), train[1].cast<double>(), train[2].cast<double>(),
                            train[3].cast<std::uint32_t>()});
  }
  model.doors = lines_of(settings.get("doors", py::list()), where);
  model.boarding = settings.get("boarding", model.boarding);
  model.alighting = settings.get("alighting", model.alighting);
  model.spacing = settings.get("spacing", model.spacing);
  return Platform(std::move(model));
}

StageRow add_stage(VenueHandle& self, const std::string& kind, const std::string& id, const py::list& shapes,
                   const py::list& lines, const py::dict& values) {
  const std::string where = "stage " + id;
  const Settings settings{values, where};
  Stage stage{id, polygons_of(shapes, where), lines_of(lines, where), Pass{}};
  enum class Kind : std::uint8_t { leave, pass, wait, queue, platform };
  switch (named<Kind>("kind of stage", kind, {"leave", "pass", "wait", "queue", "platform"})) {
    case Kind::leave:
      stage.does = exit_of(settings);
      break;
    case Kind::pass:
      break;
    case Kind::wait:
      stage.does = waiting_of(settings);
      break;
    case Kind::queue:
      stage.does = queue_of(settings, where);
      break;
    case Kind::platform:
      stage.does = platform_of(settings, where);
      break;
  }
  return self.venue.add_stage(std::move(stage));
}

JourneyRow add_journey(VenueHandle& self, const py::list& legs) {
  std::vector<Leg> all;
  for (const auto& entry : legs) {
    const auto leg = entry.cast<py::tuple>();
    all.push_back({leg[0].cast<std::vector<StageRow>>(),
                   named<Choose>("choice", leg[1].cast<std::string>(),
                                 {"shares", "round_robin", "least_crowded", "quickest"}),
                   leg[2].cast<std::vector<double>>()});
  }
  return self.venue.add_branching_journey(std::move(all));
}

/// People as columns: who they are, how they move and when they come.
std::vector<Arrival> people_of(const py::dict& columns) {
  const auto numbers = [&](const char* name) { return columns[name].cast<std::vector<double>>(); };
  const auto rows = [&](const char* name) { return columns[name].cast<std::vector<std::uint32_t>>(); };
  const auto person = rows("person"), journey = rows("journey"), group = rows("group");
  const auto speed = numbers("speed"), radius = numbers("radius"), time_gap = numbers("time_gap");
  const auto time = numbers("time_s"), starts = numbers("starts_s");
  const auto mobility = rows("mobility"), leads = rows("leads");
  const auto dwell = numbers("dwell_s");
  const Law law =
      named<Law>("law", columns["law"].cast<std::string>(),
                 {"collision_free", "anticipating", "social_force", "orca", "gap_seeking", "own"});
  std::vector<Arrival> people(person.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    Arrival& who = people[i];
    who.body.person = PersonId{person[i]};
    who.body.speed = speed.at(i), who.body.radius = radius.at(i), who.body.time_gap = time_gap.at(i);
    who.body.law = law;
    who.journey = journey.at(i), who.group = group.at(i);
    who.time_s = time.at(i), who.starts_s = starts.at(i);
    who.dwell_s = dwell.at(i), who.leads = leads.at(i) != 0;
    who.mobility = static_cast<Mobility>(std::min<std::uint32_t>(mobility.at(i), kMobilities - 1));
  }
  return people;
}

void let_in(VenueHandle& self, const Numbers& position, const py::dict& columns) {
  const auto places = points_of(position, "position");
  const auto people = people_of(columns);
  std::vector<Visitor> visitors;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Arrival& who = people[i];
    visitors.push_back(
        {who.body, who.journey, who.time_s, who.starts_s, who.group, who.mobility, who.dwell_s, who.leads});
    visitors.back().body.at = places.at(i);
  }
  self.venue.let_in(std::move(visitors));
}

void arrive(VenueHandle& self, EntranceRow entrance, const py::dict& columns) {
  auto people = people_of(columns);
  for (Arrival& who : people) who.entrance = entrance;
  self.venue.arrive(std::move(people));
}

EntranceRow add_entrance(VenueHandle& self, const std::string& id, const py::list& shapes,
                         const py::list& lines, double rate) {
  return self.venue.add_entrance(
      {id, polygons_of(shapes, "entrance " + id), lines_of(lines, "entrance " + id), rate});
}

/// One member of every row of a table.
template <class T, class Row, class Get>
void put(py::dict& table, const char* name, const std::vector<Row>& rows, Get get) {
  table[name] = array_from<T>(rows, get);
}

py::dict entries(const VenueHandle& self) {
  const auto& all = self.venue.entries();
  py::dict table;
  put<double>(table, "came_s", all, [](const Entry& e) { return e.came_s; });
  put<double>(table, "entered_s", all, [](const Entry& e) { return e.entered_s; });
  put<std::uint32_t>(table, "person", all, [](const Entry& e) { return e.person.value; });
  put<std::int64_t>(table, "entrance", all, [](const Entry& e) {
    return e.entrance == kNoEntrance ? std::int64_t{-1} : std::int64_t{e.entrance};
  });
  return table;
}

template <class Kind>
const Kind& stage_of(const VenueHandle& self, StageRow row, const std::string& what) {
  const auto& stages = self.venue.stages();
  if (row >= stages.size() || !std::holds_alternative<Kind>(stages[row].does))
    throw InputError("stage " + std::to_string(row), "is no " + what);
  return std::get<Kind>(stages[row].does);
}

py::dict served(const VenueHandle& self, StageRow row) {
  const auto& all = stage_of<Queue>(self, row, "queue").served();
  py::dict table;
  put<std::uint32_t>(table, "person", all, [](const Served& s) { return s.person.value; });
  put<std::uint32_t>(table, "counter", all, [](const Served& s) { return s.counter; });
  put<double>(table, "came_s", all, [](const Served& s) { return s.came_s; });
  put<double>(table, "begun_s", all, [](const Served& s) { return s.begun_s; });
  put<double>(table, "done_s", all, [](const Served& s) { return s.done_s; });
  return table;
}

py::dict trains(const VenueHandle& self, StageRow row) {
  const Platform& platform = stage_of<Platform>(self, row, "platform");
  py::dict table;
  std::vector<std::string> ids;
  for (const Train& train : platform.trains()) ids.push_back(train.id);
  table["train"] = ids;
  put<double>(table, "arrives_s", platform.trains(), [](const Train& t) { return t.arrives_s; });
  put<double>(table, "leaves_s", platform.trains(), [](const Train& t) { return t.leaves_s; });
  const auto& counts = platform.counts();
  put<std::uint32_t>(table, "waiting", counts, [](const TrainCount& c) { return c.waiting; });
  put<std::uint32_t>(table, "boarded", counts, [](const TrainCount& c) { return c.boarded; });
  put<std::uint32_t>(table, "denied", counts, [](const TrainCount& c) { return c.denied; });
  put<double>(table, "late_s", counts, [](const TrainCount& c) { return c.late_s; });
  return table;
}

/// People who stand at a stage: in a waiting area, a queue or on a platform.
std::size_t waiting_at(const VenueHandle& self, StageRow row) {
  const auto& stages = self.venue.stages();
  if (row >= stages.size()) throw InputError("stage " + std::to_string(row), "is not there");
  if (const auto* queue = std::get_if<Queue>(&stages[row].does)) return queue->length();
  if (const auto* platform = std::get_if<Platform>(&stages[row].does)) return platform->load();
  if (const auto* area = std::get_if<Waiting>(&stages[row].does)) return area->inside() + area->at_border();
  return 0;
}

py::dict passings(const VenueHandle& self) {
  const auto& all = self.venue.passings();
  return py::dict(
      py::arg("time_s") = array_from<double>(all, [](const Passing& p) { return p.time_s; }),
      py::arg("person") = array_from<std::uint32_t>(all, [](const Passing& p) { return p.person.value; }),
      py::arg("stage") = array_from<std::uint32_t>(all, [](const Passing& p) { return p.stage; }),
      py::arg("train") = array_from<std::int64_t>(all, [](const Passing& p) {
        return p.train == kNoRow ? std::int64_t{-1} : std::int64_t{p.train};
      }));
}

}  // namespace

void bind_crowd(py::module_& module) {
  bind_area(module);
  bind_area_sources(module);
  bind_levels(module);
  VenueClass venue(module, "Venue", "People in an area, step by step.");
  bind_choice(venue);
  bind_storeys(venue);
  bind_own_law(module, venue);
  venue
      .def(py::init([](const std::shared_ptr<Area>& area, double dt, double clearance, double look_every,
                       std::uint64_t seed, int threads, bool quickest, bool step_aside, bool make_way) {
             return std::make_shared<VenueHandle>(
                 area, venue_model_of(dt, clearance, look_every, seed, quickest, step_aside, make_way),
                 threads);
           }),
           py::arg("area"), py::arg("dt"), py::arg("clearance"), py::arg("look_every"), py::arg("seed"),
           py::arg("threads"), py::arg("quickest") = false, py::arg("step_aside") = false,
           py::arg("make_way") = false)
      .def("add_stage", &add_stage, py::arg("kind"), py::arg("id"), py::arg("shapes"), py::arg("lines"),
           py::arg("settings"))
      .def("add_entrance", &add_entrance, py::arg("id"), py::arg("shapes"), py::arg("lines"), py::arg("rate"))
      .def("add_journey", &add_journey, py::arg("legs"))
      .def("let_in", &let_in, py::arg("position"), py::arg("people"))
      .def("arrive", &arrive, py::arg("entrance"), py::arg("people"))
      .def(
          "alight",
          [](VenueHandle& self, StageRow platform, std::uint32_t train, const py::dict& people) {
            self.venue.alight(platform, train, people_of(people));
          },
          py::arg("platform"), py::arg("train"), py::arg("people"))
      .def(
          "send",
          [](VenueHandle& self, std::uint32_t person, JourneyRow journey) {
            self.venue.send(PersonId{person}, journey);
          },
          py::arg("person"), py::arg("journey"))
      .def("entries", &entries)
      .def("served", &served, py::arg("stage"))
      .def("trains", &trains, py::arg("stage"))
      .def("waiting_at", &waiting_at, py::arg("stage"))
      .def(
          "waiting_outside",
          [](const VenueHandle& self, EntranceRow entrance) { return self.venue.waiting_outside(entrance); },
          py::arg("entrance"))
      .def(
          "places_in",
          [](const VenueHandle& self, const py::list& rings, std::size_t count, double spacing,
             double from_walls, std::uint64_t seed) {
            return array_of(places_in(self.venue.area(), self.venue.walls(), polygon_of(rings, "place"),
                                      count, spacing, from_walls, Random{Seed{seed}}));
          },
          py::arg("rings"), py::arg("count"), py::arg("spacing"), py::arg("from_walls"), py::arg("seed"))
      .def("set_gate", [](VenueHandle& self, const std::string& id, bool closed,
                          double at_s) { self.venue.set_gate(id, closed, at_s); })
      .def("run_until", &VenueHandle::run_until, py::arg("time_s"))
      .def_property_readonly("now_s", [](const VenueHandle& self) { return self.venue.now(); })
      .def_property_readonly("present", [](const VenueHandle& self) { return self.venue.present(); })
      .def_property_readonly("to_come", [](const VenueHandle& self) { return self.venue.to_come(); })
      .def_property_readonly("left", [](const VenueHandle& self) { return self.venue.left(); })
      .def("position",
           [](const VenueHandle& self) {
             return points_view(self.venue.crowd().show_position(), self.venue.crowd().size());
           })
      .def("velocity",
           [](const VenueHandle& self) {
             return points_view(self.venue.crowd().show_velocity(), self.venue.crowd().size());
           })
      .def("person", [](const VenueHandle& self) { return person_view(self.venue.crowd()); })
      .def("passings", &passings)
      .def(
          "save",
          [](const VenueHandle& self, const std::string& path, const std::string& manifest,
             const std::vector<std::shared_ptr<SafetyHandle>>& safeties) {
            Snapshot snapshot;
            SnapshotWriter writer(snapshot, "venue");
            self.venue.save(writer);
            for (std::size_t i = 0; i < safeties.size(); ++i) {
              SnapshotWriter part(snapshot, "safety" + std::to_string(i));
              safeties[i]->record.save(part);
            }
            const py::gil_scoped_release nogil;
            io::save_snapshot(snapshot, manifest, path);
          },
          py::arg("path"), py::arg("manifest"), py::arg("safeties"))
      .def(
          "load",
          [](VenueHandle& self, const std::string& path, const py::function& check,
             const std::vector<std::shared_ptr<SafetyHandle>>& safeties) {
            const auto file = io::load_snapshot(path);
            check(file.manifest);
            try {
              self.load(file.snapshot);
              for (std::size_t i = 0; i < safeties.size(); ++i)
                safeties[i]->record.load(SnapshotReader(file.snapshot, "safety" + std::to_string(i)));
            } catch (const std::runtime_error& error) {
              throw InputError(path, std::string("is of another venue (") + error.what() + ")",
                               "make this one in the same way, with the same stages and journeys");
            }
          },
          py::arg("path"), py::arg("check"), py::arg("safeties"),
          "`check` is called with the manifest before anything changes.")
      .def("stage_ids", [](const VenueHandle& self) {
        std::vector<std::string> ids;
        for (const Stage& stage : self.venue.stages()) ids.push_back(stage.id);
        return ids;
      });
}

}  // namespace chimata::python
