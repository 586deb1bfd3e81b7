"""Names on a map that do not cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

# where a name may stand, in points from its place: beside it, above, below, then the corners
_PLACES: tuple[tuple[float, float, str, str], ...] = (
    (6, 0, "left", "center"), (-6, 0, "right", "center"), (0, 6, "center", "bottom"),
    (0, -6, "center", "top"), (5, 5, "left", "bottom"), (5, -5, "left", "top"),
    (-5, 5, "right", "bottom"), (-5, -5, "right", "top"),
)  # fmt: skip
_MARK = 5.0  # points kept free around every place


def place_names(
    ax: Axes, x: NDArray[Any], y: NDArray[Any], names: Sequence[str], weight: NDArray[Any]
) -> list[str]:
    """Writes names beside their places, the weightiest first; one that fits nowhere is left out.

    Parameters
    ----------
    x, y : places in data coordinates
    weight : whose name matters more

    Returns
    -------
    the names written
    """
    figure: Any = ax.figure.get_figure(root=True)
    figure.draw_without_rendering()  # settles where the Axes end up
    pixels = figure.dpi / 72
    at = ax.transData.transform(np.column_stack([x, y]))
    reach = _MARK * pixels
    taken = [Bbox.from_extents(px - reach, py - reach, px + reach, py + reach) for px, py in at]
    inside = ax.get_window_extent()
    written = []
    for i in sorted(range(len(names)), key=lambda i: (-float(weight[i]), i)):
        others = [box for j, box in enumerate(taken) if j != i]
        for dx, dy, across, up in _PLACES:
            text: Any = ax.annotate(
                names[i], (float(x[i]), float(y[i])), xytext=(dx, dy), textcoords="offset points",
                ha=across, va=up, fontsize=8, zorder=8,
                path_effects=[withStroke(linewidth=2.2, foreground="white")],
            )  # fmt: skip
            text.set_in_layout(False)
            box = text.get_window_extent(figure.canvas.get_renderer())
            within = inside.x0 <= box.x0 and box.x1 <= inside.x1
            within = within and inside.y0 <= box.y0 and box.y1 <= inside.y1
            if within and not any(box.overlaps(other) for other in others):
                taken.append(box)
                written.append(names[i])
                break
            text.remove()
    return written
