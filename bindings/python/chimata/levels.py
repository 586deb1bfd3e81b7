"""Several levels joined by stairs, ramps, escalators and elevators."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from .area import Area, Shape, gate_of, points, rings_of
from .errors import InputError, did_you_mean, input_error

if TYPE_CHECKING:
    from . import _core


@dataclass(frozen=True, eq=False)
class Level:
    """One storey, drawn in the coordinates of the whole building: levels lie over each other.

    Parameters
    ----------
    id : its name
    shapes : its floor in m: an `Area` (with its gates), shapely polygons, or lists of rings of (x, y);
        leave stairs out of it
    height : of its floor, m
    gates, zones : as of an `Area`; a gate is called "<level>/<gate>" in the venue
    """

    id: str
    shapes: Any
    height: float = 0.0
    gates: Mapping[str, Any] = field(default_factory=dict)
    zones: Sequence[tuple[str, Shape, float]] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class _Flight:
    """What stairs, ramps and escalators have in common."""

    kind: ClassVar[str]
    foot: Any
    head: Any
    shape: Any = None
    length: float = 0.0
    use: str = "both"
    rate: float = -1.0


@dataclass(frozen=True, eq=False)
class Stairs(_Flight):
    """Stairs from one level to another.

    Parameters
    ----------
    id : their name, no other level or flight has it
    start, end : levels at the foot and at the head
    foot, head : two ends (x, y) each in m, on the outlines of the two levels, equally wide
    shape : what lies between them seen from above; None: straight from foot to head
    length : m along the slope; 0: by the heights of the levels
    use : "both", "onward" (from foot to head only), "back", "closed"
    rate : persons/s let on at each end; 0 or less: as many as can
    table : "fruin_indoor", "fruin_outdoor", "imo", "weidmann", or "fixed" and "shares" with ``up`` and
        ``down``: m/s along the slope, or shares of the own speed
    """

    id: str
    start: str
    end: str
    table: str = "fruin_indoor"
    up: float = 0.0
    down: float = 0.0
    kind = "stairs"


@dataclass(frozen=True, eq=False)
class Ramp(_Flight):
    """A ramp; as `Stairs`, but speeds are Tobler's by slope, and wheelchairs take up to 1 : 12."""

    id: str
    start: str
    end: str
    kind = "ramp"


@dataclass(frozen=True, eq=False)
class Escalator(_Flight):
    """An escalator; as `Stairs`, but it moves.

    Parameters
    ----------
    use : "onward" (from foot to head), "back" or "closed", never "both"
    rate : persons/s let on; below 0: the capacity of EN 115-1 annex H for its width and speed
    belt : m/s along the slope
    walking : share of people who walk on it besides
    """

    id: str
    start: str
    end: str
    use: str = field(default="onward", kw_only=True)
    belt: float = 0.5
    walking: float = 0.25
    table: str = "fruin_indoor"
    kind = "escalator"


@dataclass(frozen=True, eq=False)
class Elevator:
    """Cabins that carry people from landing to landing.

    Parameters
    ----------
    id : its name
    doors : level -> the two ends (x, y) in m of the door there, on the outline of the level
    cabins, capacity : how many there are, and how many persons each takes
    speed : m/s
    start_s, door_s : s lost on each trip, and s to open and close
    board_s : s for each who gets in or out
    """

    id: str
    doors: Mapping[str, Any]
    cabins: int = 1
    capacity: int = 8
    speed: float = 1.0
    start_s: float = 2.0
    door_s: float = 4.0
    board_s: float = 1.0


_SETTINGS = ("use", "rate", "table", "up", "down", "belt", "walking")
_CABIN = ("cabins", "capacity", "speed", "start_s", "door_s", "board_s")


