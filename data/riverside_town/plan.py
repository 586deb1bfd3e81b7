"""The main roads, the railway and the footpaths, drawn by hand in local metres."""

from dataclasses import dataclass, field

from shapely import LineString

from . import geography as g


@dataclass(frozen=True)
class Street:
    """A stretch of street before it is joined to the network."""

    line: LineString
    kind: str  # OSM highway value
    key: str  # stretches with one key become one way where they meet
    tags: dict = field(default_factory=dict, hash=False)


PRIMARY = {"lanes": "4", "maxspeed": "50", "width": "16", "sidewalk": "both", "surface": "asphalt"}
SECONDARY = {
    "lanes": "2",
    "maxspeed": "40",
    "width": "10",
    "sidewalk": "both",
    "surface": "asphalt",
}
TERTIARY = {"lanes": "2", "maxspeed": "40", "width": "8", "sidewalk": "right", "surface": "asphalt"}
RURAL = {"maxspeed": "30", "width": "5", "sidewalk": "no", "surface": "asphalt"}

# name, English name, class, tags, course
MAIN = [
    (
        "中央大通り",
        "Chuo-odori Avenue",
        "primary",
        PRIMARY,
        [
            (1930, 2990),
            (1880, 2650),
            (1800, 2300),
            (1765, 2000),
            (1735, 1500),
            (1765, 950),
            (1790, 700),
            (1800, 450),
            (1850, 0),
        ],
    ),
    (
        "西環状線",
        "Nishi Ring Road",
        "secondary",
        SECONDARY,
        [
            (700, 3000),
            (760, 2450),
            (820, 1950),
            (875, 1500),
            (850, 1160),
            (790, 850),
            (760, 480),
            (690, 0),
        ],
    ),
    (
        "東橋通り",
        "Higashibashi-dori",
        "tertiary",
        TERTIARY,
        [
            (2560, 2270),
            (2640, 1900),
            (2690, 1500),
            (2745, 1060),
            (2775, 720),
            (2715, 400),
            (2640, 0),
        ],
    ),
    (
        "山手幹線",
        "Yamate Trunk Road",
        "secondary",
        SECONDARY,
        [
            (0, 1860),
            (420, 2080),
            (760, 2260),
            (1220, 2350),
            (1810, 2340),
            (2250, 2350),
            (2560, 2270),
            (2990, 2010),
            (3300, 1760),
            (3620, 1640),
        ],
    ),
    (
        "旧街道",
        "Kyu-kaido (Old Highway)",
        "tertiary",
        TERTIARY,
        [
            (0, 1620),
            (430, 1590),
            (870, 1450),
            (1250, 1270),
            (1745, 1165),
            (2250, 1270),
            (2690, 1440),
            (3120, 1370),
            (3600, 1290),
        ],
    ),
    (
        "市役所通り",
        "Shiyakusho-dori (City Hall Street)",
        "tertiary",
        TERTIARY,
        [(820, 1900), (1240, 1835), (1752, 1790), (2200, 1735), (2668, 1660)],
    ),
    (
        "文化通り",
        "Bunka-dori",
        "tertiary",
        TERTIARY,
        [(1290, 2980), (1255, 2620), (1225, 2350), (1195, 2100), (1225, 1836)],
    ),
    (
        "桜ヶ丘線",
        "Sakuragaoka Line",
        "tertiary",
        TERTIARY,
        [(1885, 2680), (2200, 2720), (2480, 2630), (2590, 2470), (2560, 2270)],
    ),
    (
        "南団地通り",
        "Minami-danchi-dori",
        "tertiary",
        TERTIARY,
        [
            (40, 560),
            (400, 540),
            (762, 490),
            (1230, 360),
            (1812, 320),
            (2300, 370),
            (2718, 420),
            (3180, 360),
            (3560, 400),
        ],
    ),
    (
        "駅前通り",
        "Ekimae-dori (Station Street)",
        "tertiary",
        {**TERTIARY, "sidewalk": "both", "maxspeed": "30"},
        [(1480, 2078), (1485, 1960), (1478, 1815)],
    ),
    (
        "本町商店街",
        "Honmachi Shopping Street",
        "residential",
        {
            "oneway": "yes",
            "lanes": "1",
            "maxspeed": "20",
            "width": "6",
            "sidewalk": "both",
            "surface": "paving_stones",
        },
        [(1478, 1815), (1466, 1600), (1475, 1400), (1470, 1214)],
    ),
    (
        "駅北通り",
        "Eki-kita-dori",
        "residential",
        {"maxspeed": "30", "width": "7", "sidewalk": "right"},
        [(1208, 2190), (1480, 2205), (1790, 2190)],
    ),
    (
        "駅南通り",
        "Eki-minami-dori",
        "residential",
        {"maxspeed": "30", "width": "7", "sidewalk": "both"},
        [(1196, 2060), (1480, 2078), (1772, 2065)],
    ),
    (
        "東環状線",
        "Higashi Ring Road",
        "tertiary",
        TERTIARY,
        [(2180, 2352), (2215, 2050), (2200, 1735), (2235, 1450), (2240, 1268)],
    ),
    (
        "見晴台通り",
        "Miharashidai-dori",
        "tertiary",
        TERTIARY,
        [
            (2480, 2630),
            (2640, 2600),
            (2770, 2480),
            (2860, 2320),
            (3000, 2225),
            (3180, 2190),
            (3290, 2060),
            (3300, 1760),
        ],
    ),
    (
        "工業団地線",
        "Industrial Park Road",
        "tertiary",
        TERTIARY,
        [(2765, 700), (3050, 660), (3330, 700), (3520, 690)],
    ),
]

