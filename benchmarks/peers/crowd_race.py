"""Crowds beside JuPedSim: the same law, people, walls and step, in one run on one machine.

    python benchmarks/peers/crowd_race.py --ours build/bench/benchmarks --rounds 3

Both move the same people by the collision-free speed model (JuPedSim's `CollisionFreeSpeedModel`) in steps of
10 ms on one thread. Times are processor seconds of the steps alone, medians of the rounds, taken in turn.

Without ways: a *corridor* 10 m wide with 1 person per m², and a *room* with 2 per m² that all want to leave by a
door 4 m wide. Everybody's aim is one fixed point in plain sight, so that JuPedSim's way-finding has the least
possible to do; it is part of its step and cannot be left out. Ours is `crowd_driver`: the step of the crowd.
JuPedSim looks 3 m around everybody. Ours is run as it comes, leaving out pushes below 1e-6, and with all pushes
above 1e-12 (about 3 m beyond the bodies). In the room JuPedSim leads people beside the wall of the door around its
edge and ours lead them straight on, which shows in the greatest distances. The last columns say how far people
stand apart between the two after the first step and at the end.

With ways: a *hall* with a pillar of 1 m every 6 m, 1 person per m² and one exit, and the *Grosser Stern*, the square
on which JuPedSim measures itself, with its 44,300 places and twelve exits of our own along its edge, people bound
for them in turn: once with all of them, 4 per m² where they stand, once with every 11th, so that people are few
and finding the way is most of the work, and once with all of them on their way to twelve gates in a row of posts,
as in JuPedSim's own benchmark. Each finds the ways itself. Ours is `venue_driver`: the whole step of a venue,
the first one, in which everybody looks for the way, included. JuPedSim takes too long for as many steps: it moves
the same people for two, and is compared per person and step. Insertion is told per person.

A peer that is not installed is skipped (pip install jupedsim), the square where its data is not there.
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
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

Spot = tuple[float, float]


@dataclass
class Gathering:
    """People in a polygon on their way to a place."""

    outline: list[Spot]
    aim: Spot
    people: list[tuple[float, float, float]]  # x, y, desired speed
    holes: list[list[Spot]] = field(default_factory=list)
    exits: list[list[Spot]] = field(default_factory=list)  # person i leaves by the i-th, in turn


RADIUS, TIME_GAP = 0.15, 1.0
AREA = Path(__file__).parents[3] / "shared" / "data" / "pedestrian" / "jps_geometry"


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


def around(x: float, y: float, half: float = 0.5) -> list[Spot]:
    """A square."""
    return [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]


def hall(count: int) -> Gathering:
    """Pillars of 1 m every 6 m, 1 person per m² between them; everybody towards the middle of the right wall."""
    side = 6 * math.ceil(math.sqrt(count / 0.9) / 6)
    middles = [6 * i + 3 for i in range(side // 6)]
    people = [
        (x, y, v)
        for x, y, v in spread((0.3, 0.3), (side - 0.3, side - 0.3), round(1.06 * count))
        if abs(x % 6 - 3) > 0.7 or abs(y % 6 - 3) > 0.7
    ]
    return Gathering(
        around(side / 2, side / 2, side / 2),
        (0, 0),
        people[:count],
        [around(x, y) for x in middles for y in middles],
        [around(side - 0.6, side / 2)],
    )


def grosser_stern(folder: Path) -> Gathering:
    """JuPedSim's own area and places; exits of 1 m² off the middle of twelve edges of its outline."""
    import shapely

    shape = shapely.from_wkt((folder / "grosser_stern.wkt").read_text()).geoms[0]
    dice = random.Random(4)
    lines = (folder / "grosser_stern_positions.csv").read_text().splitlines()[1:]
    people = [
        (float(x), float(y), min(max(dice.gauss(1.34, 0.26), 0.6), 2.1))
        for x, y in (line.split(",") for line in lines)
    ]
    ring = [(float(x), float(y)) for x, y in shape.exterior.coords[:-1]]
    exits = []
    for i in range(12):
        edges = range(i * len(ring) // 12, len(ring))
        exits.append(next(exit for edge in edges if (exit := beside_edge(shape, ring, edge))))
    rings = [[(float(x), float(y)) for x, y in hole.coords[:-1]] for hole in shape.interiors]
    return Gathering(ring, (0, 0), people, rings, exits)


def beside_edge(shape: Any, ring: list[Spot], edge: int) -> list[Spot] | None:
    """1 m² off the middle of an edge of the outline, inside; none at short edges and in corners."""
    import shapely

    (ax, ay), (bx, by) = ring[edge], ring[(edge + 1) % len(ring)]
    length = math.dist((ax, ay), (bx, by))
    if length <= 2:
        return None
    for side in (-1, 1):
        x, y = (ax + bx) / 2 + side * (by - ay) / length, (ay + by) / 2 - side * (bx - ax) / length
        if shape.contains(shapely.Polygon(around(x, y))):
            return around(x, y)
    return None


def by_its_gates(scene: Gathering) -> Gathering:
    """The same, bound for twelve gates: gaps between the posts of the southern of two rows of 39."""
    import shapely

    shapes = [shapely.Polygon(hole) for hole in scene.holes]
    posts = [(shape.centroid.x, shape.centroid.y) for shape in shapes if shape.area < 0.25]
    row = sorted(sorted(posts, key=lambda post: post[1])[:39])
    gaps = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in itertools.pairwise(row)]
    return replace(scene, exits=[around(x, y, 0.1) for x, y in gaps[:12]])


