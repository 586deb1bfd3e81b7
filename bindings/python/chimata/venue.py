"""A crowd in an area: people come, go from stage to stage, and leave."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .area import Area, Shape, points, rings_of
from .errors import input_error

if TYPE_CHECKING:
    import pandas as pd

    from . import _core


class Venue:
    """People in one area, moved step by step; the same bits for any number of threads.

    Parameters
    ----------
    area : where they walk
    dt : step, s
    clearance : m that people keep from corners when they choose their way
    look_every : s between two looks for a shorter way
    threads : processor cores to use

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
        area: Area,
        *,
        dt: float = 0.01,
        clearance: float = 0.3,
        look_every: float = 0.5,
        threads: int = 1,
    ) -> None:
        from . import _core

        self.area = area
        self.core: _core.Venue = _core.Venue(area.core, dt, clearance, look_every, threads)
        self._people = 0
        self._frames: list[tuple[float, np.ndarray, np.ndarray]] = []
        self.watchers: list[Any] = []  # `look()` when due at `due_s`, such as Safety
        self.exits: list[tuple[str, np.ndarray]] = []  # their lines and outlines, for pages
        self.gate_changes: list[tuple[float, str, bool]] = []

    def add_exit(
        self, name: str, at: Any, *, flow: str = "emergent", rate: float = 1.33, width: float = 0
    ) -> int:
        """A line (two or more points) or shape by which people leave; returns the stage.

        ``flow`` says how many get through: "emergent" as many as the law of motion brings, "capped" no
        more than ``rate`` persons per m of width and s, "service" ``rate`` persons per s one by one.
        The literature disagrees (1.33 in IMO MSC.1/Circ.1533 against 1.6 to 2.8 in experiments), so
        it is said here and never tuned in secret. ``width`` in m; 0 takes the line's length.
        """
        return self._stage("leave", name, at, flow=flow, rate=rate, width=width)

    def add_waypoint(self, name: str, at: Any) -> int:
        """A line or shape that people pass on their way; returns the stage."""
        return self._stage("pass", name, at)

    def add_waiting(self, name: str, at: Any, until_s: float) -> int:
        """A shape in which people stand until a moment, s; returns the stage."""
        return self._stage("wait", name, at, until_s=until_s)

    def _stage(
        self, kind: str, name: str, at: Any, *, until_s: float = 0, flow: str = "emergent",
        rate: float = 1.33, width: float = 0,
    ) -> int:  # fmt: skip
        where = f"stage {name}"
        is_shape = getattr(at, "geom_type", None) in ("Polygon", "MultiPolygon") or kind == "wait"
        if not is_shape and not hasattr(at, "geom_type"):
            line = points(at, where)
            is_shape = len(line) > 3 and bool(np.array_equal(line[0], line[-1]))
        shapes = rings_of(at, where) if is_shape else []
        lines = [] if is_shape else [points(at, where)]
        if kind == "leave":
            self.exits += [(name, line) for line in lines or [part[0] for part in shapes]]
        return int(self.core.add_stage(kind, name, shapes, lines, until_s, flow, rate, width))

    def add_journey(self, stages: Sequence[int]) -> int:
        """Stages one after the other, the last one to leave by or to wait at; returns the journey."""
        return int(self.core.add_journey(list(stages)))

    def places(
        self,
        where: Shape,
        count: int,
        *,
        spacing: float = 0.4,
        from_walls: float = 0.2,
        seed: int = 1,
    ) -> np.ndarray:
        """``count`` places in a shape as an array (n, 2), none nearer than ``spacing`` m to another.

        Raises
        ------
        InputError : telling how many have room if not all have
        """
        rings = rings_of(where, "place")[0]
        return np.asarray(self.core.places_in(rings, count, spacing, from_walls, seed))

    def let_in(
        self,
        position: Any,
        journey: int | Sequence[int],
        *,
        speed: float | Sequence[float] = 1.34,
        radius: float | Sequence[float] = 0.2,
        time_gap: float | Sequence[float] = 1.0,
        enters_s: float | Sequence[float] = 0.0,
        starts_s: float | Sequence[float] = 0.0,
        law: str = "collision_free",
    ) -> np.ndarray:
        """Lets people in at places (n, 2) in m; every other value is one for all or one each.

        ``speed`` desired, m/s; ``radius`` m; ``time_gap`` s; they appear at ``enters_s`` and begin to
        walk at ``starts_s`` (reaction, pre-movement time). Returns their numbers.

        Raises
        ------
        InputError : naming the person that stands in a wall, has no way, or is no person
        """
        at = points(position, "position")
        n = len(at)
        person = np.arange(self._people, self._people + n, dtype=np.uint32)

        def each(values: Any, name: str) -> np.ndarray:
            array = np.asarray(values, dtype=float)
            if array.ndim and len(array) != n:
                raise input_error(
                    name, f"has {len(array)} values for {n} people", "give one or one each"
                )
            return np.broadcast_to(array, n)

        self.core.let_in(
            at, person.tolist(), each(journey, "journey").astype(np.uint32).tolist(),
            each(speed, "speed").tolist(), each(radius, "radius").tolist(),
            each(time_gap, "time_gap").tolist(), each(enters_s, "enters_s").tolist(),
            each(starts_s, "starts_s").tolist(), law,
        )  # fmt: skip
        self._people += n
        return person

    def set_gate(self, name: str, *, closed: bool, at_s: float = 0.0) -> None:
        """Opens or closes a gate of the area at a moment, s."""
        self.core.set_gate(name, closed, at_s)
        self.gate_changes.append((at_s, name, closed))

    def run_until(self, time_s: float, *, record_every: float | None = None) -> None:
        """Advances to ``time_s`` or until nobody is left; ``record_every`` s keeps positions."""
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
                self._frames.append((self.now_s, self.person, self.position))

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
        """Where everybody is, (n, 2) in m; read-only, stays as it was when the run goes on."""
        return np.asarray(self.core.position())

    @property
    def velocity(self) -> np.ndarray:
        """How everybody moves, (n, 2) in m/s; rows as in `position`."""
        return np.asarray(self.core.velocity())

    @property
    def person(self) -> np.ndarray:
        """Numbers of those in the area; rows as in `position`."""
        return np.asarray(self.core.person())

    @property
    def passings(self) -> pd.DataFrame:
        """Who reached which stage when: time_s, person, stage."""
        import pandas as pd

        table = pd.DataFrame(self.core.passings())
        names = self.core.stage_ids()
        table["stage"] = [names[row] for row in table["stage"]]
        return table

    @property
    def frames(self) -> list[tuple[float, np.ndarray, np.ndarray]]:
        """Recorded moments: time in s, numbers of those present, their places (n, 2) in m."""
        return list(self._frames)

    @property
    def trajectories(self) -> pd.DataFrame:
        """Recorded positions: time_s, person, x_m, y_m."""
        import pandas as pd

        if not self._frames:
            return pd.DataFrame({"time_s": [], "person": [], "x_m": [], "y_m": []})
        parts = [
            pd.DataFrame({"time_s": time, "person": person, "x_m": at[:, 0], "y_m": at[:, 1]})
            for time, person, at in self._frames
        ]
        return pd.concat(parts, ignore_index=True)

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

        return write_crowd_page(
            path,
            self,
            every=every,
            compare=compare,
            title=title,
            compare_title=compare_title,
            lang=lang,
        )

    def save_trajectories(self, path: str | Path) -> Path:
        """Writes `trajectories`: .parquet, .h5 (group "trajectories"), or .txt as PedPy reads it.

        The text has a line with the frame rate and columns id, frame, x, y, z in m.
        """
        path, table = Path(path), self.trajectories
        if path.suffix == ".parquet":
            table.to_parquet(path)
        elif path.suffix == ".txt":
            self._save_text(path, table)
        elif path.suffix in (".h5", ".hdf5"):
            import h5py  # type: ignore[import-untyped]

            with h5py.File(path, "w") as out:
                group = out.create_group("trajectories")
                for column in table.columns:
                    group.create_dataset(column, data=table[column].to_numpy(), compression="gzip")
        else:
            raise input_error(
                str(path), f"no format for {path.suffix!r}", "use .parquet, .h5 or .txt"
            )
        return path

    def _save_text(self, path: Path, table: pd.DataFrame) -> None:
        times = np.unique(table["time_s"])
        rate = 1 / float(np.median(np.diff(times))) if len(times) > 1 else 1.0
        frame = np.rint(table["time_s"] * rate).astype(int)
        with path.open("w", encoding="utf-8") as out:
            out.write(f"# framerate: {rate:.6g}\n# id\tframe\tx/m\ty/m\tz/m\n")
            for person, number, x, y in zip(
                table["person"] + 1, frame, table["x_m"], table["y_m"], strict=True
            ):
                out.write(f"{person}\t{number}\t{x:.4f}\t{y:.4f}\t0\n")
