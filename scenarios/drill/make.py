"""An audience that leaves an opera house through one door or four, after the drills of AIST.

    python make.py OUT [--seeds 20] [--people 1300 1800]

In the drill of 2014 in the New National Theatre, Tokyo, some 1,300 people left; the last way out has four
door leaves side by side, and people kept to those that stood open. The study that followed gives 691 s with
one and 339 s with four (8 combinations of what staff can do; 1,300 to 1,800 people). The plan of the house
is not published with the figures. Assumed here: everybody comes from one hall through one passage of 3 m
into a foyer, whose far wall has the four leaves of 1.2 m; staff send the rows out over a minute.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

import chimata as cm

REPORTED_S = {1: 691.0, 4: 339.0}
HALL = 30.0  # m, side of the floor where people start (assumed)
PASSAGE = 3.0  # m, width of the way between hall and foyer (assumed)
FOYER = 15.0  # m, from the passage to the doors (assumed)
LEAF, POST = 1.2, 0.2  # m, width of a door leaf and of what stands between two (assumed)
OVER_S = 60.0  # s over which rows are sent out (assumed)
# m, circle of the area of a body seen from above (about 0.44 m by 0.22 m): 0.155; spread by age (grade C)
RADIUS = (0.14, 0.17)
SPEED = (1.34, 0.26)  # m/s, Weidmann 1993
TIME_GAP = 1.06  # s, Tordeux et al. 2016
LAW = "anticipating"


def house() -> tuple[cm.Area, list[list[tuple[float, float]]]]:
    """The drawing, and the lines of the four leaves."""
    middle, wall = HALL / 2, 0.4
    foyer, doors = HALL + wall, HALL + wall + FOYER
    low = middle - 2 * LEAF - 1.5 * POST
    leaves = [(low + k * (LEAF + POST), low + k * (LEAF + POST) + LEAF) for k in range(4)]
    from shapely.geometry import box
    from shapely.ops import unary_union

    rooms = [
        box(0, 0, HALL, HALL),
        box(HALL - 0.1, middle - PASSAGE / 2, foyer + 0.1, middle + PASSAGE / 2),
        box(foyer, middle - 6, doors, middle + 6),
        *(box(doors - 0.1, a, doors + 1.5, b) for a, b in leaves),
    ]
    return cm.Area(unary_union(rooms)), [[(doors + 1, a), (doors + 1, b)] for a, b in leaves]


def run(people: int, doors: int, seed: int, dt: float = 0.05) -> dict[str, float]:
    """One drill."""
    area, leaves = house()
    venue = cm.Venue(area, dt=dt, seed=seed)
    # the leaves in the middle are those that people open
    ways = [venue.add_exit(f"leaf {k}", leaves[k]) for k in (1, 2, 0, 3)[:doors]]
    journey = venue.add_journey([("least_crowded", ways) if doors > 1 else ways[0]])
    rng = np.random.Generator(np.random.Philox(key=[seed, 691]))
    places = venue.places([(0.5, 0.5), (HALL - 0.5, 0.5), (HALL - 0.5, HALL - 0.5), (0.5, HALL - 0.5)],
                          people, spacing=0.5, seed=seed)  # fmt: skip
    venue.let_in(
        places, journey, law=LAW, time_gap=TIME_GAP,
        speed=np.clip(rng.normal(*SPEED, people), 0.6, 2.0),
        radius=rng.uniform(*RADIUS, people), starts_s=rng.uniform(0, OVER_S, people),
    )  # fmt: skip
    venue.run_until(3600)
    return {
        "people": people,
        "doors": doors,
        "seed": seed,
        "time_s": venue.now_s,
        "left": venue.left,
    }


def table(runs: pd.DataFrame) -> pd.DataFrame:
    """Mean times and their ratio with a 95 % interval over seeds."""
    from scipy.stats import t

    rows = []
    for people, group in runs.groupby("people"):
        times = group.pivot(index="seed", columns="doors", values="time_s")
        ratio = times[1] / times[4]
        n = len(ratio)
        half = t.ppf(0.975, n - 1) * ratio.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan
        rows.append((people, times[1].mean(), times[4].mean(), ratio.mean(), half))
    columns = ["people", "1 door, s", "4 doors, s", "ratio", "ratio ±"]
    reported = ("reported", REPORTED_S[1], REPORTED_S[4], REPORTED_S[1] / REPORTED_S[4], np.nan)
    return pd.DataFrame([*rows, reported], columns=columns)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--people", type=int, nargs="+", default=[1300, 1800])
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    runs = pd.DataFrame(
        [run(n, d, s) for n in given.people for s in range(1, given.seeds + 1) for d in (1, 4)]
    )
    runs.to_csv(given.out / "runs.csv", index=False)
    print(table(runs).round(2).to_string(index=False))
