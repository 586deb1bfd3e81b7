"""Streets for a town whose own network is not published: a stand-in, and named as such.

Nodes are places where people are (one for each inhabited cell) and every destination. Two of them
are joined where no third lies in the circle over the line between them (Gabriel and Sokal 1969,
Systematic Zoology 18), which gives about as many streets a crossing as towns have. A street's free
speed comes from its rank: streets that more people would take at free flow to the nearest way out
are the faster ones, in the shares of a table of speeds. Water, bridges and hills are not known to it.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Delaunay

Array = NDArray[np.float64]
CELL = 150.0  # m; towns of this kind have blocks of 100 to 200 m
# class of road by rank: free speeds of the table from slow to fast
CLASSES = ("residential", "unclassified", "tertiary", "secondary", "primary")


def crossings(people: Array, count: Array, places: Array) -> tuple[Array, Array]:
    """Nodes (m) and the people at each: the centre of everyone in a cell, then `places`."""
    cell = np.floor(people / CELL).astype(int)
    _, of_cell = np.unique(cell, axis=0, return_inverse=True)
    of_cell = of_cell.ravel()
    weight = np.bincount(of_cell, count)
    centre = [np.bincount(of_cell, count * people[:, axis]) / weight for axis in (0, 1)]
    nodes = np.vstack([np.column_stack(centre), places])
    there = np.concatenate([weight, np.zeros(len(places))])
    # two places at one door are one crossing
    _, first, same = np.unique(nodes.round(0), axis=0, return_index=True, return_inverse=True)
    return nodes[first], np.bincount(same.ravel(), there)


def gabriel(nodes: Array) -> NDArray[np.int64]:
    """Pairs of nodes with no third in the circle over their line; connected, shape (n, 2)."""
    triangles = Delaunay(nodes)
    corners = triangles.simplices
    pairs = np.unique(
        np.sort(np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])), axis=0
    )
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    start, neighbour = triangles.vertex_neighbor_vertices
    kept = []
    for a, b in pairs:
        middle, radius = (nodes[a] + nodes[b]) / 2, np.hypot(*(nodes[a] - nodes[b])) / 2
        near = np.concatenate([neighbour[start[end] : start[end + 1]] for end in (a, b)])
        near = near[(near != a) & (near != b)]
        # in a Delaunay graph it is enough to ask the neighbours of both ends
        if not (np.hypot(*(nodes[near] - middle).T) < radius - 1e-9).any():
            kept.append((a, b))
    return np.array(kept)


def use(nodes: Array, there: Array, pairs: NDArray[np.int64], exits: Array) -> Array:
    """People on each street if all take the shortest way to their nearest exit."""
    length = np.hypot(*(nodes[pairs[:, 0]] - nodes[pairs[:, 1]]).T)
    graph = coo_matrix((length, (pairs[:, 0], pairs[:, 1])), shape=(len(nodes),) * 2).tocsr()
    way_out = [int(np.argmin(np.hypot(*(nodes - place).T))) for place in exits]
    far, before, _ = dijkstra(
        graph, directed=False, indices=way_out, min_only=True, return_predecessors=True
    )
    load = there.copy()
    street = {(min(a, b), max(a, b)): row for row, (a, b) in enumerate(pairs.tolist())}
    taken = np.zeros(len(pairs))
    for node in np.argsort(-far, kind="stable").tolist():  # the farthest hand on first
        towards = int(before[node])
        if towards >= 0:
            load[towards] += load[node]
            taken[street[min(node, towards), max(node, towards)]] += load[node]
    return taken


def free_speeds(taken: Array, length: Array, speeds: Array, share: Array) -> Array:
    """A speed (m/s) for each street: the most used get the highest, in these shares of length."""
    order = np.argsort(-taken, kind="stable")
    reached = np.cumsum(length[order]) / length.sum()
    fast = np.argsort(-speeds)
    rank = np.searchsorted(np.cumsum(share[fast]) / share.sum(), reached)
    found = np.empty(len(taken))
    found[order] = speeds[fast][np.minimum(rank, len(speeds) - 1)]
    return found


def write(path: Path, crs: str, nodes: Array, pairs: NDArray[np.int64], speed: Array) -> None:
    """GeoJSON lines with class, car speed in m/s and lanes (both directions together)."""
    grades = np.unique(speed)
    features = []
    for row, (a, b) in enumerate(pairs.tolist()):
        grade = int(np.searchsorted(grades, speed[row]))
        kind = CLASSES[min(grade, len(CLASSES) - 1)]
        line = [[round(float(value), 2) for value in nodes[end]] for end in (a, b)]
        features.append({
            "type": "Feature",
            "properties": {"id": row + 1, "highway": kind, "speed": float(speed[row]), "lanes": 2},
            "geometry": {"type": "LineString", "coordinates": line},
        })  # fmt: skip
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:" + crs.replace(":", "::")}}
    layer = {
        "type": "FeatureCollection",
        "crs": {"properties": named["properties"], "type": "name"},
    }
    path.write_text(json.dumps({**layer, "features": features}), "utf-8")
