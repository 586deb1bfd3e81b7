"""Curves over time, and the forest plot of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter

from ..labels import say
from .style import STATE_COLOURS, new_axes, styled

if TYPE_CHECKING:
    import pandas as pd

    from ..run import Run


def _clock_axis(ax: Axes, times: Any, lang: str) -> None:
    locator: Any = AutoDateLocator(tz=times.tz)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    clock: Any = DateFormatter("%H:%M", tz=times.tz)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_formatter(clock)
    ax.set_xlabel(say("time", lang))


def states(run: Run, *, ax: Axes | None = None, lang: str = "ja") -> Axes:
    """How many people are in which state over time."""
    ax = new_axes(ax, 7.0, 4.0)
    census = run.census
    times = run.clock(census["t_s"])
    kinds = [name for name in STATE_COLOURS if name in census.columns and census[name].any()]
    counts = [census[name].astype(float) for name in kinds]
    ax.stackplot(times, counts, colors=[STATE_COLOURS[kind] for kind in kinds],
                 labels=[say(kind, lang) for kind in kinds])  # fmt: skip
    ax.set_ylabel(say("people", lang))
    _clock_axis(ax, times, lang)
    ax.margins(0)
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=8)
    ax.set_title(run.scenario.name)
    return ax


def shelters(run: Run, *, ax: Axes | None = None, lang: str = "ja") -> Axes:
    """Highest occupancy of each shelter beside its capacity, fullest first."""
    ax = new_axes(ax, 7.0, 4.5)
    peak = (
        run.shelters.df.groupby(["shelter", "name", "capacity"], sort=False)
        .agg({"occupancy": "max"})
        .reset_index()
        .sort_values(by="occupancy")
    )
    place = np.arange(len(peak))
    ax.barh(place, peak["capacity"], color="#e4e4e4", label=say("capacity", lang))
    ax.barh(place, peak["occupancy"], height=0.5, color="#009e73", label=say("occupancy", lang))
    ax.set_yticks(place, [str(name) for name in peak["name"]], fontsize=7)
    ax.set_xlabel(say("people", lang))
    ax.set_title(run.scenario.name)
    ax.legend(loc="lower right", frameon=False, fontsize=8)
    return ax


def forest(comparison: pd.DataFrame, *, ax: Axes | None = None, lang: str = "ja") -> Axes:
    """Differences with their intervals, in percent of the baseline, one row per figure.

    Parameters
    ----------
    comparison : rows of one scenario from `StudyResult.compare`; figures whose baseline is 0 or
        whose interval is unbounded are left out
    """
    with styled():
        usable = comparison[
            (comparison["baseline"].abs() > 0) & np.isfinite(comparison["lo"].astype(float))
        ][::-1]
        ax = new_axes(ax, 7.0, 1.2 + 0.28 * max(len(usable), 1))
        colours = {"better": "#009e73", "worse": "#d55e00", "changed": "#0072b2"}
        scale = 100 / usable["baseline"].abs().to_numpy(float)
        middle, low, high = (usable[key].to_numpy(float) * scale for key in ("diff", "lo", "hi"))
        for row, told in enumerate(usable["verdict"]):
            colour = colours.get(told, "#888888")
            ax.plot([low[row], high[row]], [row, row], color=colour, linewidth=2)
            ax.plot(middle[row], row, "o", color=colour, markersize=5)
        ax.axvline(0, color="black", linewidth=0.8)
        ax.set_yticks(np.arange(len(usable)), list(usable["label"]), fontsize=8)
        ax.set_xlabel(say("difference", lang))
        if len(usable):
            ax.set_title(str(usable["scenario"].iloc[0]))
        return ax
