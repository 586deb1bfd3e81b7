"""Where people can walk: polygons with holes, gates and zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import input_error

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from . import _core

Shape = Any  # a shapely polygon, or rings: the outer one first, each a list of (x, y)


def rings_of(shape: Shape, where: str) -> list[list[np.ndarray]]:
    """Polygons as lists of rings, each an (n, 2) array; understands shapely and plain lists."""
    kind = getattr(shape, "geom_type", None)
    if kind == "Polygon":
        rings = [shape.exterior, *shape.interiors]
        return [[np.asarray(ring.coords, dtype=float)[:, :2] for ring in rings]]
    if kind in ("MultiPolygon", "GeometryCollection"):
        return [part for geometry in shape.geoms for part in rings_of(geometry, where)]
    if kind is not None:
        raise input_error(where, f"is a {kind}", "give a polygon")
    try:
        return [[points(shape, where)]]
    except (TypeError, ValueError):
        return [[points(ring, where) for ring in shape]]


def points(values: Any, where: str) -> np.ndarray:
    """Coordinates in m as an array of shape (n, 2)."""
    array = np.asarray(getattr(values, "coords", values), dtype=float)
    if array.ndim != 2 or array.shape[1] < 2:
        raise input_error(where, "is no list of points", "give pairs (x, y) in metres")
    return array[:, :2]


class Area:
    """A walkable area in metres, checked when it is made.

    Parameters
    ----------
    shapes : shapely polygons, or lists of rings of (x, y) in m; parts may touch but not overlap
    gates : id -> the two ends of a line, or (ends, True) for one that is closed at first
    zones : (id, shape, factor) where everybody is slower: a share of their free speed above 0

    Raises
    ------
    InputError : naming the part, ring, gate or zone that is wrong
    """

    def __init__(
        self,
        shapes: Iterable[Shape] | BaseGeometry,
        gates: Mapping[str, Any] | None = None,
        zones: Sequence[tuple[str, Shape, float]] = (),
    ) -> None:
        from . import _core

        self.gates = {name: _gate(name, line) for name, line in (gates or {}).items()}
        single = hasattr(shapes, "geom_type")
        parts = [p for shape in ([shapes] if single else shapes) for p in rings_of(shape, "area")]
        self.core: _core.Area = _core.Area(
            parts,
            self.gates,
            [(name, rings_of(shape, f"zone {name}")[0], float(f)) for name, shape, f in zones],
        )

    @classmethod
    def from_wkt(cls, text: str) -> Area:
        """From well-known text in metres: polygons, multipolygons, collections of them.

        Raises
        ------
        InputError : naming the place in the text, or the ring that is wrong
        """
        from . import _core

        return cls._of(_core.Area.from_wkt(text, "well-known text"))

    @classmethod
    def from_file(cls, path: str | Path, crs: str = "") -> Area:
        """From a file: .wkt and .dxf in metres, or any map layer of polygons with a coordinate system.

        Parameters
        ----------
        path : the file; pieces that touch or overlap become one
        crs : metric coordinate system to use for a map layer, e.g. "EPSG:6673"; empty: one that suits

        Raises
        ------
        InputError : naming the file and what is wrong in it
        """
        from . import _core

        return cls._of(_core.Area.from_file(str(path), crs))

    @classmethod
    def _of(cls, core: _core.Area) -> Area:
        area = cls.__new__(cls)
        area.core, area.gates = core, {}
        return area

    @property
    def size_m2(self) -> float:
        """Its size, m²."""
        return float(self.core.size_m2)

    def contains(self, x: float, y: float) -> bool:
        """Whether people can stand at (x, y), m."""
        return bool(self.core.contains(x, y))

    def rings(self) -> list[np.ndarray]:
        """Rings of all parts, outer ones and holes, arrays of shape (n, 2) in m; not closed."""
        return [np.asarray(ring) for part in self.core.rings() for ring in part]

    def plot(self, ax: Any = None) -> Any:
        """Draws the walls; returns the matplotlib Axes."""
        import matplotlib.pyplot as plt

        ax = ax or plt.subplots()[1]
        for open_ring in self.rings():
            ring = np.vstack([open_ring, open_ring[:1]])
            ax.plot(ring[:, 0], ring[:, 1], color="0.3", linewidth=1)
        ax.set_aspect("equal")
        ax.set_xlabel("x [m]")
        ax.set_ylabel("y [m]")
        return ax


def _gate(name: str, line: Any) -> tuple[np.ndarray, bool]:
    closed = len(line) == 2 and isinstance(line[1], bool)
    return points(line[0] if closed else line, f"gate {name}"), bool(closed and line[1])
