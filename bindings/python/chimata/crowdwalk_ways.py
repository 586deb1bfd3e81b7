"""Shortest ways through a CrowdWalk map."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from .crowdwalk import World


class Ways:
    """Distances and ways by length, between nodes by their ids."""

    def __init__(self, world: World) -> None:
        self._names = list(world.nodes)
        self._row = {name: row for row, name in enumerate(self._names)}
        ends = np.array([(self._row[a], self._row[b]) for a, b, _, _ in world.links.values()])
        # no way is free of charge: equal ways are then told apart by their number of links
        length = np.array([max(length, 0.01) for _, _, length, _ in world.links.values()])
        order = np.lexsort((length, ends.max(axis=1), ends.min(axis=1)))
        pairs, first = np.unique(np.sort(ends[order], axis=1), axis=0, return_index=True)
        size = len(self._names)
        self._graph = csr_matrix((length[order][first], (pairs[:, 0], pairs[:, 1])), (size, size))
        self._from = cache(self._tree)

    def _tree(self, row: int) -> tuple[np.ndarray, np.ndarray]:
        metres, before = dijkstra(self._graph, False, row, return_predecessors=True)
        return metres, before

    def metres(self, a: str, b: str) -> float:
        """Length of the shortest way; infinite where there is none."""
        return float(self._from(self._row[b])[0][self._row[a]])

    def way(self, a: str, b: str) -> list[str]:
        """Nodes of the shortest way, both ends included; empty where there is none."""
        before = self._from(self._row[b])[1]
        row, names = self._row[a], [a]
        while names[-1] != b:
            row = int(before[row])
            if row < 0:
                return []
            names.append(self._names[row])
        return names