class Levels:
    """Levels joined by flights and elevators, checked when made; a `Venue` takes it in place of an `Area`.

    Parameters
    ----------
    levels : `Level` by `Level`
    flights : `Stairs`, `Ramp` and `Escalator`
    elevators : `Elevator`

    Raises
    ------
    InputError : naming the level, flight or elevator that is wrong: a name used twice, a level that is not
        there or that nobody can reach, a foot that is not on the edge of its level, no width, an elevator
        with one stop, two levels at one height that overlap

    Examples
    --------
    >>> import chimata as cm
    >>> hall = cm.Level("1F", [[(0, 0), (10, 0), (10, 4), (0, 4)]])
    >>> deck = cm.Level("2F", [[(17, 0), (30, 0), (30, 4), (17, 4)]], height=4.5)
    >>> up = cm.Stairs("stairs", "1F", "2F", foot=[(10, 0), (10, 2)], head=[(17, 0), (17, 2)])
    >>> station = cm.Levels([hall, deck], [up])
    >>> station.names
    ('1F', '2F', 'stairs')
    """

    def __init__(
        self,
        levels: Sequence[Level],
        flights: Sequence[Stairs | Ramp | Escalator] = (),
        elevators: Sequence[Elevator] = (),
    ) -> None:
        from . import _core

        for what, kind, given in (
            ("levels", (Level,), levels),
            ("flights", (Stairs, Ramp, Escalator), flights),
            ("elevators", (Elevator,), elevators),
        ):
            for one in given:
                if not isinstance(one, kind):
                    names = " or ".join(k.__name__ for k in kind)
                    raise input_error(what, f"hold {one!r}", f"give {names} objects")
        self.levels, self.flights, self.elevators = tuple(levels), tuple(flights), tuple(elevators)
        self.core: _core.Levels = _core.Levels(
            [_level(level) for level in levels],
            [_flight(flight) for flight in flights],
            [_shaft(elevator) for elevator in elevators],
        )
        sheets = self.core.sheets()
        #: names of the levels, then of the flights: what `Venue.level` holds
        self.names = tuple(name for name, _, _, _ in sheets)
        self._offset = np.array([offset for _, _, _, offset in sheets])
        self._parts = [rings for _, _, rings, _ in sheets]
        corners = [np.vstack([ring for part in parts for ring in part]) for parts in self._parts]
        self._box = np.array([(all_of.min(axis=0), all_of.max(axis=0)) for all_of in corners])
        self.area = Area.of_core(self.core.area)
        self.area.gates = {
            f"{level.id}/{name}": (ends + self._offset[row], closed)
            for row, level in enumerate(levels)
            for name, (ends, closed) in _gates(level).items()
        }

    @classmethod
    def from_file(
        cls,
        path: str | Path | Sequence[str | Path],
        *,
        crs: str = "",
        heights: Mapping[str, float] | None = None,
        unit: float = 1.0,
    ) -> Levels:
        """From a file with all levels, or from one file a level.

        Map layers (GeoJSON, GeoPackage, shapefile): every feature has an attribute ``level``; without it
        the layer (of a file with several) or the file (of several) is called like its level. Polygons
        are floor, with ``height`` in m, or ``kind`` "obstacle", or with ``speed_factor`` a zone. Lines have
        an ``id`` and a ``kind``: "gate" (``closed``), "elevator" (a line for each door), or "stairs",
        "ramp", "escalator": a line each for foot and head, as ``end`` says. Other attributes are the
        settings of `Stairs`, `Ramp`, `Escalator` and `Elevator`.

        Drawings (.dxf): layers say it all, "walkable@1F@0" (height in m), "obstacle@1F",
        "gate north@1F", "elevator lift@1F", "stairs A foot@1F", "stairs A head@2F".

        Parameters
        ----------
        path : the file, or several
        crs : metric coordinate system, e.g. "EPSG:6677"; empty: one that suits the first map layer
        heights : m by level, in place of what the file says
        unit : m that a drawing's unit is

        Raises
        ------
        InputError : naming the file and feature that is wrong: no level, an unknown kind, a line that is
            not straight, a flight without foot or head, a setting that is not there, or as `Levels`
        """
        from . import _core

        paths = [path] if isinstance(path, str | Path) else list(path)
        levels, flights, shafts, _, notes = _core.Levels.read(
            [str(one) for one in paths], crs, dict(heights or {}), unit
        )
        for note in notes:
            warnings.warn(note, stacklevel=2)
        where = Path(paths[0]).name if len(paths) == 1 else "levels"
        try:
            return cls(
                [Level(*level) for level in levels],
                [_drawn_flight(where, *flight) for flight in flights],
                [_drawn_elevator(where, *shaft) for shaft in shafts],
            )
        except InputError as error:
            if str(error).startswith(where):
                raise
            raise InputError(f"{where}, {error}") from None

    def __repr__(self) -> str:
        return (
            f"<Levels: {len(self.levels)} levels, {len(self.flights)} flights, "
            f"{len(self.elevators)} elevators>"
        )

    def height(self, level: str) -> float:
        """Of a level's floor, m.

        Raises
        ------
        InputError : there is no such level
        """
        for one in self.levels:
            if one.id == level:
                return float(one.height)
        names = [one.id for one in self.levels]
        raise input_error(f"level {level}", "is not there", did_you_mean(level, names))

    def rings(self, name: str) -> list[np.ndarray]:
        """Rings of a level or flight, outer ones and holes, arrays (n, 2) in m; not closed.

        Raises
        ------
        InputError : there is no such level or flight
        """
        return [ring for part in self.parts(name) for ring in part]

    def parts(self, name: str) -> list[list[np.ndarray]]:
        """Polygons of a level or flight, each its rings as of `rings`."""
        found = self._parts[self.row(name, f"level {name}")]
        return [[np.asarray(ring) for ring in part] for part in found]

    def row(self, name: str, where: str) -> int:
        """Row of a level or flight in `names`."""
        if name not in self.names:
            raise input_error(
                where, f"is on level {name!r}, which is not there", did_you_mean(name, self.names)
            )
        return self.names.index(name)

    def onto_plane(self, at: np.ndarray, level: Any, where: str) -> np.ndarray:
        """From places (n, 2) on a level, or on a level each, to the plane of `area`.

        Raises
        ------
        InputError : no such level, or a place farther than 5 m beside it
        """
        if isinstance(level, str):
            rows = [self.row(level, where)] * len(at)
        else:
            rows = [self.row(str(name), where) for name in np.asarray(level).ravel()]
        if len(rows) != len(at):
            raise input_error(where, f"has {len(rows)} levels for {len(at)} places", "one each")
        beside = ((at < self._box[rows, 0] - 5) | (at > self._box[rows, 1] + 5)).any(axis=1)
        for i in np.flatnonzero(beside)[:1]:
            where_at = f"lies at ({at[i, 0]:g}, {at[i, 1]:g}), beside {self.names[rows[i]]!r}"
            raise input_error(where, where_at, "move it, or change the level")
        return np.asarray(at + self._offset[rows])

    def check_on(self, at: np.ndarray, level: Any, in_plane: np.ndarray) -> None:
        """That every place (n, 2) lies on its level; ``in_plane`` as of `onto_plane`.

        Raises
        ------
        InputError : naming the first place that does not
        """
        names = [level] * len(at) if isinstance(level, str) else [str(one) for one in level]
        found = self.from_plane(in_plane)[1] if len(at) else np.empty(0, dtype=int)
        for i, ((x, y), name) in enumerate(zip(at, names, strict=True)):
            if self.names[found[i]] != name or not self.area.contains(*in_plane[i]):
                raise input_error(
                    f"position {i}",
                    f"({x:g}, {y:g}) is not on {name!r}",
                    "move it, or change the level",
                )

    def from_plane(self, at: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """From the plane of `area`: places (n, 2) in m, rows in `names`, heights of the floor in m."""
        return self.core.from_plane(at)

    def plot(self, axes: Any = None) -> Any:
        """Draws every level with the flights that begin there; returns the matplotlib Axes."""
        import matplotlib.pyplot as plt

        if axes is None:
            axes = plt.subplots(1, len(self.levels), squeeze=False, layout="constrained")[1][0]
        for ax, level in zip(np.ravel(axes), self.levels, strict=True):
            _draw(ax, self.rings(level.id), "0.3", None)
            for flight in self.flights:
                if level.id in (flight.start, flight.end):
                    _draw(ax, self.rings(flight.id), "tab:blue", flight.id)
            for elevator in self.elevators:
                if level.id in elevator.doors:
                    door = points(elevator.doors[level.id], elevator.id)
                    ax.plot(door[:, 0], door[:, 1], color="tab:green", linewidth=3)
            ax.set_aspect("equal")
            ax.set_title(f"{level.id} ({level.height:g} m)")
            ax.set_xlabel("x [m]")
            ax.set_ylabel("y [m]")
        return axes


def _draw(ax: Any, rings: Sequence[np.ndarray], colour: str, name: str | None) -> None:
    for open_ring in rings:
        ring = np.vstack([open_ring, open_ring[:1]])
        ax.plot(ring[:, 0], ring[:, 1], color=colour, linewidth=1)
    if name:
        ax.annotate(name, rings[0].mean(axis=0), ha="center", va="center", fontsize=7, color=colour)


def _gates(level: Level) -> dict[str, tuple[np.ndarray, bool]]:
    own = level.shapes.gates if isinstance(level.shapes, Area) else {}
    return {**own, **{name: gate_of(name, line) for name, line in level.gates.items()}}


def _level(level: Level) -> tuple[Any, ...]:
    where = f"level {level.id}"
    if isinstance(level.shapes, Area):
        parts: list[Any] = list(level.shapes.core.rings())
    else:
        single = hasattr(level.shapes, "geom_type")
        shapes = [level.shapes] if single else level.shapes
        parts = [part for shape in shapes for part in rings_of(shape, where)]
    own = level.shapes.zones if isinstance(level.shapes, Area) else []
    zones = [(name, rings_of(shape, f"zone {name}")[0], float(f)) for name, shape, f in level.zones]
    return (level.id, parts, float(level.height), _gates(level), [*own, *zones])


def _flight(flight: Any) -> tuple[Any, ...]:
    where = f"flight {flight.id}"
    shape = [] if flight.shape is None else rings_of(flight.shape, where)
    foot, head = (points(at, where) for at in (flight.foot, flight.head))
    return (flight.id, flight.start, flight.end, foot, head, shape, float(flight.length))


def _shaft(elevator: Elevator) -> tuple[Any, ...]:
    doors = [(level, points(at, f"elevator {elevator.id}")) for level, at in elevator.doors.items()]
    return (elevator.id, doors)


_KINDS: dict[str, type[Any]] = {"stairs": Stairs, "ramp": Ramp, "escalator": Escalator}
_TEXT = ("use", "table")
_WHOLE = ("cabins", "capacity")


def _settings(where: str, kind: type[Any], settings: Mapping[str, str]) -> dict[str, Any]:
    """Attributes of a file as the settings of a class. @raises InputError for one that it does not know"""
    placed = ("id", "start", "end", "foot", "head", "shape", "doors")
    known = [one.name for one in fields(kind) if one.name not in placed]
    values: dict[str, Any] = {}
    for name, text in settings.items():
        if name not in known:
            raise input_error(where, f"there is no setting {name!r}", did_you_mean(name, known))
        try:
            values[name] = text if name in _TEXT else float(text)
            values[name] = int(values[name]) if name in _WHOLE else values[name]
        except ValueError:
            raise input_error(where, f"has {name} {text!r}", "give a number") from None
    return values


def _drawn_flight(
    where: str, name: str, kind: str, start: str, end: str, foot: Any, head: Any, length: float,
    settings: Mapping[str, str],
) -> Any:  # fmt: skip
    known = _settings(f"{where}, {kind} {name}", _KINDS[kind], settings)
    return _KINDS[kind](name, start, end, foot=foot, head=head, length=length, **known)


def _drawn_elevator(
    where: str, name: str, doors: Sequence[tuple[str, Any]], settings: Mapping[str, str]
) -> Elevator:
    known = _settings(f"{where}, elevator {name}", Elevator, settings)
    levels = [level for level, _ in doors]
    for level in levels:
        if levels.count(level) > 1:
            raise input_error(
                f"{where}, elevator {name}", f"has two doors on {level}", "draw one each"
            )
    return Elevator(name, dict(doors), **known)


def flight_settings(flight: Any) -> dict[str, Any]:
    """What the engine needs to know of a flight besides its shape."""
    settings = {name: getattr(flight, name) for name in _SETTINGS if hasattr(flight, name)}
    return {"kind": flight.kind, **settings}


def cabin_settings(elevator: Elevator) -> dict[str, Any]:
    """What the engine needs to know of an elevator besides its doors."""
    return {name: getattr(elevator, name) for name in _CABIN}
