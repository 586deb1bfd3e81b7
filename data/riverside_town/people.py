"""Who lives where: the 町丁目 and the residents of every building."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Point, Polygon

from . import flood
from . import geography as g
from .buildings import Building
from .network import FOOT_ONLY, Network

POPULATION = 30_000
# name, English name, a point inside, ages (0-14, 15-64, 65-74, 75+)
YOUNG, MIXED, OLD = (
    (0.155, 0.625, 0.11, 0.11),
    (0.118, 0.572, 0.145, 0.165),
    (0.088, 0.507, 0.17, 0.235),
)
DISTRICTS = [
    ("本町一丁目", "Honmachi 1-chome", (1330, 1660), OLD),
    ("本町二丁目", "Honmachi 2-chome", (1610, 1640), OLD),
    ("魚屋町", "Uoyamachi", (1330, 1400), OLD),
    ("鍛冶町", "Kajimachi", (1610, 1350), OLD),
    ("河原町", "Kawaramachi", (1010, 1340), OLD),
    ("船場町", "Funabamachi", (1540, 1010), OLD),
    ("寺町", "Teramachi", (1020, 1690), OLD),
    ("駅南町", "Ekiminamimachi", (1480, 1930), MIXED),
    ("東町一丁目", "Higashimachi 1-chome", (1960, 1600), MIXED),
    ("東町二丁目", "Higashimachi 2-chome", (1980, 1330), MIXED),
    ("東河原町", "Higashikawaramachi", (2150, 1060), MIXED),
    ("新田町", "Shindenmachi", (2450, 1570), YOUNG),
    ("沼田", "Numata", (2450, 1270), YOUNG),
    ("駅北町", "Ekikitamachi", (1500, 2230), MIXED),
    ("山手一丁目", "Yamate 1-chome", (1000, 2170), MIXED),
    ("山手二丁目", "Yamate 2-chome", (560, 2020), MIXED),
    ("東山手", "Higashiyamate", (2130, 2080), MIXED),
    ("北野", "Kitano", (1000, 2620), MIXED),
    ("桜ヶ丘一丁目", "Sakuragaoka 1-chome", (1600, 2620), OLD),
    ("桜ヶ丘二丁目", "Sakuragaoka 2-chome", (2230, 2560), OLD),
    ("見晴台", "Miharashidai", (2860, 2230), MIXED),
    ("南町", "Minamimachi", (1300, 480), MIXED),
    ("みなみ野一丁目", "Minamino 1-chome", (2250, 560), YOUNG),
    ("みなみ野二丁目", "Minamino 2-chome", (2150, 180), YOUNG),
    ("西田", "Nishida", (380, 1620), OLD),
    ("下田", "Shimoda", (400, 500), OLD),
    ("東田", "Higashida", (3050, 1250), OLD),
    ("工業団地", "Industrial Park", (3150, 550), MIXED),
]


@dataclass
class Zone:
    id: str
    name: str
    name_en: str
    seed: tuple
    ages: tuple
    shape: Polygon
    population: int = 0
    households: int = 0
    impaired: float = 0.0
    warning: bool = False


def bank_of(x: float, y: float) -> tuple:
    """River side and terrace side of a point."""
    return y > g.river_y(x), y > g.terrace_y(x)


def closest_district(x: float, y: float) -> int:
    """District whose seed is nearest; the river is never crossed, the terrace edge seldom."""

    def cost(number):
        sx, sy = DISTRICTS[number][2]
        here, there = bank_of(x, y), bank_of(sx, sy)
        return np.hypot(x - sx, y - sy) + 1e6 * (here[0] != there[0]) + 250 * (here[1] != there[1])

    return min(range(len(DISTRICTS)), key=cost)


def blocks(network: Network) -> list[Polygon]:
    """Faces between the streets, without the river and its levees."""
    lines = [network.line(e) for e in network.edges if "layer" not in e.tags]
    edge = g.TOWN.difference(g.corridor(g.LEVEE + 12))
    net = shapely.union_all([*lines, edge.boundary], grid_size=0.05)
    return [
        p
        for p in shapely.get_parts(shapely.polygonize([net]))
        if edge.contains(p.representative_point())
    ]


def lay_out(network: Network) -> list[Zone]:
    """Gathers the blocks around the district seeds and gives enclaves to their neighbours."""
    parts = [[] for _ in DISTRICTS]
    # of the woods on the hill only the strip with the houses along the road belongs to a 町丁目
    roads = [network.line(e) for e in network.edges if e.street.kind not in FOOT_ONLY]
    settled = shapely.union_all(roads).buffer(32)
    for block in blocks(network):
        wooded = (
            block.contains(Point(g.FOREST))
            or block.representative_point().distance(Point(g.HILL)) < 330
        )
        for part in shapely.get_parts(block.intersection(settled) if wooded else block):
            middle = part.representative_point()
            parts[closest_district(middle.x, middle.y)].append(part)
    shapes = [shapely.union_all(p, grid_size=0.05) for p in parts]
    for _ in range(3):
        strays = []
        for n, shape in enumerate(shapes):
            if isinstance(shape, MultiPolygon):
                *small, shapes[n] = sorted(shape.geoms, key=lambda p: p.area)
                strays += small
        for stray in strays:
            touch = [s.boundary.intersection(stray.boundary).length for s in shapes]
            n = int(np.argmax(touch))
            if touch[n] > 0:
                shapes[n] = shapely.union_all([shapes[n], stray], grid_size=0.05)
    shapes = [max(shapely.get_parts(s), key=lambda p: p.area) for s in shapes]
    return [
        Zone(f"Z{n:02d}", name, english, seed, ages, shape)
        for n, ((name, english, seed, ages), shape) in enumerate(
            zip(DISTRICTS, shapes, strict=False), 1
        )
    ]


def assign(buildings: list[Building], zones: list[Zone]) -> None:
    """The zone of every building: the one it stands in, else the nearest."""
    tree = shapely.STRtree([z.shape for z in zones])
    for building in buildings:
        building.zone = zones[int(tree.nearest(building.shape.centroid))].id


def weight(building: Building, rng) -> float:
    """Expected residents before scaling."""
    if building.use == "detached":
        return rng.choice([0, 1, 2, 3, 4, 5], p=[0.07, 0.15, 0.28, 0.22, 0.2, 0.08]) + 0.02
    if building.use == "apartment":
        flats = building.storeys * max(2, int(building.shape.area / 62))
        return flats * 1.75
    if building.use == "shop" and building.storeys >= 2 and building.shape.area < 150:
        return rng.choice([0, 2, 3], p=[0.45, 0.35, 0.2])
    if building.use == "welfare":
        return 70
    return 0


def house(buildings: list[Building], zones: list[Zone]) -> None:
    """Distributes exactly POPULATION residents, by largest remainders."""
    rng = g.random(9)
    wish = np.array([weight(b, rng) for b in buildings])
    wish *= POPULATION / wish.sum()
    count = np.floor(wish).astype(int)
    # equal remainders are common, so ties are broken by a fixed shuffle, not by place
    order = np.lexsort((rng.permutation(len(wish)), -(wish - count)))
    count[order[: POPULATION - count.sum()]] += 1
    for building, residents in zip(buildings, count, strict=False):
        building.residents = int(residents)
    by_id = {z.id: z for z in zones}
    for building in buildings:
        by_id[building.zone].population += building.residents


def describe(zones: list[Zone], buildings: list[Building], final_depth) -> None:
    """Households, ages, impairment and the hazard map's verdict for each zone."""
    rng = g.random(10)
    centres = np.array([b.shape.centroid.coords[0] for b in buildings])
    deep = flood.sample(final_depth, *centres.T) >= 0.3
    for zone in zones:
        inside = [b.zone == zone.id for b in buildings]
        people = np.array([b.residents for b in buildings]) * inside
        zone.households = round(zone.population / rng.uniform(2.1, 2.6))
        ages = np.array(zone.ages) * rng.uniform(0.94, 1.06, 4)
        ages = np.round(ages / ages.sum(), 3)
        ages[1] = round(1 - ages[0] - ages[2] - ages[3], 3)
        zone.ages = tuple(float(a) for a in ages)
        zone.impaired = round(0.02 + 0.16 * zone.ages[3] + float(rng.uniform(0, 0.01)), 3)
        zone.warning = bool((people * deep).sum() > 0.3 * max(people.sum(), 1))
