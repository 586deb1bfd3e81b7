"""A flood in a town of which only an OpenStreetMap extract is known.

    python make.py TOWN.osm.gz OUT [--people 5000] [--time-zone Europe/Berlin]

Everything but the streets is made up, by rules simple enough to be checked by eye: the ground is a
plane that rises from south to north, and a river along the southern edge rises over it; homes stand
along residential streets; shelters are crossings on the dry side, far from each other. Writes
into OUT a city (`city.yaml`, CSV files), depth rasters (ESRI ASCII), `order.yaml` and
`order_earlier.yaml` and `with_cars.yaml`. Then:

    chimata run OUT/order.yaml OUT/order_earlier.yaml OUT/with_cars.yaml --seeds 0:20 --out OUT/study
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pyproj

import chimata as cm

CELL = 10.0  # m
STEP = 10  # min between depth rasters
DEEPEST = 2.5  # m at the southern edge
FLOODED = 0.4  # share of the crossings that are under water in the end
SAFE = 0.5  # share of the crossings that lie south of every shelter
SHELTERS = 6
ROOM = 0.75  # places in shelters for each resident
CAR_SHARE = 0.5  # of the households that have a car and a driver
ROOM_TO_PARK = 0.1  # parking spaces for each place in a shelter
HOMES_ON = ("residential", "living_street", "unclassified", "tertiary", "pedestrian")
CITY = """\
name: "{name}"
crs: "{crs}"
time_zone: "{zone}"
licences:
  - "Streets © OpenStreetMap contributors, ODbL 1.0"
  - "{invented}"
streets: "{streets}"
shelters: shelters.csv
residences: homes.csv
"""
ORDER = """\
schema: "chimata/scenario@1"
name: "{name}"
city: city.yaml
start: "2025-09-10 18:00"
duration: "4h"
population: {{total: {people}, seed: 1}}
flood: {{rasters: "depth_*.asc", time: minutes}}
evacuation: {{order_at: "19:30", compliance: 0.7}}
"""
EARLIER = """\
schema: "chimata/scenario@1"
name: "{name}"
base: order.yaml
edits:
  - {{op: change, target: evacuation, set: {{order_at: "19:00"}}, why: "{why}"}}
"""
WITH_CARS = """\
schema: "chimata/scenario@1"
name: "{name}"
base: order.yaml
driving: {{}}
edits:
  - {{op: change, target: "shelter:*", set: {{parking: {spaces}}}, why: "{where}"}}
  - {{op: change, target: evacuation, set: {{car_share: {share}}}, why: "{why}"}}
