"""Kumamoto's low west under a storm surge, from the open tables of a Project PLATEAU use case.

    python make.py $CHIMATA_DATA OUT [--drive 0.5] [--thin 1]

Reads practice/kumamoto_evacuation (evacuees, destinations, link speeds) and city3d/flood (BP001), and
writes into OUT people, shelters, a stand-in for the street network, which is not published, and the
scenarios `on_foot.yaml`, `with_cars.yaml`, `with_cars_earlier.yaml`. README.md says what of it is the
source's and what is ours.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
import pyproj
import streets as made_up

CRS = "EPSG:6670"
EVERYONE = 100_000  # places: the table states no capacities
OLD, GROWN, SMALL = ("elderly", 75), ("adult", 40), ("child", 4)
HOME = (1, 2, 3, 4)
FACILITY, VISITOR_OLD_CAR, VISITOR_OLD, VISITOR_CAR = 5, 6, 7, 8
SEATS = 5
# Ways out of the area by car, and 1015, the one place inside it where the source lets cars end (how many
# it holds, and through which gates, is not in the table). 1016 lies on the quay; those from 1018 on
# join the districts to the car network.
EXITS = (*range(1001, 1016), 1017)
CITY = """\
name: "熊本市西南部（街路は代替）"
crs: "EPSG:6670"
time_zone: "Asia/Tokyo"
licences:
  - "出典: 国土交通省 Project PLATEAU（避難者・避難先・高潮浸水を加工して作成）, CC BY 4.0"
  - "街路網は公開されていないため、避難者の分布から機械的に作った代替である"
streets: {file: streets.geojson, speed_field: speed, lanes_field: lanes}
shelters: shelters.csv
"""
ON_FOOT = """\
schema: "chimata/scenario@1"
name: "全員徒歩"
city: city.yaml
start: "2022-09-01 09:00"        # of Simulation_Case_Table
duration: "6h"
population: {file: people.csv, seed: 1}
flood:
  polygons: "{flood}/BP001_*m.shp"
  time: minutes
  depth_field: "浸水深"
  velocity_field: "流速"
  delay_h: 2                     # ours: the source's moment is not published; later frames are not, either
evacuation:
  order_at: "10:00"
  compliance: 1.0                # the table lists those who evacuate
  departure_mean: "40min"        # ours: the link speeds of the source are lowest 50 to 60 min after its start
  departure_latest: "2h"
  hazard: storm_surge
"""
WITH_CARS = """\
schema: "chimata/scenario@1"
name: "徒歩と自動車"
base: on_foot.yaml
driving: {{}}
edits:
  - {{op: change, target: evacuation, set: {{car_share: 1.0}}, why: "誰が車を使うかは避難者表の属性で決まる"}}
{exits}
"""
EXIT = (
    '  - {{op: add, target: "shelter:C{id}", to: [{lon:.6f}, {lat:.6f}], '
    'set: {{capacity: {room}, name: "{name}", exit: true}}, why: "自動車の避難先"}}'
)
EARLIER = """\
schema: "chimata/scenario@1"
name: "30分早い発令"
base: with_cars.yaml
edits:
  - {op: change, target: evacuation, set: {order_at: "09:30"}, why: "高潮の前に車列をはけさせる"}
