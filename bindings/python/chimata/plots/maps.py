"""Maps of a run."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..labels import HAZARD_CLASSES, hazard_label, say
from .ground import deepest, draw_flooded, end_map, start_map, street_lines

if TYPE_CHECKING:
    from ..run import Run

# persons/m² from, colour: below half a person nobody is hindered; Fruin's levels of service above. Without
# blue, which is water, and each darker than the one before, as in the heat maps of crowds
_CROWDS = (
    (0.02, "#f2cf5b"), (0.1, "#fdae5b"), (0.25, "#f58860"), (0.5, "#e0556b"), (1.0, "#b83a80"),
    (2.0, "#7a2182"), (4.0, "#231151"),
)  # fmt: skip
# persons per square from, colour
_CAUGHT = ((1, "#fdbf8c"), (2, "#fb8d59"), (5, "#e34a33"), (10, "#b30000"), (20, "#5c0011"))
_SQUARE = 50.0  # m
_AROUND = 60.0  # m shown beyond the streets that people walked


def _classes(starts: list[float], unit: str = "") -> list[str]:
    """Words for classes that begin at `starts`, the last one open."""
    ends = [f"{low:g}–{high:g}{unit}" for low, high in pairwise(starts)]
    return [*ends, f"{starts[-1]:g}{unit}–"]


def density(run: Run, *, ax: Axes | None = None, lang: str = "ja", names: str = "name",
            close: bool = False) -> Axes:  # fmt: skip
    """Highest density of people on each street over the whole run, persons/m².

    Parameters
    ----------
    close : only where people have walked, instead of the whole city
    """
    ax, legend = start_map(ax, run.scenario)
    streets = street_lines(run.scenario)
    links = run.links
    highest = np.zeros(len(streets))
    np.maximum.at(highest, links["link"].astype(np.int64) // 2, links["max_density"].astype(float))
    starts = [low for low, _ in _CROWDS]
    kind = np.digitize(highest, starts) - 1
    for level, (_, colour) in enumerate(_CROWDS):
        mine = np.flatnonzero(kind == level)
        lines = LineCollection([streets[i] for i in mine], colors=colour, zorder=3 + 0.1 * level,
                               linewidths=1.0 + 0.3 * level)  # fmt: skip
        ax.add_collection(lines)
    walked = np.flatnonzero(kind >= 0)
    if close and len(walked):
        points = np.concatenate([streets[i] for i in walked])
        ax.set_xlim(points[:, 0].min() - _AROUND, points[:, 0].max() + _AROUND)
        ax.set_ylim(points[:, 1].min() - _AROUND, points[:, 1].max() + _AROUND)
    marks = [Line2D([], [], color=colour, linewidth=2.5) for _, colour in _CROWDS]
    shown = list(zip(_classes(starts), marks, strict=True))[: max(int(kind.max(initial=0)), 0) + 1]
    end_map(ax, run.scenario, say("density", lang), shown + legend, lang, names)
    return ax


def arrival_time(
    run: Run, *, ax: Axes | None = None, lang: str = "ja", names: str = "name",
    scale: tuple[float, float] | None = None,
) -> Axes:  # fmt: skip
    """When people from each home reach a shelter, by the clock; homes of nobody who did are blank.

    Parameters
    ----------
    scale : first and last moment of the colours, s after the start; those of the run by default
    """
    ax, legend = start_map(ax, run.scenario)
    legend += draw_flooded(ax, run.scenario)
    people = run.scenario.population.core.columns()
    x, y = np.asarray(people["home_x"]), np.asarray(people["home_y"])
    arrived = run.persons["sheltered_s"].astype(float)[
        : len(x)
    ]  # who came by train lives elsewhere
    there = np.isfinite(arrived)
    if there.any():
        first, last = scale or (float(arrived[there].min()), float(arrived[there].max()))
        shown = ax.scatter(x[there], y[there], c=arrived[there], s=2.2, cmap="viridis_r", zorder=4,
                           vmin=first, vmax=last, linewidth=0, rasterized=True)  # fmt: skip
        bar = ax.figure.colorbar(shown, ax=ax, shrink=0.75, aspect=28, pad=0.02)
        ticks = _round_moments(first, last)
        bar.set_ticks(ticks, labels=[f"{moment:%H:%M}" for moment in run.clock(ticks)])
        bar.ax.tick_params(labelsize=8)
    end_map(ax, run.scenario, say("arrival", lang), legend, lang, names)
    return ax


def _round_moments(first: float, last: float) -> list[float]:
    # full minutes that people count in, at most eight of them
    steps = [60.0 * minutes for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 360)]
    step = next((step for step in steps if (last - first) / step <= 7), 86400.0)
    return [float(t) for t in np.arange(np.ceil(first / step) * step, last + 1, step)]


def caught(run: Run, *, ax: Axes | None = None, lang: str = "ja", names: str = "name") -> Axes:
    """How many people are caught by the water, on the way or at home, by the square they live in."""
    ax, legend = start_map(ax, run.scenario)
    legend += draw_flooded(ax, run.scenario)
    people = run.scenario.population.core.columns()
    # who came by train lives elsewhere
    mine = np.isfinite(run.persons["caught_s"].astype(float)[: len(people["home_x"])])
    west, south, east, north = run.scenario.city.core.bbox
    columns = np.arange(west, east + _SQUARE, _SQUARE)
    rows = np.arange(south, north + _SQUARE, _SQUARE)
    count, _, _ = np.histogram2d(
        np.asarray(people["home_y"])[mine], np.asarray(people["home_x"])[mine], (rows, columns)
    )
    starts = [low for low, _ in _CAUGHT]
    colours = ListedColormap([colour for _, colour in _CAUGHT])
    ax.pcolormesh(columns, rows, np.ma.masked_less(count, 1), cmap=colours, alpha=0.85, zorder=1.8,
                  norm=BoundaryNorm([*starts, 1e9], colours.N), rasterized=True)  # fmt: skip
    words = ["1", *(f"{low}–{high - 1}" for low, high in pairwise(starts[1:])),
             f"{starts[-1]}–"]  # fmt: skip
    marks = [Patch(color=colour) for _, colour in _CAUGHT]
    highest = int(np.digitize(count.max(initial=0), starts))
    shown = list(zip(words, marks, strict=True))[:highest]
    end_map(ax, run.scenario, say("caught", lang), shown + legend, lang, names)
    return ax


def depth(
    run: Run, *, ax: Axes | None = None, lang: str = "ja", names: str = "name",
    t_s: float | None = None,
) -> Axes:  # fmt: skip
    """Water in the classes of the Japanese hazard map.

    Parameters
    ----------
    t_s : seconds after the start; the deepest of the whole series by default
    """
    ax, legend = start_map(ax, run.scenario)
    shown: list[Any] = []
    found = deepest(run.scenario, t_s)
    if found is not None:
        water, extent = found
        edges = [low for low, _, _ in HAZARD_CLASSES] + [HAZARD_CLASSES[-1][1]]
        colours = ListedColormap([colour for _, _, colour in HAZARD_CLASSES])
        wet = np.ma.masked_less(np.ma.masked_invalid(water), edges[0])
        ax.imshow(wet, cmap=colours, norm=BoundaryNorm(edges, colours.N), extent=extent, zorder=1,
                  interpolation="nearest")  # fmt: skip
        most = float(wet.max()) if wet.count() else 0.0
        shown = [
            (hazard_label(low, high, lang), Patch(color=colour))
            for low, high, colour in HAZARD_CLASSES
            if low <= most or low < 0.05
        ]
    what = say("depth", lang)
    if t_s is not None:
        what += f" {run.clock(t_s)[0]:%H:%M}"
    end_map(ax, run.scenario, what, shown + legend, lang, names)
    return ax
