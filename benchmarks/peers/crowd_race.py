"""Crowds beside JuPedSim: the same law, people, walls and step, in one run on one machine.

    python benchmarks/peers/crowd_race.py --ours build/bench/benchmarks/crowd_driver --rounds 5

Both move the same people by the collision-free speed model (JuPedSim's `CollisionFreeSpeedModel`) in steps of
10 ms on one thread: a *corridor* 10 m wide with 1 person per m², and a *room* with 2 per m² that all want to leave
by a door 4 m wide. Everybody's aim is one fixed point in plain sight, so that JuPedSim's way-finding has the least
possible to do; it is part of its step and cannot be left out.

JuPedSim looks 3 m around everybody. Ours is run as it comes, leaving out pushes below 1e-6, and with all pushes
above 1e-12 (about 3 m beyond the bodies). Times are processor seconds of the steps alone; medians of the rounds,
taken in turn. In the room JuPedSim leads people beside the wall of the door around its edge and ours lead them
straight on, which shows in the greatest distances. The last columns say how far people stand apart between the two after the first step and at the end.

A peer that is not installed is skipped (pip install jupedsim).
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

Spot = tuple[float, float]


@dataclass
class Gathering:
    """People in a polygon on their way to a place."""

    outline: list[Spot]
    aim: Spot
    people: list[tuple[float, float, float]]  # x, y, desired speed


RADIUS, TIME_GAP = 0.15, 1.0


def spread(low: Spot, high: Spot, count: int) -> list[tuple[float, float, float]]:
    """People in a rectangle, each in an own square with some play; seeded."""
    dice = random.Random(4)
    width, height = high[0] - low[0], high[1] - low[1]
    side = math.sqrt(width * height / count)
    while (width // side) * (height // side) < count:
        side *= 0.999
    columns = int(width // side)
    return [
        (
            low[0] + side * (i % columns + 0.5 + 0.4 * (dice.random() - 0.5)),
            low[1] + side * (i // columns + 0.5 + 0.4 * (dice.random() - 0.5)),
            min(max(dice.gauss(1.34, 0.26), 0.6), 2.1),
        )
        for i in range(count)
    ]


def corridor(count: int) -> Gathering:
    """10 m wide, 1 person per m², everybody towards its far end."""
    length = count / 10
    return Gathering(
        [(-5, 0), (length + 200, 0), (length + 200, 10), (-5, 10)],
        (length + 195, 5),
        spread((0, 0.3), (length, 9.7), count),
    )


def room(count: int) -> Gathering:
    """2 people per m², a door 4 m wide in the right wall; everybody towards its middle."""
    side = math.sqrt(count / 2) + 1
    low, high = side / 2 - 2, side / 2 + 2
    outline = [
        (0.0, 0.0), (side, 0.0), (side, low), (side + 10, low),
        (side + 10, high), (side, high), (side, side), (0.0, side),
    ]  # fmt: skip
    return Gathering(outline, (side, side / 2), spread((0.5, 0.5), (side - 0.5, side - 0.5), count))


def peer_here(scene: Gathering, steps: int) -> dict[str, object]:
    """JuPedSim in this process."""
    import jupedsim as jps

    simulation = jps.Simulation(
        model=jps.CollisionFreeSpeedModel(), geometry=scene.outline, dt=0.01
    )
    stage = simulation.add_waypoint_stage(scene.aim, 0.01)
    journey = simulation.add_journey(jps.JourneyDescription([stage]))
    ids = [
        simulation.add_agent(
            jps.CollisionFreeSpeedModelAgentParameters(
                position=(x, y), desired_speed=v, radius=RADIUS, time_gap=TIME_GAP,
                journey_id=journey, stage_id=stage,
            )
        )
        for x, y, v in scene.people
    ]  # fmt: skip
    begin = time.process_time()
    simulation.iterate(steps)
    used = time.process_time() - begin
    place = {agent.id: agent.position for agent in simulation.agents()}
    return {"cpu_s": used, "at": [place[i] for i in ids]}


def peer(folder: Path, scene: Gathering, steps: int) -> tuple[float, list[Spot]]:
    """The same in a fresh process."""
    path = folder / "scene.json"
    path.write_text(json.dumps(asdict(scene)))
    command = [sys.executable, __file__, "--peer", str(path), "--steps", str(steps)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result = json.loads(done.stdout.splitlines()[-1])
    return result["cpu_s"], [(x, y) for x, y in result["at"]]


def ours(
    folder: Path, program: str, scene: Gathering, steps: int, faintest: float
) -> tuple[float, list[Spot]]:
    """Chimata's crowd by way of benchmarks/crowd_driver.cpp."""
    path = folder / "scene.txt"
    corners = [*scene.outline, scene.outline[0]]
    with path.open("w") as out:
        for (ax, ay), (bx, by) in itertools.pairwise(corners):
            out.write(f"wall {ax!r} {ay!r} {bx!r} {by!r}\n")
        for x, y, v in scene.people:
            out.write(
                f"person {x!r} {y!r} {v!r} {RADIUS} {TIME_GAP} {scene.aim[0]!r} {scene.aim[1]!r}\n"
            )
    done = subprocess.run(
        [program, str(path), str(steps), str(faintest)], check=True, capture_output=True, text=True
    )
    used, *rows = done.stdout.splitlines()
    at = [(float(x), float(y)) for x, y in (row.split() for row in rows)]
    return float(used), at


