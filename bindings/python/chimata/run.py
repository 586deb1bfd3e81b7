"""One run: its tables, figures, maps and animation."""

from __future__ import annotations

import json
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core, work
from .errors import did_you_mean, input_error
from .geometry import points, polylines
from .scenario import Scenario
from .store import RunStatus, Store
from .tables import Table
from .trajectories import along, sampled, stretches
from .units import seconds

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray


class Run:
    """What happened in one run of a scenario. `run.trips.df` is a DataFrame, and so on.

    Parameters
    ----------
    scenario : what was run
    seed : of the random draws
    core : results in the compiled engine
    """

    def __init__(self, scenario: Scenario, seed: int, core: _core.Results) -> None:
        self.scenario = scenario
        self.seed = seed
        self.core = core

    # -- tables --------------------------------------------------------------------------------

    def table(self, name: str) -> Table:
        """A table of the engine by name.

        Raises
        ------
        InputError : the run has no such table
        """
        if name not in self.core.table_names():
            raise input_error(name, "is no table", did_you_mean(name, self.core.table_names()))
        shape = {"links": self._link_shapes, "persons": self._homes, "legs": self._routes}.get(name)
        return Table(
            name,
            self.core.table(name),
            dict(self.core.describe(name)),
            shape,
            self.scenario.city.crs,
        )

    @cached_property
    def trips(self) -> Table:
        """Every walk: person, start_s, end_s, distance_m, free_flow_s, delay_s, outcome; as lines."""
        legs = self.table("legs")
        columns = {name: legs[name] for name in legs.columns}
        with np.errstate(invalid="ignore"):
            columns["delay_s"] = columns["end_s"] - columns["start_s"] - columns["free_flow_s"]
        meaning = {**legs.meaning, "delay_s": "s, longer than alone on dry streets"}
        return Table("trips", columns, meaning, self._routes, self.scenario.city.crs)

    @cached_property
    def links(self) -> Table:
        """Streets over time: t_s, link, entered, mean and max density, mean speed; as lines."""
        return self.table("links")

    @cached_property
    def persons(self) -> Table:
        """Everyone: when warned, departed, sheltered or caught, and the last state; as points."""
        return self.table("persons")

    @cached_property
    def events(self) -> Table:
        """What happened to whom, when and where."""
        return self.table("events")

    @property
    def has_event(self) -> bool:
        """Whether there is an event in the run."""
        return "visitors" in self.core.table_names()

    @property
    def has_evacuation(self) -> bool:
        """Whether there is an evacuation in the run: with an event, or by itself."""
        return "persons" in self.core.table_names()

    @cached_property
    def census(self) -> Table:
        """How many people are in which state over time."""
        return self.table("census")

    @cached_property
    def shelters(self) -> Table:
        """Shelters over time, with id, name and capacity: occupancy, turned away, depth; as points."""
        found = self.table("shelters")
        plan = self.scenario.core.shelters()
        row = found["shelter"].astype(np.int64)
        columns: dict[str, NDArray[Any]] = {name: found[name] for name in found.columns}
        for name in ("id", "name", "capacity"):
            columns[name] = np.asarray(plan[name], dtype=object if name != "capacity" else None)[
                row
            ]
        x, y = np.asarray(plan["x"])[row], np.asarray(plan["y"])[row]
        crs = self.scenario.city.crs
        return Table("shelters", columns, found.meaning, lambda: points(x, y), crs)

    def trajectories(self, every: str | float = "5s") -> Table:
        """Where everyone on the move is: id, t_s, x, y (m, city coordinates), link.

        Parameters
        ----------
        every : step of time, e.g. "5s"

        Raises
        ------
        InputError : `every` is no positive duration, or the run recorded no entries
        """
        step = seconds(every, "every")
        if step <= 0:
            raise input_error("every", f"{every!r} is no step of time", 'write e.g. "5s"')
        stays = self._stays
        row, moment, fraction = sampled(stays, step)
        link = stays.link[row]
        x, y = along(self._segments, link, fraction)
        columns = {"id": stays.person[row], "t_s": moment, "x": x, "y": y, "link": link}
        return Table("trajectories", columns, {}, lambda: points(x, y), self.scenario.city.crs)

    @cached_property
    def _stays(self) -> Any:
        return stretches(self.core.table("entries"), self.core.table("legs"))

    @cached_property
    def _segments(self) -> dict[str, NDArray[Any]]:
        return self.scenario.city.core.segments()

    def _link_shapes(self) -> NDArray[Any]:
        import shapely

        s = self._segments
        lines = polylines(s["shape_x"], s["shape_y"], s["shape_offset"])
        link = np.asarray(self.core.table("links")["link"], np.int64)
        one_way = lines[link // 2]
        return np.where(link % 2 == 1, shapely.reverse(one_way), one_way)

    def _homes(self) -> NDArray[Any]:
        people = self.scenario.population.core.columns()
        return points(people["home_x"], people["home_y"])

    def _routes(self) -> NDArray[Any]:
        import shapely

        stays = self._stays
        lines: NDArray[Any] = np.full(len(self.core.table("legs")["person"]), None, dtype=object)
        if len(stays.leg) == 0:
            return lines
        # both ends of every stretch and its middle: enough for a map of routes
        share = np.outer(stays.reach, [0.0, 0.5, 1.0])
        x, y = along(self._segments, np.repeat(stays.link, 3), share.ravel())
        leg, owner = np.unique(np.repeat(stays.leg, 3), return_inverse=True)
        order = np.argsort(owner, kind="stable")
        xy = np.column_stack([x, y])[order]
        lines[leg] = shapely.linestrings(xy, indices=owner[order])
        return lines

    # -- figures -------------------------------------------------------------------------------

    @property
    def kpis(self) -> dict[str, float]:
        """Figures of this run by id. Compare scenarios by a `Study`, never by two single runs."""
        return self.core.kpis()

    @property
    def manifest(self) -> dict[str, Any]:
        """What made this run: version, hashes of inputs, scenario, seed, machine, time."""
        made: dict[str, Any] = json.loads(self.core.manifest)
        return made

    def clock(self, t_s: Any) -> pd.DatetimeIndex:
        """Seconds after the start as times of day with their zone."""
        import pandas as pd

        start = pd.Timestamp(self.scenario.start)
        return start + pd.to_timedelta(np.atleast_1d(t_s), unit="s")

    # -- pictures ------------------------------------------------------------------------------

    def plot(
        self, what: str = "density", *, ax: Axes | None = None, lang: str = "ja", **more: Any
    ) -> Axes:
        """A picture of the run; returns its Axes.

        Parameters
        ----------
        what : "density" (highest on each street, persons/m²), "arrival_time_s" (when people from
            each home are sheltered), "caught" (persons per 50 m square), "arrivals" (curve of
            states), "shelters" (occupancy), "depth" (deepest water in m; at `t_s` if given),
            "crowd_density" (highest in the area of an event, persons/m²), "crowd_hotspot" (the
            same, 30 m around its densest place)
        ax : draw here instead of on a new figure
        lang : "ja" or "en"
        more : of maps ``names``: "name" (default), "id" or "none", what is written at a shelter;
            of "density" ``close=True``: only where people have walked

        Raises
        ------
        InputError : there is no such picture, or an unknown language
        """
        from .plots import draw

        return draw(self, what, ax=ax, lang=lang, **more)

    def animate(
        self, path: str | os.PathLike[str], *, compare: Run | None = None, lang: str = "ja"
    ) -> Path:
        """Writes the run as one HTML file that plays without network.

        Parameters
        ----------
        compare : a second run beside this one, on one clock
        """
        from .export import animate

        return animate(self, path, compare=compare, lang=lang)

    def export(self, path: str | os.PathLike[str], *, smallest: int = 5, **more: Any) -> Path:
        """Writes the run for other programs; the kind of file follows from the name's ending.

        ``.gpkg`` GeoPackage, ``.parquet`` GeoParquet, ``.geojson`` GeoJSON, ``.czml`` CZML for Cesium.

        Parameters
        ----------
        smallest : groups of fewer people are not told apart: their counts are left empty
        more : of ``.parquet`` and ``.geojson`` ``layer`` ("links", "shelters", "zones" or
            "people"; "links" by default); of ``.gpkg``, ``.parquet`` and ``.geojson`` ``cell_m``, the
            side of the squares in which people are counted (250); of ``.czml`` ``people``, how many
            of those on the move are drawn (300), ``every``, the step of their paths ("30s"), and
            ``parts``, a list of "shelters", "streets", "walkers" (all)

        Raises
        ------
        InputError : an unknown kind of file or layer
        """
        from .exchange import export

        return export(self, path, smallest=smallest, **more)

    @cached_property
    def districts(self) -> Table:
        """Every district: told, left, arrived, caught, minutes, last safe departure, shelters."""
        return self.table("districts")

    @cached_property
    def causes(self) -> pd.DataFrame:
        """Why people were caught by the water: cause, label and remedy, persons, worst_gap_s."""
        from .districts import causes_of

        return causes_of(self)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes all tables of the run to one HDF5 file."""
        work.keep_tables(self.core, Path(path))
        return Path(path)

    def __repr__(self) -> str:
        return (
            f"Run({self.scenario.name!r}, seed {self.seed})\n  {', '.join(self.core.table_names())}"
        )

    def _repr_html_(self) -> str:
        from .display import run_html

        return run_html(self)


def simulate(
    scenario: Scenario,
    seed: int,
    *,
    threads: int = 1,
    progress: bool = True,
    record: str | os.PathLike[str] | None = None,
) -> Run:
    """Runs a scenario once, with a bar of simulated time.

    Parameters
    ----------
    record : write the tables to this file while the run goes on; memory then does not grow with
        the length of the run. The file is whole or not there.
    """
    simulation = _core.Simulation(scenario.core, seed, threads)
    if record is not None:
        simulation.record_to(os.fspath(record))
    if progress and os.environ.get("CHIMATA_PROGRESS") != "0":
        from tqdm.auto import tqdm

        with tqdm(total=round(scenario.core.duration_s), unit="s", disable=None) as bar:

            def advance(now_s: float, end_s: float, active: int) -> None:
                bar.update(round(now_s) - bar.n)
                bar.set_postfix_str(f"{active:,} people on the move", refresh=False)

            simulation.run(advance)
    else:
        simulation.run()
    if record is None:
        return Run(scenario, seed, simulation.results())
    simulation.finish_recording()
    return Run(scenario, seed, _core.Results.load(os.fspath(record)))


def load_run(store: Store, status: RunStatus) -> Run:
    """A finished run of a study; tables that were not kept are made again, to the same bit."""
    scenario = work.stored_scenario(store, status.scenario)
    path = store.tables(status.run_id)
    if path.exists():
        return Run(scenario, status.seed, _core.Results.load(str(path)))
    return simulate(scenario, status.seed, progress=False)
