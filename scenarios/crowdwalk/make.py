"""Two worlds of CrowdWalk (AIST, MIT licence) in Chimata: Ginza, and the fireworks of Moji.

    python make.py ginza OUT [--law weidmann] [--share 1.0]
    python make.py moji OUT [--no-gates]

Ginza: 40,000 people between 2,000 pairs of streets within half an hour, 4,771 streets of 2 m. Moji: 38,478
people from the fireworks to the station by three routes; gates open and shut by the clock, signs send
people another way, and trains take away as many as they have room for. Reads
$CHIMATA_DATA/pedestrian/crowdwalk; prints how long each step takes and what comes of it.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import chimata as cm
from chimata import crowdwalk

DATA = Path(os.environ.get("CHIMATA_DATA", ".")) / "pedestrian" / "crowdwalk"
BOARDING_S = (
    60  # s after a train has come until those on the platform are on board: the files' delay_time
)


def world(name: str) -> crowdwalk.World:
    """A world as its files say."""
    if name == "ginza":
        # the map says no zone; its coordinates are those of plane IX
        return crowdwalk.read(DATA / "ginza" / "ginza00d.prop.json", name="ginza", crs="EPSG:6677")
    return crowdwalk.read(DATA / "stop-sample2" / "properties.json", name="moji")


def boarded(arrival_s: NDArray[np.float64], trains: NDArray[np.float64]) -> NDArray[np.float64]:
    """When each train has taken how many of those who have come to the station: rows time, persons, left behind."""
    waiting = np.sort(arrival_s[np.isfinite(arrival_s)])
    rows, gone = [], 0
    for moment, room in trains:
        come = int(np.searchsorted(waiting, moment + BOARDING_S, side="right"))
        taken = min(int(room), come - gone)
        gone += taken
        rows.append((moment, taken, come - gone))
    return np.array(rows)


def draw(run: cm.Run, out: Path, trains: pd.DataFrame | None) -> None:
    """How dense each street got at most; who came, and who waited for a train, over time."""
    import matplotlib.pyplot as plt
    from matplotlib.dates import DateFormatter

    ax = run.plot("density", lang="en", close=True)
    ax.figure.savefig(out / "density.png", dpi=140)
    arrival = np.sort(run.table("trips").df["arrival_s"].dropna())
    figure, ax = plt.subplots(figsize=(8, 3.6), layout="constrained")
    shown = run.clock(arrival)
    ax.plot(shown, np.arange(1, len(arrival) + 1), color="#005b96", label="arrived")
    if trains is not None and len(trains):
        ax.step(run.clock(trains["departure_s"].to_numpy()), trains["boarded"].cumsum(), where="post",
                color="#00724f", label="boarded")  # fmt: skip
        ax.plot(run.clock(trains["departure_s"].to_numpy()), trains["left_behind"], "x", color="#b34700",
                label="without room in a train")  # fmt: skip
    ax.set_ylabel("people")
    ax.xaxis.set_major_formatter(DateFormatter("%H:%M", tz=run.scenario.start.tzinfo))
    ax.set_ylim(bottom=0)
    ax.grid(alpha=0.3)
    ax.legend(frameon=False)
    figure.savefig(out / "arrivals.png", dpi=140)
    plt.close("all")


def main(name: str, out: Path, law: str, share: float, gates: bool, threads: int) -> cm.Run:
    """Reads, builds and runs one world; prints what was measured."""
    clock = time.process_time()

    def lap(what: str) -> None:
        nonlocal clock
        now = time.process_time()
        print(f"{what}: {now - clock:.1f} CPU-s (under whatever load there is)")
        clock = now

    told = world(name)
    lap("reading the files")
    scenario = told.scenario(out, law=law, share=share, gates=gates)
    lap("routes and tables")
    scenario.check()
    lap("city and scenario")
    run = scenario.run(seed=1, threads=threads, progress=False)
    lap("running")
    trips = run.table("trips").df
    there = trips["phase"] == 2
    took = (trips["arrival_s"] - trips["departure_s"])[there]
    print(
        f"{len(trips)} people, set out {(trips['phase'] > 0).sum()}, arrived {there.sum()}, "
        f"on the way {(trips['phase'] == 1).sum()}, no way {(trips['phase'] == 3).sum()}"
    )
    print(f"time on the way: mean {took.mean():.0f} s, 95 % {took.quantile(0.95):.0f} s")
    table = None
    if name == "moji":
        trains = crowdwalk.trains(DATA / "stop-sample2" / "diagram.csv")
        trains[:, 0] -= told.start_s
        rows = boarded(trips["arrival_s"].to_numpy(), trains[trains[:, 0] >= 0])
        table = pd.DataFrame(rows, columns=["departure_s", "boarded", "left_behind"])
        table.to_csv(out / "trains.csv", index=False)
        print(
            f"boarded {table['boarded'].sum():.0f}, most left behind {table['left_behind'].max():.0f}"
        )
    curve = np.searchsorted(
        np.sort(trips.loc[there, "arrival_s"]), np.arange(0, 1e5, 300), side="right"
    )
    pd.DataFrame({"t_s": np.arange(0, 1e5, 300), "arrived": curve}).query(
        "t_s <= @scenario.core.duration_s"
    ).to_csv(out / "arrivals.csv", index=False)
    draw(run, out, table)
    return run


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", choices=["ginza", "moji"])
    parser.add_argument("out", type=Path)
    parser.add_argument("--law", default="crowdwalk", choices=["crowdwalk", "weidmann"])
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--no-gates", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    main(given.world, given.out, given.law, given.share, not given.no_gates, given.threads)
