"""Shelters, public buildings, cycle ports, the bus line and named areas."""

from dataclasses import dataclass

from shapely import LineString, Point, Polygon

from . import geography as g
from .buildings import Building, Ground, place_important
from .plan import between


@dataclass
class Shelter:
    name: str
    kana: str
    english: str
    use: str
    wish: tuple  # m, where the planners of the town wanted it
    capacity: int
    flood: bool  # designated for floods
    districts: str
    landslide: bool = True
    id: str = ""
    building: Building | None = None

    @property
    def point(self) -> Point:
        return self.building.shape.centroid


SHELTERS = [
    Shelter(
        "川辺市立山手小学校",
        "カワベシリツヤマテショウガッコウ",
        "Yamate Elementary School",
        "school",
        (1010, 2190),
        660,
        True,
        "山手一丁目、本町一丁目",
    ),
    Shelter(
        "川辺市立川辺中学校",
        "カワベシリツカワベチュウガッコウ",
        "Kawabe Junior High School",
        "school",
        (1580, 2270),
        780,
        True,
        "駅北町、駅南町、本町二丁目",
    ),
    Shelter(
        "県立川辺高等学校",
        "ケンリツカワベコウトウガッコウ",
        "Kawabe High School",
        "school",
        (2110, 2240),
        900,
        True,
        "東山手、東町一丁目、東町二丁目",
    ),
    Shelter(
        "川辺市立桜ヶ丘小学校",
        "カワベシリツサクラガオカショウガッコウ",
        "Sakuragaoka Elementary School",
        "school",
        (2230, 2560),
        520,
        True,
        "桜ヶ丘一丁目、桜ヶ丘二丁目",
    ),
    Shelter(
        "川辺市民体育館",
        "カワベシミンタイイクカン",
        "Kawabe Civic Gymnasium",
        "public",
        (640, 2120),
        760,
        True,
        "山手二丁目、河原町",
    ),
    Shelter(
        "駅北コミュニティセンター",
        "エキキタコミュニティセンター",
        "Eki-kita Community Centre",
        "public",
        (1380, 2240),
        180,
        True,
        "駅北町、魚屋町",
    ),
    Shelter(
        "見晴台集会所",
        "ミハラシダイシュウカイジョ",
        "Miharashidai Assembly Hall",
        "public",
        (2760, 2270),
        120,
        True,
        "見晴台",
        False,
    ),
    Shelter(
        "東山手公民館",
        "ヒガシヤマテコウミンカン",
        "Higashi-yamate Community Hall",
        "public",
        (2440, 2200),
        240,
        True,
        "東山手、沼田",
    ),
    Shelter(
        "川辺市立南小学校",
        "カワベシリツミナミショウガッコウ",
        "Minami Elementary School",
        "school",
        (1430, 440),
        560,
        True,
        "南町、船場町",
    ),
    Shelter(
        "川辺市立みなみ野中学校",
        "カワベシリツミナミノチュウガッコウ",
        "Minamino Junior High School",
        "school",
        (2250, 470),
        700,
        True,
        "みなみ野一丁目、みなみ野二丁目",
    ),
    Shelter(
        "南団地集会所",
        "ミナミダンチシュウカイジョ",
        "Minami-danchi Assembly Hall",
        "public",
        (1950, 260),
        150,
        True,
        "みなみ野二丁目",
    ),
    Shelter(
        "山手児童館",
        "ヤマテジドウカン",
        "Yamate Children's Hall",
        "public",
        (900, 2130),
        110,
        True,
        "山手一丁目",
    ),
    Shelter(
        "西部公民館",
        "セイブコウミンカン",
        "Western Community Hall",
        "public",
        (380, 1920),
        220,
        True,
        "西田",
    ),
    Shelter(
        "八幡神社参集殿",
        "ハチマンジンジャサンシュウデン",
        "Hachiman Shrine Hall",
        "public",
        (2900, 2120),
        90,
        True,
        "見晴台、新田町",
        False,
    ),
    Shelter(
        "北野公民館",
        "キタノコウミンカン",
        "Kitano Community Hall",
        "public",
        (1130, 2590),
        300,
        True,
        "北野",
    ),
    Shelter(
        "川辺市立本町小学校",
        "カワベシリツホンマチショウガッコウ",
        "Honmachi Elementary School",
        "school",
        (1330, 1440),
        480,
        False,
        "本町一丁目、本町二丁目、魚屋町、鍛冶町",
    ),
    Shelter(
        "川辺市役所",
        "カワベシヤクショ",
        "Kawabe City Hall",
        "public",
        (1640, 1730),
        300,
        False,
        "駅南町、本町二丁目",
    ),
    Shelter(
        "東部公民館",
        "トウブコウミンカン",
        "Eastern Community Hall",
        "public",
        (2420, 1480),
        220,
        False,
        "新田町、沼田",
    ),
]

