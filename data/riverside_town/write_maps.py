"""Writes rasters, GeoJSON, the shelter table and the description of the town."""

import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin
from shapely import LineString, Point

from . import flood, places
from . import geography as g


def raster(path: Path, values: np.ndarray, cell: float) -> None:
    """A one-band GeoTIFF in the metric system of the town."""
    west, north = g.CORNER[0], g.CORNER[1] + g.HEIGHT
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=values.shape[1],
        height=values.shape[0],
        count=1,
        dtype="float32",
        crs=g.CRS,
        transform=from_origin(west, north, cell, cell),
        nodata=-9999,
        compress="deflate",
        predictor=3,
        zlevel=9,
    ) as file:
        file.write(values, 1)


def flood_maps(folder: Path, event: flood.Flood) -> None:
    """One depth map per ten minutes, the clock time in its name."""
    folder.mkdir(exist_ok=True)
    for second, depth in event.maps.items():
        name = f"depth_{second // 3600:02d}{second % 3600 // 60:02d}.tif"
        raster(folder / name, flood.published(depth, event.inside), flood.CELL)


def coordinates(geometry):
    """GeoJSON coordinates with six decimals, exterior rings counter-clockwise as RFC 7946 asks."""

    def pairs(coords):
        return [[round(float(x), 6), round(float(y), 6)] for x, y in coords]

    if geometry.geom_type == "Point":
        return pairs(geometry.coords)[0]
    if geometry.geom_type == "LineString":
        return pairs(geometry.coords)
    polygon = (
        geometry.normalize().reverse()
        if not geometry.normalize().exterior.is_ccw
        else geometry.normalize()
    )
    holes = [ring.coords[::-1] if ring.is_ccw else ring.coords for ring in polygon.interiors]
    return [pairs(polygon.exterior.coords), *map(pairs, holes)]


