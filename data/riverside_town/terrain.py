"""The ground: river bed, levees, natural levee, backswamp, terrace and hill."""

import numpy as np
import shapely

from . import geography as g

CELL = 10.0  # m


def cell_centres(cell: float):
    """x and y of the cell centres, rows from north to south."""
    x = np.arange(cell / 2, g.WIDTH, cell)
    y = np.arange(g.HEIGHT - cell / 2, 0, -cell)
    return np.meshgrid(x, y)


def smoothstep(value, low, high):
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def undulation(x, y, stream: int, length: float):
    """Smooth relief of unit size, a sum of a dozen waves around `length` metres."""
    rng = g.random(stream)
    total = np.zeros(np.shape(x))
    for _ in range(12):
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        k = 2 * np.pi / (length * rng.uniform(0.7, 1.8))
        total = total + np.sin(k * (np.cos(angle) * x + np.sin(angle) * y) + phase)
    return total / np.sqrt(6)


def plain_height(x, y, from_levee):
    """A natural levee along the river, falling to a backswamp under the terrace."""
    backswamp = 7.45 - 0.00058 * x
    return backswamp + 1.75 * np.exp(-((np.maximum(from_levee, 0) / 300) ** 2))


def hill_height(x, y):
    """The hill in the north-east and its two shoulders, above the terrace."""

    def dome(cx, cy, sx, sy, top):
        return top * np.exp(-(((x - cx) / sx) ** 2) - ((y - cy) / sy) ** 2)

    return (
        dome(*g.HILL, 430, 360, 58)
        + dome(2700, 2780, 330, 260, 22)
        + dome(3500, 2250, 330, 300, 20)
        + dome(500, 3150, 500, 330, 14)
    )


def river_stage_drop(x):
    """Fall of the flood surface along the river, in metres from the west edge."""
    return 0.00045 * x


def levee_crest(x):
    """Height of the levee crest."""
    return 12.3 - river_stage_drop(x)


def ground(x, y):
    """Height of the ground in metres at local points."""
    points = shapely.points(x, y)
    from_axis = shapely.distance(points, g.RIVER_AXIS)
    north = y > g.river_y(x)
    above_edge = shapely.distance(points, g.TERRACE_LINE) * np.where(y > g.terrace_y(x), 1, -1)

    terrace = 12.4 + 0.0045 * np.maximum(above_edge, 0) + hill_height(x, y)
    plain = plain_height(x, y, from_axis - g.LEVEE_ROAD)
    rise = smoothstep(above_edge, -70, 45)
    north_side = plain + rise * (terrace - plain)
    south_side = 10.3 - 0.0003 * x + 0.0028 * np.maximum(from_axis - g.LEVEE_ROAD, 0)
    height = np.where(north, north_side, south_side)
    height = height + 0.16 * undulation(x, y, 1, 420) + 0.05 * undulation(x, y, 2, 110)

    # between the levees: low-water bed, then a grassed bench
    bed = 4.4 - 0.0005 * x
    bench = 8.4 - 0.00045 * x
    river = bed + smoothstep(from_axis, g.CHANNEL - 14, g.CHANNEL + 6) * (bench - bed)
    height = np.where(from_axis < g.LEVEE, river, height)

    # a levee 7 m wide at the top, slopes 1 in 2.5 on both sides
    bank = levee_crest(x) - np.maximum(np.abs(from_axis - g.LEVEE) - 3.5, 0) / 2.5
    return np.where(from_axis < g.LEVEE_ROAD, np.maximum(height, bank), height)


def elevation_model() -> np.ndarray:
    """The 10 m elevation model, rounded to centimetres."""
    return np.round(ground(*cell_centres(CELL)), 2).astype("float32")
