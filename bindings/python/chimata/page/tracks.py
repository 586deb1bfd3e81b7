"""Ways over links, of people and of cars alike, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .encode import Packer
from .scene import RIDING, Array, Indices, Singles

TIME_STEPS_PER_S = 20  # 0.05 s: 7 cm at walking pace
JUMP = 255  # turn code: the next link does not begin where the last one ended
AWAY = 254  # turn code: not to be seen until the next entry

# of equal departure, whatever order the population came in, they leave in this order
_SHUFFLE_SEED = 20110311

Column = dict[str, int | str]


@dataclass(frozen=True, eq=False)
class Tracks:
    """Track i enters link[offsets[i]:offsets[i + 1]] at those moments, and ends at end_s[i]."""

    offsets: NDArray[np.int64]
    link: Indices
    enter_s: Singles
    end_s: Singles
    end_fraction: Singles

    def in_order(self) -> NDArray[np.int64]:
        """Tracks with entries in order of their first one; equal ones shuffled."""
        lengths = np.diff(self.offsets)
        order = np.random.default_rng(_SHUFFLE_SEED).permutation(len(lengths))
        order = order[lengths[order] > 0]  # whoever never shows is in the census only
        begins = self.enter_s[self.offsets[order]]
        return np.asarray(order[np.argsort(begins, kind="stable")], np.int64)


def ticks(moments: Array) -> NDArray[np.int64]:
    """Seconds as the file counts them."""
    return np.round(moments.astype(np.float64) * TIME_STEPS_PER_S).astype(np.int64)


def track_columns(
    tracks: Tracks, order: NDArray[np.int64], begin: Indices, end: Indices, pack: Packer
) -> dict[str, Column]:
    """The tracks `order` of a network whose segments run from nodes `begin` to nodes `end`."""
    lengths = np.diff(tracks.offsets)[order]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    entry = np.arange(offsets[-1]) + np.repeat(tracks.offsets[order] - offsets[:-1], lengths)

    links = tracks.link[entry]
    turn = turns(links, offsets, begin, end)
    enter = ticks(tracks.enter_s[entry])
    waits = np.diff(enter, prepend=0)
    waits[offsets[:-1]] = 0
    rest = np.maximum(ticks(tracks.end_s[order]) - enter[offsets[1:] - 1], 0)
    share = np.round(np.clip(tracks.end_fraction[order], 0, 1) * 65535)
    return {
        "lengths": pack.raw(lengths, "u4"),
        "turn": pack.raw(turn, "u1"),
        "jump_link": pack.raw(links[turn == JUMP], "u4"),
        "first_tick": pack.delta(enter[offsets[:-1]]),
        "wait_ticks": pack.raw(waits, "u4"),
        "end_wait_ticks": pack.raw(rest, "u4"),
        "end_fraction": pack.raw(share, "u2"),
    }


def turns(links: Indices, offsets: NDArray[np.int64], begin: Indices, end: Indices) -> Array:
    """For every entry but a track's first: the place of its link among those leaving the node the
    previous link arrives at, in order of link number; JUMP where it does not begin there, AWAY
    where there is no link."""
    away = links == RIDING
    link = np.where(away, 0, links)
    link_from = np.column_stack([begin, end]).reshape(-1)
    link_to = np.column_stack([end, begin]).reshape(-1)
    by_node = np.argsort(link_from, kind="stable")
    first = np.searchsorted(link_from[by_node], link_from, side="left")
    place = np.empty(len(by_node), np.int64)
    place[by_node] = np.arange(len(by_node))
    rank = place - first

    turn = np.full(len(links), JUMP, np.int64)
    joined = (link_from[link[1:]] == link_to[link[:-1]]) & ~away[:-1]
    turn[1:] = np.where(joined & (rank[link[1:]] < AWAY), rank[link[1:]], JUMP)
    turn[offsets[:-1][np.diff(offsets) > 0]] = JUMP
    turn[away] = AWAY
    return turn