def feature(geometry, properties: dict) -> str:
    """One feature on one line; `geometry` in local metres."""
    shape = g.to_lonlat(geometry)
    return json.dumps(
        {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": shape.geom_type, "coordinates": coordinates(shape)},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def collection(path: Path, features: list[str]) -> None:
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def buildings(path: Path, built: list) -> None:
    rows = []
    for b in built:
        properties = {
            "id": b.id,
            "use": b.use,
            "storeys": b.storeys,
            "height_m": b.height,
            "structure": b.structure,
            "zone": b.zone,
            "residents": b.residents,
        }
        if b.name:
            properties |= {"name": b.name, "name_en": b.name_en}
        rows.append(feature(b.shape, properties))
    collection(path, rows)


def zones(path: Path, all_zones: list) -> None:
    collection(
        path,
        [
            feature(
                z.shape,
                {
                    "id": z.id,
                    "name": z.name,
                    "name_en": z.name_en,
                    "population": z.population,
                    "households": z.households,
                    "share_0_14": z.ages[0],
                    "share_15_64": z.ages[1],
                    "share_65_74": z.ages[2],
                    "share_75_plus": z.ages[3],
                    "impaired_share": z.impaired,
                    "warning_area": z.warning,
                },
            )
            for z in all_zones
        ],
    )


def small_layers(folder: Path, bus_line: LineString) -> None:
    """Ports, bus, water, levees and named areas."""
    collection(
        folder / "ports.geojson",
        [
            feature(Point(xy), {"id": f"P{n:02d}", "name": name, "docks": docks})
            for n, (name, xy, docks) in enumerate(places.PORTS, 1)
        ],
    )
    stops = [
        feature(
            bus_line.interpolate(bus_line.project(Point(xy))), {"id": f"B{n:02d}", "name": name}
        )
        for n, (name, xy) in enumerate(places.BUS_STOPS, 1)
    ]
    line = feature(bus_line, {"id": "L1", "name": "桜ヶ丘・川辺駅・みなみ野線", "headway_min": 20})
    collection(folder / "bus.geojson", [line, *stops])
    river = {"id": "river", "name": "川辺川", "name_en": "Kawabe River", "kind": "river"}
    collection(folder / "water.geojson", [feature(g.channel().simplify(0.5), river)])
    levees = [("levee_left", "左岸堤防"), ("levee_right", "右岸堤防")]
    collection(
        folder / "levee.geojson",
        [
            feature(line.simplify(0.5), {"id": id, "name": name, "kind": "levee"})
            for line, (id, name) in zip(places.levee_lines(), levees, strict=False)
        ],
    )
    shapes = places.area_shapes()
    collection(
        folder / "areas.geojson",
        [
            feature(shapes[id].simplify(0.5), {"id": id, "name": name, "name_en": english})
            for id, name, english in places.AREAS
        ],
    )


COLUMNS = [
    "全国地方公共団体コード",
    "ID",
    "地方公共団体名",
    "名称",
    "名称_カナ",
    "名称_英字",
    "住所",
    "緯度",
    "経度",
    "標高",
    "電話番号",
    "災害種別_洪水",
    "災害種別_崖崩れ、土石流及び地滑り",
    "災害種別_高潮",
    "災害種別_地震",
    "災害種別_津波",
    "災害種別_大規模な火事",
    "災害種別_内水氾濫",
    "災害種別_火山現象",
    "指定避難所との重複",
    "想定収容人数",
    "対象となる町会・自治会",
    "備考",
]


def shelters(path: Path, zone_names: dict, height_at) -> None:
    """The table of designated shelters, in the code page that municipalities still use."""
    with path.open("w", encoding="cp932", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow(COLUMNS)
        for s in places.SHELTERS:
            lon, lat = g.lonlat(s.point.x, s.point.y)
            flag = "1" if s.flood else ""
            note = "" if s.flood else "洪水時は使用しない"
            table.writerow(
                [
                    "289990",
                    s.id,
                    "川辺市",
                    s.name,
                    s.kana,
                    s.english,
                    f"川辺市{zone_names[s.building.zone]}",
                    f"{lat:.6f}",
                    f"{lon:.6f}",
                    f"{height_at(s.point.x, s.point.y):.1f}",
                    "",
                    flag,
                    "1" if s.landslide else "",
                    "",
                    "1",
                    "",
                    "1",
                    flag,
                    "",
                    "1" if s.capacity >= 180 else "",
                    s.capacity,
                    s.districts,
                    note,
                ]
            )


def description(path: Path, population: int, built: int) -> None:
    path.write_text(
        f"""name: 川辺市
name_en: Kawabe City
description: 川沿いの架空の地方都市。人口{population:,}人。堤防決壊による浸水と避難の検討用の合成データ。
description_en: A fictional riverside town of {population:,} people, made up to study a levee breach and the evacuation.
licence: 川辺市（合成データ） CC0-1.0
synthetic: true
crs: {g.CRS}            # metric, JGD2011 / Japan plane rectangular V; GeoJSON and OSM are in longitude and latitude
timezone: Asia/Tokyo      # clock times in file names are local: depth_0430.tif is 04:30
population: {population}
breach:
  time: "04:00"
  lon: {float(g.lonlat(g.BREACH_X, g.river_y(g.BREACH_X) + g.LEVEE)[0]):.6f}
  lat: {float(g.lonlat(g.BREACH_X, g.river_y(g.BREACH_X) + g.LEVEE)[1]):.6f}
files:
  streets: town.osm.gz
  terrain: dem.tif
  flood: flood/depth_HHMM.tif   # every 10 min, 02:00 to 08:00
  shelters: shelters.csv        # CP932
  zones: zones.geojson
  buildings: buildings.geojson  # {built} footprints
  ports: ports.geojson
  bus: bus.geojson
  water: water.geojson
  levee: levee.geojson
  areas: areas.geojson
""",
        encoding="utf-8",
        newline="\n",
    )


def checksums(folder: Path) -> None:
    """SHA-256 of every file made, in the format of sha256sum."""
    files = sorted(
        p for p in folder.rglob("*") if p.is_file() and p.name not in ("SHA256SUMS", "LICENSE")
    )
    lines = [
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n"
        for p in files
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")
