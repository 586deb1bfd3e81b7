"""Layers of a city as GeoDataFrames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from .geometry import points, polylines, shapes

if TYPE_CHECKING:
    from . import _core


def frame(city: _core.City, name: str) -> gpd.GeoDataFrame:
    """The layer `name` in the city's coordinates (metres)."""
    special = {
        "streets": _streets, "nodes": _nodes, "shelters": _shelters, "zones": _zones,
        "residences": _residences,
    }  # fmt: skip
    return special[name](city) if name in special else _features(city, name)


def _frame(columns: dict[str, Any], geometry: Any, crs: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=geometry, crs=crs)


def _nodes(city: _core.City) -> gpd.GeoDataFrame:
    rows = dict(city.nodes())
    return _frame(rows, points(rows.pop("x"), rows.pop("y")), city.crs)


def _streets(city: _core.City) -> gpd.GeoDataFrame:
    rows = dict(city.segments())
    lines = polylines(rows.pop("shape_x"), rows.pop("shape_y"), rows.pop("shape_offset"))
    count = len(rows["length_m"])
    names = np.asarray(city.road_class_names(), dtype=object)
    rows["road_class"] = names[np.asarray(rows["road_class"], np.intp)]
    plain = {key: value for key, value in rows.items() if len(value) == count}
    return _frame(plain, lines, city.crs)


def _shelters(city: _core.City) -> gpd.GeoDataFrame:
    rows = dict(city.shelters())
    return _frame(rows, points(rows.pop("x"), rows.pop("y")), city.crs)


def _zones(city: _core.City) -> gpd.GeoDataFrame:
    rows = dict(city.zones())
    return _frame(rows, shapes(rows.pop("rings"), "polygon"), city.crs)


def _residences(city: _core.City) -> gpd.GeoDataFrame:
    rows = dict(city.residences())
    return _frame(rows, points(rows.pop("x"), rows.pop("y")), city.crs)


def _features(city: _core.City, name: str) -> gpd.GeoDataFrame:
    layer = city.layer(name)
    rows = {"id": layer["id"], "name": layer["name"], **layer["attributes"]}
    return _frame(rows, shapes(layer["rings"], layer["geometry"]), city.crs)
