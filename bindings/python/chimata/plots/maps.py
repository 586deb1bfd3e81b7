"""Maps of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Patch

from ..labels import HAZARD_CLASSES, hazard_label, say
from .style import finish_map, new_axes

if TYPE_CHECKING:
    from ..run import Run
    from ..scenario import Scenario


def _streets(scenario: Scenario) -> list[Any]:
    s = scenario.city.core.segments()
    xy = np.column_stack([s["shape_x"], s["shape_y"]])
    return np.split(xy, np.asarray(s["shape_offset"], np.int64)[1:-1])


def _ground(ax: Axes, scenario: Scenario) -> list[Any]:
    streets = _streets(scenario)
    ax.add_collection(LineCollection(streets, colors="#c8c8c8", linewidths=0.5, zorder=2))
    west, south, east, north = scenario.city.core.bbox
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    return streets


def _finish(ax: Axes, scenario: Scenario, lang: str) -> None:
    plan = scenario.core.shelters()
    ax.scatter(plan["x"], plan["y"], s=26, marker="s", color="#009e73", edgecolor="white",
               linewidth=0.7, zorder=7)  # fmt: skip
    for x, y, name in zip(plan["x"], plan["y"], plan["name"], strict=True):
        ax.annotate(
            str(name), (x, y), xytext=(4, 3), textcoords="offset points", fontsize=6, zorder=8
        )
    ax.set_title(scenario.name)
    finish_map(ax, "\n".join(scenario.city.licences))


def density(run: Run, *, ax: Axes | None = None, lang: str = "ja") -> Axes:
    """Highest density of people on each street over the whole run, people/m²."""
    ax = new_axes(ax)
    streets = _ground(ax, run.scenario)
    links = run.links
    highest = np.zeros(len(streets))
    np.maximum.at(highest, links["link"].astype(np.int64) // 2, links["max_density"].astype(float))
    # below half a person per square metre nobody is hindered; Fruin's levels of service above
    used = np.flatnonzero(highest > 0.01)
    levels = [0, 0.5, 1, 2, 3, 4, 5.4]
    shown = LineCollection(
        [streets[i] for i in used], array=highest[used], cmap="YlOrRd",
        norm=BoundaryNorm(levels, 256, extend="max"), linewidths=1.6, zorder=4,
    )  # fmt: skip
    ax.add_collection(shown)
    ax.figure.colorbar(shown, ax=ax, label=say("density", lang), shrink=0.7)
    _finish(ax, run.scenario, lang)
    return ax


def arrival_time(run: Run, *, ax: Axes | None = None, lang: str = "ja") -> Axes:
    """When people from each home reach a shelter, minutes after the start; red: caught."""
    ax = new_axes(ax)
    _ground(ax, run.scenario)
    people = run.scenario.population.core.columns()
    arrived = run.persons["sheltered_s"].astype(float) / 60
    caught = np.isfinite(run.persons["caught_s"].astype(float))
    x, y = np.asarray(people["home_x"]), np.asarray(people["home_y"])
    there = np.isfinite(arrived)
    shown = ax.scatter(x[there], y[there], c=arrived[there], s=2, cmap="viridis_r", zorder=4,
                       linewidth=0, rasterized=True)  # fmt: skip
    ax.scatter(x[caught], y[caught], s=3, color="#d50000", zorder=5, linewidth=0, rasterized=True,
               label=say("caught_at_home", lang))  # fmt: skip
    if there.any():
        ax.figure.colorbar(shown, ax=ax, label=say("arrival", lang), shrink=0.7)
    if caught.any():
        ax.legend(loc="upper right", fontsize=7, frameon=False, markerscale=3)
    _finish(ax, run.scenario, lang)
    return ax


def depth(run: Run, *, ax: Axes | None = None, lang: str = "ja", t_s: float | None = None) -> Axes:
    """Water in the classes of the Japanese hazard map.

    Parameters
    ----------
    t_s : seconds after the start; the deepest of the whole series by default
    """
    ax = new_axes(ax)
    frames = run.scenario.core.depth_frames()
    if frames is not None and len(frames["times_s"]):
        water = np.asarray(frames["depth"], float)
        if t_s is None:
            shown = np.nanmax(np.where(np.isfinite(water), water, 0), axis=0)
        else:
            shown = water[max(int(np.searchsorted(frames["times_s"], t_s, "right")) - 1, 0)]
        edges = [low for low, _, _ in HAZARD_CLASSES] + [HAZARD_CLASSES[-1][1]]
        colours = ListedColormap([colour for _, _, colour in HAZARD_CLASSES])
        ny, nx = shown.shape
        west, north = float(frames["west"]), float(frames["north"])
        extent = (
            west,
            west + nx * abs(frames["cell_x"]),
            north - ny * abs(frames["cell_y"]),
            north,
        )
        wet = np.ma.masked_less(np.ma.masked_invalid(shown), edges[0])
        ax.imshow(wet, cmap=colours, norm=BoundaryNorm(edges, colours.N), extent=extent, zorder=1,
                  interpolation="nearest")  # fmt: skip
        deepest = float(wet.max()) if wet.count() else 0.0
        legend = [
            Patch(color=colour, label=hazard_label(low, high, lang))
            for low, high, colour in HAZARD_CLASSES
            if low <= deepest or low < 0.05
        ]
        ax.legend(handles=legend, title=say("depth", lang), fontsize=7, title_fontsize=7,
                  loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)  # fmt: skip
    _ground(ax, run.scenario)
    _finish(ax, run.scenario, lang)
    return ax
