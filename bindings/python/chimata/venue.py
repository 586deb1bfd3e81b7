"""A crowd in an area or on several levels: people come, go from stage to stage, and leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .area import Area, Shape, points
from .choosing import Choosing
from .errors import did_you_mean, input_error
from .levels import Levels, cabin_settings, flight_settings
from .moving import Moving, mobility_rows
from .set_up import SetUp
from .staging import Staging
from .venue_snapshot import load_venue, save_venue

if TYPE_CHECKING:
    import pandas as pd

    from . import _core


class Venue(Staging, Choosing, Moving):
    """People in one area or on several levels, moved step by step; the same bits for any number of threads.

    On `Levels` every place needs its ``level``, and is drawn in the coordinates of the building.

    Parameters
    ----------
    area : where they walk, an `Area` or `Levels`
    dt : step, s
    clearance : m that people keep from corners when they choose their way
    look_every : s between two looks for a shorter way
    seed : of all that is drawn: spots at entrances, service times, branches
    threads : processor cores to use
    quickest : ways round places where people are held up, instead of the shortest ones
    step_aside : two who stand face to face for 2 s, by collision-free speed, step to the left; see
        docs/concepts/crowd_laws.md
    make_way : those who stand in waiting areas and on platforms let pass who is stuck among them

    Examples
    --------
    >>> import chimata as cm
    >>> hall = cm.Area([[(0, 0), (10, 0), (10, 8), (0, 8)]])
    >>> venue = cm.Venue(hall)
    >>> out = venue.add_exit("east", [(10, 3.4), (10, 4.6)])
    >>> _ = venue.let_in(venue.places([(0, 0), (6, 0), (6, 8), (0, 8)], 40), venue.add_journey([out]))
    >>> venue.run_until(120)
    >>> venue.left
    40
    """

    def __init__(
        self,
        area: Area | Levels,
        *,
        dt: float = 0.01,
        clearance: float = 0.3,
        look_every: float = 0.5,
        seed: int = 1,
        threads: int = 1,
        quickest: bool = False,
        step_aside: bool = False,
        make_way: bool = False,
    ) -> None:
        from . import _core

        #: None in an area of one level
        self.levels = area if isinstance(area, Levels) else None
        self.area: Area = area.area if isinstance(area, Levels) else area
        settings = (dt, clearance, look_every, seed, threads, quickest, step_aside, make_way)
        self.core: _core.Venue
        if isinstance(area, Levels):
            flights = [flight_settings(flight) for flight in area.flights]
            cabins = [cabin_settings(elevator) for elevator in area.elevators]
            self.core = _core.Venue.of_levels(area.core, flights, cabins, *settings)
        else:
            self.core = _core.Venue(area.core, *settings)
        self._set_up = SetUp(
            dt=dt,
            clearance=clearance,
            look_every=look_every,
            seed=seed,
            quickest=quickest,
            step_aside=step_aside,
            make_way=make_way,
        )
        self._people = self._journeys = 0
        self._seed = seed
        self._profiles: dict[int, str] = {}
        self._entrances: dict[int, str] = {}
        self._frames: list[tuple[float, np.ndarray, np.ndarray]] = []
        self.watchers: list[Any] = []  # `look()` when due at `due_s`, such as Safety
        self.exits: list[tuple[str, np.ndarray]] = []  # their lines and outlines, for pages
        self.gate_changes: list[tuple[float, str, bool]] = []

    def places(
        self,
        where: Shape,
        count: int,
        *,
        spacing: float = 0.4,
        from_walls: float = 0.2,
        seed: int = 1,
        level: str = "",
    ) -> np.ndarray:
        """``count`` places in a shape as an array (n, 2), none nearer than ``spacing`` m to another.

        On `Levels` they are on the ``level``, in the coordinates of the building, as all places are.

        Raises
        ------
        InputError : telling how many have room if not all have
        """
        rings = self._rings(where, level, "place")[0]
        found = np.asarray(self.core.places_in(rings, count, spacing, from_walls, seed))
        return found if self.levels is None else self.levels.from_plane(found)[0]

    def let_in(
        self, position: Any, journey: int | Sequence[int], *, enters_s: float | Sequence[float] = 0.0,
        level: str | Sequence[str] = "", **people: Any,
    ) -> np.ndarray:  # fmt: skip
        """Lets people in at places (n, 2) in m; every other value is one for all or one each.

        They appear at ``enters_s``, or as soon as their place is free, on `Levels` on a ``level`` or
        flight. For ``people`` see `arrive`.
        Returns their numbers.

        Raises
        ------
        InputError : naming the person that stands in a wall, has no way, or is no person
        """
        asked = points(position, "position")
        at = self._onto(asked, level, "position")
        if self.levels is not None:
            self.levels.check_on(asked, level, at)
        table = self._columns(len(at), journey, enters_s, people)
        self.core.let_in(at, table)
        return self._numbered(len(at))

    def arrive(
        self, entrance: int, times_s: Any, journey: int | Sequence[int], **people: Any
    ) -> np.ndarray:
        """People who come to an entrance at these moments, s; every other value is one for all or one each.

        ``people`` are ``speed`` desired, m/s (1.34), ``radius`` m (0.2), ``time_gap`` s (1.0), ``starts_s``
        when they begin to walk (0: at once), ``group`` (-1: alone; people of the same number stay together,
        the fastest wait 2 m ahead of the slowest), ``law`` ("collision_free"; see docs/concepts/crowd_laws.md)
        and ``mobility`` on stairs and ramps: "under_30", "adult", "over_50", "impaired" or "wheelchair" (no
        stairs and no escalators for them).

        ``leads`` (False) says who leads their ``group``, one at most: a guide, a teacher, a parent, a helper.
        The others take over the leader's journey, and every choice on it; they keep beside or behind, pass
        waypoints with the leader and go on from waiting areas when the leader does; in a queue everybody is
        served. The leader waits for those left behind. When the leader has left, is taken out or overcome,
        the lowest number of those who are here leads on. ``dwell_s`` says how long they stay in every waiting
        area (-1: as the area says).

        ``profile``, a name of `profiles` or a mapping of names to shares, draws speed, radius and mobility
        for each of them, where they are not given; with ``alarm_s`` also when they begin to walk: so long
        after the alarm, s, as they take to react. ``reaction`` is another law for that, with or without a
        profile: s for all, or ("lognormal", mean_s, variation), ("uniform", from_s, to_s), ("rayleigh",
        mean_s), ("exponential", mean_s), after ``alarm_s`` (0). Returns their numbers.

        Raises
        ------
        InputError : naming the person that does not fit in, or is no person
        """
        times = np.atleast_1d(np.asarray(times_s, dtype=float))
        self.core.arrive(entrance, self._columns(len(times), journey, times, people))
        return self._numbered(len(times))

    def alight(
        self, platform: int, train: int, count: int, journey: int | Sequence[int], **people: Any
    ) -> np.ndarray:
        """``count`` people get off a train, the row in its timetable, and follow a journey.

        For ``people`` see `arrive`. Returns their numbers.

        Raises
        ------
        InputError : no platform, no such train, or it has left already
        """
        self.core.alight(platform, train, self._columns(count, journey, 0.0, people))
        return self._numbered(count)

    def send(self, person: int, journey: int) -> None:
        """Sends somebody on another journey from now on, from its first stage.

        Raises
        ------
        InputError : the person is neither here nor expected, or there is no such journey
        """
        self.core.send(person, journey)

    def _columns(
        self, n: int, journey: Any, time_s: Any, people: Mapping[str, Any]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {"speed": 1.34, "radius": 0.2, "time_gap": 1.0, "starts_s": 0.0}
        values |= {"group": -1, "law": "collision_free", "mobility": "adult"}
        values |= {"leads": False, "dwell_s": -1.0}
        people = self._with_profile(range(self._people, self._people + n), people)
        for name in people:
            if name not in values:
                raise input_error("people", f"there is no {name!r}", did_you_mean(name, values))
        values |= {**people, "journey": journey, "time_s": time_s}
        law = values.pop("law")
        values["mobility"] = mobility_rows(values["mobility"])
        table: dict[str, Any] = {"law": str(law)}
        for name, value in values.items():
            array = np.asarray(value, dtype=float)
            if array.ndim and len(array) != n:
                raise input_error(
                    name, f"has {len(array)} values for {n} people", "give one or one each"
                )
            column = np.broadcast_to(array, n)
            if name in ("journey", "group", "mobility", "leads"):
                column = column.astype(np.int64).astype(np.uint32)
            table[name] = column.tolist()
        table["person"] = list(range(self._people, self._people + n))
        return table

    def _numbered(self, n: int) -> np.ndarray:
        person = np.arange(self._people, self._people + n, dtype=np.uint32)
        self._people += n
        return person

    def set_gate(self, name: str, *, closed: bool, at_s: float = 0.0) -> None:
        """Opens or closes a gate of the area at a moment, s; nobody stays on its line, or is put through it."""
        self.core.set_gate(name, closed, at_s)
        self.gate_changes.append((at_s, name, closed))

    def set_use(self, name: str, use: str, at_s: float = 0.0) -> None:
        """From a moment on, s, says who may go where on stairs, a ramp, an escalator or an elevator.

        ``use`` is "both", "onward" (from foot to head), "back" or "closed"; an elevator is "closed" or not.
        Those who are on it then get off at either end. An escalator leads one way, never "both"; closed,
        its belt stands, and those who are on it walk off.

        Raises
        ------
        InputError : there is none of that name, no such use, or an escalator is to lead both ways
        """
        self.core.set_use(name, use, at_s)

    def run_until(self, time_s: float, *, record_every: float | None = None) -> None:
        """Advances to ``time_s`` or until nobody is left; ``record_every`` s keeps positions.

        Raises
        ------
        InputError : a time that is no number, or ``record_every`` not above 0
        """
        if not np.isfinite(time_s):
            raise input_error("run_until", f"time_s is {time_s}", "give seconds")
        if record_every is not None and not record_every > 0:
            raise input_error(
                "run_until", f"record_every is {record_every}", "give s above 0, or None"
            )
        step = record_every or 1.0
        due = self.now_s + step
        for watcher in self.watchers:
            watcher.look()
        while self.now_s < time_s - 1e-6 and (self.present or self.to_come):
            self.core.run_until(min([time_s, due, *(watcher.due_s for watcher in self.watchers)]))
            for watcher in self.watchers:
                watcher.look()
            if self.now_s < min(due, time_s) - 1e-6:
                continue
            due = self.now_s + step
            if record_every:
                self._frames.append((self.now_s, self.person, np.asarray(self.core.position())))

    @property
    def now_s(self) -> float:
        """Simulated time, s."""
        return float(self.core.now_s)

    @property
    def present(self) -> int:
        """People in the area."""
        return int(self.core.present)

    @property
    def to_come(self) -> int:
        """People still to come."""
        return int(self.core.to_come)

    @property
    def left(self) -> int:
        """People who have left."""
        return int(self.core.left)

    @property
    def position(self) -> np.ndarray:
        """Where everybody is, (n, 2) in m: the engine's own memory, read-only, not a copy.

        It stays as it is when the run goes on: the engine then moves to other memory. On `Levels` a copy
        in the coordinates of the building; `level` and `z` say the rest.
        """
        at = np.asarray(self.core.position())
        if self.levels is not None:
            at = np.asarray(self.levels.from_plane(at)[0])
            at.setflags(write=False)
        return at

    @property
    def level(self) -> np.ndarray:
        """On which level or flight everybody is, (n,) names; rows as in `position`; "" without levels."""
        if self.levels is None:
            return np.full(len(self.person), "")
        rows = self.levels.from_plane(np.asarray(self.core.position()))[1]
        return np.asarray(np.asarray(self.levels.names)[rows])

    @property
    def z(self) -> np.ndarray:
        """How high the floor is that everybody stands on, (n,) in m; rows as in `position`."""
        if self.levels is None:
            return np.zeros(len(self.person))
        return np.asarray(self.levels.from_plane(np.asarray(self.core.position()))[2])

    @property
    def riding(self) -> np.ndarray:
        """Numbers of those in elevators: they count as present, and are in no row of `position`."""
        return np.asarray(self.core.riding() if self.levels is not None else [], dtype=np.uint32)

    def waiting_before(self, name: str) -> int:
        """How many wait for an elevator, or before stairs that let on only so many a second.

        Raises
        ------
        InputError : there is none of that name
        """
        return int(self.core.waiting_before(name))

    @property
    def velocity(self) -> np.ndarray:
        """How everybody moves, (n, 2) in m/s, not a copy; rows as in `position`."""
        return np.asarray(self.core.velocity())

    @property
    def person(self) -> np.ndarray:
        """Numbers of those in the area, (n,), not a copy; rows as in `position`."""
        return np.asarray(self.core.person())

    @property
    def passings(self) -> pd.DataFrame:
        """Who passed which stage when: time_s, person, stage, train (row in the timetable; -1: none)."""
        import pandas as pd

        table = pd.DataFrame(self.core.passings())
        names = self.core.stage_ids()
        table["stage"] = [names[row] for row in table["stage"]]
        return table

    @property
    def frames(self) -> list[tuple[float, np.ndarray, np.ndarray]]:
        """Recorded moments: time in s, numbers of those present, their places (n, 2) in m."""
        if self.levels is None:
            return list(self._frames)
        levels = self.levels
        return [(time, who, levels.from_plane(at)[0]) for time, who, at in self._frames]

    @property
    def plane_frames(self) -> list[tuple[float, np.ndarray, np.ndarray]]:
        """`frames` in the plane of `area`, where levels lie beside each other."""
        return list(self._frames)

    @property
    def entries(self) -> pd.DataFrame:
        """Who came when to which entrance and got in when: came_s, entered_s, waited_s, person, entrance."""
        import pandas as pd

        table = pd.DataFrame(self.core.entries())
        names = {**self._entrances, -1: ""}
        table["entrance"] = [names.get(row, "train") for row in table["entrance"]]
        table.insert(2, "waited_s", table["entered_s"] - table["came_s"])
        return table

    def served(self, queue: int) -> pd.DataFrame:
        """Who was served at a queue: person, counter, came_s, begun_s, done_s, waited_s."""
        import pandas as pd

        table = pd.DataFrame(self.core.served(queue))
        return table.assign(waited_s=table["begun_s"] - table["came_s"])

    def trains(self, platform: int) -> pd.DataFrame:
        """What became of the trains: train, arrives_s, leaves_s, waiting, boarded, denied, late_s.

        ``late_s`` says how long after its time a train left, because people were still getting off.
        """
        import pandas as pd

        return pd.DataFrame(self.core.trains(platform))

    def waiting_at(self, stage: int) -> int:
        """How many wait now in a waiting area, a queue or on a platform."""
        return int(self.core.waiting_at(stage))

    def waiting_outside(self, entrance: int) -> int:
        """How many stand before an entrance now."""
        return int(self.core.waiting_outside(entrance))

    @property
    def trajectories(self) -> pd.DataFrame:
        """Recorded positions: time_s, person, x_m, y_m; on `Levels` also level (or flight) and z_m."""
        import pandas as pd

        time = [np.full(len(person), time) for time, person, _ in self._frames]
        person = [person for _, person, _ in self._frames]
        at = np.concatenate([np.zeros((0, 2)), *(at for _, _, at in self._frames)])
        table = {
            "time_s": np.concatenate([np.zeros(0), *time]),
            "person": np.concatenate([np.zeros(0, np.uint32), *person]),
        }
        if self.levels is None:
            return pd.DataFrame({**table, "x_m": at[:, 0], "y_m": at[:, 1]})
        place, row, z = self.levels.from_plane(at)
        level = pd.Categorical.from_codes(
            row.astype(np.int64), categories=pd.Index(self.levels.names)
        )
        return pd.DataFrame(
            {**table, "x_m": place[:, 0], "y_m": place[:, 1], "level": level, "z_m": z}
        )

    def animate(
        self,
        path: str | Path,
        *,
        every: str | float = "1s",
        compare: Venue | None = None,
        title: str = "",
        compare_title: str = "",
        lang: str = "ja",
    ) -> Path:
        """Writes the recorded run as one HTML page that plays without network.

        ``every`` is the time between two moments of the file, at least that of ``record_every``;
        ``compare`` is shown beside it with one clock.

        Raises
        ------
        InputError : nothing was recorded, too much for one page, or the language is unknown
        """
        from .crowd_page import write_crowd_page

        titles = {"title": title, "compare_title": compare_title}
        return write_crowd_page(path, self, every=every, compare=compare, lang=lang, **titles)

    def save_trajectories(self, path: str | Path) -> Path:
        """Writes `trajectories`: .parquet, .h5 (group "trajectories"), or .txt as PedPy reads it.

        The text has a line with the frame rate and columns id, frame, x, y, z in m. On `Levels` z is that
        of the floor, and the other formats have a column ``level``.

        Raises
        ------
        InputError : there is no such format
        """
        from .trajectory_file import write_trajectories

        return write_trajectories(Path(path), self.trajectories)

    def save(self, path: str | Path) -> Path:
        """Writes all that changes during a run, and what each `Safety` has measured, to a file; see `load`."""
        return save_venue(self, Path(path))

    def load(self, path: str | Path) -> None:
        """Goes on from a file of `save`, with the same bits.

        This venue must be made in the same way, with the same settings, stages, journeys, signs and smoke, and
        must not have run; people, and what was to change by the clock, come from the file, frames do not.
        A `Safety` that is made before, in the same way, goes on measuring; one made afterwards begins there.

        Raises
        ------
        InputError : the file is missing, damaged, of another venue, or measured by another `Safety`
        """
        load_venue(self, Path(path))
