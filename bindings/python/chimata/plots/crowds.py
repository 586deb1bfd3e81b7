"""Heat maps of a crowd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ..errors import did_you_mean, input_error
from ..labels import say
from .style import finish_map, map_axes

if TYPE_CHECKING:
    from ..safety import Safety

#: Levels A to F: each darker than the one before, so they stay apart for colour-blind eyes and in print.
LEVEL_COLOURS = ("#fdf6c9", "#fdc97d", "#f58860", "#c4427a", "#7a2182", "#231151")


# what is shown: the column of places, by what to divide it (0: the time measured), the words
_COLUMNS = {
    "max": ("density_max_m2", 1, "crowd_density_max"),
    "mean": ("density_sum_s_m2", 0, "crowd_density_mean"),
    "now": ("density_m2", 1, "crowd_density_now"),
    "alert": ("alert_s", 60, "crowd_alert"),
    "counterflow": ("counterflow_person_s", 60, "crowd_counterflow"),
}


def density(
    safety: Safety, ax: Axes | None, *, what: str, levels: str, level: str, lang: str
) -> Axes:
    """One map of a crowd; see `Safety.plot_density`."""
    from ..safety import LEVEL_BOUNDS

    for where, given, known in (("what", what, _COLUMNS), ("levels", levels, LEVEL_BOUNDS)):
        if given not in known:
            raise input_error(where, f"there is no {given!r}", did_you_mean(given, known))
    column, per, label = _COLUMNS[what]
    values = safety.grid(column) / (per or _watched_s(safety))
    west, south = safety.core.origin
    rows, columns = values.shape
    ax = map_axes(ax, rows / columns)
    rings, origin = _floor(safety, level)
    west, south = west - origin[0], south - origin[1]
    extent = (west, west + columns * safety.cell, south, south + rows * safety.cell)
    options: dict[str, Any] = {"origin": "lower", "extent": extent, "interpolation": "nearest"}
    outline = _outline(rings)
    if what in ("alert", "counterflow"):
        image = ax.imshow(np.where(values > 0, values, np.nan), cmap="magma_r", vmin=0, **options)
        bar = ax.figure.colorbar(image, ax=ax, shrink=0.8)
    else:
        bounds = [0, *LEVEL_BOUNDS[levels], max(8.0, float(values.max()) + 0.1)]
        colours = ListedColormap(list(LEVEL_COLOURS))
        image = ax.imshow(values, cmap=colours, norm=BoundaryNorm(bounds, 6), **options)
        bar = ax.figure.colorbar(image, ax=ax, shrink=0.8, spacing="uniform", ticks=bounds[1:-1],
                                 format="%.2f")  # fmt: skip
        _name_levels(bar.ax)
        _dangerous(ax, values, safety, origin)
    bar.set_label(say(label, lang))
    image.set_clip_path(PathPatch(outline, transform=ax.transData))
    ax.add_patch(PathPatch(outline, facecolor="none", edgecolor="0.25", linewidth=1))
    if level:
        corners = np.concatenate(rings)
        low, high = corners.min(axis=0), corners.max(axis=0)
    else:
        low, high = np.array(extent)[[0, 2]], np.array(extent)[[1, 3]]
    margin = 0.02 * float((high - low).max())
    ax.set_xlim(low[0] - margin, high[0] + margin)
    ax.set_ylim(low[1] - margin, high[1] + margin)
    finish_map(ax, "")
    return ax


def _dangerous(ax: Axes, values: np.ndarray, safety: Safety, origin: np.ndarray) -> None:
    # level F hides what matters most: the densities of the alarm
    x, y = safety.centres()
    x, y = x - origin[0], y - origin[1]
    for density, colour in ((safety.alert, "#00d5ff"), (safety.crush, "#ffffff")):
        if float(values.max()) > density > float(values.min()):
            lines = ax.contour(x, y, values, levels=[density], colors=colour, linewidths=1.5)
            ax.clabel(lines, fmt=f"{density:g}", fontsize=7)


def _watched_s(safety: Safety) -> float:
    moments = safety.core.moments()["time_s"]
    return max(float(np.median(np.diff(moments))) * len(moments), 1e-9) if len(moments) > 1 else 1.0


def _floor(safety: Safety, level: str) -> tuple[list[np.ndarray], np.ndarray]:
    """Rings of what is shown, and where its coordinates begin in the plane of the area."""
    levels = safety.venue.levels
    if levels is None:
        if level:
            raise input_error("level", "the venue is of one Area", "leave it out")
        return safety.venue.area.rings(), np.zeros(2)
    if not level:
        raise input_error("level", "is not given", f"give one of {', '.join(levels.names)}")
    return levels.rings(level), levels.onto_plane(np.zeros((1, 2)), level, "level")[0]


def _outline(rings: list[np.ndarray]) -> Path:
    closed = [np.vstack([ring, ring[:1]]) for ring in rings]
    return Path.make_compound_path(*[Path(ring, closed=True) for ring in closed])


def _name_levels(ax: Axes) -> None:
    for place, level in enumerate("ABCDEF"):
        ax.text(0.5, (place + 0.5) / 6, level, transform=ax.transAxes, ha="center", va="center",
                fontsize=8, color="black" if place < 3 else "white")  # fmt: skip
