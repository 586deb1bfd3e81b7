"""The local streets of each quarter: a warped lattice, thinned, cut to the faces between main roads."""

import numpy as np
import shapely
from shapely import LineString, Point, Polygon

from . import geography as g
from .plan import Street

# turn (degrees), spacing along and across (m), warp (m), share of cells' edges left out
GRIDS = {
    "old": (-11, 48, 66, 9, 0.09),
    "plain": (7, 50, 74, 7, 0.12),
    "terrace": (3, 50, 78, 8, 0.12),
    "fringe": (24, 105, 190, 16, 0.28),
    "rice": (-4, 120, 210, 7, 0.24),
}
# centre, ring spacing (m), length of arc between spokes (m), share left out
FANS = {
    "suburb": ((1500, -420), 52, 78, 0.16),
    "hill": (g.HILL, 48, 74, 0.18),
}


# faces whose kind is decided by hand, by a point inside them
CHOSEN = [
    (2800, 2250, "hill"),
    (*g.FOREST, "forest"),
    (1000, 2650, "terrace"),
    (1600, 2650, "terrace"),
    (2250, 2560, "terrace"),
    (2200, 2850, "fringe"),
    (3150, 180, "rice"),
    (3000, 550, "rice"),
    (1300, 180, "suburb"),
    (2300, 180, "suburb"),
    (300, 2600, "fringe"),
    (2500, 2000, "terrace"),
    (400, 1500, "fringe"),
    (350, 1750, "fringe"),
    (3050, 1750, "fringe"),
    (3050, 1200, "rice"),
]


def warp(points: np.ndarray, amount: float, stream: int) -> np.ndarray:
    """Moves points by a smooth field of about `amount` metres, so that no street is a ruler's line."""
    rng = g.random(100 + stream)
    moved = points.copy()
    for _ in range(6):
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        k = 2 * np.pi / rng.uniform(320, 800)
        wave = np.sin(k * (points[:, 0] * np.cos(angle) + points[:, 1] * np.sin(angle)) + phase)
        push = rng.uniform(0, 2 * np.pi)
        moved += amount * 0.6 * wave[:, None] * [np.cos(push), np.sin(push)]
    return moved


def grid_edges(style: str):
    """Edges of a turned and warped grid over the whole town: (line, row or column, is a lane)."""
    turn, along, across, amount, dropped = GRIDS[style]
    rng = g.random(20 + sorted(GRIDS).index(style))
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    centre = np.array([g.WIDTH / 2, g.HEIGHT / 2])
    columns, rows = int(4800 / across), int(4800 / along)
    # rows of houses are not all equally deep
    u = np.cumsum(across * rng.uniform(0.8, 1.2, columns + 1)) - 2400
    v = np.cumsum(along * rng.uniform(0.85, 1.2, rows + 1)) - 2400

    def edge(p, q):
        t = np.linspace(0, 1, 4)[:, None]
        points = np.array(p) * (1 - t) + np.array(q) * t
        return LineString(
            warp(points @ np.array([[c, s], [-s, c]]) + centre, amount, sorted(GRIDS).index(style))
        )

    for i in range(columns):
        for j in range(rows):
            if rng.random() > dropped:
                yield edge((u[i], v[j]), (u[i + 1], v[j])), f"{style}r{j}", j % 3 == 1
            if rng.random() > dropped:
                yield edge((u[i], v[j]), (u[i], v[j + 1])), f"{style}c{i}", i % 4 == 2


