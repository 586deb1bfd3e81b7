"""Cars on an 11 x 11 grid: Chimata beside SUMO's mesoscopic model and UXsim, in one run on one machine.

    python benchmarks/peers/traffic_race.py --ours build/bench/benchmarks/driving_bench --rounds 5

Two races. *Fixed routes*: 60,500 vehicles with given routes (CHIMATA_DATA/network/bench) against
`sumo --mesosim`. *Own choice*: UXsim's benchmark demand, everyone choosing the way by present
travel times, against UXsim's compiled engine with platoons of 5 and of 1 vehicle.

A peer that is not installed is skipped (pip install eclipse-sumo uxsim). Times are CPU seconds of the
simulation, one thread; reading files is measured apart and taken off. Medians of the rounds, taken in turn so that
whatever else the machine does hits all alike.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.util
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SIDE, LOADING_S, HORIZON_S = 11, 3600, 7200
Result = dict[str, float]


def data_folder() -> Path:
    """Where the staged networks are."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    return Path(os.environ.get("CHIMATA_DATA", beside)) / "network" / "bench"


def cpu_of(command: list[str]) -> tuple[float, str]:
    """CPU seconds of a command and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return used, done.stdout


# -- SUMO -------------------------------------------------------------------------------------------


def write_sumo_routes(path: Path) -> None:
    """The fixed routes as SUMO reads them: one trip per vehicle over named edges."""
    with (
        gzip.open(data_folder() / "grid11_60500veh_fixed_routes.csv.gz", "rt") as rows,
        path.open("w") as out,
    ):
        out.write('<routes><vType id="car" length="5" minGap="0" tau="1" speedDev="0"/>\n')
        for row in csv.DictReader(rows):
            nodes = row["nodes"].split()
            edges = " ".join(a + b for a, b in itertools.pairwise(nodes))
            out.write(
                f'<vehicle id="{row["veh"]}" type="car" depart="{row["depart_s"]}">'
                f'<route edges="{edges}"/></vehicle>\n'
            )
        out.write("</routes>\n")


def sumo(folder: Path, end: int) -> Result:
    """One mesoscopic run up to `end` seconds."""
    import sumo as package

    trips = folder / "trips.xml"
    command = [
        str(Path(package.SUMO_HOME) / "bin" / "sumo"), "--mesosim",
        "-n", str(data_folder() / "grid11.net.xml.gz"), "-r", str(folder / "grid.rou.xml"),
        "--end", str(end), "--no-step-log", "--no-warnings",
    ]  # fmt: skip
    if end == HORIZON_S:
        command += ["--tripinfo-output", str(trips)]
    used, _ = cpu_of(command)
    if end != HORIZON_S:
        return {"cpu_s": used}
    durations = [
        float(line.partition(' duration="')[2].partition('"')[0])
        + float(line.partition(' departDelay="')[2].partition('"')[0])
        for line in trips.open()
        if "<tripinfo " in line
    ]
    return {"cpu_s": used, "done": len(durations), "mean_s": statistics.fmean(durations)}


# -- UXsim ------------------------------------------------------------------------------------------


def uxsim_here(deltan: int) -> Result:
    """UXsim's grid, run in this process."""
    from uxsim import World

    world = World(
        name="", deltan=deltan, tmax=HORIZON_S, no_cyclic_routing=True, print_mode=0, save_mode=0,
        show_mode=0, random_seed=0, cpp=True, vehicle_logging_timestep_interval=-1,
    )  # fmt: skip
    node = {(i, j): world.addNode(f"{i}/{j}", i, j) for i in range(SIDE) for j in range(SIDE)}
    for i, j in node:
        for di, dj in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            if (i + di, j + dj) in node:
                world.addLink(
                    f"{i}/{j}>{i + di}/{j + dj}", node[i, j], node[i + di, j + dj],
                    length=1000, free_flow_speed=20, jam_density=0.2,
                )  # fmt: skip
    for a in range(SIDE):
        for b in range(SIDE):
            for one, other in (((0, a), (SIDE - 1, b)), ((a, 0), (b, SIDE - 1))):
                world.adddemand(node[other], node[one], 0, LOADING_S, 0.035)
                world.adddemand(node[one], node[other], 0, LOADING_S, 0.035)
    begin = time.process_time()
    world.exec_simulation()
    used = time.process_time() - begin
    row = world.analyzer.basic_to_pandas().iloc[0]
    done = float(row["completed_trips"])
    return {"cpu_s": used, "done": done, "mean_s": float(row["total_travel_time"]) / done}


def uxsim(deltan: int) -> Result:
    """The same in a fresh process."""
    _, text = cpu_of([sys.executable, __file__, "--uxsim", str(deltan)])
    return json.loads(text.splitlines()[-1])


# -- Chimata ----------------------------------------------------------------------------------------


def chimata(program: str, name: str) -> Result:
    """One repetition of a row of driving_bench: CPU seconds of the simulation alone."""
    _, text = cpu_of([program, f"--benchmark_filter={name}", "--benchmark_format=json"])
    row = json.loads(text)["benchmarks"][0]
    scale = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}[row["time_unit"]]
    return {"cpu_s": row["cpu_time"] * scale, "done": row["done"], "mean_s": row["mean_s"]}


# -- the race ---------------------------------------------------------------------------------------


def medians(results: list[Result]) -> Result:
    """Median of each figure."""
    return {key: statistics.median(r[key] for r in results) for key in results[0]}


def main() -> None:
    """Runs what is installed and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ours", default="build/bench/benchmarks/driving_bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--uxsim", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.uxsim:
        print(json.dumps(uxsim_here(options.uxsim)))
        return

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs: dict[str, Callable[[], Result]] = {
            "fixed routes, Chimata": lambda: chimata(
                options.ours, "grid_fixed_routes/1/process_time$"
            ),
            "own choice, Chimata": lambda: chimata(options.ours, "grid_own_choice/1/process_time$"),
        }
        if importlib.util.find_spec("sumo"):
            write_sumo_routes(folder / "grid.rou.xml")
            runs["fixed routes, SUMO reading only"] = lambda: sumo(folder, 1)
            runs["fixed routes, SUMO meso"] = lambda: sumo(folder, HORIZON_S)
        else:
            print("SUMO is not installed: skipped (pip install eclipse-sumo)")
        if importlib.util.find_spec("uxsim"):
            runs["own choice, UXsim platoons of 5"] = lambda: uxsim(5)
            runs["own choice, UXsim single vehicles"] = lambda: uxsim(1)
        else:
            print("UXsim is not installed: skipped (pip install uxsim)")

        results: dict[str, list[Result]] = {name: [] for name in runs}
        for _ in range(options.rounds):
            for name, run in runs.items():
                results[name].append(run())
    print(f"load {os.getloadavg()[0]:.2f}, medians of {options.rounds}")
    print(f"{'':36}{'CPU s':>9}{'arrived':>10}{'mean trip s':>13}{'ratio':>9}")
    ours = {
        race: medians(results[f"{race}, Chimata"])["cpu_s"]
        for race in ("fixed routes", "own choice")
    }
    for name, rows in results.items():
        m = medians(rows)
        ratio = m["cpu_s"] / ours[name.partition(",")[0]]
        print(
            f"{name:36}{m['cpu_s']:9.3f}{m.get('done', 0):10.0f}{m.get('mean_s', 0):13.1f}{ratio:9.1f}"
        )


if __name__ == "__main__":
    main()
