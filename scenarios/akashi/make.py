"""A footbridge between a station and a beach on the night of fireworks, after Akashi, 21 July 2001.

    python make.py OUT [--seeds 20] [--workers 2]

The drawing is our own, made from published numbers: deck 103.7 m by 6 m, stairs 3 m wide at the beach
end, designed for 7,200 persons an hour; 6,000 to 7,000 people stood on the bridge, those who came and
those who left met before the stairs, and nobody held anybody back. What is not published is assumed, and
said below. Two variants: as it was; and with control, one way towards the beach at a measured rate while
the fireworks go on, then one way back with the crowd let go in blocks.

The script judges the replica itself: see criteria.py.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from criteria import AS_IT_WAS, CONTROLLED, judged

import chimata as cm

LENGTH, WIDTH = 103.7, 6.0  # m, deck
STAIRS, STEPS = 3.0, 15.0  # m, width and plan length of the stairs; the length is assumed
STAIR_FACTOR = 0.5  # of level speed: as for stairs in the walking engine
# m, circle of the area of a body seen from above (about 0.44 m by 0.22 m): 0.155; spread by age (grade C)
RADIUS = (0.14, 0.17)
SPEED = (1.34, 0.26)  # m/s, mean and standard deviation, Weidmann 1993
TIME_GAP = 1.06  # s, Tordeux et al. 2016
DESIGN = 7200 / 3600  # persons/s
# persons/s towards the beach, at first and when it is over (assumed)
COMING = (1.0 * DESIGN, 2.0 * DESIGN)
AFTER = 1.0 * DESIGN  # persons/s back when the fireworks are over (assumed)
OVER_S = 50 * 60  # s after people begin to come (assumed)
# with control (all assumed): three quarters of what the bridge was designed for, both ways
MEASURED = 0.75 * DESIGN  # persons/s let onto the bridge
CLEARED_S = 5 * 60  # s from the end until the bridge is empty and its direction is turned
BLOCK, EVERY_S, WITHIN_S = 150, 100.0, 60.0  # persons let go at once, how often, how fast they come
LOOK_S = 60.0  # s between two counts of those on the bridge

DECK = [
    (0, 0),
    (LENGTH - STAIRS, 0),
    (LENGTH - STAIRS, -STEPS),
    (LENGTH, -STEPS),
    (LENGTH, WIDTH),
    (0, WIDTH),
]
STAIR_SHAPE = [(LENGTH - STAIRS, -STEPS), (LENGTH, -STEPS), (LENGTH, -0.2), (LENGTH - STAIRS, -0.2)]
FOOT = -STEPS + 0.3  # m, where people come to the stairs and leave them
PLANS = (AS_IT_WAS, CONTROLLED)
Stream = list[tuple[float, float, float]]  # pieces: from s, to s, persons per s


def moments(rate: Stream, rng: np.random.Generator) -> np.ndarray:
    """Moments of a Poisson stream."""
    parts = [np.sort(rng.uniform(a, b, rng.poisson((b - a) * r))) for a, b, r in rate if b > a]
    return np.concatenate(parts) if parts else np.array([])


def coming(end: float) -> Stream:
    """More come from minute to minute until the fireworks are over."""
    first, last = COMING
    share = [min(1.0, (t + 30) / OVER_S) for t in np.arange(0, end, 60)]
    return [
        (60.0 * i, min(60.0 * i + 60, end), first + s * (last - first)) for i, s in enumerate(share)
    ]


def blocks(people: int, rng: np.random.Generator) -> np.ndarray:
    """When those on the beach come to the stairs, let go block by block once the bridge is clear."""
    starts = OVER_S + CLEARED_S + EVERY_S * (np.arange(people) // BLOCK)
    return np.sort(starts + rng.uniform(0, WITHIN_S, people))


class Bridge:
    """The bridge of one evening: its people, and what is measured."""

    def __init__(self, plan: str, seed: int, minutes: float, dt: float = 0.1) -> None:
        area = cm.Area([DECK], zones=[("stairs", STAIR_SHAPE, STAIR_FACTOR)])
        self.venue = cm.Venue(area, dt=dt, seed=seed)
        self._rng = np.random.Generator(np.random.Philox(key=[seed, 2001]))
        held = plan == CONTROLLED
        end = minutes * 60
        beach = self.venue.add_exit("beach", [(LENGTH - STAIRS, FOOT), (LENGTH, FOOT)])
        station = self.venue.add_exit("station", [(0.05, 0), (0.05, WIDTH)])
        self.station_side = self.venue.add_entrance("station", [(0.5, 0.4), (0.5, WIDTH - 0.4)],
                                                    rate=MEASURED if held else 0)  # fmt: skip
        foot = self.venue.add_entrance(
            "foot of the stairs", [(LENGTH - STAIRS + 0.3, FOOT + 0.5), (LENGTH - 0.3, FOOT + 0.5)]
        )
        down, up = self.venue.add_journey([beach]), self.venue.add_journey([station])
        self._down_s = moments(coming(min(end, OVER_S) if held else end), self._rng)
        self.kept_waiting = 0
        if held:  # who is still held back when it is over goes home by another way
            self._down_s = self._let_on(self._down_s)
            back = blocks(len(self._down_s), self._rng)
        else:
            back = moments([(OVER_S, end, AFTER)], self._rng)
        self._come(self.station_side, down, self._down_s)
        self._come(foot, up, back)
        self.safety = cm.Safety(
            self.venue, every="5s",
            lines={"stairs": [(LENGTH - STAIRS, -0.5 * STEPS), (LENGTH, -0.5 * STEPS)]},
        )  # fmt: skip

    def _let_on(self, times: np.ndarray) -> np.ndarray:
        """Those of them who are let on before the end, at the measured rate."""
        free, passed = 0.0, 0
        for time in times:
            free = max(free, time) + 1 / MEASURED
            if free > OVER_S:
                break
            passed += 1
        self.kept_waiting = len(times) - passed
        return times[:passed]

    def _come(self, entrance: int, journey: int, times: np.ndarray) -> None:
        n = len(times)
        if n == 0:
            return
        self.venue.arrive(
            entrance, times, journey, speed=np.clip(self._rng.normal(*SPEED, n), 0.6, 2.0),
            radius=self._rng.uniform(*RADIUS, n), time_gap=TIME_GAP, law="collision_free",
        )  # fmt: skip

    def run(self, until_s: float, record: float | None = None) -> dict[str, float]:
        """Runs the evening and tells what it is judged by."""
        most_on_bridge = most_waiting = 0
        while self.venue.now_s < until_s - 1e-6 and (self.venue.present or self.venue.to_come):
            self.venue.run_until(min(self.venue.now_s + LOOK_S, until_s), record_every=record)
            most_on_bridge = max(most_on_bridge, self.venue.present)
            most_waiting = max(most_waiting, self.venue.waiting_outside(self.station_side))
        found = self.safety.figures
        crowded = self.safety.moments
        last = crowded.loc[crowded["time_s"] >= self.venue.now_s - 300, "density_max_m2"]
        flow = self.safety.flow("stairs", "5min")
        through = (flow["forward_s"] + flow["backward_s"]) / STAIRS
        # the stairs at work: since the alarm there are more people than they take
        busy = through[
            (flow["from_s"] >= found["first_alarm_s"]) & (flow["from_s"] + 300 <= OVER_S)
        ]
        return {
            "place_max_m2": found["density_max_m2"], "place_last_m2": float(last.max()),
            "first_alarm_s": found["first_alarm_s"], "first_crush_s": found["first_crush_s"],
            "lead_s": found["lead_s"], "dense_person_min": found["alert_person_min"],
            "stair_flow_max": float(through.max()), "stair_flow_busy": float(busy.mean()),
            "stair_flow_last": float(through.iloc[-1]), "on_bridge_max": float(most_on_bridge),
            "waiting_max": float(most_waiting), "not_let_on": float(self.kept_waiting),
            "crossed": float(self.venue.left), "ended_s": self.venue.now_s, "over_s": float(OVER_S),
        }  # fmt: skip


def run(plan: str, seed: int, minutes: float = 55, record: float | None = None
        ) -> tuple[dict[str, float], cm.Venue, cm.Safety]:  # fmt: skip
    """One evening: as it was for `minutes`, with control until everybody is home."""
    bridge = Bridge(plan, seed, minutes)
    found = bridge.run(minutes * 60 if plan == AS_IT_WAS else 4 * 3600, record)
    return found, bridge.venue, bridge.safety


def interval(values: pd.Series[float]) -> str:
    """Mean and 95 % interval (Student) over seeds."""
    from scipy.stats import t

    known = values.dropna().to_numpy(float)
    if len(known) < 2:
        return "—" if len(known) == 0 else f"{known[0]:.2f}"
    half = float(t.ppf(0.975, len(known) - 1)) * known.std(ddof=1) / np.sqrt(len(known))
    return f"{known.mean():.2f} ± {half:.2f} (n = {len(known)})"


def table(runs: pd.DataFrame) -> pd.DataFrame:
    """Both variants side by side with their paired difference, over seeds."""
    by_plan = {
        plan: group.set_index("seed").drop(columns="plan") for plan, group in runs.groupby("plan")
    }
    base, other = (by_plan[plan] for plan in PLANS)
    return pd.DataFrame({
        PLANS[0]: base.apply(interval), PLANS[1]: other.apply(interval),
        "difference": (other - base).apply(interval),
    })  # fmt: skip


def _task(given: tuple[str, int, float]) -> dict[str, float | str]:
    plan, seed, minutes = given
    return {"plan": plan, "seed": seed, **run(plan, seed, minutes)[0]}


def evenings(out: Path, seeds: range, minutes: float, workers: int) -> pd.DataFrame:
    """One row per run in runs.csv; those that are there already are not run again."""
    from concurrent.futures import ProcessPoolExecutor

    path = out / "runs.csv"
    there = pd.read_csv(path) if path.exists() else pd.DataFrame({"plan": [], "seed": []})
    known = set(zip(there["plan"], there["seed"], strict=True))
    tasks = [(plan, seed, minutes) for seed in seeds for plan in PLANS if (plan, seed) not in known]
    rows = there.to_dict("records")
    with ProcessPoolExecutor(workers) as pool:
        for row in pool.map(_task, tasks):
            rows.append(row)
            pd.DataFrame(rows).to_csv(path, index=False)
    return pd.DataFrame(rows)


def pictures(out: Path, minutes: float) -> None:
    """Heat maps and a page of the first seed, both variants."""
    venues = []
    for number, plan in enumerate(PLANS):
        _, venue, safety = run(plan, 1, minutes + 20, record=10)
        venues.append(venue)
        axes = safety.plot_density(what="max", lang="en")
        axes.set_title(f"{plan}: highest density")
        axes.figure.savefig(out / f"density_{number + 1}.png", dpi=120)
    venues[0].animate(
        out / "bridge.html", every="20s", compare=venues[1], title=PLANS[0], compare_title=PLANS[1],
        lang="en",
    )  # fmt: skip


def main(out: Path, seeds: int, minutes: float, workers: int, drawn: bool) -> pd.DataFrame:
    """All runs, tables, the verdict, and pictures of the first seed; returns one row per run."""
    out.mkdir(parents=True, exist_ok=True)
    runs = evenings(out, range(1, seeds + 1), minutes, workers)
    print(table(runs).to_string())
    for told in judged(runs):
        print(told)
    if drawn:
        pictures(out, minutes)
    return runs


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=55)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--no-pictures", action="store_true")
    given = parser.parse_args()
    main(given.out, given.seeds, given.minutes, given.workers, not given.no_pictures)
