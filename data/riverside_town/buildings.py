"""Buildings along the streets: first the important ones, then houses until the frontages are full."""

from dataclasses import dataclass

import numpy as np
import shapely
from rasterio.features import rasterize
from rasterio.transform import from_origin
from shapely import LineString, Point, Polygon

from . import geography as g
from .network import FOOT_ONLY, Network
from .plan import RAIL, STATION

STOREY = {"wood": 2.9, "RC": 3.2, "S": 3.6}  # m


@dataclass
class Building:
    shape: Polygon
    use: str
    storeys: int
    structure: str
    style: str
    id: str = ""
    name: str = ""
    name_en: str = ""
    zone: str = ""
    residents: int = 0

    @property
    def height(self) -> float:
        tall = {"factory": 7.5, "warehouse": 8.0}.get(self.use, STOREY[self.structure])
        return round(self.storeys * tall + 0.6, 1)


class Ground:
    """Which square metres are taken: streets, water, railway, levees, other buildings."""

    def __init__(self, network: Network):
        def half(edge):
            return float(edge.all_tags().get("width", "4")) / 2 + 1.2

        shapes = [network.line(e).buffer(half(e), cap_style="square") for e in network.edges]
        shapes += [g.corridor(g.LEVEE + 20), LineString(g.smooth(RAIL)).buffer(9)]
        self.taken = rasterize(
            [(s, 1) for s in shapes],
            out_shape=(g.HEIGHT, g.WIDTH),
            transform=from_origin(0, g.HEIGHT, 1, 1),
            all_touched=True,
            dtype="uint8",
        )

    def cells(self, shape: Polygon):
        """Raster cells under a rectangle, by sampling it every metre."""
        a, b, _c, d = (np.array(p) for p in shape.exterior.coords[:4])
        s = np.linspace(0, 1, int(np.hypot(*(b - a))) + 2)
        t = np.linspace(0, 1, int(np.hypot(*(d - a))) + 2)
        points = a + s[:, None, None] * (b - a) + t[None, :, None] * (d - a)
        x = points[..., 0].astype(int).ravel()
        row = g.HEIGHT - 1 - np.floor(points[..., 1]).astype(int).ravel()
        return row, x

    def take(self, shape: Polygon) -> bool:
        """Takes the ground if it is free."""
        west, south, east, north = shape.bounds
        if west < 5 or south < 5 or east > g.WIDTH - 5 or north > g.HEIGHT - 5:
            return False
        cells = self.cells(shape)
        if self.taken[cells].any():
            return False
        self.taken[cells] = 1
        return True

    def close(self, shape: Polygon) -> None:
        """Keeps later buildings off."""
        mask = rasterize(
            [(shape, 1)],
            out_shape=self.taken.shape,
            transform=from_origin(0, g.HEIGHT, 1, 1),
            dtype="uint8",
        )
        self.taken |= mask


def beside(
    line: LineString, along: float, side: int, setback: float, length: float, depth: float
) -> Polygon:
    """A rectangle beside a street, its long side along it."""
    along = min(along, line.length - 1)
    p = np.array(line.interpolate(along).coords[0])
    q = np.array(line.interpolate(min(along + 2, line.length)).coords[0])
    o = np.array(line.interpolate(max(along - 2, 0)).coords[0])
    u = (q - o) / np.hypot(*(q - o))
    v = np.array([-u[1], u[0]]) * side
    near = p + v * setback
    corners = [
        near - u * length / 2,
        near + u * length / 2,
        near + u * length / 2 + v * depth,
        near - u * length / 2 + v * depth,
    ]
    return Polygon(corners)


def frontage(network: Network) -> list:
    """Streets that houses may face: (line, half width, edge)."""
    return [
        (network.line(e), float(e.all_tags().get("width", "4")) / 2, e)
        for e in network.edges
        if e.street.kind not in FOOT_ONLY and "bridge" not in e.tags
    ]


