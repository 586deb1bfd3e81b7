"""Where people can walk: polygons with holes, gates and zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import input_error

if TYPE_CHECKING:
    import pandas as pd
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

        self.gates = {name: gate_of(name, line) for name, line in (gates or {}).items()}
        self.zones = [
            (name, rings_of(shape, f"zone {name}")[0], float(f)) for name, shape, f in zones
        ]
        single = hasattr(shapes, "geom_type")
        parts = [p for shape in ([shapes] if single else shapes) for p in rings_of(shape, "area")]
        self.core: _core.Area = _core.Area(parts, self.gates, self.zones)
        #: coordinate system and notes of what was left out, where it came from a map
        self.crs, self.notes = "", list[str]()
        self.table: dict[str, list[Any]] = {}

    @classmethod
    def from_wkt(cls, text: str) -> Area:
        """From well-known text in metres: polygons, multipolygons, collections of them.

        Raises
        ------
        InputError : naming the place in the text, or the ring that is wrong
        """
        from . import _core

        return cls.of_core(_core.Area.from_wkt(text, "well-known text"))

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

        return cls.of_core(_core.Area.from_file(str(path), crs))

    @classmethod
    def from_osm(
        cls,
        path: str | Path,
        within: Any = None,
        *,
        layers: Sequence[int] = (0,),
        roads: bool = True,
        least: float = 0.6,
        crs: str = "",
    ) -> Area:
        """From OpenStreetMap: pedestrian areas and streets with their widths, without buildings and walls.

        Streets are as wide as ``width`` says, else as their lanes need, else as usual for their class in
        Japan; `osm_widths` has these with source and grade, `sources` says which way has which. Where the
        space goes on beyond the border there is a gate, open, named after the street: use its line
        ``area.gates[name][0]`` for an entrance or exit.

        Parameters
        ----------
        path : .osm, .osm.gz, .osm.bz2 or .osm.pbf
        within : border in degrees: (west, south, east, north), a ring of (lon, lat) or a shapely polygon
            without its holes; None: what the file says it covers
        layers : which of what lies over each other (tags layer, level, tunnel, bridge); 0 is the ground
        roads : streets for cars too, as when they are closed to cars; False: only what is for people
        least : m; what is narrower is left out
        crs : metric coordinate system; empty: one that suits

        Raises
        ------
        InputError : the file is none, nothing is walkable inside the border, or the border is no ring of
            longitudes and latitudes
        """
        from . import _core

        core, gates, table, figures, system, notes = _core.area_from_osm(
            str(path), crs, _border(within), [int(layer) for layer in layers], roads, float(least)
        )
        area = cls.of_core(core)
        area.gates, area.crs, area.notes = gates, system, [*notes]
        area.notes += [f"{n} {what} were cut out" for what, n in figures.items() if n]
        area.table = table
        return area

    @classmethod
    def from_citygml(
        cls, path: str | Path | Sequence[str | Path], *, roads: bool = True, crs: str = ""
    ) -> Area:
        """From roads and squares of a 3D city model: CityGML 2.0 or 3.0, PLATEAU's tran and squr.

        Of each object the surfaces by function are taken if it has any (LOD 2 and 3), without plantings,
        medians, rails and parking; else its outline (LOD 1). `sources` has one row per object.

        Parameters
        ----------
        path : a .gml file, or several that refer to each other
        roads : carriageways too, as when streets are closed to cars; False: sidewalks and squares
        crs : metric coordinate system; empty: the plane rectangular zone or UTM zone that suits

        Raises
        ------
        InputError : naming file and line or object: no CityGML, an unknown coordinate system, coordinates
            that are none, references to a file that was not given, nothing to walk on
        """
        from . import _core

        paths = [path] if isinstance(path, str | Path) else list(path)
        core, table, system, notes = _core.area_from_citygml([str(p) for p in paths], crs, roads)
        area = cls.of_core(core)
        area.crs, area.notes, area.table = system, [*notes], table
        return area

    @property
    def sources(self) -> pd.DataFrame:
        """What the area was made of, one row each; empty unless from `from_osm` or `from_citygml`.

        Of OpenStreetMap: way (id; of a relation negative), kind, name, width_m (0: drawn as an area),
        width_from ("drawn", "tagged", "lanes", "imputed"), grade. Of CityGML: id, kind, function, lod,
        surfaces.
        """
        import pandas as pd

        return pd.DataFrame(self.table)

    @classmethod
    def of_core(cls, core: _core.Area) -> Area:
        """Around an area of the engine."""
        area = cls.__new__(cls)
        area.core, area.gates, area.zones = core, {}, []
        area.crs, area.notes, area.table = "", [], {}
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


def osm_widths() -> pd.DataFrame:
    """Usual widths of streets whose tags say none: highway, width_m, roads (for cars), grade, source."""
    import pandas as pd

    from . import _core

    columns = ["highway", "width_m", "roads", "grade", "source"]
    return pd.DataFrame(_core.osm_widths(), columns=columns)


def _border(within: Any) -> np.ndarray:
    """A ring of longitudes and latitudes, (n, 2); (0, 2) for none."""
    if within is None:
        return np.zeros((0, 2))
    if getattr(within, "geom_type", None) == "Polygon":
        within = within.exterior.coords
    box = np.asarray(getattr(within, "coords", within), dtype=float)
    if box.shape == (4,):
        west, south, east, north = box
        if not (west < east and south < north):
            raise input_error("within", "is no box", "give (west, south, east, north) in degrees")
        box = np.array([[west, south], [east, south], [east, north], [west, north]])
    return points(box, "within")


def gate_of(name: str, line: Any) -> tuple[np.ndarray, bool]:
    """A line, or a line and whether it is closed at first, as its ends and that."""
    closed = len(line) == 2 and isinstance(line[1], bool)
    return points(line[0] if closed else line, f"gate {name}"), bool(closed and line[1])
