"""Levels drawn beside each other on a page: each in a panel, at the same place in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .area import points
from .levels import Levels

_GAP = 0.06  # of the larger side of a panel, between two of them
_LANDSCAPE = 1.7  # width of a screen over its height


class Panels:
    """Where in a common plane every level and flight is shown; a flight beside its lower level.

    Parameters
    ----------
    levels : what is shown, from left to right and from top to bottom in their order
    """

    def __init__(self, levels: Levels) -> None:
        self.levels = levels
        corners = np.concatenate([np.concatenate(levels.rings(name)) for name in levels.names])
        size = corners.max(axis=0) - corners.min(axis=0)
        self._between = max(4.0, _GAP * float(size.max()))
        self._step = size + self._between
        count = len(levels.levels)

        def spread(columns: int) -> float:
            rows = -(-count // columns)
            return max(float(columns * self._step[0]) / _LANDSCAPE, float(rows * self._step[1]))

        columns = min(range(1, count + 1), key=spread)
        self._offset = np.array([[i % columns, -(i // columns)] * self._step for i in range(count)])
        names = [level.id for level in levels.levels]
        lower = [min(f.start, f.end, key=levels.height) for f in levels.flights]
        #: panel of every row of `Levels.names`
        self.of_row = np.array([*range(count), *(names.index(name) for name in lower)])

    def place(self, in_plane: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of places (n, 2) in the plane of the area: where they are shown (n, 2), and on which panel."""
        at, row, _ = self.levels.from_plane(np.asarray(in_plane, float).reshape(-1, 2))
        panel = self.of_row[row]
        return at + self._offset[panel], panel

    def line(self, in_plane: np.ndarray) -> np.ndarray:
        """A line or outline, as a whole on the panel that its middle belongs to."""
        at = np.asarray(in_plane, float)
        middle = at.mean(axis=0, keepdims=True)
        return np.asarray(at + (self.place(middle)[0] - middle))

    def rings(self) -> list[np.ndarray]:
        """Rings of all levels and flights."""
        rows = zip(self.levels.names, self.of_row, strict=True)
        return [
            ring + self._offset[panel] for name, panel in rows for ring in self.levels.rings(name)
        ]

    def names(self) -> list[tuple[str, np.ndarray]]:
        """Names of the levels with their heights, above their panels."""
        shown = []
        for level, offset in zip(self.levels.levels, self._offset, strict=True):
            corners = np.concatenate(self.levels.rings(level.id))
            low, high = corners.min(axis=0), corners.max(axis=0)
            above = np.array([(low[0] + high[0]) / 2, high[1] + 0.4 * self._between])
            shown.append((f"{level.id} ({level.height:g} m)", above + offset))
        return shown

    def doors(self) -> list[np.ndarray]:
        """Doors of the elevators."""
        names = [level.id for level in self.levels.levels]
        return [
            points(door, elevator.id) + self._offset[names.index(level)]
            for elevator in self.levels.elevators
            for level, door in elevator.doors.items()
        ]


def panel_frames(
    panels: Panels, frames: Sequence[tuple[float, np.ndarray, np.ndarray]]
) -> tuple[list[tuple[np.ndarray, np.ndarray]], list[np.ndarray]]:
    """Recorded moments as a page has them: numbers and places of those present, and their panels."""
    shown, panel = [], []
    for _, person, at in frames:
        places, on = panels.place(at)
        shown.append((person, places))
        panel.append(on)
    return shown, panel
