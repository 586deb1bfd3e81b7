"""What lies under every map: river, streets, flooded ground, shelters with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import ListedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path

from ..labels import say
from .naming import place_names
from .style import finish_map, map_axes, set_title

if TYPE_CHECKING:
    from ..scenario import Scenario

_RIVER, _STREET, _FLOODED = "#a9cfe8", "#cdcdcd", "#d6e6f4"
_SAFE, _UNSAFE = "#007a5a", "#8a8f96"
_RIVER_LAYERS = ("water", "river")


def start_map(ax: Axes | None, scenario: Scenario) -> tuple[Axes, list[Any]]:
    """Axes showing river and streets, and what the legend says of them."""
    west, south, east, north = scenario.city.core.bbox
    ax = map_axes(ax, (north - south) / max(east - west, 1.0))
    s = scenario.city.core.segments()
    ax.add_collection(
        LineCollection(
            street_lines(scenario), colors=_STREET, zorder=2,
            linewidths=np.clip(np.asarray(s["width_m"], float) / 14, 0.3, 1.1),
        )
    )  # fmt: skip
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    return ax, _river(ax, scenario)


def street_lines(scenario: Scenario) -> list[Any]:
    """Vertices of every street, m, in the order of the city's segments."""
    s = scenario.city.core.segments()
    xy = np.column_stack([s["shape_x"], s["shape_y"]])
    return np.split(xy, np.asarray(s["shape_offset"], np.int64)[1:-1])


def _river(ax: Axes, scenario: Scenario) -> list[Any]:
    core = scenario.city.core
    for name in _RIVER_LAYERS:
        if name not in core.layer_names():
            continue
        layer = core.layer(name)
        if layer["geometry"] != "polygon":
            continue
        for rings in layer["rings"]:
            paths = [Path(np.asarray(ring, float), closed=True) for ring in rings if len(ring) > 2]
            if paths:
                shape = Path.make_compound_path(*paths)
                ax.add_patch(PathPatch(shape, facecolor=_RIVER, edgecolor="none", zorder=1.5))
        return [("river", Patch(color=_RIVER))]
    return []


def deepest(scenario: Scenario, t_s: float | None = None) -> tuple[Any, Any] | None:
    """Water in metres by row and column from the north, and its extent; None without a flood.

    Parameters
    ----------
    t_s : seconds after the start; the deepest of the whole series by default
    """
    frames = scenario.core.depth_frames()
    if frames is None or not len(frames["times_s"]):
        return None
    water = np.asarray(frames["depth"], float)
    if t_s is None:
        shown = np.max(np.where(np.isfinite(water), water, 0), axis=0)
    else:
        shown = water[max(int(np.searchsorted(frames["times_s"], t_s, "right")) - 1, 0)]
    ny, nx = shown.shape
    west, north = float(frames["west"]), float(frames["north"])
    east, south = west + nx * abs(frames["cell_x"]), north - ny * abs(frames["cell_y"])
    return shown, (west, east, south, north)


def draw_flooded(ax: Axes, scenario: Scenario) -> list[Any]:
    """Tints whatever is flooded at any time by 5 cm or more; what the legend says of it."""
    found = deepest(scenario)
    if found is None:
        return []
    water, extent = found
    wet = np.ma.masked_less(water, 0.05)
    ax.imshow(wet > 0, cmap=ListedColormap([_FLOODED]), extent=extent, zorder=1,
              interpolation="nearest")  # fmt: skip
    return [("flooded", Patch(color=_FLOODED))]


def end_map(ax: Axes, scenario: Scenario, what: str, legend: list[Any], lang: str, names: str,
            columns: int = 4) -> None:  # fmt: skip
    """Shelters, their names, legend, scale bar and sources.

    Parameters
    ----------
    legend : (key of the label or its text, what to show beside it)
    names : "name", "id" or "none": what is written at a shelter
    """
    plan = scenario.core.shelters()
    x, y = np.asarray(plan["x"], float), np.asarray(plan["y"], float)
    safe = np.asarray(plan["flood_safe"], bool)
    legend = list(legend)
    for mine, colour, key in ((safe, _SAFE, "shelter"), (~safe, _UNSAFE, "flood_unsafe")):
        if mine.any():
            ax.scatter(x[mine], y[mine], s=34, marker="s", color=colour, edgecolor="white",
                       linewidth=0.8, zorder=7)  # fmt: skip
            legend.append((key, Line2D([], [], marker="s", linestyle="", color=colour)))
    set_title(ax, scenario.name, what)
    below = -0.035 * len(scenario.city.licences)  # the sources stand between map and legend
    ax.legend(
        [mark for _, mark in legend], [say(key, lang) for key, _ in legend], fontsize=8,
        loc="upper center", bbox_to_anchor=(0.5, below), ncols=columns, frameon=False,
        handlelength=1.4, columnspacing=1.4,
    )  # fmt: skip
    finish_map(ax, "\n".join(scenario.city.licences))
    if names != "none":
        texts = [str(text) for text in plan["id" if names == "id" else "name"]]
        place_names(ax, x, y, texts, np.asarray(plan["capacity"], float))
