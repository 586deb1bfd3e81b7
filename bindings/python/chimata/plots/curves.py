"""Curves over time, and the forest plot of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter
from numpy.typing import NDArray

from ..labels import say
from ..results import kpi_catalogue
from ..wording import smallest_shown
from .style import STATE_COLOURS, new_axes, set_title, styled

if TYPE_CHECKING:
    import pandas as pd

    from ..run import Run

# from below: who is safe, who may still be, who is not
_STACK = ("sheltered", "travelling", "waiting", "preparing", "cut_off", "stranded",
          "caught_at_home")  # fmt: skip
_BEYOND = 200.0  # % of the baseline; larger differences end in an arrow
_LINES = ("#4d4d4d", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00")


def _clock_axis(ax: Axes, times: Any, lang: str) -> None:
    locator: Any = AutoDateLocator(tz=times.tz)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    clock: Any = DateFormatter("%H:%M", tz=times.tz)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_formatter(clock)
    ax.set_xlabel(say("time", lang), fontsize=9)
    ax.tick_params(labelsize=8)


def _orders(run: Run, ax: Axes, lang: str) -> None:
    # a dotted line at every moment when somebody is told to leave
    warned = run.persons["warned_s"].astype(float)
    for moment in np.unique(warned[np.isfinite(warned)])[:4]:
        when: Any = run.clock(moment)[0]
        ax.axvline(when, color="#333333", linewidth=1.0, linestyle=":")
        ax.annotate(
            f"{say('order', lang)} {when:%H:%M}", (when, 1.0), xytext=(3, -3), va="top",
            xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=8,
        )  # fmt: skip


def _thousands(ax: Axes) -> None:
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.grid(axis="y", color="#e4e4e4", linewidth=0.7)
    ax.set_axisbelow(True)


def states(run: Run, *, ax: Axes | None = None, lang: str = "ja") -> Axes:
    """How many people are in which state over time; those at home are left out."""
    ax = new_axes(ax, 6.4, 4.2)
    census = run.census
    times = run.clock(census["t_s"])
    kinds = [name for name in _STACK if name in census.columns and census[name].any()]
    counts = [census[name].astype(float) for name in kinds]
    ax.stackplot(times, counts, colors=[STATE_COLOURS[kind] for kind in kinds],
                 labels=[say(kind, lang) for kind in kinds])  # fmt: skip
    ax.set_ylabel(say("people", lang))
    _clock_axis(ax, times, lang)
    _thousands(ax)
    ax.margins(0)
    _orders(run, ax, lang)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), frameon=False, fontsize=8, ncols=4)
    set_title(ax, run.scenario.name, say("without_home", lang))
    return ax


def compared(runs: Sequence[Run], *, lang: str = "ja") -> Axes:
    """People sheltered, and people left behind by the water, over time: one line per run."""
    import matplotlib.pyplot as plt

    ax: Axes
    with styled():
        _, panels = plt.subplots(1, 2, figsize=(9.2, 3.6), layout="constrained")
        for ax, title, kinds in (
            (panels[0], "sheltered", ("sheltered",)),
            (panels[1], "trapped", ("stranded", "cut_off", "caught_at_home")),
        ):
            for number, run in enumerate(runs):
                census = run.census
                times = run.clock(census["t_s"])
                count = sum(census[kind].astype(float) for kind in kinds)
                # later runs are dashed, so that equal curves both show
                ax.plot(times, count, color=_LINES[number % len(_LINES)], linewidth=2,
                        linestyle=("-", "--", "-.", ":")[number % 4], label=run.scenario.name)  # fmt: skip
            ax.set_title(say(title, lang), fontsize=11)
            ax.set_ylabel(say("people", lang))
            ax.set_ylim(bottom=0)
            ax.margins(x=0)
            _clock_axis(ax, times, lang)
            _thousands(ax)
        ax.figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", frameon=False,
                         ncols=3, fontsize=9)  # fmt: skip
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


def left_out(comparison: pd.DataFrame) -> NDArray[np.bool_]:
    """Which rows a forest plot cannot show: no interval, or a baseline that rounds to 0."""
    least = [
        smallest_shown(str(kpi), str(unit), int(kpi_catalogue().get(kpi, {}).get("decimals", 0)))
        for kpi, unit in zip(comparison["kpi"], comparison["unit"], strict=True)
    ]
    shown = comparison["baseline"].abs().to_numpy(float) >= np.array(least, float)
    low, high = (np.isfinite(comparison[key].to_numpy(float)) for key in ("lo", "hi"))
    return np.asarray(~(shown & low & high), np.bool_)


def forest(comparison: pd.DataFrame, *, ax: Axes | None = None, lang: str = "ja") -> Axes:
    """Differences with their intervals, in percent of the baseline, one row per figure.

    Whatever lies beyond +-200 % ends there in an arrow: a small baseline must not squeeze the rest.

    Parameters
    ----------
    comparison : rows of one scenario from `StudyResult.compare`; figures without an interval, or
        whose baseline rounds to 0 at the digits shown, are left out
    """
    with styled():
        usable = comparison[~left_out(comparison)][::-1]
        ax = new_axes(ax, 6.4, 0.9 + 0.17 * max(len(usable), 1))
        colours = {"better": "#009e73", "worse": "#d55e00", "changed": "#0072b2"}
        scale = 100 / usable["baseline"].abs().to_numpy(float)
        drawn = [usable[key].to_numpy(float) * scale for key in ("diff", "lo", "hi")]
        middle, low, high = (np.clip(values, -_BEYOND, _BEYOND) for values in drawn)
        for row, told in enumerate(usable["verdict"]):
            colour = colours.get(told, "#888888")
            ax.plot([low[row], high[row]], [row, row], color=colour, linewidth=1.6)
            if abs(drawn[0][row]) <= _BEYOND:
                ax.plot(middle[row], row, "o", color=colour, markersize=4)
            for end, at, mark in ((drawn[1], -_BEYOND, "<"), (drawn[2], _BEYOND, ">")):
                if abs(end[row]) > _BEYOND and (end[row] > 0) == (at > 0):
                    ax.plot(at, row, mark, color=colour, markersize=5)
        clipped = any(np.abs(values).max(initial=0) > _BEYOND for values in drawn)
        ax.axvline(0, color="black", linewidth=0.8)
        ax.set_yticks(np.arange(len(usable)), list(usable["label"]), fontsize=7.5)
        ax.tick_params(axis="x", labelsize=7.5)
        words = [
            say("difference", lang),
            *([say("beyond", lang, limit=_BEYOND)] if clipped else []),
        ]
        ax.set_xlabel("\n".join(words), fontsize=8)
        if len(usable):
            ax.set_title(str(usable["scenario"].iloc[0]), fontsize=10)
        return ax
