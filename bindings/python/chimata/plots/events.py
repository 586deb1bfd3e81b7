"""Pictures of an event: where it became dense, and how full the area and the platform were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ..event_area import event_area
from ..labels import say
from .crowds import LEVEL_COLOURS
from .curves import _LINES, _clock_axis, _thousands
from .ground import start_map, street_lines
from .naming import place_names
from .style import finish_map, new_axes, set_title, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..run import Run

_STREET, _GATE, _AREA = "#b9bec5", "#1d2733", "#e6e9ec"
_BOUNDS = (0.5, 1, 2, 3, 4, 6, 8)
_MARGIN = 30  # m around what was ever used
_ACROSS = 140  # squares across the overview: fewer could not be told apart
_REACH = 30  # m around the densest place, in the picture of it
_WIDTH, _HEIGHT = 6.4, 4.2  # inches; a long and narrow place takes less height


def crowd_density(
    run: Run, *, ax: Axes | None = None, lang: str = "ja",
    gates: Mapping[str, int] | None = None, **_: Any,
) -> Axes:  # fmt: skip
    """Highest density anywhere in the area over the whole run, persons/m², with its gates.

    Parameters
    ----------
    gates : numbers to write at the gates, by id; by default those of the run, with their ids below
    """
    cells = run.table("density").df
    x, y = np.asarray(cells["x_m"], float), np.asarray(cells["y_m"], float)
    box = (x.min() - _MARGIN, x.max() + _MARGIN, y.min() - _MARGIN, y.max() + _MARGIN)
    aspect = (box[3] - box[2]) / (box[1] - box[0])
    ax = _ground(new_axes(ax, _WIDTH, min(_HEIGHT, max(2.4, _WIDTH * aspect + 1.1))), run, box)
    side = _side_of(x)
    _draw_cells(ax, cells, side * max(1, round((box[1] - box[0]) / side / _ACROSS)))
    if len(cells):
        where = _densest(cells)
        ax.add_patch(Rectangle((where[0] - _REACH, where[1] - _REACH), 2 * _REACH, 2 * _REACH,
                               fill=False, edgecolor=_GATE, linewidth=1, zorder=5))  # fmt: skip
    return _finish(ax, run, box, say("crowd_density", lang), lang, gates)


def crowd_hotspot(
    run: Run, *, ax: Axes | None = None, lang: str = "ja",
    gates: Mapping[str, int] | None = None, **_: Any,
) -> Axes:  # fmt: skip
    """The densest place of the area and 30 m around it: highest density, persons/m².

    Parameters
    ----------
    gates : as of `crowd_density`
    """
    cells = run.table("density").df
    x, y = _densest(cells)
    box = (x - _REACH, x + _REACH, y - _REACH, y + _REACH)
    ax = _ground(new_axes(ax, _WIDTH, _HEIGHT), run, box)
    near = cells[cells["x_m"].between(*box[:2]) & cells["y_m"].between(*box[2:])]
    _draw_cells(ax, near, _side_of(np.asarray(cells["x_m"], float)))
    highest = float(cells["density_max"].max())
    ax.plot(x, y, "o", markersize=11, fillstyle="none", color=_GATE, zorder=6)
    ax.annotate(f"{highest:.1f}", (x, y), xytext=(10, -18), textcoords="offset points", fontsize=10,
                fontweight="bold", color=_GATE, zorder=6,
                bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"})  # fmt: skip
    return _finish(ax, run, box, say("crowd_hotspot", lang), lang, gates)


def _densest(cells: Any) -> tuple[float, float]:
    row = cells.loc[cells["density_max"].astype(float).idxmax()]
    return float(row["x_m"]), float(row["y_m"])


def _side_of(x: np.ndarray) -> float:
    """Side of a cell of the map of density, m."""
    return float(np.diff(np.unique(x)).min()) if len(np.unique(x)) > 1 else 1.0


def _ground(ax: Axes, run: Run, box: tuple[float, float, float, float]) -> Axes:
    """River, the area of the event and streets."""
    ax, _ = start_map(ax, run.scenario)
    rings = event_area(run.scenario)
    if rings:
        area = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
        ax.add_patch(
            PathPatch(area, facecolor=_AREA, edgecolor="#868d95", linewidth=0.8, zorder=1.8)
        )
    ax.add_collection(
        LineCollection(street_lines(run.scenario), colors=_STREET, linewidths=1.2, zorder=2)
    )
    ax.set_xlim(*box[:2])
    ax.set_ylim(*box[2:])
    return ax


def _draw_cells(ax: Axes, cells: Any, side: float) -> None:
    """The highest density of each square, with a bar of its classes below the map."""
    if not len(cells):
        return
    columns = np.floor(np.asarray(cells["x_m"], float) / side).astype(int)
    rows = np.floor(np.asarray(cells["y_m"], float) / side).astype(int)
    west, south = columns.min(), rows.min()
    grid = np.zeros((rows.max() - south + 1, columns.max() - west + 1))
    np.maximum.at(grid, (rows - south, columns - west), np.asarray(cells["density_max"], float))
    extent = (west * side, (columns.max() + 1) * side, south * side, (rows.max() + 1) * side)
    image = ax.imshow(
        np.ma.masked_less(grid, _BOUNDS[0]), origin="lower", extent=extent, interpolation="nearest",
        zorder=3, cmap=ListedColormap(list(LEVEL_COLOURS)), norm=BoundaryNorm(_BOUNDS, len(LEVEL_COLOURS)),
        aspect="equal",
    )  # fmt: skip
    bar = ax.figure.colorbar(image, ax=ax, orientation="horizontal", shrink=0.75, aspect=40, pad=0.02,
                             extend="max", ticks=list(_BOUNDS))  # fmt: skip
    bar.ax.tick_params(labelsize=8)


def _finish(
    ax: Axes, run: Run, box: tuple[float, float, float, float], what: str, lang: str,
    numbers: Mapping[str, int] | None,
) -> Axes:  # fmt: skip
    """Gates with their numbers, title, scale bar and sources."""
    rows = run.table("area_gates").df
    near = rows[rows["x_m"].between(*box[:2]) & rows["y_m"].between(*box[2:])]
    x, y = near["x_m"].to_numpy(float), near["y_m"].to_numpy(float)
    ax.plot(x, y, "v", color=_GATE, markersize=7, zorder=6)
    ax.legend([Line2D([], [], marker="v", linestyle="", color=_GATE)], [say("gate", lang)], fontsize=8,
              loc="lower right", frameon=False, handletextpad=0.2)  # fmt: skip
    set_title(ax, run.scenario.name, what)
    shown = gate_numbers([run]) if numbers is None else numbers
    texts = [str(shown[str(name)]) for name in near["id"]]
    below = list(run.scenario.city.licences)
    if numbers is None and texts:
        ids = [f"{text}\u00a0{name}" for text, name in zip(texts, near["id"], strict=True)]
        below.insert(0, f"{say('gate', lang)}: {', '.join(ids)}")
    finish_map(ax, "\n".join(below))
    place_names(ax, x, y, texts, near["width_m"].to_numpy(float))
    return ax


def gate_numbers(runs: Sequence[Run]) -> dict[str, int]:
    """Numbers of the gates on the maps of these runs, from 1, by id; alike on all of them."""
    names = [str(name) for run in runs for name in run.table("area_gates").df["id"]]
    return {name: number for number, name in enumerate(dict.fromkeys(names), 1)}


def course(runs: Sequence[Run], *, lang: str = "ja") -> Axes:
    """People in the area over time, and on the platform where there is one: one line per run."""
    import matplotlib.pyplot as plt

    shown = [
        (table, column, title)
        for table, column, title in (
            ("areas", "inside", "in_area"), ("station", "waiting", "on_platform"),
        )
        if any(table in run.core.table_names() for run in runs)
    ]  # fmt: skip
    ax: Axes
    with styled():
        _, panels = plt.subplots(
            1, len(shown), figsize=(4.6 * len(shown), 3.6), layout="constrained", squeeze=False
        )
        for ax, (table, column, title) in zip(panels[0], shown, strict=True):
            for number, run in enumerate(runs):
                if table not in run.core.table_names():
                    continue
                seen = run.table(table).df
                times = run.clock(seen["t_s"].to_numpy())
                ax.plot(times, seen[column].astype(float), color=_LINES[number % len(_LINES)],
                        linewidth=2, linestyle=("-", "--", "-.", ":")[number % 4],
                        label=run.scenario.name)  # fmt: skip
                _clock_axis(ax, times, lang)
            ax.set_title(say(title, lang), fontsize=11)
            ax.set_ylabel(say("people", lang))
            ax.set_ylim(bottom=0)
            ax.margins(x=0)
            _thousands(ax)
        ax = panels[0][0]
        ax.figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", frameon=False,
                         ncols=3, fontsize=9)  # fmt: skip
        return ax