def peer_here(scene: Gathering, steps: int) -> dict[str, object]:
    """JuPedSim in this process."""
    import jupedsim as jps
    import shapely

    begin = time.process_time()
    simulation = jps.Simulation(
        model=jps.CollisionFreeSpeedModel(),
        geometry=shapely.Polygon(scene.outline, scene.holes),
        dt=0.01,
    )
    built = time.process_time()
    stages = [simulation.add_exit_stage(exit) for exit in scene.exits] or [
        simulation.add_waypoint_stage(scene.aim, 0.01)
    ]
    journeys = [simulation.add_journey(jps.JourneyDescription([stage])) for stage in stages]
    ids = [
        simulation.add_agent(
            jps.CollisionFreeSpeedModelAgentParameters(
                position=(x, y), desired_speed=v, radius=RADIUS, time_gap=TIME_GAP,
                journey_id=journeys[i % len(journeys)], stage_id=stages[i % len(stages)],
            )
        )
        for i, (x, y, v) in enumerate(scene.people)
    ]  # fmt: skip
    inserted = time.process_time()
    simulation.iterate(steps)
    used = time.process_time() - inserted
    place = {agent.id: agent.position for agent in simulation.agents()}
    at = [place.get(i, (math.nan, math.nan)) for i in ids]
    return {"cpu_s": used, "insert_s": inserted - built, "build_s": built - begin, "at": at}