RAIL = [
    (-20, 1770),
    (240, 1830),
    (560, 1990),
    (1000, 2110),
    (1480, 2140),
    (1800, 2125),
    (2300, 2060),
    (2760, 1930),
    (3150, 1690),
    (3640, 1440),
]
STATION = (1480.0, 2140.0)

PROMENADE = {"foot": "designated", "bicycle": "yes", "surface": "fine_gravel", "width": "4"}


def clip(points, step=22.0) -> LineString:
    """A smooth course inside the town; the longest part where the town's edge cuts it."""
    line = LineString(g.smooth(points, step)).intersection(g.TOWN)
    return max(getattr(line, "geoms", [line]), key=lambda part: part.length)


def named(street):
    """A main road of the table as a Street."""
    name, english, kind, tags, points = street
    return Street(clip(points), kind, name, {"name": name, "name:en": english, **tags})


def between(line: LineString, west: float, east: float) -> LineString:
    """The part of a west-east line with x in a range."""
    return LineString([(x, y) for x, y in line.coords if west <= x <= east])


def levee_roads() -> list[Street]:
    """The roads behind the levees, on both banks."""
    return [
        Street(
            between(g.bank(side * g.LEVEE_ROAD), 120, 3450),
            "unclassified",
            name,
            {"name": name, "name:en": english, **RURAL},
        )
        for side, name, english in [
            (1, "左岸堤防道路", "Left Bank Levee Road"),
            (-1, "右岸堤防道路", "Right Bank Levee Road"),
        ]
    ]


def promenade() -> list[Street]:
    """The riverside walk on the northern bench and on the southern one, with its ways down the levee."""
    streets = []
    for side, name, english, west, east in [
        (1, "川辺緑道", "Kawabe Riverside Promenade", 480, 3050),
        (-1, "南岸緑道", "South Bank Promenade", 950, 2640),
    ]:
        walk = between(g.bank(side * 82), west, east)
        streets.append(
            Street(walk, "footway", name, {"name": name, "name:en": english, **PROMENADE})
        )
        road = g.bank(side * (g.LEVEE_ROAD + 1))
        count = max(3, round(walk.length / 270))
        for n in range(count + 1):
            start = walk.interpolate(n / count, normalized=True)
            slanted = n % 2 == 1
            foot = road.interpolate(road.project(start) + (55 if slanted and n < count else 0))
            kind = "footway" if slanted or n in (0, count) else "steps"
            stairs = {"incline": "up", "handrail": "yes", "surface": "concrete"}
            tags = {"surface": "asphalt"} if kind == "footway" else stairs
            streets.append(Street(LineString([start, foot]), kind, f"{name}{n}", tags))
    return streets


def hill_paths() -> list[Street]:
    """Steps and trails from the hillside quarter to the summit park."""
    steps = {"incline": "up", "surface": "concrete", "handrail": "yes"}
    trail = {"surface": "ground", "width": "1.5"}
    return [
        Street(
            clip([(2770, 2480), (2860, 2500), (3000, 2540), g.HILL]),
            "path",
            "見晴らし道",
            {"name": "見晴らし道", "name:en": "Miharashi Trail", **trail},
        ),
        Street(
            clip([(3180, 2190), (3140, 2290), (3170, 2420), g.HILL]),
            "path",
            "東尾根道",
            {"name": "東尾根道", "name:en": "East Ridge Trail", **trail},
        ),
        Street(
            clip([(2350, 2690), (2620, 2790), (2900, 2730), (3060, 2650), g.HILL]),
            "path",
            "北尾根道",
            {"name": "北尾根道", "name:en": "North Ridge Trail", **trail},
        ),
        Street(
            clip([(2860, 2100), (2865, 2220), (2920, 2275), (2960, 2400), (3000, 2540)]),
            "steps",
            "八幡石段",
            {"name": "八幡石段", "name:en": "Hachiman Stone Steps", **steps},
        ),
        Street(
            clip([(2668, 1660), (2760, 1800), (2790, 1950), (2810, 2110)]),
            "steps",
            "東坂",
            {"name": "東坂", "name:en": "Higashizaka Steps", **steps},
        ),
        Street(
            clip([(1950, 1765), (1975, 1900), (1985, 2040), (1990, 2200)]),
            "steps",
            "天神坂",
            {"name": "天神坂", "name:en": "Tenjinzaka Steps", **steps},
        ),
        Street(
            clip([(1020, 1870), (1030, 1980), (1050, 2100), (1060, 2310)]),
            "footway",
            "寺坂",
            {"name": "寺坂", "name:en": "Terazaka", "surface": "asphalt", "width": "3"},
        ),
    ]


def underpasses() -> list[Street]:
    """The pedestrian underpass beneath the primary road on the plain."""
    tags = {
        "name": "中央地下道",
        "name:en": "Chuo Underpass",
        "surface": "concrete",
        "width": "3",
        "lit": "yes",
    }
    return [Street(LineString([(1700, 1690), (1780, 1690)]), "footway", "中央地下道", tags)]