# id, name, English, use, wished place, size, storeys, structure
OTHERS = [
    ("station", "川辺駅", "Kawabe Station", "station", (1480, 2082), (58, 16), 2, "S"),
    (
        "hospital",
        "川辺市民病院",
        "Kawabe Municipal Hospital",
        "hospital",
        (1060, 1740),
        (62, 24),
        6,
        "RC",
    ),
    (
        "fire_station",
        "川辺市消防本部",
        "Kawabe Fire Station",
        "public",
        (1850, 2330),
        (34, 18),
        3,
        "RC",
    ),
    ("library", "川辺市立図書館", "Kawabe City Library", "public", (1560, 1840), (36, 22), 3, "RC"),
    (
        "museum",
        "本町町家資料館",
        "Honmachi Townhouse Museum",
        "public",
        (1440, 1330),
        (14, 16),
        2,
        "wood",
    ),
    (
        "mall",
        "川辺ショッピングプラザ",
        "Kawabe Shopping Plaza",
        "shop",
        (2140, 1650),
        (70, 48),
        3,
        "S",
    ),
    (
        "nursing_home",
        "特別養護老人ホームさくら苑",
        "Sakura-en Nursing Home",
        "welfare",
        (2320, 1380),
        (42, 16),
        3,
        "RC",
    ),
    ("clinic", "駅前クリニック", "Ekimae Clinic", "hospital", (1500, 1990), (18, 14), 4, "RC"),
    (
        "kindergarten",
        "みなみ野こども園",
        "Minamino Nursery School",
        "school",
        (1980, 520),
        (30, 16),
        2,
        "S",
    ),
    ("market", "川辺産直市場", "Kawabe Farmers' Market", "shop", (2790, 1400), (36, 20), 1, "S"),
]
SCHOOL_GROUND = 52.0  # m, radius kept free of streets and houses

AREAS = [
    ("hill", "見晴山公園", "Miharashiyama Park"),
    ("riverside", "川辺緑地", "Kawabe Riverside Park"),
    ("station_square", "駅前広場", "Station Square"),
    ("old_town", "旧市街", "Old Town"),
]

PORTS = [
    ("川辺駅前", (1500, 2050), 24),
    ("市役所前", (1655, 1760), 14),
    ("本町商店街北", (1490, 1660), 10),
    ("本町商店街南", (1450, 1260), 12),
    ("市民病院前", (1080, 1790), 10),
    ("中央橋北詰", (1720, 860), 12),
    ("河川敷公園", (1250, 1020), 16),
    ("ショッピングプラザ", (2180, 1690), 14),
    ("川辺高校前", (2150, 2300), 10),
    ("桜ヶ丘", (2320, 2660), 8),
    ("南小学校前", (1500, 370), 8),
    ("みなみ野", (2200, 420), 10),
]

BUS_STOPS = [
    ("桜ヶ丘車庫", (2250, 2715)),
    ("桜ヶ丘小学校前", (1960, 2690)),
    ("北中央", (1845, 2500)),
    ("山手幹線口", (1805, 2330)),
    ("川辺駅北", (1500, 2205)),
    ("川辺駅前", (1480, 2078)),
    ("図書館前", (1482, 1900)),
    ("市役所前", (1640, 1800)),
    ("中央通本町", (1738, 1600)),
    ("旧街道口", (1745, 1230)),
    ("中央橋北詰", (1765, 900)),
    ("中央橋南詰", (1792, 560)),
    ("南団地通り", (1810, 330)),
    ("南小学校前", (1420, 340)),
    ("みなみ野西", (1050, 420)),
]


def school_grounds() -> list[Polygon]:
    """Where no local street may pass."""
    return [Point(s.wish).buffer(SCHOOL_GROUND) for s in SHELTERS if s.use == "school"]


def build_important(ground: Ground, fronts) -> list[Building]:
    """Shelters and public buildings, each beside the street nearest to its wished place."""
    built = []
    for number, shelter in enumerate(SHELTERS, 1):
        large = shelter.use == "school" or shelter.capacity >= 600
        size = (62, 16) if large else (34, 16) if shelter.capacity >= 200 else (20, 13)
        shape = place_important(ground, fronts, shelter.wish, size)
        storeys = 4 if shelter.use == "school" else 5 if shelter.name.endswith("市役所") else 2
        building = Building(
            shape,
            shelter.use,
            storeys,
            "RC",
            "public",
            f"shelter_{number:02d}",
            shelter.name,
            shelter.english,
        )
        if shelter.name.endswith("市役所"):
            building.id = "city_hall"
        shelter.id, shelter.building = f"S{number:02d}", building
        built.append(building)
    for id, name, english, use, wish, size, storeys, structure in OTHERS:
        shape = place_important(ground, fronts, wish, size)
        built.append(Building(shape, use, storeys, structure, "public", id, name, english))
    for yard in school_grounds():
        ground.close(yard)
    return built


def area_shapes() -> dict:
    """The named areas as polygons."""
    inner, outer = (
        between(g.bank(g.CHANNEL + 14), 480, 3050),
        between(g.bank(g.LEVEE - 5), 480, 3050),
    )
    riverside = Polygon([*inner.coords, *reversed(outer.coords)])
    return {
        "hill": Polygon(
            g.smooth(
                [
                    (2830, 2500),
                    (2950, 2330),
                    (3150, 2260),
                    (3360, 2400),
                    (3420, 2640),
                    (3250, 2800),
                    (3000, 2800),
                    (2870, 2680),
                    (2830, 2500),
                ],
                60,
            )
        ),
        "riverside": riverside,
        "station_square": Polygon([(1432, 2030), (1528, 2030), (1528, 2112), (1432, 2112)]),
        "old_town": Polygon(
            [(1200, 1810), (1240, 1290), (1470, 1215), (1735, 1172), (1738, 1785), (1480, 1812)]
        ),
    }


def levee_lines() -> list[LineString]:
    """The crests of both levees."""
    return [between(g.bank(side * g.LEVEE), 0, g.WIDTH) for side in (1, -1)]
