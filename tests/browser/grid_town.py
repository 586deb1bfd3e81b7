"""A made-up riverside town: crooked grid of streets, a flood from the river, people who walk to
shelters, some of them part of the way in a car, and cars that wander. Counts are derived from the
trips here, independently of the page."""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chimata.page import Scene
from chimata.page.scene import CLASS_NAMES, RIDING, STATE_NAMES

HOME, _, WALKING, _, SHELTERED, STRANDED, CUT_OFF, CAUGHT, CASUALTY = range(len(STATE_NAMES))
SPACING_M = 90.0
DURATION_S = 2 * 3600.0
SHELTERS = ("中央小学校", "市民体育館", "東中学校", "川西公民館", "北高等学校")

Floats = NDArray[np.float64]


def river_y(x: Floats) -> Floats:
    """Northing of the river's middle, in metres."""
    return np.asarray(900 + 0.16 * x + 160 * np.sin(x / 620))


class Streets:
    """`side` x `side` crossings; the river is crossed on every fifth street only."""

    def __init__(self, side: int, rng: np.random.Generator) -> None:
        place = np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1).reshape(-1, 2)
        self.node_xy = place * SPACING_M + rng.uniform(-14, 14, (side * side, 2))
        # a real frame is far from zero: the page must keep its precision
        self.shift = np.array([-31_000.0, -158_000.0])
        pairs: list[tuple[int, int, int, bool]] = []
        for j in range(side):
            for i in range(side):
                here = j * side + i
                for right, there, line in ((True, here + 1, j), (False, here + side, i)):
                    if (i if right else j) + 1 == side:
                        continue
                    across = self._over_river(here, there)
                    if across and line % 5:
                        continue
                    rank = 1 if line % 10 == 0 else 2 if line % 5 == 0 else 3
                    if rank == 3 and rng.random() < 0.08:
                        rank = 4 + int(rng.random() < 0.3)
                    pairs.append((here, there, rank, across))
        self.begin, self.end, self.rank, self.bridge = (
            np.array(c) for c in zip(*pairs, strict=True)
        )
        self.rng = rng
        self.leaving: list[list[int]] = [[] for _ in range(side * side)]
        for s, (a, b, *_) in enumerate(pairs):
            self.leaving[a].append(2 * s)
            self.leaving[b].append(2 * s + 1)

    def _over_river(self, a: int, b: int) -> bool:
        offset = self.node_xy[[a, b], 1] - river_y(self.node_xy[[a, b], 0])
        return bool(offset[0] * offset[1] < 0 or np.abs(offset).min() < 38)

    def head(self, link: int) -> int:
        return int((self.begin if link & 1 else self.end)[link >> 1])

    def polylines(self) -> Floats:
        """Three vertices per segment, the middle one a little off the straight line."""
        a, b = self.node_xy[self.begin], self.node_xy[self.end]
        middle = (a + b) / 2 + self.rng.uniform(-5, 5, a.shape)
        return np.stack([a, middle, b], 1)

    def links_towards(self, goals: list[int]) -> list[int]:
        """For every node the link to the nearest goal, by number of links; -1 where there is none."""
        towards = [-1] * len(self.leaving)
        queue = deque(goals)
        seen = set(goals)
        while queue:
            node = queue.popleft()
            for link in self.leaving[node]:
                other = self.head(link)
                if other not in seen:
                    seen.add(other)
                    towards[other] = link ^ 1
                    queue.append(other)
        return towards


def flood(
    streets: Streets, times: Floats, cell: float, low: Floats, high: Floats
) -> NDArray[np.float32]:
    """Depth falls with the distance from the river and rises with time."""
    nx, ny = np.ceil((high - low) / cell).astype(int)
    x = low[0] + (np.arange(nx) + 0.5) * cell
    y = (low[1] + (np.arange(ny) + 0.5) * cell)[::-1]
    ground = 0.9 * np.sin(x[None, :] / 260) * np.sin(y[:, None] / 210)
    above = np.abs(y[:, None] - river_y(x)[None, :]) / 190 + ground
    stage = 6.2 * np.clip((times - 900) / (DURATION_S - 1500), 0, 1) ** 0.8 - 0.6
    return np.asarray(np.maximum(stage[:, None, None] - above, 0), np.float32)


