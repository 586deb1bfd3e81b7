"""Levels from map layers and drawings, and what is wrong with them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import chimata as cm

CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::6677"}}


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def floor(level: str, ring: list[list[float]], **more: Any) -> dict[str, Any]:
    return feature("Polygon", [ring], {"level": level, **more})


def line(level: str, ends: list[list[float]], **more: Any) -> dict[str, Any]:
    return feature("LineString", ends, {"level": level, **more})


def feature(kind: str, coordinates: Any, properties: dict[str, Any]) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def station() -> list[dict[str, Any]]:
    return [
        floor("2F", box(26, 0, 46, 10), height=4.5),
        floor("1F", box(0, 0, 20, 10), height=0),
        floor("1F", box(4, 4, 6, 6), kind="obstacle"),
        floor("1F", box(10, 0, 12, 10), id="stalls", speed_factor=0.6),
        line("1F", [[20, 0], [20, 3]], id="A", kind="stairs", end="foot", table="weidmann"),
        line("2F", [[26, 0], [26, 3]], id="A", kind="stairs", end="head"),
        line("1F", [[20, 5], [20, 6]], id="B", kind="escalator", end="foot", use="onward"),
        line("2F", [[26, 5], [26, 6]], id="B", kind="escalator", end="head"),
        line("1F", [[20, 8], [20, 9.2]], id="L", kind="elevator", capacity=11),
        line("2F", [[26, 8], [26, 9.2]], id="L", kind="elevator"),
        line("1F", [[2, 0], [2, 10]], id="north", kind="gate", closed="no"),
    ]


def written(folder: Path, features: list[dict[str, Any]], name: str = "station.geojson") -> Path:
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": CRS, "features": features}))
    return path


def test_a_layer_with_everything_becomes_levels_people_can_walk_through(tmp_path: Path) -> None:
    levels = cm.Levels.from_file(written(tmp_path, station()))
    assert levels.names == ("1F", "2F", "A", "B")
    assert (levels.height("1F"), levels.height("2F")) == (0, 4.5)
    assert levels.flights[0].table == "weidmann"  # type: ignore[union-attr]
    assert isinstance(levels.flights[1], cm.Escalator)
    assert levels.elevators[0].capacity == 11
    assert len(levels.rings("1F")) == 2
    assert list(levels.area.gates) == ["1F/north"]
    venue = cm.Venue(levels, dt=0.05)
    out = venue.add_exit("out", [(46, 2), (46, 8)], level="2F")
    journey = venue.add_journey([out])
    venue.let_in(venue.places(box(7, 1, 19, 9), 30, level="1F"), journey, level="1F")
    venue.let_in([(8, 8)], journey, level="1F", mobility="wheelchair")
    venue.run_until(200)
    assert venue.left == 31


def test_one_file_a_level_needs_no_attribute_level(tmp_path: Path) -> None:
    files = []
    for level in ("1F", "2F"):
        own = [f for f in station() if f["properties"]["level"] == level]
        for one in own:
            del one["properties"]["level"]
        files.append(written(tmp_path, own, f"{level}.geojson"))
    whole = cm.Levels.from_file(written(tmp_path, station()))
    assert cm.Levels.from_file(files).names == whole.names


def test_one_layer_a_level_in_a_geopackage(tmp_path: Path) -> None:
    gpd = pytest.importorskip("geopandas")
    from shapely.geometry import shape

    path = tmp_path / "station.gpkg"
    for level in ("1F", "2F"):
        own = [f for f in station() if f["properties"]["level"] == level]
        rows = [{k: v for k, v in f["properties"].items() if k not in ("level", "id")} for f in own]
        for row, f in zip(rows, own, strict=True):
            row["id"] = f["properties"].get("id")
        shapes = [shape(f["geometry"]) for f in own]
        frame = gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:6677")
        frame.to_file(path, layer=level, driver="GPKG")
    assert cm.Levels.from_file(path).names == ("1F", "2F", "A", "B")


def dxf(folder: Path, lines: list[tuple[str, list[list[float]]]]) -> Path:
    """A drawing of polylines on named layers."""
    text = "0\nSECTION\n2\nENTITIES\n"
    for layer, points in lines:
        closed = points[0] == points[-1]
        corners = points[:-1] if closed else points
        text += f"0\nLWPOLYLINE\n8\n{layer}\n90\n{len(corners)}\n70\n{int(closed)}\n"
        text += "".join(f"10\n{x}\n20\n{y}\n" for x, y in corners)
    path = folder / "station.dxf"
    path.write_text(text + "0\nENDSEC\n0\nEOF\n")
    return path


def test_a_drawing_says_it_all_by_its_layers(tmp_path: Path) -> None:
    path = dxf(
        tmp_path,
        [
            ("walkable@1F@0", box(0, 0, 20, 10)),
            ("obstacle@1F", box(4, 4, 6, 6)),
            ("walkable@2F@4.5", box(26, 0, 46, 10)),
            ("stairs A foot@1F", [[20, 0], [20, 3]]),
            ("stairs A head@2F", [[26, 0], [26, 3]]),
            ("elevator L@1F", [[20, 8], [20, 9.2]]),
            ("elevator L@2F", [[26, 8], [26, 9.2]]),
            ("gate north@1F", [[2, 0], [2, 10]]),
            ("furniture", box(8, 8, 9, 9)),
        ],
    )
    levels = cm.Levels.from_file(path)
    assert levels.names == ("1F", "2F", "A")
    assert levels.elevators[0].id == "L"
    assert levels.height("2F") == 4.5
    assert np.isclose(levels.area.size_m2, 20 * 10 - 4 + 200 + 18 + 4 * 3 * 3, atol=20)


def changed(row: int, **properties: Any) -> list[dict[str, Any]]:
    features = station()
    features[row]["properties"] |= properties
    return features


def without(row: int) -> list[dict[str, Any]]:
    return [f for i, f in enumerate(station()) if i != row]


def moved(row: int, coordinates: Any) -> list[dict[str, Any]]:
    features = station()
    features[row]["geometry"]["coordinates"] = coordinates
    return features


WRONG: list[tuple[list[dict[str, Any]], str]] = [
    (changed(0, level=""), "station.geojson, feature 1: says no level; give it an attribute level"),
    (
        changed(4, kind="stair"),
        'is of kind "stair", which is not known; did you mean stairs?',
    ),
    (changed(4, end="bottom"), "stairs A: does not say which end it is; give the attribute end"),
    (without(5), "stairs A: has no head"),
    (without(4), "stairs A: has no foot"),
    ([*station(), station()[4]], "stairs A: has its foot twice; draw it once"),
    (moved(4, [[20, 0], [20, 1], [20, 3]]), "is no straight line between two points"),
    (moved(4, [[20, 0], [20, 0.001]]), "flight A: has no width"),
    (
        moved(4, [[19, 0], [19, 3]]),
        "station.geojson, flight A, foot: does not lie on the edge of level 1F",
    ),
    (moved(5, [[26, 0], [26, 2]]), "is 3.00 m wide at its foot and 2.00 m at its head"),
    (without(9), "elevator L: stops at fewer than two levels; give two landings"),
    (changed(9, level="3F"), "elevator L: leads to level 3F, which is not there"),
    (changed(10, level="3F"), "is on level 3F, which has no floor"),
    (changed(8, speed="fast"), "elevator L: has speed 'fast'; give a number"),
    (changed(8, colour="red"), "elevator L: there is no setting 'colour'"),
    (
        [floor("1F", box(0, 0, 9, 9)), floor("2F", box(0, 0, 9, 9), height=3)],
        "station.geojson, level 1F: has no height; give its floor an attribute height",
    ),
    (
        [floor("1F", box(0, 0, 9, 9), height=0), floor("2F", box(5, 0, 9, 9), height=0)],
        "station.geojson, level 1F: cannot be reached",
    ),
    (
        [
            *without(0),
            floor("2F", box(26, 0, 46, 10), height=0),
            floor("2F", box(14, 0, 18, 4), height=0),
        ],
        "station.geojson, level 2F: overlaps level 1F at the same height of 0.00 m",
    ),
    (
        [*station(), floor("1F", box(0, 10, 5, 12), height=1)],
        "gives level 1F another height than before",
    ),
    ([floor("1F", box(0, 0, 9, 9), kind="zone", speed_factor=0.5)], "level 1F: has no floor"),
    ([line("1F", [[0, 0], [1, 0]], id="x")], "is a line of no kind; give the attribute kind"),
]


@pytest.mark.parametrize(("features", "words"), WRONG)
def test_what_is_wrong_in_a_file_is_told_in_one_line(
    tmp_path: Path, features: list[dict[str, Any]], words: str
) -> None:
    path = written(tmp_path, features)
    with pytest.raises(cm.InputError, match=re.escape(words)) as told:
        cm.Levels.from_file(path)
    assert "\n" not in str(told.value)
    assert str(told.value).startswith("station.geojson")


def test_levels_at_one_height_may_lie_beside_each_other(tmp_path: Path) -> None:
    cm.Levels.from_file(written(tmp_path, changed(0, height=0)))


def test_a_drawing_without_levels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(cm.InputError, match=r"station.dxf: holds nothing of a level; name the"):
        cm.Levels.from_file(dxf(tmp_path, [("walls", box(0, 0, 20, 10))]))
    with pytest.raises(cm.InputError, match="does not say which end it is; write"):
        cm.Levels.from_file(dxf(tmp_path, [("stairs foot@1F", [[0, 0], [1, 0]])]))
