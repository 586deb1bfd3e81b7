"""A CrowdWalk model as a scenario: streets (GMNS), trips and forks (CSV), gates (edits)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .city import City
from .crowdwalk import FREE_SPEED, Place, Rule, World
from .crowdwalk_rules import Signs
from .crowdwalk_ways import Ways
from .document import SCHEMA
from .errors import input_error
from .scenario import Scenario

if TYPE_CHECKING:
    from numpy.typing import NDArray


def build(
    world: World, folder: Path, *, date: str = "2026-08-13", law: str = "crowdwalk", duration_s: float = 0,
    share: float = 1.0, free_speed: float = FREE_SPEED, gates: bool = True, seed: int = 1,
) -> Scenario:  # fmt: skip
    """Writes streets and tables into `folder` and returns the scenario that uses them.

    Parameters
    ----------
    date : on which the clock times are
    law : "crowdwalk" or "weidmann"
    duration_s : of the run; until the event Finish, or half an hour after the last departure by default
    share : of the people, for quick looks
    free_speed : m/s
    gates : whether gates shut by the clock
    seed : of places along the start link and of moments within the rule's duration
    """
    folder.mkdir(parents=True, exist_ok=True)
    city = streets(world, folder / "streets")
    routing = _Routing(world)
    people = _people(world, routing, share, seed, free_speed)
    trips, homes = people[["departure_s", "route"]], people[["home_x", "home_y", "free_speed_m_s"]]
    trips.to_csv(folder / "trips.csv", index=False)
    forks = routing.forks()
    routing.table().to_csv(folder / "routes.csv", index=False)
    forks.to_csv(folder / "forks.csv", index=False)
    files = {"file": "trips.csv", "routes": "routes.csv"}
    if len(forks):
        files["forks"] = "forks.csv"
    start = pd.Timestamp(date) + pd.Timedelta(seconds=world.start_s)
    document: dict[str, Any] = {
        "schema": SCHEMA, "name": world.name, "start": f"{start:%Y-%m-%d %H:%M:%S}",
        "duration": duration_s or _duration(world), "city": str((folder / "city.h5").resolve()),
        "population": dict(city.population(table=homes.assign(person_class="adult", cars=0)).reference),
        "trips": files, "walking": {"law": law},
        "edits": _gates(world, start) if gates else [],
    }  # fmt: skip
    city.save(folder / "city.h5")
    return Scenario.from_document(document, folder, city)


def streets(world: World, folder: Path) -> City:
    """The map as a city, written as a GMNS folder; each link is named by its CrowdWalk id."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes = pd.DataFrame(
        [(i, x, y) for i, (x, y) in enumerate(world.nodes.values(), 1)],
        columns=["node_id", "x_coord", "y_coord"],
    )
    row = {name: i for i, name in enumerate(world.nodes, 1)}
    links = pd.DataFrame(
        [
            (i, row[a], row[b], name, length, width, "walk", 0)
            for i, (name, (a, b, length, width)) in enumerate(world.links.items(), 1)
        ],
        columns=[
            "link_id",
            "from_node_id",
            "to_node_id",
            "name",
            "length",
            "width",
            "allowed_uses",
            "directed",
        ],
    )
    used = set(links["from_node_id"]) | set(links["to_node_id"])
    nodes[nodes["node_id"].isin(used)].to_csv(folder / "node.csv", index=False)
    links.to_csv(folder / "link.csv", index=False)
    config = {"long_length": ["m"], "short_length": ["m"], "speed": ["km/h"], "crs": [world.crs]}
    pd.DataFrame(config).to_csv(folder / "config.csv", index=False)
    return City.from_streets(
        folder, name=world.name, crs=world.crs, time_zone="Asia/Tokyo", format="gmns"
    )


