"""The flood: a levee breach onto the plain, by the local inertial storage-cell scheme.

P. D. Bates, M. S. Horritt and T. J. Fewtrell (2010), A simple inertial formulation of the shallow
water equations for efficient two-dimensional flood inundation modelling, J. Hydrology 387, 33-45:
their equation (11) for the flow between cells, equation (14) for the time step. Outflow is limited
to what a cell holds, so water is neither made nor lost.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from . import geography as g
from . import terrain

CELL = 20.0  # m
GRAVITY = 9.81  # m/s2
MANNING = 0.06  # built-up plain, s/m^(1/3)
BEGIN, END = 2 * 3600, 8 * 3600  # s of the day
BREACH_TIME = 4 * 3600
EVERY = 600  # s between maps
BREACH_WIDTH = 130.0  # m, reached after BREACH_GROWTH
BREACH_GROWTH = 5400.0  # s
WEIR = 1.55  # broad-crested weir, m^(1/2)/s


@dataclass
class Flood:
    """Depth maps by second of the day, and the water balance behind them."""

    maps: dict
    inside: np.ndarray  # cells of the study area
    breach_volume: float  # m3 through the breach
    rain_volume: float  # m3 that the closed sluices kept on the plain
    stored: float  # m3 on the ground at the end
    peak_inflow: float  # m3/s

    @property
    def balance_error(self) -> float:
        """Relative difference between what came in and what is stored."""
        return abs(self.breach_volume + self.rain_volume - self.stored) / self.stored

    def final(self) -> np.ndarray:
        return self.maps[END]


def river_stage(second: float) -> float:
    """Water level of the river at the breach: rises through the night, peaks at 04:45."""
    hours = second / 3600
    peak = 11.75 - terrain.river_stage_drop(g.BREACH_X)
    width = 2.6 if hours < 4.75 else 2.8
    return peak - 4.2 * (1 - np.exp(-(((hours - 4.75) / width) ** 2)))


def trapped_rain(second: float) -> float:
    """Rain that cannot drain once the sluice gates close at 02:50, in m/s."""
    return 11e-3 / 3600 if 2.83 * 3600 <= second < 6 * 3600 else 0.0


def breach_inflow(second: float, inside_level: float, floor: float) -> float:
    """Discharge through the growing breach: a weir, drowned when the plain has filled (Villemonte)."""
    if second < BREACH_TIME:
        return 0.0
    growth = min(1.0, (second - BREACH_TIME) / BREACH_GROWTH)
    crest = terrain.levee_crest(g.BREACH_X)
    sill = crest + (floor + 0.2 - crest) * min(1.0, 2.2 * growth + 0.2)
    head = river_stage(second) - sill
    if head <= 0:
        return 0.0
    tail = np.clip((inside_level - sill) / head, 0, 1)
    return WEIR * (20 + (BREACH_WIDTH - 20) * growth) * head**1.5 * (1 - tail**1.5) ** 0.385


def flow(discharge, level, bed, dt, axis):
    """Unit discharge across the cell faces of one axis after `dt` (Bates et al. 2010, eq. 11)."""
    low = [slice(None)] * 2
    high = [slice(None)] * 2
    low[axis], high[axis] = slice(None, -1), slice(1, None)
    low, high = tuple(low), tuple(high)
    flow_depth = np.maximum(level[low], level[high]) - np.maximum(bed[low], bed[high])
    wet = flow_depth > 1e-3
    h = np.where(wet, flow_depth, 1.0)
    slope = (level[high] - level[low]) / CELL
    friction = 1 + GRAVITY * dt * MANNING**2 * np.abs(discharge) / h ** (7 / 3)
    return np.where(wet, (discharge - GRAVITY * h * dt * slope) / friction, 0.0)


def limit_outflow(east, south, depth, dt):
    """Scales the flows so that no cell gives more than it holds."""
    out = np.zeros_like(depth)
    out[:, :-1] += np.maximum(east, 0)
    out[:, 1:] += np.maximum(-east, 0)
    out[:-1] += np.maximum(south, 0)
    out[1:] += np.maximum(-south, 0)
    share = np.minimum(1.0, depth * CELL / np.maximum(out * dt, 1e-12))
    east *= np.where(east > 0, share[:, :-1], share[:, 1:])
    south *= np.where(south > 0, share[:-1], share[1:])


def simulate() -> Flood:
    """Runs the night and keeps a depth map every ten minutes."""
    x, y = terrain.cell_centres(CELL)
    bed = terrain.ground(x, y)
    points = shapely.points(x, y)
    from_axis = shapely.distance(points, g.RIVER_AXIS)
    # the solver sees the land only; the river enters through the breach
    river = from_axis < g.LEVEE + 15
    bed = np.where(river, 60.0, bed)
    plain = ~river & (y > g.river_y(x)) & (y < g.terrace_y(x)) & (x > 200) & (x < 3350)
    breach = (
        ~river & (y > g.river_y(x)) & (from_axis < g.LEVEE + 45) & (np.abs(x - g.BREACH_X) < 60)
    )
    floor = float(bed[breach].mean())

    depth = np.zeros_like(bed)
    east, south = (
        np.zeros((bed.shape[0], bed.shape[1] - 1)),
        np.zeros((bed.shape[0] - 1, bed.shape[1])),
    )
    time, due, maps = float(BEGIN), BEGIN, {}
    volume = rain_volume = peak = 0.0
    while True:
        if time >= due:
            maps[due] = depth.copy()
            due += EVERY
            if time >= END:
                break
        # time step of eq. 14 with alpha = 0.6, never past the next map
        dt = min(0.6 * CELL / np.sqrt(GRAVITY * max(depth.max(), 0.4)), due - time)
        level = bed + depth
        east = flow(east, level, bed, dt, 1)
        south = flow(south, level, bed, dt, 0)
        limit_outflow(east, south, depth, dt)
        change = np.zeros_like(depth)
        change[:, :-1] -= east
        change[:, 1:] += east
        change[:-1] -= south
        change[1:] += south
        depth += change * dt / CELL
        inflow = breach_inflow(time, float(level[breach].mean()), floor)
        depth[breach] += inflow * dt / (breach.sum() * CELL**2)
        depth[plain] += trapped_rain(time) * dt
        volume += inflow * dt
        rain_volume += trapped_rain(time) * dt * plain.sum() * CELL**2
        peak = max(peak, inflow)
        time += dt
    inside = shapely.contains(g.TOWN.buffer(60), points)
    return Flood(maps, inside, volume, rain_volume, float(depth.sum() * CELL**2), peak)


def published(depth: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Depth to the centimetre; films under 2 cm count as dry; outside the study area no data."""
    rounded = np.where(depth < 0.02, 0.0, np.round(depth, 2))
    return np.where(inside, rounded, -9999.0).astype("float32")


def sample(depth: np.ndarray, x, y) -> np.ndarray:
    """Depth at local points."""
    row = np.clip(((g.HEIGHT - np.asarray(y)) / CELL).astype(int), 0, depth.shape[0] - 1)
    column = np.clip((np.asarray(x) / CELL).astype(int), 0, depth.shape[1] - 1)
    return depth[row, column]