"""


def members(group: int, size: int) -> list[tuple[str, int, int]]:
    """(class, age, people) of a group; the table only says whether there are old or small ones.

    Ours: half of a group with old people is old, one of a group with small children is small, one
    member at least is grown up.
    """
    old = -(-size // 2) if group in (1, 3, FACILITY, VISITOR_OLD_CAR, VISITOR_OLD) else 0
    small = 1 if group in (2, 3) else 0
    parts = ((OLD, old), (SMALL, small), (GROWN, size - old - small))
    return [(name, age, count) for (name, age), count in parts if count > 0]


def people(table: pd.DataFrame, drive: float) -> pd.DataFrame:
    """One row per kind of member of each group; `drive` is the share of groups at home that drive."""
    rows = []
    at_home = 0
    for number, group, size, east, north in table[
        ["グループ番号", "グループ属性", "グループ人数", "座標X", "座標Y"]
    ].itertuples(index=False):
        drives = group in (VISITOR_OLD_CAR, VISITOR_CAR, FACILITY)
        if group in HOME:  # evenly along the table
            at_home += 1
            drives = int(at_home * drive) > int((at_home - 1) * drive)
        cars = -(-size // SEATS) if drives else 0
        for name, age, count in members(group, size):
            can_drive = int(drives and name != "child")
            needs_help = int(group == FACILITY and name == "elderly")
            rows.append((east, north, number, count, name, age, cars, can_drive, needs_help))
    columns = [
        "x",
        "y",
        "household",
        "count",
        "person_class",
        "age",
        "cars",
        "can_drive",
        "needs_help",
    ]
    return pd.DataFrame(rows, columns=columns)


def shelters(table: pd.DataFrame) -> pd.DataFrame:
    """Destinations on foot; of the flags 1, 2, 3 for ○, △, × only ○ counts as fit."""
    walk = table[table["避難手段"] == 1]
    return pd.DataFrame({
        "id": [f"W{number:02d}" for number in walk["避難先番号"]],
        "name": walk["避難先名称"], "lon": walk["x"], "lat": walk["y"], "capacity": EVERYONE,
        "flood_safe": walk["洪水"], "storm_surge_safe": walk["高潮"], "tsunami_safe": walk["津波"],
    })  # fmt: skip


def exits(table: pd.DataFrame) -> str:
    """Edits that add the ways out."""
    lines = []
    for _, place in table[table["避難先番号"].isin(EXITS)].iterrows():
        lon, lat = place["x"], place["y"]
        number, name = int(place["避難先番号"]), place["避難先名称"]
        lines.append(EXIT.format(id=number, lon=lon, lat=lat, room=EVERYONE, name=name))
    return "\n".join(lines)


def make(data: Path, out: Path, drive: float = 0.5, thin: int = 1) -> None:
    """Writes everything into `out`; of every `thin` groups one is kept."""
    out.mkdir(parents=True, exist_ok=True)
    tables = data / "practice" / "kumamoto_evacuation"
    groups = pd.read_csv(tables / "dlib__Evacuees_Master_Data.csv", encoding="cp932")
    places = pd.read_csv(tables / "dlib__Evacuees_Destination_Table.csv", encoding="cp932")
    links = pd.read_csv(
        tables / "data__example_case__car_link_average_velocity.csv",
        encoding="cp932", skipinitialspace=True,
    )  # fmt: skip
    to_metres = pyproj.Transformer.from_crs("EPSG:4326", CRS, always_xy=True)
    doors = np.column_stack(to_metres.transform(places["x"].to_numpy(), places["y"].to_numpy()))
    homes = groups[["座標X", "座標Y"]].to_numpy(float)
    nodes, there = made_up.crossings(homes, groups["グループ人数"].to_numpy(float), doors)
    pairs = made_up.gabriel(nodes)
    length = np.hypot(*(nodes[pairs[:, 0]] - nodes[pairs[:, 1]]).T)
    taken = made_up.use(nodes, there, pairs, doors[places["避難先番号"].isin(EXITS)])
    # the shares by length of the source's links; the table gives their length in sections
    once = links.drop_duplicates("リンクID").groupby("自由速度")["最大セクション"].sum()
    speed = made_up.free_speeds(taken, length, once.index.to_numpy(float), once.to_numpy(float))
    made_up.write(out / "streets.geojson", CRS, nodes, pairs, speed)

    people(groups.iloc[::thin], drive).to_csv(out / "people.csv", index=False)
    shelters(places).to_csv(out / "shelters.csv", index=False)
    flood = (data / "city3d" / "flood").resolve().as_posix()
    texts = {
        "city.yaml": CITY, "on_foot.yaml": ON_FOOT.replace("{flood}", flood),
        "with_cars.yaml": WITH_CARS.format(exits=exits(places)), "with_cars_earlier.yaml": EARLIER,
    }  # fmt: skip
    for file, text in texts.items():
        (out / file).write_text(text, "utf-8")


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("data", type=Path)
    reader.add_argument("out", type=Path)
    reader.add_argument(
        "--drive", type=float, default=0.5, help="share of groups at home that drive"
    )
    reader.add_argument("--thin", type=int, default=1, help="keep one group of so many")
    given = reader.parse_args()
    make(given.data, given.out, given.drive, given.thin)