def town(
    people: int = 2000, *, side: int = 26, seed: int = 7, links_each: int | None = None,
    later_s: float = 0.0, cars: int = 200, title: str = "川沿いの町 洪水避難（例）",
) -> Scene:  # fmt: skip
    """People who head for a shelter, one in eight of whom rides instead of walking over a third link.

    `links_each` makes everybody wander over that many links instead of heading to a shelter;
    `later_s` delays every departure."""
    rng = np.random.default_rng(seed)
    streets = Streets(side, rng)
    lines = streets.polylines()
    metres = np.linalg.norm(np.diff(lines, axis=1), axis=2).sum(1)
    low, high = np.zeros(2), np.full(2, (side - 1) * SPACING_M)

    span = (side - 1) * SPACING_M
    wanted = np.array([[0.3, 0.78], [0.72, 0.9], [0.82, 0.16], [0.16, 0.1], [0.5, 0.97]]) * span
    near = [int(np.argmin(np.linalg.norm(streets.node_xy - w, axis=1))) for w in wanted]
    usable = np.array([True, True, True, False, True])
    towards = streets.links_towards([n for n, u in zip(near, usable, strict=True) if u])

    from_river = np.abs(streets.node_xy[:, 1] - river_y(streets.node_xy[:, 0]))
    home = rng.choice(np.flatnonzero(from_river > 75), people)
    departs = np.round(rng.gamma(4, 500, people) + 300 + later_s, 2)
    speed = rng.normal(1.25, 0.2, people).clip(0.6, 1.9)
    offsets, links, enters = [0], [], []
    end, fraction = np.zeros(people, np.float32), np.ones(people, np.float32)
    final = np.full(people, SHELTERED, np.uint8)
    caught = np.full(people, np.nan, np.float32)
    lost = np.full(people, np.nan, np.float32)
    goal = np.zeros(people, np.int64)
    for p in range(people):
        trip: list[int] = []
        node = int(home[p])
        while links_each is not None and len(trip) < links_each:
            choices = [k for k in streets.leaving[node] if not trip or k != trip[-1] ^ 1]
            if not choices:
                choices = streets.leaving[node]
            trip.append(int(rng.choice(choices)))
            node = streets.head(trip[-1])
        while links_each is None and towards[node] >= 0:
            trip.append(towards[node])
            node = streets.head(trip[-1])
        luck = rng.random()
        if not trip or (luck < 0.06 and links_each is None):
            trip, final[p] = [], HOME
            departs[p] = np.nan
            if from_river[home[p]] < 700:
                final[p], caught[p] = CAUGHT, round(2500 + 5 * from_river[home[p]], 1)
                if p % 3 == 0:
                    final[p], lost[p] = CASUALTY, caught[p] + 700
        elif luck < 0.10 and links_each is None:
            trip = trip[: max(1, len(trip) // 2)]
            final[p], fraction[p] = (STRANDED if luck < 0.08 else CUT_OFF), 0.6
            if p % 3 == 0:
                final[p] = CASUALTY
        if trip:
            took = metres[np.array(trip) >> 1] / speed[p]
            moments = departs[p] + np.concatenate([[0], np.cumsum(took)])
            enters.extend(moments[:-1])
            end[p] = moments[-1] - (1 - fraction[p]) * took[-1]
        if links_each is None and p % 8 == 1 and len(trip) > 4:
            trip[2] = RIDING
        goal[p] = near.index(node) if node in near else 0
        links.extend(trip)
        offsets.append(len(links))

    census_times = np.arange(0, DURATION_S + 1, 60.0)
    trip_offsets = np.array(offsets, np.uint32)
    census = count_states(census_times, trip_offsets, departs, end, final, caught, lost)
    arrived = (final == SHELTERED) & (np.diff(offsets) > 0)
    occupancy = np.array(
        [np.bincount(goal[arrived & (end <= t)], minlength=len(SHELTERS)) for t in census_times]
    )
    water_times = np.arange(600, DURATION_S + 1, 300.0)
    x = np.linspace(-400, span + 400, 60)
    banks = np.concatenate(
        [np.column_stack([x, river_y(x) + 42]), np.column_stack([x, river_y(x) - 42])[::-1]]
    )
    houses = buildings(streets, rng)
    return Scene(
        title=title,
        subtitle="想定最大規模・避難指示 17:00",
        attribution="架空の町。実在の地域とは関係ありません",
        start="2026-09-10T17:00:00+09:00",
        duration_s=DURATION_S,
        segment_xy=lines.reshape(-1, 2) + streets.shift,
        segment_offsets=np.arange(len(lines) + 1, dtype=np.uint32) * 3,
        segment_width_m=np.array([14.0, 12, 8, 5, 3, 2])[streets.rank],
        segment_class=streets.rank.astype(np.uint8),
        segment_bridge=streets.bridge.astype(np.bool_),
        trip_offsets=trip_offsets,
        trip_link=np.array(links, np.uint32),
        trip_enter_s=np.array(enters, np.float32),
        trip_end_s=end,
        trip_end_fraction=fraction,
        person_class=rng.choice(len(CLASS_NAMES), people, p=[0.6, 0.12, 0.22, 0.06]).astype(
            np.uint8
        ),
        person_final=final,
        person_home_xy=streets.node_xy[home] + rng.uniform(-25, 25, (people, 2)) + streets.shift,
        person_depart_s=departs.astype(np.float32),
        person_caught_s=caught,
        person_lost_s=lost,
        **wandering_cars(streets, metres, cars, seed),
        census_times_s=census_times,
        census=census,
        water_times_s=water_times,
        water_depth_m=flood(streets, water_times, 20.0, low - 100, high + 100),
        water_x0=float(streets.shift[0]) - 100,
        water_y0=float(streets.shift[1]) - 100,
        water_cell_m=20.0,
        river_xy=banks + streets.shift,
        river_offsets=np.array([0, len(banks)], np.uint32),
        building_xy=houses + streets.shift,
        building_offsets=np.arange(len(houses) // 4 + 1, dtype=np.uint32) * 4,
        shelter_x=streets.node_xy[near, 0] + streets.shift[0],
        shelter_y=streets.node_xy[near, 1] + streets.shift[1],
        shelter_name=SHELTERS,
        shelter_capacity=np.array([600.0, 900, 400, 150, 500]),
        shelter_occupancy=occupancy.astype(np.uint32),
        shelter_usable=usable,
    )


def wandering_cars(streets: Streets, metres: Floats, count: int, seed: int) -> dict[str, Any]:
    """Cars at 8 m/s over 25 links; every fifth stops for good on its last one."""
    rng = np.random.default_rng([seed, 1])  # of their own: people are the same without cars
    joined = [node for node, ways in enumerate(streets.leaving) if ways]
    offsets, links, enters = [0], [], []
    end, fraction = np.zeros(count, np.float32), np.ones(count, np.float32)
    for c in range(count):
        node, trip = int(rng.choice(joined)), []
        while len(trip) < 25:
            ways = streets.leaving[node]
            onward = [k for k in ways if not trip or k != trip[-1] ^ 1]
            trip.append(int(rng.choice(onward or ways)))
            node = streets.head(trip[-1])
        if c % 5 == 0:
            fraction[c] = 0.3
        took = metres[np.array(trip) >> 1] / 8.0
        moments = round(float(rng.uniform(0, 5000)), 2) + np.concatenate([[0], np.cumsum(took)])
        links.extend(trip)
        enters.extend(moments[:-1])
        offsets.append(len(links))
        end[c] = moments[-1] - (1 - fraction[c]) * took[-1]
    return {
        "car_offsets": np.array(offsets, np.uint32),
        "car_link": np.array(links, np.uint32),
        "car_enter_s": np.array(enters, np.float32),
        "car_end_s": end,
        "car_end_fraction": fraction,
        "car_stays": fraction < 1,
    }


def count_states(
    times: Floats, trip_offsets: NDArray[np.uint32], departs: Floats, end: NDArray[np.float32],
    final: NDArray[np.uint8], caught: NDArray[np.float32], lost: NDArray[np.float32],
) -> NDArray[np.uint32]:  # fmt: skip
    """Persons per state at each of `times`."""
    walks = np.diff(trip_offsets.astype(np.int64)) > 0
    counts = np.zeros((len(times), len(STATE_NAMES)), np.uint32)
    for row, t in zip(counts, times, strict=True):
        state = np.full(len(final), HOME)
        state[walks & (departs <= t)] = WALKING
        done = walks & (end <= t)
        state[done] = final[done]
        state[~walks & (caught <= t)] = CAUGHT
        state[~walks & (lost <= t)] = CASUALTY
        row[:] = np.bincount(state, minlength=len(STATE_NAMES))
    return counts


def buildings(streets: Streets, rng: np.random.Generator) -> Floats:
    """Small turned rectangles between the streets, none in the river."""
    low, high = streets.node_xy.min(0), streets.node_xy.max(0)
    centre = (np.stack(np.meshgrid(*[np.arange(a, b, 22.5) for a, b in zip(low, high, strict=True)]), -1)
              .reshape(-1, 2))  # fmt: skip
    cell = np.mod(centre - low + 45, SPACING_M)
    free = (np.abs(cell - 45) > 16).all(1) & (np.abs(centre[:, 1] - river_y(centre[:, 0])) > 70)
    centre = centre[free & (rng.random(len(centre)) < 0.8)]
    centre = centre + rng.uniform(-3, 3, centre.shape)
    half = rng.uniform(4, 9, centre.shape)
    angle = rng.normal(0, 0.08, len(centre))
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half[:, None, :]
    turn = np.stack([np.stack([np.cos(angle), -np.sin(angle)], -1),
                     np.stack([np.sin(angle), np.cos(angle)], -1)], -2)  # fmt: skip
    quads: Floats = np.einsum("nij,nkj->nki", turn, corners) + centre[:, None, :]
    return quads.reshape(-1, 2)
