"""Maps, people and timetables of CrowdWalk (AIST) as a city and a scenario of Chimata.

    world = chimata.crowdwalk.read("ginza00d.prop.json", crs="EPSG:6677")
    world.scenario("out/ginza").run()

Read are the network map (XML), the generation rules and the scenario (JSON), each as it is or gzipped.
People keep their start, departure and goal; gates become closures before which people wait; alerts that
change goals become forks (`crowdwalk_rules`). Lengths and widths are taken as given.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import did_you_mean, input_error

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .scenario import Scenario

#: m/s, `emptySpeed` of CrowdWalk's WalkAgent.java
FREE_SPEED = 1.02265769
#: links with this tag exist in the drawing only
CLOSED = "ROAD-CLOSED"


@dataclass
class Place:
    """A node (`ends` of length 1) or a link (its two nodes) with its tags."""

    id: str
    ends: tuple[str, ...]
    tags: frozenset[str]


@dataclass
class Rule:
    """One generation rule: `total` people who set out from `start_s` on, over `duration_s`."""

    start: str
    goal: str
    total: int
    start_s: float
    duration_s: float
    by_way_of: tuple[str, ...] = ()
    listens: bool = True  #: follows the rules of its agent class; a NaiveAgent does not


@dataclass
class World:
    """A CrowdWalk model as read; `scenario` hands it to the engine."""

    name: str
    crs: str
    nodes: dict[str, tuple[float, float]]
    links: dict[str, tuple[str, str, float, float]]  #: id: from, to, length in m, width in m
    places: list[Place]
    rules: list[Rule]
    events: list[dict[str, Any]]
    agent_rules: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  #: what was left out, in words

    @property
    def people(self) -> int:
        """How many set out."""
        return sum(rule.total for rule in self.rules)

    @cached_property
    def start_s(self) -> float:
        """Clock time of the start, s: the event Initiate, or when the first set out."""
        begun = [event["s"] for event in self.events if event.get("type") == "Initiate"]
        return float(min(begun or [rule.start_s for rule in self.rules]))

    @cached_property
    def tagged(self) -> dict[str, list[Place]]:
        """Places by tag and by id."""
        found: dict[str, list[Place]] = {}
        for place in self.places:
            for tag in sorted(place.tags | {place.id}):
                found.setdefault(tag, []).append(place)
        return found

    def at(self, tag: str) -> list[Place]:
        """The places that bear a tag.

        Raises
        ------
        InputError : there is none
        """
        if tag not in self.tagged:
            raise input_error(
                f"{self.name}: {tag}", "is no place of the map", did_you_mean(tag, self.tagged)
            )
        return self.tagged[tag]

    def position(self, place: Place, share: float = 0.5) -> tuple[float, float]:
        """City coordinates (m) of a node, or of a point that share of the way along a link."""
        (x0, y0), (x1, y1) = self.nodes[place.ends[0]], self.nodes[place.ends[-1]]
        return x0 + share * (x1 - x0), y0 + share * (y1 - y0)

    def scenario(self, folder: str | os.PathLike[str], **options: Any) -> Scenario:
        """The scenario, its streets and tables written to `folder`; see `crowdwalk_scenario.build`."""
        from .crowdwalk_scenario import build

        return build(self, Path(folder), **options)


def read(properties: str | os.PathLike[str], *, name: str = "", crs: str = "") -> World:
    """A model from its properties file, which names the others beside it.

    Parameters
    ----------
    crs : plane of the map, e.g. "EPSG:6677"; by the map's `zone` (Japan Plane Rectangular) if it says one

    Raises
    ------
    InputError : a file is missing or holds something else; where, what, and what to do
    """
    path = Path(properties)
    text = _text(path)
    files = dict(re.findall(r'"(map|generation|scenario|fallback)_file"\s*:\s*"([^"]*)"', text))
    for needed in ("map", "generation"):
        if needed not in files:
            raise input_error(
                str(path), f"names no {needed}_file", "is it a CrowdWalk properties file?"
            )
    nodes, links, places, zone, notes = _map(path.parent / files["map"])
    if not crs and zone:
        crs = f"EPSG:{6668 + zone}"  # JGD2011 / Japan Plane Rectangular CS I is 6669
    if not crs:
        raise input_error(files["map"], "does not say its zone", 'give crs, e.g. crs="EPSG:6677"')
    events = _json(path.parent / files["scenario"]) if "scenario" in files else []
    for event in events:
        event["s"] = clock(event.get("atTime", "00:00:00"), files.get("scenario", ""))
    fallback = _json(path.parent / files["fallback"]) if "fallback" in files else {}
    return World(
        name or path.name.split(".")[0], crs, nodes, links, places,
        _rules(path.parent / files["generation"]), events,
        fallback.get("agent", {}).get("rule", []), notes,
    )  # fmt: skip


def clock(text: str, where: str) -> float:
    """Seconds of "19:30:00" since midnight; hours may pass 24."""
    found = re.fullmatch(r"\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s*", str(text))
    if not found:
        raise input_error(where, f"{text!r} is no time", "write it as 19:30:00")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return float(hours * 3600 + minutes * 60 + seconds)


def trains(path: str | os.PathLike[str]) -> NDArray[np.float64]:
    """A train diagram: rows of departure (clock s) and places on board (persons)."""
    import numpy as np

    rows = [line.split(",") for line in _text(Path(path)).splitlines() if line.strip()]
    try:
        return np.array([(clock(row[0], str(path)), float(row[1])) for row in rows])
    except (IndexError, ValueError):
        raise input_error(
            str(path), "is no train diagram", "give time, capacity, comment"
        ) from None


def _text(path: Path) -> str:
    if not path.is_file() and path.with_name(path.name + ".gz").is_file():
        path = path.with_name(path.name + ".gz")
    if not path.is_file():
        raise input_error(str(path), "there is no such file", "check the path")
    content = path.read_bytes()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp932", errors="replace")


def _json(path: Path) -> Any:
    # a comment line before the document says its version
    lines = _text(path).splitlines()
    text = "\n".join("" if line.lstrip().startswith("#") else line for line in lines)
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        raise input_error(
            f"{path.name}:{problem.lineno}", f"is no JSON: {problem.msg}", "correct that line"
        ) from None


def _map(path: Path) -> tuple[Any, Any, list[Place], int, list[str]]:
    try:
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", _text(path)))
    except ElementTree.ParseError as problem:
        raise input_error(path.name, f"is no XML: {problem}", "give a CrowdWalk map") from None
    nodes: dict[str, tuple[float, float]] = {}
    links: dict[str, tuple[str, str, float, float]] = {}
    places: list[Place] = []
    loops = closed = 0
    try:
        for element in root.iter("Node"):
            # y grows southwards
            nodes[element.attrib["id"]] = (float(element.attrib["x"]), -float(element.attrib["y"]))
            places.append(Place(element.attrib["id"], (element.attrib["id"],), _tags(element)))
        for element in root.iter("Link"):
            at = element.attrib
            tags = _tags(element)
            loops += at["from"] == at["to"]
            closed += CLOSED in tags
            places.append(Place(at["id"], (at["from"], at["to"]), tags))
            if at["from"] != at["to"] and CLOSED not in tags:
                links[at["id"]] = (at["from"], at["to"], float(at["length"]), float(at["width"]))
    except (KeyError, ValueError) as problem:
        raise input_error(
            path.name, f"{element.tag} {element.get('id')}: {problem}", "correct it"
        ) from None
    for place in places:
        if missing := [end for end in place.ends if end not in nodes]:
            raise input_error(
                path.name, f"link {place.id} ends at {missing[0]}, which is no node", "add it"
            )
    if not links:
        raise input_error(path.name, "holds no links", "give a CrowdWalk map (XML)")
    zones = [int(group.get("zone", "0")) for group in root.iter("Group")]
    left_out = {"links from a node to itself": loops, f"links with tag {CLOSED}": closed}
    notes = [f"{count} {what} were left out" for what, count in left_out.items() if count]
    return nodes, links, places, max([*zones, int(root.get("zone", "0"))]), notes


def _tags(element: ElementTree.Element) -> frozenset[str]:
    return frozenset((tag.text or "").strip() for tag in element.findall("tag"))


def _rules(path: Path) -> list[Rule]:
    rules = []
    for number, given in enumerate(_json(path), 1):
        where = f"{path.name}, rule {number}"
        try:
            rule = Rule(
                str(given["startPlace"]), str(given["goal"]), int(given["total"]),
                clock(given["startTime"], where), float(given.get("duration", 0)),
                tuple(given.get("plannedRoute") or ()),
                given.get("agentType", {}).get("className", "") != "NaiveAgent",
            )  # fmt: skip
        except KeyError as missing:
            raise input_error(where, f"has no {missing.args[0]}", "add it") from None
        except (TypeError, ValueError) as problem:
            raise input_error(where, str(problem), "correct it") from None
        if given.get("rule", "EACH") != "EACH":
            raise input_error(where, f"rule {given['rule']} is not understood", "write EACH rules")
        rules.append(rule)
    if not rules:
        raise input_error(path.name, "sets nobody out", "give at least one rule")
    return rules
