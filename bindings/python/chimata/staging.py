"""Where people in a venue come in, what they do on their way, and by which stages they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .area import points
from .errors import did_you_mean, input_error
from .placing import Placing
from .times import law_of_time
from .timetable import timetable_rows

if TYPE_CHECKING:
    from . import _core
    from .set_up import SetUp


class Staging(Placing):
    """The part of a venue that is about entrances, stages and journeys."""

    core: _core.Venue
    exits: list[tuple[str, np.ndarray]]
    _set_up: SetUp
    _entrances: dict[int, str]
    _journeys: int

    def add_exit(
        self, name: str, at: Any, *, flow: str = "emergent", rate: float = 1.33, width: float = 0,
        level: str = "",
    ) -> int:  # fmt: skip
        """A line (two or more points) or shape by which people leave; returns the stage.

        ``flow`` says how many get through: "emergent" as many as the law of motion brings, "capped" no
        more than ``rate`` persons per m of width and s, "service" ``rate`` persons per s one by one.
        The literature disagrees (1.33 in IMO MSC.1/Circ.1533 against 1.6 to 2.8 in experiments), so
        it is said here and never tuned in secret. ``width`` in m; 0 takes the line's length from end to end,
        or the longer side of the shape.
        """
        return self._stage("leave", name, at, level, flow=flow, rate=rate, width=width)

    def add_waypoint(self, name: str, at: Any, *, level: str = "") -> int:
        """A line or shape that people pass on their way; returns the stage.

        Nobody stays there: a stop on the way is a waiting area with a ``dwell``.
        """
        return self._stage("pass", name, at, level)

    def add_waiting(
        self, name: str, at: Any, until_s: float = 0, *, level: str = "", **how: Any
    ) -> int:
        """A shape in which people stand, each at a place of their own; returns the stage.

        Nobody goes on before ``until_s``; then all at once, or

        - ``block`` persons every ``every_s`` s, as when police hold a crowd back by ropes, or
        - evenly over ``over_s`` s (staged release), first come first gone: all who are inside, at the border
          or on the way here, also where they are more than have room; who is late goes at the same pace.

        ``dwell`` is how long everybody stays there from taking their place on, at least, and ``departure`` how
        long after ``until_s`` they set out, as after an alarm: s for all, or a law by which it is drawn for
        each, ("lognormal", mean_s, variation), ("uniform", from_s, to_s), ("rayleigh", mean_s) or
        ("exponential", mean_s); variation is standard deviation over mean. ``dwell_s`` of a person goes before
        ``dwell``. Whoever follows a leader goes when that one does.

        ``capacity`` persons have room, 0: as many as there are places ``spacing`` m apart (0.6, the dense
        end of level D for people who stand, Fruin 1971; grade C). Who finds it full stands at its border.

        Raises
        ------
        InputError : nobody has room there, blocks without a time, a setting that is not there
        """
        known = ("block", "every_s", "over_s", "capacity", "spacing", "dwell", "departure")
        how = self._known(name, how, known)
        for law in {"dwell", "departure"} & how.keys():
            how[law] = law_of_time(how[law], f"stage {name}: {law}")
        return self._stage("wait", name, at, level, until_s=until_s, **how)

    def add_queue(self, name: str, line: Any, *, servers: int = 1, mean_s: float = 5.5,
                  law: str = "constant", level: str = "", **how: Any) -> int:  # fmt: skip
        """A line to stand in, from its head to its tail, and servers at its head; returns the stage.

        People join at the tail, are served first come first served, and go on. ``mean_s`` s each: 5.5 is a
        turnstile that takes 660 an hour (Guide to Safety at Sports Grounds, grade B); searching a bag by
        hand takes about 15 (B). ``law`` "constant", "exponential", "rayleigh", or "lognormal" or "uniform" with
        ``variation`` (standard deviation over mean, 0.5).

        Other settings: ``spacing`` m in line (0.5, Fruin 1971, grade B); ``counters`` where people are
        served, (n, 2) in m, one per server (else the first places in line); ``overflow``, a shape for
        those who find the line full (else they stand about its tail).

        Raises
        ------
        InputError : the line leaves the area, two places lie on top of each other, no server
        """
        where = f"stage {name}"
        how = self._known(name, how, ("spacing", "variation", "counters", "overflow"))
        if how.get("counters") is not None:
            how["counters"] = self._onto(points(how["counters"], where), level, where)
        if how.get("overflow") is not None:
            how["overflow"] = self._rings(how["overflow"], level, where)
        settings = {k: v for k, v in how.items() if v is not None}
        settings |= {"servers": servers, "mean_s": mean_s, "law": law}
        places = self._onto(points(line, where), level, where)
        return self._add("queue", name, [], [places], settings)

    def add_platform(self, name: str, at: Any, doors: Sequence[Any], timetable: Any, *,
                     begins: str | float = 0, level: str = "", **how: float) -> int:  # fmt: skip
        """A platform or bus stop: a shape to wait in and lines where vehicles open; returns the stage.

        ``timetable`` rows have train, arrives, leaves, capacity (room for those who board), as mappings,
        tuples or a DataFrame; times as "08:15:00", "25:10:00" after midnight, or s, and the venue's clock
        is 0 at ``begins``. While a train stands people go to the nearest door, let others get off first
        and board until it is full or leaves; boarding is leaving the area. No train leaves before all are
        out who get off (`alight`), and those who wait then have half of its stop to board; `trains` says
        how late it left.

        ``boarding`` and ``alighting`` persons per s and door (1.0: two streams of 2 s each, grade C; a
        bus with fares to pay 0.4 or less), ``spacing`` m between those who wait (0.6).

        Raises
        ------
        InputError : an earlier leave than arrival, trains out of order or two at once, a door of no width
        """
        where = f"stage {name}"
        settings = self._known(name, how, ("boarding", "alighting", "spacing"))
        trains = timetable_rows(timetable, where, begins)
        lines = [self._onto(points(door, where), level, where) for door in doors]
        settings |= {"trains": trains, "doors": lines}
        return self._add("platform", name, self._rings(at, level, where), [], settings)

    def add_entrance(self, name: str, at: Any, *, rate: float = 0, level: str = "") -> int:
        """A line or shape on which people appear where there is room; returns the entrance.

        They appear beside a line (also one on the outline) or inside a shape, 0.5 m apart, first come
        first in, no more than ``rate`` persons per s (0: as many as find room).

        Raises
        ------
        InputError : nobody has room there
        """
        shapes, lines = self._place(f"entrance {name}", at, level)
        row = int(self.core.add_entrance(name, shapes, lines, rate))
        self._entrances[row] = name
        return row

    @staticmethod
    def _known(name: str, settings: Mapping[str, Any], known: Sequence[str]) -> dict[str, Any]:
        for setting in settings:
            if setting not in known:
                raise input_error(
                    f"stage {name}",
                    f"there is no setting {setting!r}",
                    did_you_mean(setting, known),
                )
        return dict(settings)

    def _place(
        self, where: str, at: Any, level: str, shape: bool = False
    ) -> tuple[list[Any], list[Any]]:
        """Shapes or lines."""
        shape = shape or getattr(at, "geom_type", None) in ("Polygon", "MultiPolygon")
        if not shape and not hasattr(at, "geom_type"):
            line = points(at, where)
            shape = len(line) > 3 and bool(np.array_equal(line[0], line[-1]))
        if shape:
            return self._rings(at, level, where), []
        return [], [self._onto(points(at, where), level, where)]

    def _stage(self, kind: str, name: str, at: Any, level: str, **settings: Any) -> int:
        shapes, lines = self._place(f"stage {name}", at, level, shape=kind == "wait")
        if kind == "leave":
            self.exits += [(name, line) for line in lines or [part[0] for part in shapes]]
        return self._add(kind, name, shapes, lines, settings)

    def _add(
        self, kind: str, name: str, shapes: list[Any], lines: list[Any], settings: dict[str, Any]
    ) -> int:
        row = int(self.core.add_stage(kind, name, shapes, lines, settings))
        self._set_up.note("settings of stages", kind, shapes, lines, settings)
        return row

    def add_journey(self, stages: Sequence[Any]) -> int:
        """Stages one after the other, the last one to leave by or to wait at; returns the journey.

        Where people choose, give instead of a stage a mapping of stages to shares, or a pair of a rule and
        stages: ``("round_robin", [a, b])``, ``("least_crowded", [a, b])``: the shortest expected wait
        between queues, the fewest people else; ``("quickest", [a, b])``: the least time, of those that
        people know, looked at again under way (see `set_choice`). A group goes to one stage: whoever of it
        comes first chooses for all.
        """
        legs: list[tuple[list[int], str, list[float]]] = []
        for stage in stages:
            if isinstance(stage, Mapping):
                legs.append((list(stage), "shares", [float(share) for share in stage.values()]))
            elif isinstance(stage, tuple):
                legs.append((list(stage[1]), str(stage[0]), []))
            else:
                legs.append(([int(stage)], "shares", []))
        self._journeys = int(self.core.add_journey(legs)) + 1
        self._set_up.note("legs of journeys", legs)
        return self._journeys - 1
