"""Pictures of an event: where it became dense, and how full the area and the platform were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, ListedColormap

from ..labels import say
from .curves import _LINES, _clock_axis, _thousands
from .ground import street_lines
from .style import map_axes, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..run import Run

_STREET, _GATE = "#b9bec5", "#1d2733"
_BOUNDS = (0.5, 1, 2, 3, 4, 6, 8)
_COLOURS = ("#e8f1f8", "#bcd7ea", "#7fb3d5", "#f4c95d", "#ec8f3c", "#a8123e")
_MARGIN = 40  # m


def crowd_density(run: Run, *, ax: Axes | None = None, lang: str = "ja", **_: Any) -> Axes:
    """Highest density in the area, persons/m², with its gates."""
    cells, gates = run.table("density").df, run.table("area_gates").df
    x, y = np.asarray(cells["x_m"], float), np.asarray(cells["y_m"], float)
    west, east = x.min() - _MARGIN, x.max() + _MARGIN
    south, north = y.min() - _MARGIN, y.max() + _MARGIN
    ax = map_axes(ax, (north - south) / (east - west))
    ax.add_collection(LineCollection(street_lines(run.scenario), colors=_STREET, linewidths=0.8))
    side = float(np.diff(np.unique(x)).min()) if len(np.unique(x)) > 1 else 1.0
    columns = np.rint((x - x.min()) / side).astype(int)
    rows = np.rint((y - y.min()) / side).astype(int)
    grid = np.full((rows.max() + 1, columns.max() + 1), np.nan)
    grid[rows, columns] = cells["density_max"]
    extent = (x.min() - side / 2, x.max() + side / 2, y.min() - side / 2, y.max() + side / 2)
    image = ax.imshow(
        grid, origin="lower", extent=extent, interpolation="nearest", zorder=2,
        cmap=ListedColormap(list(_COLOURS)), norm=BoundaryNorm(_BOUNDS, len(_COLOURS)),
    )  # fmt: skip
    bar = ax.figure.colorbar(image, ax=ax, shrink=0.8)
    bar.set_label(say("crowd_density", lang))
    near = gates[gates["x_m"].between(west, east) & gates["y_m"].between(south, north)]
    ax.plot(near["x_m"], near["y_m"], "v", color=_GATE, markersize=6, zorder=4)
    for gate in near.itertuples():
        ax.annotate(str(gate.id), (gate.x_m, gate.y_m), xytext=(0, 7), textcoords="offset points",
                    ha="center", fontsize=7, color=_GATE, zorder=4)  # fmt: skip
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.set_title(say("crowd_density", lang), fontsize=11)
    return ax


def course(runs: Sequence[Run], *, lang: str = "ja") -> Axes:
    """People in the area and on the platform over time: one line per run."""
    import matplotlib.pyplot as plt

    ax: Axes
    with styled():
        _, panels = plt.subplots(1, 2, figsize=(9.2, 3.6), layout="constrained")
        for ax, table, column, title in (
            (panels[0], "areas", "inside", "in_area"),
            (panels[1], "station", "waiting", "on_platform"),
        ):
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
        ax = panels[0]
        ax.figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", frameon=False,
                         ncols=3, fontsize=9)  # fmt: skip
        return ax
