"""Writes the street network as OpenStreetMap XML."""

import gzip
from collections import defaultdict
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
from shapely import LineString

from . import geography as g
from .network import Edge, Network
from .plan import RAIL, STATION

DATE = "2024-09-17T00:00:00Z"


def crossing_roads(network: Network, kinds: set) -> list[int]:
    """Nodes where at least three stretches of the given classes meet."""
    at = defaultdict(int)
    for edge in network.edges:
        if edge.street.kind in kinds:
            at[edge.start] += 1
            at[edge.end] += 1
    return sorted(n for n, count in at.items() if count >= 3)


def signals(network: Network) -> list[int]:
    """Junctions of main roads, at most one signal every 60 m."""
    chosen = []
    for n in crossing_roads(network, {"primary", "secondary", "tertiary"}):
        if all(np.hypot(*np.subtract(network.nodes[n], network.nodes[m])) > 60 for m in chosen):
            chosen.append(n)
    return chosen


def chains(network: Network, breaks: set[int]) -> list[list[Edge]]:
    """Runs of stretches of one street with the same tags: the ways."""

    def same(edge):
        return edge.street.key, tuple(sorted(edge.all_tags().items()))

    following = defaultdict(list)
    groups = defaultdict(int)
    for edge in network.edges:
        following[(edge.start, same(edge))].append(edge)
        groups[(edge.start, same(edge))] += 1
        groups[(edge.end, same(edge))] += 1
    used, result = set(), []

    def passes(n, mark):
        return n not in breaks and groups[(n, mark)] == 2 and len(following[(n, mark)]) == 1

    starts = sorted(network.edges, key=lambda e: passes(e.start, same(e)))
    for edge in starts:
        if id(edge) in used:
            continue
        chain = [edge]
        used.add(id(edge))
        while passes(chain[-1].end, same(edge)):
            step = following[(chain[-1].end, same(edge))][0]
            if id(step) in used:
                break
            chain.append(step)
            used.add(id(step))
        result.append(chain)
    return result


def turn_bans(network: Network, count: int = 6) -> list[tuple[Edge, int, Edge, str]]:
    """Right turns banned from the primary road into secondary or tertiary ones (traffic keeps left)."""
    bans, at = [], network.touching()
    for n in crossing_roads(network, {"primary", "secondary", "tertiary"}):
        into = [e for e in at[n] if e.street.kind == "primary" and e.end == n and not e.tags]
        out = [e for e in at[n] if e.street.kind in ("secondary", "tertiary")]
        for source in into[:1]:
            x0, y0 = ([network.nodes[source.start], *source.points])[-1]
            x1, y1 = network.nodes[n]
            for target in out:
                line = network.line(target).coords
                x2, y2 = line[1] if target.start == n else line[-2]
                turn = np.degrees(
                    np.arctan2(
                        (x1 - x0) * (y2 - y1) - (y1 - y0) * (x2 - x1),
                        (x1 - x0) * (x2 - x1) + (y1 - y0) * (y2 - y1),
                    )
                )
                if abs(turn) > 50:
                    bans.append(
                        (source, n, target, "no_left_turn" if turn > 0 else "no_right_turn")
                    )
                    break
    return bans[:count]


def restrict(network: Network) -> None:
    """A few access rules, as in any town: a market lane, farm tracks, private works roads."""
    for n, edge in enumerate(e for e in network.edges if e.street.kind == "track"):
        if n % 3 == 0:
            edge.tags["motor_vehicle"] = "agricultural;forestry"
    lanes = [e for e in network.edges if e.all_tags().get("width") == "2.6"]
    for n, edge in enumerate(lanes):
        if n % 9 == 0:
            edge.tags["oneway"] = "yes"
        elif n % 9 == 4:
            edge.tags["motor_vehicle"] = "destination"
    for n, edge in enumerate(e for e in network.edges if e.street.key == "suburba15"):
        if n % 4 == 0:
            edge.tags["access"] = "private"
            edge.tags["foot"] = "yes"


