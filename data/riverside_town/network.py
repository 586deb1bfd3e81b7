"""Joins streets into a network: crossings become shared nodes, bridges pass over, slivers vanish."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import LineString, Point

from . import geography as g
from .plan import Street

RANK = [
    "primary",
    "secondary",
    "tertiary",
    "unclassified",
    "residential",
    "service",
    "track",
    "footway",
    "steps",
    "path",
]
FOOT_ONLY = {"footway", "steps", "path"}
SHORT = 14.0  # m; local stretches shorter than this are drawn into one node
STUB = 32.0  # m; shorter dead ends are dropped


@dataclass
class Edge:
    """A stretch between two nodes, drawn from `start` to `end` along its street."""

    start: int
    end: int
    points: list  # inner vertices, [(x, y)]
    street: Street
    tags: dict = field(default_factory=dict)  # in place of the street's tags where set

    def all_tags(self) -> dict:
        return {"highway": self.street.kind, **self.street.tags, **self.tags}


@dataclass
class Network:
    nodes: dict  # number -> (x, y)
    edges: list

    def line(self, edge: Edge) -> LineString:
        return LineString([self.nodes[edge.start], *edge.points, self.nodes[edge.end]])

    def touching(self) -> dict:
        """Edges at each node."""
        at = defaultdict(list)
        for edge in self.edges:
            at[edge.start].append(edge)
            at[edge.end].append(edge)
        return at

    def nearest(self, x: float, y: float, accept=lambda number: True) -> int:
        return min(
            (n for n in self.nodes if accept(n)),
            key=lambda n: (np.hypot(self.nodes[n][0] - x, self.nodes[n][1] - y), n),
        )


def split_bridges(main: list[Street]) -> tuple[list[Street], list[Street]]:
    """Cuts the main roads at the levee roads; the part over the river is a bridge."""
    water = g.corridor(g.LEVEE_ROAD)
    ground, bridges = [], []
    for street in main:
        if not street.line.crosses(g.RIVER_AXIS):
            ground.append(street)
            continue
        for part in shapely.get_parts(street.line.difference(water)):
            ground.append(Street(part, street.kind, street.key, street.tags))
        bridges.append(
            Street(street.line.intersection(water), street.kind, street.key, street.tags)
        )
    return ground, bridges


def node(streets: list[Street]) -> Network:
    """Splits all streets at their crossings; each piece keeps the street of the highest class it lies on."""
    pieces = shapely.get_parts(shapely.union_all([s.line for s in streets], grid_size=0.05))
    tree = shapely.STRtree([s.line for s in streets])
    nodes, number_of, edges = {}, {}, []

    def number(point):
        key = (round(point[0], 2), round(point[1], 2))
        if key not in number_of:
            number_of[key] = len(number_of)
            nodes[number_of[key]] = key
        return number_of[key]

    for piece in sorted(pieces, key=lambda p: p.coords[:]):
        middle = piece.interpolate(0.5, normalized=True)
        owners = [streets[i] for i in tree.query(middle.buffer(0.3), predicate="intersects")]
        if not owners:
            continue
        owner = min(owners, key=lambda s: (RANK.index(s.kind), s.key))
        coords = list(piece.coords)
        if owner.line.project(Point(coords[0])) > owner.line.project(Point(coords[-1])):
            coords.reverse()
        edges.append(Edge(number(coords[0]), number(coords[-1]), coords[1:-1], owner))
    return Network(nodes, edges)


def straighten(network: Network) -> None:
    """Drops vertices that do not bend a street by more than 40 cm."""
    for edge in network.edges:
        simple = network.line(edge).simplify(0.4)
        edge.points = [(round(x, 2), round(y, 2)) for x, y in simple.coords[1:-1]]


def draw_together(network: Network) -> None:
    """Merges nodes joined by a very short stretch; the one on the higher road stays where it is."""
    rank = defaultdict(lambda: len(RANK))
    for edge in network.edges:
        for n in (edge.start, edge.end):
            rank[n] = min(rank[n], RANK.index(edge.street.kind))
    leader = {n: n for n in network.nodes}

    def find(n):
        while leader[n] != n:
            n = leader[n]
        return n

    for edge in sorted(network.edges, key=lambda e: network.line(e).length):
        if network.line(edge).length >= SHORT:
            break
        a, b = find(edge.start), find(edge.end)
        if a != b:
            keep, lose = sorted((a, b), key=lambda n: (rank[n], n))
            if np.hypot(*np.subtract(network.nodes[keep], network.nodes[lose])) < SHORT:
                leader[lose] = keep
    for edge in network.edges:
        edge.start, edge.end = find(edge.start), find(edge.end)


def drop_doubles(network: Network) -> None:
    """Of stretches that join the same two nodes side by side, keeps the highest class; drops loops."""
    best = {}
    for edge in network.edges:
        pair = tuple(sorted((edge.start, edge.end)))
        if edge.start == edge.end:
            continue
        if pair not in best or RANK.index(edge.street.kind) < RANK.index(best[pair].street.kind):
            best[pair] = edge
    network.edges = [e for e in network.edges if best.get(tuple(sorted((e.start, e.end)))) is e]


def drop_stubs(network: Network) -> None:
    """Removes short dead ends of local streets until none is left."""
    while True:
        at = network.touching()
        stubs = [
            e
            for e in network.edges
            if min(len(at[e.start]), len(at[e.end])) == 1
            and network.line(e).length < STUB
            and RANK.index(e.street.kind) > RANK.index("tertiary")
        ]
        if not stubs:
            return
        gone = {id(e) for e in stubs}
        network.edges = [e for e in network.edges if id(e) not in gone]


def merge_through_nodes(network: Network) -> None:
    """Joins stretches of one street where nothing else meets it."""
    at = network.touching()
    for n in sorted(at):
        if len(at[n]) != 2:
            continue
        first, second = at[n]
        if (
            first is second
            or first.street.key != second.street.key
            or first.all_tags() != second.all_tags()
        ):
            continue
        if second.end == n:
            first, second = second, first
        if first.end != n or second.start != n or first.start == second.end:
            continue
        first.points = [*first.points, network.nodes[n], *second.points]
        first.end = second.end
        at[second.end] = [first if e is second else e for e in at[second.end]]
        second.start = second.end = -1
        at[n] = []
    network.edges = [e for e in network.edges if e.start != -1]


def largest_part(network: Network) -> None:
    """Keeps the largest connected part."""
    at, seen, best = network.touching(), set(), set()
    for n in sorted(at):
        if n in seen:
            continue
        part, stack = {n}, [n]
        while stack:
            for edge in at[stack.pop()]:
                for other in (edge.start, edge.end):
                    if other not in part:
                        part.add(other)
                        stack.append(other)
        seen |= part
        best = max(best, part, key=len)
    network.edges = [e for e in network.edges if e.start in best]
    network.nodes = {n: p for n, p in network.nodes.items() if n in best}


def add_over(network: Network, street: Street, tags: dict) -> None:
    """Adds a stretch that shares no node with what it crosses, joined at both ends to the nearest nodes."""
    at = network.touching()
    road = street.kind not in FOOT_ONLY
    if road:
        usable = {n for n in network.nodes if any(e.street.kind not in FOOT_ONLY for e in at[n])}
    else:
        usable = {n for n in at if all(e.street.kind != "primary" for e in at[n])}
    ends = [network.nearest(*street.line.coords[i], lambda n: n in usable) for i in (0, -1)]
    assert ends[0] != ends[1], street.key
    inner = [(round(x, 2), round(y, 2)) for x, y in street.line.simplify(0.4).coords[1:-1]]
    network.edges.append(Edge(ends[0], ends[1], inner, street, tags))


def build(main: list[Street], local: list[Street], under: list[Street]) -> Network:
    """The town's street network."""
    ground, bridges = split_bridges(main)
    network = node(ground + local)
    straighten(network)
    for _ in range(2):
        draw_together(network)
        drop_doubles(network)
        drop_stubs(network)
    for bridge in bridges:
        add_over(network, bridge, {"bridge": "yes", "layer": "1"})
    for walk in under:
        add_over(network, walk, {"tunnel": "yes", "layer": "-1"})
    largest_part(network)
    merge_through_nodes(network)
    used = {n for e in network.edges for n in (e.start, e.end)}
    network.nodes = {n: p for n, p in network.nodes.items() if n in used}
    return network
