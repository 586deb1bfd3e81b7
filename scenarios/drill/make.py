"""An audience that leaves an opera house through one door or four, after the drills of AIST.

    python make.py OUT [--mode emergent capped] [--people 1300 1800] [--passage 3.0] [--seeds 5]

In the drill of 2014 in the New National Theatre, Tokyo, some 1,300 people left; the last way out has four
door leaves side by side, and people kept to those that stood open. The study that followed gives 691 s with
one and 339 s with four (8 combinations of what staff can do; 1,300 to 1,800 people). The plan of the house
is not published with the figures. Assumed here: everybody comes from one hall through one passage into a
foyer, whose far wall has the four leaves; staff send the rows out over a minute.

How many get through a door is a choice of the model, and the literature disagrees, so it is run both ways:
"emergent", as many as the law of motion brings through the passage and the leaves, and "capped", no more
than regulations reckon with (1.33 persons per m and s), in the passage as in the leaves. In that mode the
hall is not drawn: people come to the passage as fast as they walk, and wait before it.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from shapely.geometry import box
from shapely.ops import unary_union

import chimata as cm

REPORTED_S = {1: 691.0, 4: 339.0}
WITHIN = 0.2  # of the reported ratio: acceptance of event what-ifs
MODES = ("emergent", "capped")
CAP = 1.33  # persons/(m s), IMO MSC.1/Circ.1533
HALL = 30.0  # m, side of the floor where people start (assumed)
PASSAGE = 3.0  # m, width of the way between hall and foyer (assumed)
WALL = 0.4  # m, length of the passage (assumed)
FOYER = 15.0  # m, from the passage to the doors (assumed)
LEAF, POST = 1.2, 0.2  # m, width of a door leaf and of what stands between two (assumed)
OVER_S = 60.0  # s over which rows are sent out (assumed)
# m, circle of the area of a body seen from above (about 0.44 m by 0.22 m): 0.155; spread by age (grade C)
RADIUS = (0.14, 0.17)
SPEED = (1.34, 0.26)  # m/s, Weidmann 1993
TIME_GAP = 1.06  # s, Tordeux et al. 2016
# people who look for gaps: under laws without noise an arch of bodies before a narrow opening never breaks
LAWS = {"emergent": "gap_seeking", "capped": "gap_seeking"}
STUCK_S = 120.0  # nobody left for so long: they never will


MIDDLE, FRONT = HALL / 2, HALL + WALL  # m, axis of the house; where the foyer begins
FAR = FRONT + FOYER  # m, where the doors are


def leaves(at: float) -> list[list[tuple[float, float]]]:
    """The lines of the four leaves; people open those in the middle first."""
    low = MIDDLE - 2 * LEAF - 1.5 * POST
    lines = [[(at, a), (at, a + LEAF)] for a in low + np.arange(4) * (LEAF + POST)]
    return [lines[k] for k in (1, 2, 0, 3)]


def emergent(passage: float) -> cm.Area:
    """Hall, passage, foyer and leaves of a short way each."""
    rooms = [
        box(0, 0, HALL, HALL),
        box(HALL - 0.1, MIDDLE - passage / 2, FRONT + 0.1, MIDDLE + passage / 2),
        box(FRONT, MIDDLE - 6, FAR, MIDDLE + 6),
        *(box(FAR - 0.1, line[0][1], FAR + 1.5, line[1][1]) for line in leaves(FAR)),
    ]
    return cm.Area(unary_union(rooms))


def run(people: int, doors: int, seed: int, mode: str = "emergent", passage: float = PASSAGE,
        law: str = "", dt: float = 0.05) -> dict[str, float | str]:  # fmt: skip
    """One drill; `time_s` is NaN if somebody is stuck for good."""
    capped = mode == "capped"
    law = law or LAWS[mode]
    foyer = cm.Area(
        [[(FRONT, MIDDLE - 6), (FAR, MIDDLE - 6), (FAR, MIDDLE + 6), (FRONT, MIDDLE + 6)]]
    )
    venue = cm.Venue(foyer if capped else emergent(passage), dt=dt, seed=seed)
    lines = leaves(FAR if capped else FAR + 1)[:doors]
    ways = [venue.add_exit(f"leaf {k}", line, flow=mode, rate=CAP) for k, line in enumerate(lines)]
    journey = venue.add_journey([("quickest", ways) if doors > 1 else ways[0]])
    rng = np.random.Generator(np.random.Philox(key=[seed, 691]))
    seat = rng.uniform(0.5, HALL - 0.5, (people, 2))
    speed = np.clip(rng.normal(*SPEED, people), 0.6, 2.0)
    told_s = rng.uniform(0, OVER_S, people)
    who = {"law": law, "time_gap": TIME_GAP, "speed": speed, "radius": rng.uniform(*RADIUS, people)}
    if capped:
        entrance = venue.add_entrance("passage", [(FRONT, MIDDLE - passage / 2), (FRONT, MIDDLE + passage / 2)],
                                      rate=CAP * passage)  # fmt: skip
        way = np.hypot(FRONT - seat[:, 0], MIDDLE - seat[:, 1])
        venue.arrive(entrance, told_s + way / speed, journey, **who)
    else:
        corners = [(0.5, 0.5), (HALL - 0.5, 0.5), (HALL - 0.5, HALL - 0.5), (0.5, HALL - 0.5)]
        places = venue.places(corners, people, spacing=0.5, seed=seed)
        venue.let_in(places, journey, starts_s=told_s, **who)
    left, since = 0, 0.0
    while venue.left < people and venue.now_s - since < STUCK_S:
        venue.run_until(venue.now_s + 10)
        if venue.left > left:
            left, since = venue.left, venue.now_s
    passed = venue.passings["time_s"]
    low, high = passed.quantile(0.25), passed.quantile(0.75)
    return {
        "mode": mode, "law": law, "passage_m": passage, "people": people, "doors": doors, "seed": seed,
        "time_s": passed.max() if venue.left == people else np.nan, "left": venue.left,
        "most_s": passed.sort_values().iloc[int(0.99 * people) - 1] if venue.left >= 0.99 * people else np.nan,
        "flow_s": len(passed) / 2 / (high - low),  # of the middle half, all doors together
    }  # fmt: skip


def table(runs: pd.DataFrame) -> pd.DataFrame:
    """Mean times, and their ratio with a 95 % interval over seeds: met if it is near the reported one."""
    from scipy.stats import t

    rows = []
    reported = REPORTED_S[1] / REPORTED_S[4]
    kinds = ["mode", "law", "passage_m", "people"]
    for kind, group in runs.groupby(kinds, sort=False):
        times = group.pivot(index="seed", columns="doors", values="time_s").reindex(columns=[1, 4])
        ratio = (times[1] / times[4]).dropna()
        n, stuck = len(ratio), int(times.isna().any(axis=1).sum())
        half = t.ppf(0.975, n - 1) * ratio.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan
        near = n > 0 and abs(ratio.mean() / reported - 1) <= WITHIN
        rows.append((*kind, n, stuck, times[1].mean(), times[4].mean(), ratio.mean(), half,
                     "met" if near and not stuck else "NOT MET"))  # fmt: skip
    rows.append(
        ("reported", "", np.nan, "", np.nan, 0, REPORTED_S[1], REPORTED_S[4], reported, np.nan, "")
    )
    columns = [*kinds, "seeds", "stuck", "1 door, s", "4 doors, s", "ratio", "ratio ±", f"within {WITHIN:.0%}"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def main(out: Path, given: argparse.Namespace) -> pd.DataFrame:
    """All drills; those that are in runs.csv already are not run again."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "runs.csv"
    key = ["mode", "law", "passage_m", "people", "doors", "seed"]
    rows = pd.read_csv(path).to_dict("records") if path.exists() else []
    known = {tuple(row[k] for k in key) for row in rows}
    for seed, mode, passage, people, doors in product(
        range(1, given.seeds + 1), given.mode, given.passage, given.people, (1, 4)
    ):
        law = given.law or LAWS[mode]
        if (mode, law, passage, people, doors, seed) in known:
            continue
        rows.append(run(people, doors, seed, mode, passage, law))
        pd.DataFrame(rows).to_csv(path, index=False)
    return pd.DataFrame(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--people", type=int, nargs="+", default=[1300, 1800])
    parser.add_argument("--mode", nargs="+", default=list(MODES), choices=MODES)
    parser.add_argument("--passage", type=float, nargs="+", default=[PASSAGE])
    parser.add_argument("--law", default="", help="of motion; the one of the mode by default")
    given = parser.parse_args()
    print(table(main(given.out, given)).round(2).to_string(index=False))
