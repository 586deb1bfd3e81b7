"""Sources of a village small enough to know by heart: 6 × 6 crossings 100 m apart, two shelters."""

from __future__ import annotations

import json
from pathlib import Path

import pyproj

import chimata as cm

CRS = "EPSG:6673"
SIDE = 6  # crossings along each side
BLOCK = 100.0  # m
WEST, SOUTH = 30_000.0, -140_000.0  # m, the first crossing
LICENCE = "格子村オープンデータ CC BY 4.0"

_TO_LONLAT = pyproj.Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)


def crossing(row: int, column: int) -> tuple[float, float]:
    """Place of a crossing in metres, counted from the south-west."""
    return WEST + column * BLOCK, SOUTH + row * BLOCK


def lonlat(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude in degrees of a place in metres."""
    lon, lat = _TO_LONLAT.transform(x, y)
    return float(lon), float(lat)


def write_sources(folder: Path) -> None:
    """Writes streets.osm, shelters.csv, zones.geojson and areas.geojson."""
    (folder / "streets.osm").write_text(_streets(), "utf-8")
    rows = ["ID,名称,緯度,経度,想定収容人数,災害種別_洪水"]
    for id, name, capacity, (row, column) in (
        ("S01", "第一小学校", 300, (0, 0)),
        ("S02", "高台公園", 900, (SIDE - 1, SIDE - 1)),
    ):
        lon, lat = lonlat(*crossing(row, column))
        rows.append(f"{id},{name},{lat:.9f},{lon:.9f},{capacity},1")
    (folder / "shelters.csv").write_text("\n".join(rows) + "\n", "utf-8")
    zone = {"id": "Z1", "name": "一丁目", "population": 1000, "warning_area": True}
    _write_polygon(folder / "zones.geojson", zone, -0.5, SIDE - 0.5)
    _write_polygon(folder / "areas.geojson", {"id": "hill", "name": "丘"}, SIDE - 1.5, SIDE - 0.5)


def build(folder: Path) -> cm.City:
    """The village from its sources in `folder`, not read yet."""
    return (
        cm.City.from_osm(folder / "streets.osm", name="格子村", crs=CRS, time_zone="Asia/Tokyo")
        .add_shelters(folder / "shelters.csv")
        .add_zones(folder / "zones.geojson")
        .add_population(folder / "zones.geojson")
        .add_layer("area", folder / "areas.geojson")
        .add_licence(LICENCE)
    )


def _streets() -> str:
    lines = ['<osm version="0.6">']
    for row in range(SIDE):
        for column in range(SIDE):
            lon, lat = lonlat(*crossing(row, column))
            lines.append(
                f'<node id="{row * SIDE + column + 1}" version="1" lon="{lon:.9f}" lat="{lat:.9f}"/>'
            )
    for street in range(SIDE):
        along = [street * SIDE + place + 1 for place in range(SIDE)]
        across = [place * SIDE + street + 1 for place in range(SIDE)]
        for way, nodes in ((100 + street, along), (200 + street, across)):
            refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
            tag = '<tag k="highway" v="residential"/>'
            lines.append(f'<way id="{way}" version="1">{refs}{tag}</way>')
    return "\n".join([*lines, "</osm>"])


def _write_polygon(path: Path, about: dict[str, object], low: float, high: float) -> None:
    corners = [(low, low), (low, high), (high, high), (high, low), (low, low)]
    ring = [lonlat(WEST + x * BLOCK, SOUTH + y * BLOCK) for x, y in corners]
    feature = {
        "type": "Feature",
        "properties": about,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False)
    path.write_text(text, "utf-8")