def fan_edges(style: str):
    """Edges of arcs and spokes around a centre: contour streets of a hillside, crescents of a new town."""
    centre, spacing, arc, dropped = FANS[style]
    rng = g.random(40 + sorted(FANS).index(style))
    for ring in range(3, int(2400 / spacing)):
        radius = ring * spacing
        # spokes are re-spread every fourth ring, so they shift as in a planned estate
        count = int(2 * np.pi * (ring // 4 * 4 + 2) * spacing / arc)
        for n in range(count):
            a, b = 2 * np.pi * n / count, 2 * np.pi * (n + 1) / count

            def polar(r, t):
                t = np.atleast_1d(t)
                points = np.column_stack([centre[0] + r * np.cos(t), centre[1] + r * np.sin(t)])
                return warp(points, 16, 30)

            if rng.random() > dropped:
                yield LineString(polar(radius, np.linspace(a, b, 5))), f"{style}a{ring}", False
            if rng.random() > dropped + 0.05:
                spoke = np.vstack(
                    [polar(radius, a), polar(radius + spacing / 2, a), polar(radius + spacing, a)]
                )
                yield LineString(spoke), f"{style}s{ring // 4}-{n}", rng.random() < 0.3


def hugs(line: LineString, boundary) -> bool:
    """Whether a street runs within a house's depth of a main road and along it."""
    middle = line.interpolate(0.5, normalized=True)
    if middle.distance(boundary) > 27:
        return False
    (x0, y0), (x1, y1) = line.coords[0], line.coords[-1]
    near = abs(Point(x0, y0).distance(boundary) - Point(x1, y1).distance(boundary))
    return near < 0.6 * line.length


def local_tags(style: str, lane: bool, rng) -> tuple[str, dict]:
    """Class and tags of a local street."""
    if style in ("rice", "fringe"):
        if rng.random() < 0.25:
            return "track", {"surface": "gravel", "width": "3"}
        return "unclassified", {"surface": "asphalt", "width": "4", "maxspeed": "30"}
    if lane:
        width = {"old": "2.6", "plain": "3.2", "terrace": "3.5"}.get(style, "3")
        return "residential", {"width": width, "maxspeed": "20", "surface": "asphalt"}
    width = {"old": "4.5", "suburb": "6.5", "hill": "5"}.get(style, "5.5")
    return "residential", {"width": width, "maxspeed": "30", "surface": "asphalt"}


def passable(style: str, line: LineString) -> bool:
    """Hillside streets stop where the ground gets steep; nothing is built on the levees."""
    middle = line.interpolate(0.5, normalized=True)
    if style == "hill":
        return middle.distance(Point(*g.HILL)) > 340
    return True


def style_of(face: Polygon) -> str:
    """Which kind of quarter a face between main roads is."""
    for x, y, style in CHOSEN:
        if face.contains(Point(x, y)):
            return style
    middle = face.representative_point()
    return g.style_at(middle.x, middle.y)


def local_streets(main: list[Street], sites: list[Polygon]) -> list[Street]:
    """Local streets of every face between the main roads."""
    # just inside the town's edge, so that the main roads surely reach it
    edge = [g.TOWN.buffer(-2).exterior, g.bank(g.LEVEE_ROAD), g.bank(-g.LEVEE_ROAD)]
    walls = shapely.union_all([s.line for s in main] + edge)
    faces = shapely.get_parts(shapely.polygonize([walls]))
    faces = sorted(faces, key=lambda f: (f.centroid.x, f.centroid.y))
    roads = shapely.union_all([s.line for s in main])
    grounds = shapely.union_all(sites)
    kept = {style: [] for style in [*GRIDS, *FANS]}
    by_style = {style: [] for style in kept}
    for face in faces:
        middle = face.representative_point()
        if (
            middle.distance(g.RIVER_AXIS) > g.LEVEE_ROAD - 5
            and g.TOWN.contains(middle)
            and face.area > 4000
        ):
            style = style_of(face)
            if style in by_style:
                by_style[style].append(face)
    streets = []
    for number, style in enumerate(kept):
        rng = g.random(60 + number)
        edges = list(grid_edges(style) if style in GRIDS else fan_edges(style))
        tree = shapely.STRtree([e[0] for e in edges])
        for face in by_style[style]:
            # reach half a metre over the main road, so that the two surely meet
            reach = face.buffer(0.5)
            near_roads = roads.intersection(face.buffer(40))
            for index in sorted(tree.query(reach)):
                line, key, lane = edges[index]
                for part in shapely.get_parts(line.intersection(reach)):
                    if part.length < 6 or not passable(style, part) or hugs(part, near_roads):
                        continue
                    if part.interpolate(0.5, normalized=True).within(grounds):
                        continue
                    kind, tags = local_tags(style, lane, rng)
                    streets.append(Street(part, kind, key, tags))
    return streets