def apart(one: list[Spot], other: list[Spot]) -> tuple[float, float]:
    """Median and greatest distance between where people stand, m."""
    distances = [math.dist(a, b) for a, b in zip(one, other, strict=True)]
    return statistics.median(distances), max(distances)


def main() -> None:
    """Runs the race and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ours", default="build/bench/benchmarks/crowd_driver")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--peer", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        print(
            json.dumps(peer_here(Gathering(**json.loads(options.peer.read_text())), options.steps))
        )
        return
    there = importlib.util.find_spec("jupedsim") is not None
    if not there:
        print("JuPedSim is not installed: skipped (pip install jupedsim)")
    print(f"{options.people} people, {options.steps} steps of 10 ms, medians of {options.rounds}")
    print(f"{'':34}{'CPU s':>9}{'agent-steps/s':>15}{'ratio':>8}   m apart, median and most")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, scene in (
            ("corridor", corridor(options.people)),
            ("room", room(options.people)),
        ):
            race(title, scene, folder, options, there)
    print(f"load {os.getloadavg()[0]:.2f}")


def race(
    title: str, scene: Gathering, folder: Path, options: argparse.Namespace, there: bool
) -> None:
    """One place: rounds in turn, then the rows of the table."""
    tests = {
        f"{title}, Chimata": lambda n: ours(folder, options.ours, scene, n, 1e-6),
        f"{title}, Chimata, all pushes": lambda n: ours(folder, options.ours, scene, n, 1e-12),
    }
    if there:
        tests[f"{title}, JuPedSim"] = lambda n: peer(folder, scene, n)
    first = {name: run(1)[1] for name, run in tests.items()}
    used: dict[str, list[float]] = {name: [] for name in tests}
    last: dict[str, list[Spot]] = {}
    for _ in range(options.rounds):
        for name, run in tests.items():
            seconds, last[name] = run(options.steps)
            used[name].append(seconds)
    base = statistics.median(used[f"{title}, Chimata"])
    reference = f"{title}, JuPedSim" if there else f"{title}, Chimata, all pushes"
    for name, seconds in used.items():
        median = statistics.median(seconds)
        rate = options.people * options.steps / median
        near = apart(first[name], first[reference]) + apart(last[name], last[reference])
        print(
            f"{name:34}{median:9.3f}{rate:15,.0f}{median / base:8.1f}   "
            f"{near[0]:.1e} {near[1]:.1e} after a step, {near[2]:.1e} {near[3]:.1e} at the end"
        )


if __name__ == "__main__":
    main()