def peer_run(folder: Path, scene: Gathering, steps: int) -> dict[str, Any]:
    """The same in a fresh process."""
    path = folder / "scene.json"
    path.write_text(json.dumps(asdict(scene)))
    command = [sys.executable, __file__, "--peer", str(path), "--steps", str(steps)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def peer(folder: Path, scene: Gathering, steps: int) -> tuple[float, list[Spot]]:
    """Processor seconds of the steps, and where people are then."""
    result = peer_run(folder, scene, steps)
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
    command = [f"{program}/crowd_driver", str(path), str(steps), str(faintest)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    used, *rows = done.stdout.splitlines()
    at = [(float(x), float(y)) for x, y in (row.split() for row in rows)]
    return float(used), at


def ours_with_ways(folder: Path, program: str, scene: Gathering, steps: int) -> list[float]:
    """Chimata's venue: processor seconds of letting people in, of the first step and of the others."""
    path = folder / "venue.txt"
    with path.open("w") as out:
        for kind, rings in (("ring", [scene.outline, *scene.holes]), ("exit", scene.exits)):
            for ring in rings:
                out.write(f"{kind} {' '.join(f'{x!r} {y!r}' for x, y in ring)}\n")
        for i, (x, y, v) in enumerate(scene.people):
            bound = i % len(scene.exits)
            out.write(f"person {x!r} {y!r} {v!r} {RADIUS} {TIME_GAP} {bound}\n")
    command = [f"{program}/venue_driver", str(path), str(steps)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.splitlines()[0].split()]


def apart(one: list[Spot], other: list[Spot]) -> tuple[float, float]:
    """Median and greatest distance between where people stand, m."""
    distances = [math.dist(a, b) for a, b in zip(one, other, strict=True)]
    return statistics.median(distances), max(distances)


def main() -> None:
    """Runs the race and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ours", default="build/bench/benchmarks")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--way-steps", type=int, default=200, help="of ours, with ways")
    parser.add_argument("--peer-steps", type=int, default=2, help="of JuPedSim, with ways")
    parser.add_argument(
        "--only", nargs="+", default=["corridor", "room", "hall", "stern"], help="which places"
    )
    parser.add_argument("--area", type=Path, default=AREA, help="folder of the Grosser Stern")
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
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(
            f"{options.people} people, {options.steps} steps of 10 ms, medians of {options.rounds}"
        )
        print(f"{'':34}{'CPU s':>9}{'agent-steps/s':>15}{'ratio':>8}   m apart, median and most")
        for title, make in (("corridor", corridor), ("room", room)):
            if title in options.only:
                race(title, make(options.people), folder, options, there)
        print(
            f"{'with ways':28}{'people':>8}{'steps':>6}{'agent-steps/s':>15}{'ratio':>8}   insertion"
        )
        if "hall" in options.only:
            race_with_ways("hall", hall(options.people), folder, options, there)
        if "stern" in options.only and (options.area / "grosser_stern.wkt").exists():
            square = grosser_stern(options.area)
            race_with_ways("Grosser Stern", square, folder, options, there)
            few = replace(square, people=square.people[::11])
            race_with_ways("Stern, every 11th", few, folder, options, there)
            gates = by_its_gates(square)
            race_with_ways("Stern, its gates", gates, folder, options, there)
    print(f"load {os.getloadavg()[0]:.2f}")


def race_with_ways(
    title: str, scene: Gathering, folder: Path, options: argparse.Namespace, there: bool
) -> None:
    """One place in which both find the ways."""
    steps = options.way_steps
    we: list[list[float]] = []
    they: list[dict[str, Any]] = []
    for _ in range(options.rounds):
        we.append(ours_with_ways(folder, options.ours, scene, steps))
        if there:
            they.append(peer_run(folder, scene, options.peer_steps))
    seconds = [statistics.median(column) for column in zip(*we, strict=True)]
    rate = len(scene.people) * steps / (seconds[1] + seconds[2])
    print(
        f"{title + ', Chimata':28}{len(scene.people):8}{steps:6}{rate:15,.0f}{1:8.1f}"
        f"   {seconds[0] / len(scene.people) * 1e6:.1f} µs each; the first step {seconds[1]:.3f} s"
    )
    if they:
        used = statistics.median(result["cpu_s"] for result in they)
        insert = statistics.median(result["insert_s"] for result in they)
        peer_rate = len(scene.people) * options.peer_steps / used
        print(
            f"{title + ', JuPedSim':28}{len(scene.people):8}{options.peer_steps:6}{peer_rate:15,.0f}"
            f"{rate / peer_rate:8.1f}   {insert / len(scene.people) * 1e6:.1f} µs each"
        )


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
