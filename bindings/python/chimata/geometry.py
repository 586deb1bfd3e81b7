"""The engine's columns of coordinates as shapely geometries, without a Python loop where one matters."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray


def polylines(x: NDArray[Any], y: NDArray[Any], offsets: NDArray[Any]) -> NDArray[Any]:
    """One LineString per item; item i owns the vertices offsets[i]:offsets[i + 1], m."""
    ends = np.asarray(offsets, np.int64)
    lengths = ends[1:] - ends[:-1]
    owner = np.repeat(np.arange(len(lengths)), lengths)
    lines: NDArray[Any] = shapely.linestrings(np.column_stack([x, y]), indices=owner)
    return lines


def points(x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
    """One Point per item, m."""
    made: NDArray[Any] = shapely.points(np.asarray(x, float), np.asarray(y, float))
    return made


def shapes(rings: list[list[NDArray[Any]]], kind: str) -> list[Any]:
    """Geometries of features; rings as the engine gives them.

    Parameters
    ----------
    rings : per feature, its rings, each (n, 2) m; a point is one ring of one point
    kind : "point", "line" or "polygon"
    """
    if kind == "point":
        return [shapely.Point(parts[0][0]) if parts else None for parts in rings]
    if kind == "line":
        return [_line(parts) for parts in rings]
    return [_polygon(parts) for parts in rings]


def _line(parts: list[NDArray[Any]]) -> Any:
    lines = [shapely.LineString(part) for part in parts if len(part) > 1]
    if not lines:
        return None
    return lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)


def _polygon(parts: list[NDArray[Any]]) -> Any:
    made = [shapely.Polygon(part) for part in parts if len(part) > 2]
    if not made:
        return None
    # rings come in any order and direction: what is covered an odd number of times is inside
    whole = made[0]
    for ring in made[1:]:
        whole = whole.symmetric_difference(ring)
    return whole