def place_important(ground: Ground, fronts, wish, size, reach: float = 260) -> Polygon:
    """The free place beside a street nearest to the wished point."""
    length, depth = size
    tree = shapely.STRtree([f[0] for f in fronts])
    spots = []
    for i in tree.query(Point(wish).buffer(reach)):
        line, _half, _ = fronts[i]
        for along in np.arange(8, line.length, 6):
            p = line.interpolate(along)
            spots.append((p.distance(Point(wish)), int(i), float(along)))
    for _, i, along in sorted(spots):
        for side in (1, -1):
            shape = beside(fronts[i][0], along, side, fronts[i][1] + 5, length, depth)
            if ground.take(shape):
                return shape
    raise ValueError(f"no room for a building of {size} m near {wish}")


def density(style: str, x: float, y: float) -> float:
    """Share of the frontage that is built on."""
    if style == "rice":
        return 0.035
    if style == "fringe":
        return 0.26
    if style == "plain" and x > 2250:
        return 0.62  # the last fields inside the town
    return {"old": 0.93, "hill": 0.76, "suburb": 0.7}.get(style, 0.7)


def choose(style, x, y, street, rng):
    """Use, storeys, structure, frontage and depth of an ordinary building."""
    roll = rng.random()
    station = np.hypot(x - STATION[0], y - STATION[1])
    busy = street.kind in ("primary", "secondary")
    if street.key == "本町商店街" and roll < 0.85:
        return "shop", int(rng.integers(2, 4)), "S", rng.uniform(6, 9), rng.uniform(10, 14)
    if street.key == "工業団地線":
        use = "factory" if roll < 0.6 else "warehouse"
        return use, 1, "S", rng.uniform(35, 60), rng.uniform(22, 36)
    if station < 330 and roll < 0.55:
        use = "office" if roll < 0.14 else "shop" if roll < 0.32 else "apartment"
        return use, int(rng.integers(3, 8)), "RC", rng.uniform(12, 20), rng.uniform(11, 14)
    if busy and roll < 0.4:
        use = "shop" if roll < 0.2 else "office" if roll < 0.28 else "apartment"
        return (
            use,
            int(rng.integers(2, 6)),
            "RC" if use == "apartment" else "S",
            rng.uniform(12, 22),
            rng.uniform(11, 15),
        )
    flats = {"old": 0.05, "suburb": 0.09, "plain": 0.08, "terrace": 0.07}.get(style, 0.0)
    if roll < flats:
        return "apartment", int(rng.integers(2, 6)), "RC", rng.uniform(16, 28), rng.uniform(9, 11)
    if style == "old" and roll < 0.14:
        return "shop", 2, "wood", rng.uniform(6, 8), rng.uniform(9, 12)
    if style in ("fringe", "rice") and roll < 0.12:
        return "warehouse", 1, "S", rng.uniform(10, 16), rng.uniform(8, 12)
    wide = rng.uniform(7, 9) if style == "old" else rng.uniform(8, 11.5)
    return (
        "detached",
        1 if rng.random() < 0.13 else 2,
        "wood" if rng.random() < 0.9 else "S",
        wide,
        rng.uniform(7, 10),
    )


def fill(ground: Ground, fronts) -> list[Building]:
    """Ordinary buildings along all streets."""
    rng = g.random(7)
    built = []
    order = {"primary": 0, "secondary": 1, "tertiary": 2}
    for line, half, edge in sorted(fronts, key=lambda f: order.get(f[2].street.kind, 3)):
        for side in (1, -1):
            along = half + rng.uniform(4, 8)
            while along < line.length - 6:
                p = line.interpolate(along)
                style = g.style_at(p.x, p.y)
                if edge.street.key == "工業団地線":
                    style = "works"
                use, storeys, structure, wide, deep = choose(style, p.x, p.y, edge.street, rng)
                gap = rng.uniform(1.6, 3.2) if style == "old" else rng.uniform(3.5, 7.5)
                if rng.random() < density(style, p.x, p.y):
                    setback = half + (2.4 if style == "old" else rng.uniform(2, 4))
                    shape = beside(line, along + wide / 2, side, setback, wide, deep)
                    if ground.take(shape):
                        built.append(Building(shape, use, storeys, structure, style))
                along += wide + gap
    return built
