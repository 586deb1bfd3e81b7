"""What event what-ifs have to get right: counts kept twice, queueing theory, and known shapes of flow."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import stats

import chimata as cm

CAP = 1.33  # persons/(m s)


def corridor(length: float, width: float, dt: float = 0.1) -> cm.Venue:
    area = cm.Area([[(0, 0), (length, 0), (length, width), (0, width)]], gates={"gate": [(length / 2, 0), (length / 2, width)]})  # fmt: skip
    return cm.Venue(area, dt=dt)


def watched(
    venue: cm.Venue, until_s: float, every_s: float, look: Callable[[], float]
) -> pd.Series:
    """What `look` finds at each moment."""
    found = {}
    while venue.now_s < until_s - 1e-6 and (venue.present or venue.to_come):
        venue.run_until(venue.now_s + every_s)
        found[round(venue.now_s, 3)] = look()
    return pd.Series(found)


def test_a_gate_lets_people_through_by_the_clock_and_only_then() -> None:
    venue = corridor(20, 4)
    out = venue.add_exit("east", [(20, 0), (20, 4)])
    gate = venue.add_waypoint("gate", [(10.5, 0), (10.5, 4)])
    west = venue.add_entrance("west", [(0, 0), (0, 4)])
    for at_s, closed in [(0, True), (60, False), (75, True), (120, False)]:
        venue.set_gate("gate", closed=closed, at_s=at_s)
    venue.arrive(west, np.arange(120) * 0.5, venue.add_journey([gate, out]))
    venue.run_until(400)
    passed = venue.passings.query("stage == 'gate'")["time_s"]
    assert len(passed) == venue.left == 120
    # a step behind the gate is half a metre and up to a second later
    assert (passed.between(60, 77) | (passed >= 120)).all()
    assert passed.between(60, 77).sum() >= 20
    assert (passed >= 120).sum() >= 20


def test_a_block_is_as_large_and_leaves_when_the_schedule_says() -> None:
    venue = corridor(30, 8)
    held = venue.add_waiting(
        "held", [(4, 1), (16, 1), (16, 7), (4, 7)], until_s=90, block=25, every_s=40
    )
    out = venue.add_exit("east", [(30, 0), (30, 8)])
    west = venue.add_entrance("west", [(0, 0), (0, 8)])
    venue.arrive(west, np.arange(75) * 0.8, venue.add_journey([held, out]))
    inside = watched(venue, 300, 1, lambda: venue.waiting_at(held))
    let_go = -inside.diff().loc[80:]
    assert dict(let_go[let_go > 0].round().astype(int)) == {90.0: 25, 130.0: 25, 170.0: 25} or dict(
        let_go[let_go > 0].round().astype(int)
    ) == {91.0: 25, 131.0: 25, 171.0: 25}


def test_a_queue_is_as_long_as_two_counters_make_it() -> None:
    venue = corridor(60, 6)
    queue = venue.add_queue("check", [(45, 3), (5, 3)], servers=2, mean_s=5.5, law="exponential")
    out = venue.add_exit("east", [(60, 0), (60, 6)])
    west = venue.add_entrance("west", [(0, 0), (0, 6)])
    rng = np.random.default_rng(3)
    venue.arrive(west, np.cumsum(rng.exponential(2.9, 120)), venue.add_journey([queue, out]))
    safety = cm.Safety(
        venue, every="10s", lines={"in": [(1, 0), (1, 6)], "out": [(50, 0), (50, 6)]}
    )
    inside = watched(venue, 1500, 10, lambda: float(((venue.position[:, 0] > 1) & (venue.position[:, 0] <= 50)).sum()))  # fmt: skip
    counted = safety.crossings
    signed = np.where(counted["forward"].astype(bool), 1, -1)
    # seen from its first end, people walk from the left of a line to its right or all the other way
    way = np.sign(signed[counted["line"] == "in"].sum())
    by_line = [
        counted.loc[counted["line"] == line, ["time_s"]].assign(
            n=way * signed[counted["line"] == line]
        )
        for line in ("in", "out")
    ]
    for moment, people in inside.items():
        come, gone = (part.loc[part["time_s"] <= moment, "n"].sum() for part in by_line)
        assert (
            abs((come - gone) - people) <= 1
        )  # somebody on a line is seen a tenth of a second later
    # and the stage's own book against the clock: who has come and is not yet served stands in line
    served = venue.served(queue)
    assert len(served) == 120
    assert inside.max() >= 5


def test_littles_law_holds_in_a_steady_queue() -> None:
    venue = corridor(40, 6)
    queue = venue.add_queue("gate", [(30, 3), (5, 3)], servers=1, mean_s=6, law="exponential",
                            counters=[(31, 3)])  # fmt: skip
    out = venue.add_exit("east", [(40, 0), (40, 6)])
    west = venue.add_entrance("west", [(0, 2), (0, 4)])
    rng = np.random.default_rng(8)
    come = np.cumsum(rng.exponential(12, 500))  # half of what the gate takes
    venue.arrive(west, come, venue.add_journey([queue, out]))
    seen = watched(venue, come[-1], 2, lambda: float(venue.present))
    # L from what is there at moments, W from when each came and went: two books
    left = venue.passings.query("stage == 'east'").set_index("person")["time_s"]
    came = venue.entries.set_index("person")["came_s"]
    spent = (left - came).dropna()
    edges = np.linspace(400, come[-1] - 400, 13)
    off = []
    for start, end in pairwise(edges):
        length = seen[(seen.index > start) & (seen.index <= end)].mean()
        mine = came.index[came.between(start, end)]
        off.append(length - len(mine) / (end - start) * spent.reindex(mine).mean())
    mean, half = np.mean(off), stats.t.ppf(0.975, len(off) - 1) * stats.sem(off)
    assert abs(mean) <= half
    assert half < 0.15 * seen.mean()  # or the interval would let anything pass


def test_no_minute_lets_more_people_out_than_width_and_capacity_allow() -> None:
    venue = corridor(20, 8)
    width = 2.4
    out = venue.add_exit("door", [(20, 2.8), (20, 2.8 + width)], flow="capped", rate=CAP)
    people = venue.places([(0.5, 0.5), (16, 0.5), (16, 7.5), (0.5, 7.5)], 400)
    # reciprocal avoidance, since two of a crowd may bar each other's way for good by the default law
    venue.let_in(people, venue.add_journey([out]), radius=0.15, law="orca")
    venue.run_until(600)
    assert venue.left == 400
    minutes = np.bincount((venue.passings["time_s"] // 60).astype(int))
    assert (
        minutes.max() <= CAP * width * 60 + 1
    )  # one may have been due at the stroke of the minute
    assert minutes.max() >= 0.95 * CAP * width * 60  # and the door is what holds them up


def bottleneck_flow(width: float, seed: int = 1) -> float:
    """Persons/s of the middle of a crowd through an opening of this width."""
    from shapely.geometry import box
    from shapely.ops import unary_union

    floor = unary_union([box(0, 0, 12, 12), box(11.9, 6 - width / 2, 14, 6 + width / 2)])
    venue = cm.Venue(cm.Area(floor), dt=0.05, seed=seed)
    out = venue.add_exit("east", [(13.5, 6 - width / 2), (13.5, 6 + width / 2)])
    people = venue.places([(1, 0.5), (11, 0.5), (11, 11.5), (1, 11.5)], 240, seed=seed)
    venue.let_in(people, venue.add_journey([out]), radius=0.15)
    venue.run_until(120)
    times = np.sort(venue.passings["time_s"])
    assert len(times) >= 150
    return 100 / (times[130] - times[30])


def test_flow_through_a_bottleneck_grows_with_its_width_about_linearly() -> None:
    widths = np.array([1.2, 1.8, 2.4, 3.0])
    flows = np.array([bottleneck_flow(width) for width in widths])
    assert (np.diff(flows) > 0).all()
    line = stats.linregress(widths, flows)
    assert line.rvalue**2 > 0.97
    # experiments find 1.6 to 2.8, regulations 1.33, the literature in all 1.0 to 2.8 persons/(m s)
    assert (flows / widths > 1.0).all() and (flows / widths < 2.8).all()


def throughput(share_west: float) -> float:
    """Persons/s that cross a corridor, of a crowd of which this share walks westwards."""
    venue = corridor(30, 4)
    ends = {"east": [(30, 0), (30, 4)], "west": [(0, 0), (0, 4)]}
    gates = {
        end: venue.add_entrance(end, [(x, 0.3), (x, 3.7)])
        for end, x in [("west", 0.5), ("east", 29.5)]
    }
    exits = {end: venue.add_exit(end, line) for end, line in ends.items()}
    rng = np.random.default_rng(5)
    times = np.sort(rng.uniform(0, 90, 360))
    westward = rng.uniform(size=360) < share_west
    for start, end, mine in [("west", "east", ~westward), ("east", "west", westward)]:
        if mine.any():
            venue.arrive(gates[start], times[mine], venue.add_journey([exits[end]]), radius=0.15,
                         law="anticipating")  # fmt: skip
    venue.run_until(90)
    return float((venue.passings["time_s"].between(30, 90)).sum() / 60)


def test_streams_against_each_other_let_fewer_through_than_one_stream() -> None:
    one, both = throughput(0.0), throughput(0.5)
    assert 0 < both < 0.97 * one
