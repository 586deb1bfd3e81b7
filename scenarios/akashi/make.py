"""A footbridge between a station and a beach on the night of fireworks, after Akashi, 21 July 2001.

    python make.py OUT [--seeds 20] [--minutes 60]

The drawing is our own, made from published numbers: deck 103.7 m by 6 m, stairs 3 m wide at the beach
end, designed for 7,200 persons an hour; 6,000 to 7,000 people stood on the bridge, those who came and
those who left met before the stairs, and nobody held anybody back. What is not published is assumed, and
said below. Two variants: as it was, and one way only with people let onto the bridge at a measured rate.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

import chimata as cm

LENGTH, WIDTH = 103.7, 6.0  # m, deck
STAIRS, STEPS = 3.0, 15.0  # m, width and plan length of the stairs; the length is assumed
STAIR_FACTOR = 0.5  # of level speed: as for stairs in the walking engine
# m, circle of the area of a body seen from above (about 0.44 m by 0.22 m): 0.155; spread by age (grade C)
RADIUS = (0.14, 0.17)
SPEED = (1.34, 0.26)  # m/s, mean and standard deviation, Weidmann 1993
TIME_GAP = 1.06  # s, Tordeux et al. 2016
DESIGN = 7200 / 3600  # persons/s
COMING = (
    1.0 * DESIGN,
    2.0 * DESIGN,
)  # persons/s towards the beach, at first and when it is over (assumed)
LEAVING = 0.0  # persons/s back while the fireworks go on (assumed)
AFTER = 1.0 * DESIGN  # persons/s back when they are over (assumed)
OVER_S = 50 * 60  # s after people begin to come (assumed)
MEASURED = (
    1.5  # persons/s let onto the bridge with control: three quarters of what it was designed for
)

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
PLANS = ("as it was", "one way, measured")


def moments(rate: list[tuple[float, float, float]], rng: np.random.Generator) -> np.ndarray:
    """Moments of a Poisson stream: pieces (from_s, to_s, persons per s)."""
    parts = [np.sort(rng.uniform(a, b, rng.poisson((b - a) * r))) for a, b, r in rate if b > a]
    return np.concatenate(parts)


def coming(end: float) -> list[tuple[float, float, float]]:
    """More come from minute to minute until the fireworks are over."""
    first, last = COMING
    share = [min(1.0, (t + 30) / OVER_S) for t in np.arange(0, end, 60)]
    return [
        (60.0 * i, min(60.0 * i + 60, end), first + s * (last - first)) for i, s in enumerate(share)
    ]


def bridge(
    plan: str, seed: int, minutes: float, dt: float, threads: int = 1
) -> tuple[cm.Venue, cm.Safety]:
    """The bridge with its people, ready to run."""
    end = minutes * 60
    area = cm.Area([DECK], zones=[("stairs", STAIR_SHAPE, STAIR_FACTOR)])
    venue = cm.Venue(area, dt=dt, seed=seed, threads=threads)
    beach = venue.add_exit("beach", [(LENGTH - STAIRS, FOOT), (LENGTH, FOOT)])
    down = venue.add_journey([beach])
    control = plan != PLANS[0]
    rng = np.random.Generator(np.random.Philox(key=[seed, 2001]))
    station_side = venue.add_entrance(
        "station", [(0.5, 0.4), (0.5, WIDTH - 0.4)], rate=MEASURED if control else 0
    )
    streams = [(station_side, down, moments(coming(end), rng))]
    if not control:
        station = venue.add_exit("station", [(0.05, 0), (0.05, WIDTH)])
        up = venue.add_journey([station])
        foot = venue.add_entrance(
            "foot of the stairs", [(LENGTH - STAIRS + 0.3, FOOT + 0.5), (LENGTH - 0.3, FOOT + 0.5)]
        )
        over = min(OVER_S, end)
        streams.append((foot, up, moments([(0, over, LEAVING), (over, end, AFTER)], rng)))
    for entrance, journey, times in streams:
        n = len(times)
        venue.arrive(
            entrance, times, journey, speed=np.clip(rng.normal(*SPEED, n), 0.6, 2.0),
            radius=rng.uniform(*RADIUS, n), time_gap=TIME_GAP, law="collision_free",
        )  # fmt: skip
    safety = cm.Safety(
        venue, every="5s", threads=threads,
        lines={"stairs": [(LENGTH - STAIRS, -0.5 * STEPS), (LENGTH, -0.5 * STEPS)]},
        zones={"before the stairs": [(88, 0.0), (LENGTH, 0.0), (LENGTH, WIDTH), (88, WIDTH)]},
    )  # fmt: skip
    return venue, safety


def figures(venue: cm.Venue, safety: cm.Safety, peak: int) -> dict[str, float]:
    """What one run is judged by."""
    found = safety.figures
    zone = safety.zones.query("zone == 'before the stairs'")
    flow = safety.flow("stairs", "5min")
    through = (flow["forward_s"] + flow["backward_s"]) / STAIRS
    reached = {f"first_{d}_s": zone.loc[zone["density_m2"] >= d, "time_s"].min() for d in (4, 6)}
    return {
        **reached,
        "zone_max_m2": zone["density_m2"].max(), "place_max_m2": found["density_max_m2"],
        "first_alarm_s": found["first_alarm_s"], "first_crush_s": found["first_crush_s"],
        "lead_s": found["lead_s"], "stair_flow": float(through.iloc[1:].mean()),
        "stair_flow_last": float(through.iloc[-1]),
        "on_bridge_max": float(peak), "left": float(venue.left), "kept_waiting": float(venue.waiting_outside(0)),
    }  # fmt: skip


def run(plan: str, seed: int, minutes: float = 60, dt: float = 0.1, threads: int = 1,
        record: float | None = None) -> tuple[dict[str, float], cm.Venue, cm.Safety]:  # fmt: skip
    """One evening."""
    venue, safety = bridge(plan, seed, minutes, dt, threads)
    peak = 0
    for minute in range(1, int(minutes) + 1):
        venue.run_until(minute * 60.0, record_every=record)
        peak = max(peak, venue.present)
    return figures(venue, safety, peak), venue, safety


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


def main(out: Path, seeds: int, minutes: float, workers: int, pictures: bool) -> pd.DataFrame:
    """All runs, tables, and pictures of the first seed; returns one row per run."""
    from concurrent.futures import ProcessPoolExecutor

    out.mkdir(parents=True, exist_ok=True)
    tasks = [(plan, seed, minutes) for seed in range(1, seeds + 1) for plan in PLANS]
    done: list[dict[str, float | str]] = []
    with ProcessPoolExecutor(workers) as pool:
        for row in pool.map(_task, tasks):
            done.append(row)
            pd.DataFrame(done).to_csv(out / "runs.csv", index=False)
    runs = pd.DataFrame(done)
    print(table(runs).to_string())
    lead = runs[runs["plan"] == PLANS[0]]["lead_s"]
    print(f"alarm at least 15 min before 6 persons/m2: {(lead >= 900).sum()} of {len(lead)}")
    if not pictures:
        return runs
    venues = []
    for number, plan in enumerate(PLANS):
        _, venue, safety = run(plan, 1, minutes + 20, record=10)
        venues.append(venue)
        axes = safety.plot_density(what="max", lang="en")
        axes.set_title(f"{plan}: highest density")
        axes.figure.savefig(out / f"density_{number + 1}.png", dpi=120)
        print(f"{plan}: after {minutes + 20:.0f} min {venue.present} people on the bridge")
    venues[0].animate(
        out / "bridge.html", every="20s", compare=venues[1], title=PLANS[0], compare_title=PLANS[1],
        lang="en",
    )  # fmt: skip
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