"""
WORDS = {
    "ja": {
        "order": "19:30発令", "earlier": "30分早い発令", "why": "暗くなる前に歩き始める",
        "cars": "半数が自動車", "cars_why": "車のある世帯の半数が車を使うと仮定",
        "parking": "校庭などに駐車できると仮定",
        "shelter": "避難所", "invented": "浸水・人口・避難所は例示のための架空のもの",
    },
    "en": {
        "order": "Order at 19:30", "earlier": "Order 30 min earlier",
        "why": "people start to walk before it is dark",
        "cars": "Half of the car owners drive", "cars_why": "assumed: half of the households with a car take it",
        "parking": "assumed: cars may stand on yards and pitches", "shelter": "Shelter",
        "invented": "Flood, homes and shelters are made up for this example",
    },
}  # fmt: skip


def homes(city: cm.City, people: int, random: np.random.Generator) -> list[tuple[float, float]]:
    """`people` places along residential streets, evenly by length."""
    streets = city.layers["streets"]
    lived_in = streets[streets["road_class"].isin(HOMES_ON)]
    lived_in = lived_in if len(lived_in) else streets
    length = lived_in.length.to_numpy()
    row = random.choice(len(lived_in), size=people, p=length / length.sum())
    points = lived_in.geometry.to_numpy()[row]
    share = random.random(people)
    at = [line.interpolate(s, normalized=True) for line, s in zip(points, share, strict=True)]
    return [(point.x, point.y) for point in at]


def shelters(city: cm.City, dry_from: float) -> list[tuple[float, float]]:
    """Busy crossings north of `dry_from`, each as far as possible from those before it."""
    streets, nodes = city.layers["streets"], city.layers["nodes"]
    walked = streets[(streets["modes_forward"] & 1) == 1]
    degree = np.bincount(
        np.concatenate([walked["from"], walked["to"]]).astype(int), minlength=len(nodes)
    )
    xy = np.column_stack([nodes.geometry.x, nodes.geometry.y])
    fit = xy[(xy[:, 1] > dry_from) & (degree >= 3)]
    chosen = [fit[np.argmin(np.abs(fit - fit.mean(axis=0)).sum(axis=1))]]
    while len(chosen) < min(SHELTERS, len(fit)):
        nearest = np.min([np.hypot(*(fit - one).T) for one in chosen], axis=0)
        chosen.append(fit[np.argmax(nearest)])
    return [(float(x), float(y)) for x, y in chosen]


def write_flood(
    out: Path, crs: str, box: tuple[float, float, float, float], river: float, shore: float
) -> None:
    """Dry until 19:30, then rising evenly for 90 min from `river` to `shore`, then standing."""
    west, south, east, north = box
    columns, rows = (int(np.ceil(size / CELL)) for size in (east - west, north - south))
    northing = south + (np.arange(rows)[::-1] + 0.5) * CELL
    ground = np.clip(DEEPEST * (northing - river) / (shore - river), 0, None)
    head = (
        f"ncols {columns}\nnrows {rows}\nxllcorner {west:.3f}\nyllcorner {south:.3f}\n"
        f"cellsize {CELL}\nNODATA_value -9999\n"
    )
    for minute in range(0, 241, STEP):
        level = DEEPEST * np.clip((minute - 90) / 90, 0, 1)
        depth = np.clip(level - ground, 0, None)
        lines = [" ".join([f"{value:.2f}"] * columns) for value in depth]
        path = out / f"depth_{minute:03d}.asc"
        path.write_text(head + "\n".join(lines) + "\n")
        path.with_suffix(".prj").write_text(pyproj.CRS(crs).to_wkt("WKT1_ESRI"))


def make(osm: Path, out: Path, people: int, zone: str, lang: str) -> None:
    """Writes the city and the scenarios into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    words = WORDS[lang]
    city = cm.City.from_osm(osm)
    box = city.core.bbox
    west, south, east, north = box[0] - 50, box[1] - 50, box[2] + 50, box[3] + 50
    # extracts have ways that reach far beyond the town, so its crossings say where it lies
    river, shore, dry = np.quantile(city.layers["nodes"].geometry.y, [0.02, FLOODED, SAFE])
    write_flood(out, city.crs, (west, south, east, north), river, shore)
    places = shelters(city, dry)
    room = int(np.ceil(ROOM * people / len(places)))
    rows = [
        f"S{i:02d},{words['shelter']} {i},{x:.1f},{y:.1f},{room}"
        for i, (x, y) in enumerate(places, 1)
    ]
    (out / "shelters.csv").write_text("\n".join(["id,name,x,y,capacity", *rows]) + "\n", "utf-8")
    at = homes(city, people, np.random.default_rng(1))
    lines = [f"{x:.1f},{y:.1f},1" for x, y in at]
    (out / "homes.csv").write_text("\n".join(["x,y,residents", *lines]) + "\n", "utf-8")
    name = osm.name.split(".")[0]
    texts = {
        "city.yaml": CITY.format(
            name=name, crs=city.crs, zone=zone, invented=words["invented"], streets=osm.resolve()
        ),
        "order.yaml": ORDER.format(name=words["order"], people=people),
        "order_earlier.yaml": EARLIER.format(name=words["earlier"], why=words["why"]),
        "with_cars.yaml": WITH_CARS.format(
            name=words["cars"], why=words["cars_why"], share=CAR_SHARE,
            where=words["parking"], spaces=int(np.ceil(ROOM_TO_PARK * room)),
        ),
    }  # fmt: skip
    for file, text in texts.items():
        (out / file).write_text(text, "utf-8")


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("osm", type=Path)
    reader.add_argument("out", type=Path)
    reader.add_argument("--people", type=int, default=5000)
    reader.add_argument("--time-zone", default="Asia/Tokyo")
    reader.add_argument("--lang", choices=["ja", "en"], default="ja")
    given = reader.parse_args()
    make(given.osm, given.out, given.people, given.time_zone, given.lang)