class _Routing:
    """Routes as lists of nodes, one for every way of going on that people are told."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ways = Ways(world)
        self.signs = Signs(world, self.ways)
        self.routes: dict[str, list[str]] = {}
        self._known: dict[tuple[Any, ...], str] = {}

    def route_of(self, rule: Rule, start: str) -> str:
        """Name of the route of a rule, made when first asked for."""
        key = (start, rule.goal, rule.by_way_of, rule.listens)
        if key not in self._known:
            stops = self._stops(start, [*rule.by_way_of, rule.goal], rule.listens)
            self._known[key] = self._name(f"{rule.start} to {rule.goal}", stops)
        return self._known[key]

    def _name(self, wanted: str, stops: list[str]) -> str:
        name, number = wanted, 2
        while name in self.routes and self.routes[name] != stops:
            name, number = f"{wanted} ({number})", number + 1
        self.routes[name] = stops
        return name

    def _stops(self, start: str, tags: list[str], listens: bool) -> list[str]:
        signs = set(self.signs.node_of_sign.values()) if listens else set()
        stops: list[str] = []
        here = start
        for tag in tags:
            ends = [end for place in self.world.at(tag) for end in place.ends]
            there = min(ends, key=lambda end: self.ways.metres(here, end))
            way = self.ways.way(here, there)
            if not way:
                raise input_error(
                    f"{self.world.name}: {tag}", f"no way leads there from {here}", "check the map"
                )
            stops += [node for node in way[1:-1] if node in signs] + [there]
            here = there
        if not listens:  # a naive agent passes a sign without reading it
            forks = set(self.signs.node_of_sign.values())
            stops = [node for node in stops[:-1] if node not in forks] + stops[-1:]
        return [node for i, node in enumerate(stops) if i == 0 or node != stops[i - 1]]

    def forks(self) -> pd.DataFrame:
        """Rows x, y, from_s, share, route of all signs."""
        rows = []
        for node, moment, branches in self.signs.timetable():
            x, y = self.world.nodes[node]
            from_s = max(0.0, moment - self.world.start_s)
            for share, goal in branches or [(0.0, "")]:
                rows.append((x, y, from_s, share, self._branch(node, goal)))
        return pd.DataFrame(rows, columns=["x", "y", "from_s", "share", "route"])

    def _branch(self, node: str, goal: str) -> str:
        if not goal:
            return next(iter(self.routes))
        tags = [goal]
        while (further := self.signs.onward(tags[-1])) and further not in tags:
            tags.append(further)
        return self._name(f"sign to {goal} from {node}", self._stops(node, tags, True))

    def table(self) -> pd.DataFrame:
        """Rows route, x, y of all stops."""
        rows = [
            (name, *self.world.nodes[node]) for name, stops in self.routes.items() for node in stops
        ]
        return pd.DataFrame(rows, columns=["route", "x", "y"])


def _people(
    world: World, routing: _Routing, share: float, seed: int, free_speed: float
) -> pd.DataFrame:
    rng = np.random.Generator(np.random.Philox(seed))
    parts = []
    for rule in world.rules:
        place = world.at(rule.start)[0]
        # CrowdWalk spreads people over the duration and along the link
        along, moment = rng.random(rule.total), np.sort(rng.random(rule.total))
        x, y = _along(world, place, along)
        near = np.where(along < 0.5, place.ends[0], place.ends[-1])
        routes = [routing.route_of(rule, str(end)) for end in near]
        parts.append(
            pd.DataFrame(
                {
                    "home_x": x,
                    "home_y": y,
                    "route": routes,
                    "departure_s": rule.start_s - world.start_s + moment * rule.duration_s,
                }
            )  # fmt: skip
        )
    people = pd.concat(parts, ignore_index=True).assign(free_speed_m_s=free_speed)
    if share < 1:
        people = people[np.arange(len(people)) % round(1 / share) == 0].reset_index(drop=True)
    return people


def _along(world: World, place: Place, share: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    # everybody starts at the nearer end: the engine lets people enter streets at nodes
    ends = np.array([world.nodes[place.ends[0]], world.nodes[place.ends[-1]]])
    x, y = ends[(share >= 0.5).astype(int)].T
    return x, y


def _duration(world: World) -> float:
    finish = [event["s"] for event in world.events if event.get("type") == "Finish"]
    last = max(rule.start_s + rule.duration_s for rule in world.rules) + 1800
    return float(min(finish) if finish else last) - world.start_s


def _gates(world: World, start: pd.Timestamp) -> list[dict[str, Any]]:
    """Closures of every link that leaves a shut gate, from CloseGate to the next OpenGate."""
    shut: dict[str, float] = {}
    spans: list[tuple[str, float, float | None]] = []
    for event in sorted(world.events, key=lambda event: event["s"]):
        tag = str(event.get("placeTag", ""))
        if event.get("type") == "CloseGate":
            shut.setdefault(tag, event["s"])
        elif event.get("type") == "OpenGate" and tag in shut:
            spans.append((tag, shut.pop(tag), event["s"]))
    spans += [(tag, moment, None) for tag, moment in sorted(shut.items())]
    leaving: dict[str, list[tuple[str, str]]] = {}
    for name, (a, b, _, _) in world.links.items():
        leaving.setdefault(a, []).append((name, "forward"))
        leaving.setdefault(b, []).append((name, "backward"))
    edits = []
    for tag, begin, end in spans:
        if end is not None and end <= begin:
            continue
        moments = {"start": _at(world, start, begin)} | (
            {} if end is None else {"end": _at(world, start, end)}
        )
        for place in world.at(tag):
            if len(place.ends) == 1:
                closed = leaving.get(place.ends[0], [])
            else:
                closed = [(place.id, "forward"), (place.id, "backward")]
            for link, direction in closed:
                edit = {
                    "op": "close",
                    "target": f"street:{link}",
                    "direction": direction,
                    "wait": True,
                }
                edits.append(edit | moments | {"why": f"gate {tag}"})
    return edits


def _at(world: World, start: pd.Timestamp, clock_s: float) -> str:
    moment = start + pd.Timedelta(seconds=max(0.0, clock_s - world.start_s))
    return f"{moment:%Y-%m-%d %H:%M:%S}"
