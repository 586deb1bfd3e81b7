"""Where things are: the plan of the town in local metres, east `x` and north `y` of its corner.

The river runs west to east as a graph y(x); the plain lies north of it, under a terrace.
"""

import numpy as np
from pyproj import Transformer
from shapely import LineString, Polygon
from shapely.ops import transform as transform_geometry

SEED = 20240917
CRS = "EPSG:6673"  # JGD2011 / Japan plane rectangular V
CORNER = (44580.0, -138400.0)  # easting, northing of local (0, 0)
WIDTH, HEIGHT = 3600, 3000  # m

CHANNEL = 52.0  # m from the river's axis to the edge of the low-water channel
LEVEE = 105.0  # m to the levee crest
LEVEE_ROAD = 135.0  # m to the road behind the levee
BREACH_X = 1130.0  # the levee fails here, on the outside of a bend

_to_lonlat = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)


def random(purpose: int) -> np.random.Generator:
    """An independent stream per purpose, so that a change in one part leaves the others alone."""
    return np.random.Generator(np.random.PCG64([SEED, purpose]))


def lonlat(x, y):
    """Longitude and latitude of local metres; JGD2011 and WGS 84 agree to well under a metre."""
    return _to_lonlat.transform(np.asarray(x) + CORNER[0], np.asarray(y) + CORNER[1])


def to_lonlat(geometry):
    """A local geometry in longitude and latitude."""
    return transform_geometry(lambda x, y: lonlat(x, y), geometry)


def smooth(points, step=22.0) -> np.ndarray:
    """Catmull-Rom curve through `points`, sampled about every `step` metres."""
    p = np.asarray(points, float)
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    pieces = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        t = np.linspace(0, 1, max(2, int(np.hypot(*(c - b)) / step)), endpoint=False)[:, None]
        pieces.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    return np.vstack([*pieces, p[-2:-1]])


RIVER = smooth(
    [
        (-300, 1120),
        (-50, 1170),
        (350, 1265),
        (800, 1130),
        (1300, 840),
        (1800, 705),
        (2300, 850),
        (2780, 1065),
        (3200, 1010),
        (3640, 800),
        (3900, 720),
    ]
)
TERRACE_EDGE = smooth(
    [
        (-300, 1320),
        (0, 1390),
        (250, 1500),
        (600, 1780),
        (1100, 1960),
        (1700, 2020),
        (2300, 1970),
        (2800, 1800),
        (3120, 1430),
        (3290, 1120),
        (3450, 940),
        (3900, 760),
    ]
)
RIVER_AXIS = LineString(RIVER)
TERRACE_LINE = LineString(TERRACE_EDGE)
TOWN = Polygon(
    smooth(
        [
            (40, 300),
            (60, 1200),
            (50, 1900),
            (330, 2560),
            (700, 2950),
            (1400, 2960),
            (2300, 2960),
            (3100, 2950),
            (3550, 2600),
            (3560, 1700),
            (3550, 900),
            (3500, 300),
            (3000, 50),
            (2200, 40),
            (1300, 40),
            (500, 60),
            (40, 300),
        ]
    )
)

HILL = (3130.0, 2560.0)  # summit
FOREST = (3400.0, 2700.0)  # a point in the woods around it


def river_y(x):
    """North coordinate of the river's axis."""
    return np.interp(x, RIVER[:, 0], RIVER[:, 1])


def terrace_y(x):
    """North coordinate of the terrace edge."""
    return np.interp(x, TERRACE_EDGE[:, 0], TERRACE_EDGE[:, 1])


def bank(offset: float) -> LineString:
    """The line `offset` metres left (north, positive) or right of the river's axis."""
    return RIVER_AXIS.offset_curve(offset, join_style="round")


def channel() -> Polygon:
    """The low-water channel, a little wider at the bends."""
    step = np.gradient(RIVER, axis=0)
    normal = np.column_stack([-step[:, 1], step[:, 0]]) / np.hypot(*step.T)[:, None]
    half = CHANNEL + 7 * np.sin(RIVER[:, :1] / 170) + 4 * np.sin(RIVER[:, :1] / 61 + 1)
    ring = np.vstack([RIVER + normal * half, (RIVER - normal * half * 0.95)[::-1]])
    frame = Polygon([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)])
    return Polygon(ring).buffer(0).intersection(frame)


def corridor(half: float) -> Polygon:
    """Everything within `half` metres of the river's axis."""
    return RIVER_AXIS.buffer(half, cap_style="flat")


def style_at(x: float, y: float) -> str:
    """Which kind of quarter lies at a point."""
    if y < river_y(x):
        return "suburb" if 930 < x < 2720 else "rice"
    if x > 2120 and y > 2060 and y > 2330 - 0.28 * (x - 2120) and x > 2320 - 0.2 * (y - 2060):
        return "hill"
    if y > terrace_y(x) + 30:
        return "terrace" if 420 < x < 3000 else "fringe"
    if x < 620:
        return "fringe"
    if x > 2690:
        return "rice"
    if 1180 < x < 2050 and y < 1800:
        return "old"
    return "plain"
