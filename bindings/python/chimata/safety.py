"""How dangerous it gets in a crowd: measured while a venue runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .area import Shape, points, rings_of
from .errors import did_you_mean, input_error
from .units import seconds

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from . import _core
    from .venue import Venue

LEVELS = ("A", "B", "C", "D", "E", "F")
#: Persons/m² at which Fruin's levels B to F begin (1971), for a walkway and for a queue.
LEVEL_BOUNDS = {
    "walkway": (1 / 3.25, 1 / 2.32, 1 / 1.39, 1 / 0.93, 1 / 0.46),
    "queue": (1 / 1.21, 1 / 0.93, 1 / 0.65, 1 / 0.28, 1 / 0.19),
}


class Safety:
    """Measures a venue's crowd while it runs; make it before `Venue.run_until`.

    Formulas, sources and grades: docs/concepts/crowd_safety.md. Densities of places are Gaussian
    (Helbing and Johansson 2007), those of zones are of Voronoi cells (Steffen and Seyfried 2010).

    On `Levels` every table of places has a column ``level``. Who stands beyond the end of stairs counts
    nothing on this side: within ``radius`` of it densities are too low.

    Parameters
    ----------
    venue : whose crowd
    every : time between two measurements
    lines : name -> two ends of a line that people are counted through, ten times a second
    zones : name -> shape in which density and speed are measured by Voronoi cells; on `Levels` give pairs
        (level, line) and (level, shape)
    cell : side of a place, m
    radius : R of the weight exp(-d²/R²), m
    alert, crush : densities that are dangerous, persons/m²
    alarm_after : s at the alert density in one place before there is an alarm
    oncoming : share of the people around, coming towards somebody, that counts as counterflow
    cut_off : m, nobody's Voronoi cell reaches further; 0 for no limit
    threads : processor cores to use

    Examples
    --------
    >>> import chimata as cm
    >>> hall = cm.Area([[(0, 0), (10, 0), (10, 8), (0, 8)]])
    >>> venue = cm.Venue(hall, dt=0.05)
    >>> out = venue.add_exit("east", [(10, 3.4), (10, 4.6)])
    >>> _ = venue.let_in(venue.places([(0, 0), (6, 0), (6, 8), (0, 8)], 40), venue.add_journey([out]))
    >>> safety = cm.Safety(venue, every="1s", lines={"door": [(9, 0), (9, 8)]})
    >>> venue.run_until(120)
    >>> len(safety.crossings)
    40
    """

    def __init__(
        self, venue: Venue, every: str | float = "1s", *, lines: Mapping[str, Any] | None = None,
        zones: Mapping[str, Shape] | None = None, cell: float = 0.5, radius: float = 1.0,
        alert: float = 4.0, crush: float = 6.0, alarm_after: float = 5.0, oncoming: float = 0.25,
        cut_off: float = 0.0, threads: int = 1,
    ) -> None:  # fmt: skip
        from . import _core

        self.venue = venue
        self.cell, self.alert, self.crush = cell, alert, crush
        self.core: _core.Safety = _core.Safety(
            venue.area.core, seconds(every, "every"), 0.1, cell, radius, alert, crush, alarm_after,
            oncoming, cut_off, threads, venue.levels.core if venue.levels is not None else None,
        )  # fmt: skip
        #: what a snapshot of it fits to
        self.made = {
            "every_s": seconds(every, "every"),
            "cell": cell,
            "radius": radius,
            "alert": alert,
            "crush": crush,
            "alarm_after": alarm_after,
            "oncoming": oncoming,
            "cut_off": cut_off,
            "lines": list(lines or ()),
            "zones": list(zones or ()),
        }
        for name, ends in (lines or {}).items():
            level, line = self._on_level(ends, f"line {name}")
            self.core.add_line(name, self._onto(points(line, f"line {name}"), level))
        for name, shape in (zones or {}).items():
            level, outline = self._on_level(shape, f"zone {name}")
            rings = rings_of(outline, f"zone {name}")[0]
            self.core.add_zone(name, [self._onto(ring, level) for ring in rings])
        venue.watchers.append(self)

    def _on_level(self, at: Any, where: str) -> tuple[str, Any]:
        levels = self.venue.levels
        if levels is None:
            return "", at
        if not (isinstance(at, tuple) and len(at) == 2 and isinstance(at[0], str)):
            raise input_error(where, "says no level", "give a pair (level, where it is)")
        levels.row(at[0], where)
        return at[0], at[1]

    def _onto(self, at: np.ndarray, level: str) -> np.ndarray:
        levels = self.venue.levels
        return at if levels is None else levels.onto_plane(at, level, level)

    def _located(self, table: pd.DataFrame) -> pd.DataFrame:
        """x_m and y_m in the building and the level besides, where there are several."""
        levels = self.venue.levels
        if levels is None:
            return table
        place, row, _ = levels.from_plane(table[["x_m", "y_m"]].to_numpy(float).reshape(-1, 2))
        table = table.assign(x_m=place[:, 0], y_m=place[:, 1])
        table.insert(0, "level", np.asarray(levels.names, dtype=object)[row])
        return table

    @property
    def due_s(self) -> float:
        """When the next measurement is due, s."""
        return float(self.core.due_s)

    def look(self) -> None:
        """Takes what is due; the venue calls it."""
        if self.venue.now_s < self.due_s - 1e-6:
            return
        venue = self.venue
        plane = np.asarray(venue.core.position())
        self.core.look(venue.person, plane, venue.velocity, venue.now_s)

    @property
    def figures(self) -> pd.Series[float]:
        """The whole run: person minutes at 4 and 6 persons/m² and in counterflow, the densest, first alarm.

        ``lead_s`` is the time from the first alarm to the first crush; NaN where one never came.
        """
        import pandas as pd

        totals = {k: v if np.isfinite(v) else np.nan for k, v in self.core.totals().items()}
        return pd.Series({**totals, "lead_s": totals["first_crush_s"] - totals["first_alarm_s"]})

    @property
    def moments(self) -> pd.DataFrame:
        """One row per measurement: people, those in danger, the densest place."""
        import pandas as pd

        return pd.DataFrame(self.core.moments())

    @property
    def places(self) -> pd.DataFrame:
        """One row per place somebody has been near: where, and all that was seen there."""
        import pandas as pd

        x, y = self.centres()
        table = pd.DataFrame({"x_m": x.ravel(), "y_m": y.ravel(), **self.core.places()})
        return self._located(table[table["density_max_m2"] > 0].reset_index(drop=True))

    @property
    def levels(self) -> pd.DataFrame:
        """Person minutes by Fruin's level of service, of a walkway and of a queue."""
        import pandas as pd

        walkway, queue = self.core.level_person_s(), self.core.queue_person_s()
        return pd.DataFrame({
            "level": LEVELS,
            "walkway_person_min": np.asarray(walkway) / 60,
            "queue_person_min": np.asarray(queue) / 60,
        })  # fmt: skip

    @property
    def crossings(self) -> pd.DataFrame:
        """Who walked through which line when, by line and time: the data of an N-t curve.

        ``forward`` is from the left of the line to its right, seen from its first end.
        """
        import pandas as pd

        table = pd.DataFrame(self.core.crossings())
        names = np.asarray([*self.core.line_ids(), ""], dtype=object)
        table["line"] = names[table["line"].to_numpy(int)]
        return table.sort_values(["line", "time_s", "person"], ignore_index=True)

    def flow(self, line: str, interval: str | float = "10s") -> pd.DataFrame:
        """People per second through a line, both ways, and their mean speed, interval by interval.

        ``net`` is how many more have gone forward than backward by the end of the interval.

        Raises
        ------
        InputError : there is no such line
        """
        import pandas as pd

        names = self.core.line_ids()
        if line not in names:
            raise input_error("flow", f"there is no line {line!r}", did_you_mean(line, names))
        step = seconds(interval, "interval")
        rows = self.crossings.query("line == @line")
        count = max(int(np.ceil(self.venue.now_s / step)), 1)
        slot = np.minimum((rows["time_s"] / step).astype(int), count - 1)
        forward = rows["forward"].to_numpy(bool)
        both = np.bincount(slot, minlength=count)
        onward = np.bincount(slot[forward], minlength=count)
        speed = np.bincount(slot, weights=rows["speed_m_s"], minlength=count)
        return pd.DataFrame({
            "from_s": np.arange(count) * step,
            "forward_s": onward / step,
            "backward_s": (both - onward) / step,
            "speed_m_s": np.divide(speed, both, out=np.full(count, np.nan), where=both > 0),
            "net": np.cumsum(2 * onward - both),
        })  # fmt: skip

    @property
    def zones(self) -> pd.DataFrame:
        """One row per measurement and zone: density by Voronoi cells and counted, speed."""
        import pandas as pd

        table = pd.DataFrame(self.core.zones())
        names = np.asarray([*self.core.zone_ids(), ""], dtype=object)
        table["zone"] = names[table["zone"].to_numpy(int)]
        return table

    def posts(self, count: int = 10, reach: float = 5.0) -> pd.DataFrame:
        """Where a marshal helps most, in order of need; each looks after +-``reach`` m.

        ``danger`` is the worst that happens there: crush, turbulent, dense or counterflow;
        ``lead_s`` the time from the first alarm there to the first crush.
        """
        import pandas as pd

        table = pd.DataFrame(self.core.posts(count, reach)).replace(np.inf, np.nan)
        table = self._located(table)
        table.insert(0, "post", np.arange(1, len(table) + 1))
        table["lead_s"] = table["first_crush_s"] - table["first_alarm_s"]
        return table

    @property
    def alarms(self) -> pd.DataFrame:
        """Places that gave an alarm, the first one first: x_m, y_m, first_alarm_s, first_crush_s, lead_s."""
        columns = ["x_m", "y_m", "first_alarm_s", "first_crush_s", "alert_s", "density_max_m2"]
        columns = columns if self.venue.levels is None else ["level", *columns]
        table = self.places.replace(np.inf, np.nan).dropna(subset=["first_alarm_s"])[columns].copy()
        table["lead_s"] = table["first_crush_s"] - table["first_alarm_s"]
        return table.sort_values(["first_alarm_s", "y_m", "x_m"], ignore_index=True)

    @property
    def by_level(self) -> pd.DataFrame:
        """One row per level and flight of `Levels`, of all places on it: the densest and its first alarm.

        level, density_max_m2, alert_person_min, crush_person_min, counterflow_person_min, first_alarm_s,
        first_crush_s; NaN where there was no alarm or crush.

        Raises
        ------
        InputError : the venue is of one Area
        """
        import pandas as pd

        if self.venue.levels is None:
            raise input_error("by_level", "the venue is of one Area", "see figures")
        places = self.places
        for name in ("alert", "crush", "counterflow"):
            places[f"{name}_person_min"] = places[f"{name}_person_s"] / 60
        worst = places.groupby("level").agg(
            {
                "density_max_m2": "max",
                "alert_person_min": "sum",
                "crush_person_min": "sum",
                "counterflow_person_min": "sum",
                "first_alarm_s": "min",
                "first_crush_s": "min",
            }
        )
        names = pd.Index(self.venue.levels.names, name="level")
        table = worst.reindex(names).replace(np.inf, np.nan)
        table = table.fillna(dict.fromkeys(list(table)[:4], 0.0))  # nobody was there
        return table.reset_index()

    def grid(self, column: str) -> np.ndarray:
        """A column of `places` as an array, the southernmost row first.

        Raises
        ------
        InputError : there is no such column
        """
        places = self.core.places()
        if column not in places:
            raise input_error(
                "grid", f"there is no column {column!r}", did_you_mean(column, places)
            )
        return np.asarray(places[column]).reshape(self.core.shape)

    def plot_density(
        self,
        ax: Axes | None = None,
        *,
        what: str = "max",
        levels: str = "walkway",
        level: str = "",
        lang: str = "ja",
    ) -> Axes:
        """Heat map of the densest ("max"), the mean ("mean") or the last moment ("now").

        Colours are Fruin's levels of service of a "walkway" or a "queue", darker the denser, and
        grow darker in black and white too; lines are drawn at the alert and the crush density. With ``what="alert"`` it shows the minutes above the
        alert density instead, with ``what="counterflow"`` person minutes against others. On `Levels` it
        shows one ``level`` or flight.
        """
        from .plots import crowds
        from .plots.style import styled

        with styled():
            return crowds.density(self, ax, what=what, levels=levels, level=level, lang=lang)

    def centres(self) -> tuple[np.ndarray, np.ndarray]:
        """Where the middles of all places are, x and y in m, as arrays like `grid`."""
        rows, columns = self.core.shape
        west, south = self.core.origin
        x = west + (np.arange(columns) + 0.5) * self.cell
        y = south + (np.arange(rows) + 0.5) * self.cell
        grid_x, grid_y = np.meshgrid(x, y)
        return grid_x, grid_y