def tag_lines(tags: dict) -> str:
    return "".join(
        f"<tag k={quoteattr(k)} v={quoteattr(str(v))}/>" for k, v in sorted(tags.items())
    )


class Document:
    """Collects the elements with running ids."""

    def __init__(self):
        self.nodes, self.ways, self.relations = [], [], []

    def node(self, x: float, y: float, tags: dict | None = None) -> int:
        lon, lat = g.lonlat(x, y)
        number = len(self.nodes) + 1
        self.nodes.append(
            f'<node id="{number}" version="1" timestamp="{DATE}" lat="{lat:.7f}" lon="{lon:.7f}"'
            + (f">{tag_lines(tags)}</node>" if tags else "/>")
        )
        return number

    def way(self, refs: list[int], tags: dict) -> int:
        number = 100_001 + len(self.ways)
        body = "".join(f'<nd ref="{r}"/>' for r in refs)
        self.ways.append(
            f'<way id="{number}" version="1" timestamp="{DATE}">{body}{tag_lines(tags)}</way>'
        )
        return number

    def relation(self, members: list[tuple[str, int, str]], tags: dict) -> None:
        number = 200_001 + len(self.relations)
        body = "".join(f'<member type="{t}" ref="{r}" role="{role}"/>' for t, r, role in members)
        self.relations.append(
            f'<relation id="{number}" version="1" timestamp="{DATE}">{body}{tag_lines(tags)}</relation>'
        )

    def text(self) -> str:
        south, west = g.lonlat(0, 0)[::-1]
        north, east = g.lonlat(g.WIDTH, g.HEIGHT)[::-1]
        bounds = f'<bounds minlat="{south:.7f}" minlon="{west:.7f}" maxlat="{north:.7f}" maxlon="{east:.7f}"/>'
        return "\n".join(
            [
                '<?xml version="1.0" encoding="UTF-8"?>',
                '<osm version="0.6" generator="make_riverside.py">',
                bounds,
                *self.nodes,
                *self.ways,
                *self.relations,
                "</osm>",
                "",
            ]
        )


def write(network: Network, path: Path) -> dict:
    """Writes the file and returns what it holds."""
    restrict(network)
    bans = turn_bans(network)
    lights = set(signals(network))
    document = Document()
    ids = {
        n: document.node(*network.nodes[n], {"highway": "traffic_signals"} if n in lights else None)
        for n in sorted(network.nodes)
    }
    way_of = {}
    for chain in chains(network, {n for _, n, _, _ in bans}):
        refs = [ids[chain[0].start]]
        for edge in chain:
            refs += [document.node(*p) for p in edge.points] + [ids[edge.end]]
        number = document.way(refs, chain[0].all_tags())
        way_of.update({id(e): number for e in chain})
    for source, via, target, kind in bans:
        document.relation(
            [
                ("way", way_of[id(source)], "from"),
                ("node", ids[via], "via"),
                ("way", way_of[id(target)], "to"),
            ],
            {"type": "restriction", "restriction": kind},
        )
    # the railway runs on a viaduct: it meets no street
    rails = [
        document.node(*p)
        for p in LineString(g.smooth(RAIL)).intersection(g.TOWN.envelope).simplify(0.5).coords
    ]
    document.way(
        rails,
        {
            "railway": "rail",
            "bridge": "yes",
            "layer": "1",
            "name": "播磨川辺線",
            "name:en": "Harima-Kawabe Line",
            "electrified": "contact_line",
            "gauge": "1067",
        },
    )
    document.node(
        *STATION, {"railway": "station", "name": "川辺", "name:en": "Kawabe", "train": "yes"}
    )
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(document.text().encode())
    return {
        "nodes": len(document.nodes),
        "ways": len(document.ways),
        "signals": len(lights),
        "turn restrictions": len(bans),
    }
