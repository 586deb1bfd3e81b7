"""Motivation: what does a script wait for that looks at a crowd, lets people in or shuts a gate?

    .venv/bin/python benchmarks/venue_from_python.py

On the Grosser Stern (data of JuPedSim), 10,000 of its places, twelve exits along its edge and one gate between two
of its holes. Processor time, best and median of the rounds.

    let in:      10,000 people: checked, each known to have a way, and noted
    appear:      the first step, in which they appear and everybody looks for the way
    step:        one step, mean over 50
    read back:   positions of all as an array of their own
    gate:        a gate shut or opened with the ways to all exits, and the step in which it happens, less a step
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

import chimata as cm

AREA = Path(__file__).parents[2] / "shared" / "data" / "pedestrian" / "jps_geometry"


def look_at(venue: cm.Venue, times: int) -> None:
    """One look after the other, as a loop over steps does: who keeps all pays for fresh memory."""
    for _ in range(times):
        places = venue.position
    assert len(places)


def seconds(work: Callable[[], object]) -> float:
    """Of the processor."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def exits_along(shape: shapely.Polygon, count: int) -> list[list[tuple[float, float]]]:
    """Edges of the outline, evenly spread over its corners."""
    ring = list(shape.exterior.coords)
    return [[ring[i], ring[i + 1]] for i in range(0, len(ring) - 1, len(ring) // count)][:count]


def gate_between_holes(shape: shapely.Polygon) -> list[tuple[float, float]]:
    """From the first hole to the hole nearest to it."""
    first, *others = (shapely.Polygon(hole) for hole in shape.interiors)
    nearest = min(others, key=first.distance)
    return list(shapely.shortest_line(first, nearest).coords)


def main() -> None:
    """Runs all rounds and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--people", type=int, default=10_000)
    options = parser.parse_args()
    shape = shapely.from_wkt((AREA / "grosser_stern.wkt").read_text()).geoms[0]
    places = np.loadtxt(AREA / "grosser_stern_positions.csv", delimiter=",", skiprows=1)
    at = places[np.linspace(0, len(places) - 1, options.people).astype(int)]
    used: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        venue = cm.Venue(cm.Area([shape], {"gate": gate_between_holes(shape)}))
        journeys = [
            venue.add_journey([venue.add_exit(f"exit {i}", line)])
            for i, line in enumerate(exits_along(shape, 12))
        ]
        bound = [journeys[i % len(journeys)] for i in range(len(at))]
        times = {
            "let in": seconds(lambda v=venue, b=bound: v.let_in(at, b, radius=0.15)),
            "appear": seconds(lambda v=venue: v.run_until(0.01)),
            "step": seconds(lambda v=venue: v.run_until(0.51)) / 50,
        }
        times["read back"] = seconds(lambda v=venue: look_at(v, 100)) / 100
        for turn in range(6):
            venue.set_gate("gate", closed=turn % 2 == 0, at_s=venue.now_s)
            step = seconds(lambda v=venue: v.run_until(v.now_s + 0.01))
            used.setdefault("gate", []).append(max(0.0, step - times["step"]))
        for name, value in times.items():
            used.setdefault(name, []).append(value)
    for name, values in used.items():
        print(
            f"{name:10} {min(values) * 1e3:9.4f} ms, median {statistics.median(values) * 1e3:9.4f} ms"
        )


if __name__ == "__main__":
    main()
