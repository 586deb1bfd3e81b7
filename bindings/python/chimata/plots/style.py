"""What all pictures share: fonts with Japanese, scale bar, attribution."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes

_JAPANESE = ("Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "IPAGothic", "TakaoGothic",
             "VL Gothic", "Yu Gothic", "Meiryo", "MS Gothic", "Hiragino Sans", "BIZ UDGothic",
             "Noto Serif CJK JP")  # fmt: skip

#: Colours that stay apart for colour-blind eyes (Okabe and Ito 2008), by state of people.
STATE_COLOURS = {
    "home": "#bbbbbb", "preparing": "#f0e442", "travelling": "#0072b2", "waiting": "#e69f00",
    "sheltered": "#009e73", "stranded": "#d55e00", "cut_off": "#cc79a7", "caught_at_home": "#7f0000",
    "visiting": "#009e73",
}  # fmt: skip


@cache
def font_families() -> list[str]:
    """DejaVu Sans first, then the first installed Japanese font for the glyphs it lacks."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return ["DejaVu Sans", *[name for name in _JAPANESE if name in installed][:1]]


@contextmanager
def styled() -> Iterator[None]:
    """Draws inside with our fonts, whatever the user's settings; restores them after."""
    settings: Any = {
        "font.family": font_families(),
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "svg.hashsalt": "chimata",
    }
    with mpl.rc_context(settings):
        yield


def new_axes(ax: Axes | None, width: float = 7.0, height: float = 5.0) -> Axes:
    """The given Axes, or those of a new figure that no window shows."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    with styled():
        return plt.subplots(figsize=(width, height), layout="constrained")[1]


def map_axes(ax: Axes | None, aspect: float) -> Axes:
    """Axes for a map whose height is `aspect` times its width."""
    width = 6.4
    return new_axes(ax, width, width * min(max(aspect, 0.5), 1.4) + 0.6)


def set_title(ax: Axes, name: str, what: str) -> None:
    """Writes "name: what" above a picture; on two lines, and smaller, where the figure is too narrow."""
    figure: Any = ax.figure.get_figure(root=True)
    room = 0.94 * figure.bbox.width  # hinting makes small letters wider than in proportion
    title = ax.set_title(f"{name}: {what}", fontsize=11, fontfamily=font_families())
    if title.get_window_extent().width > room:
        title.set_text(f"{name}\n{what}")
        title.set_fontsize(11 * min(1.0, room / title.get_window_extent().width))


def finish_map(ax: Axes, attribution: str) -> None:
    """Makes the Axes a map: metres alike both ways, a scale bar, sources."""
    ax.set_aspect("equal")
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    west, east = ax.get_xlim()
    south, north = ax.get_ylim()
    length = _round_length((east - west) / 4)
    x, y = west + 0.03 * (east - west), south + 0.03 * (north - south)
    ax.plot([x, x + length], [y, y], color="black", linewidth=3, solid_capstyle="butt", zorder=9)
    text = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
    ax.annotate(text, (x + length / 2, y), xytext=(0, 4), textcoords="offset points",
                ha="center", va="bottom", fontsize=8, zorder=9)  # fmt: skip
    # below the map, where it hides neither streets nor the scale bar
    lines = [
        part
        for line in attribution.split("\n")
        for part in textwrap.wrap(line, 100, break_on_hyphens=False)
    ]
    ax.set_xlabel("\n".join(lines), fontsize=6, color="#555555", loc="right")
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)


def _round_length(longest: float) -> float:
    size = 1.0
    while size * 10 <= longest:
        size *= 10
    return max(step * size for step in (1, 2, 5) if step * size <= longest or step == 1)
