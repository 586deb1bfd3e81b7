"""Columns of a scene packed for gzip: quantised, delta-coded, bytes of equal weight together.

`player/decode.js` undoes every step; the two files change together.
"""

from __future__ import annotations

import base64
import gzip
from dataclasses import dataclass, field

import numpy as np

from .scene import Array


@dataclass
class Packer:
    """Collects columns into one binary; equal columns, as in two runs of one city, are kept once."""

    data: bytearray = field(default_factory=bytearray)
    _seen: dict[tuple[str, bytes], dict[str, int | str]] = field(default_factory=dict)

    def raw(self, values: Array, kind: str) -> dict[str, int | str]:
        """Unsigned integers as they are, `kind` one of u1, u2, u4."""
        return self._put(kind, values.astype(f"<{kind}").reshape(-1))

    def delta(self, values: Array) -> dict[str, int | str]:
        """Integers close to their predecessor: zigzag differences."""
        integers = values.astype(np.int64).reshape(-1)
        steps = np.diff(integers, prepend=0)
        zigzag = ((steps << 1) ^ (steps >> 63)).astype(np.uint64)
        if zigzag.size and int(zigzag.max()) > 0xFFFFFFFF:
            raise ValueError("a coordinate or time is too far from its neighbour to be encoded")
        return self._put("delta", zigzag.astype("<u4"))

    def _put(self, codec: str, values: Array) -> dict[str, int | str]:
        content = values.tobytes()
        known = self._seen.get((codec, content))
        if known is not None:
            return known
        entry: dict[str, int | str] = {"codec": codec, "at": len(self.data), "n": len(values)}
        self.data += _shuffled(values)
        self._seen[(codec, content)] = entry
        return entry

    def base64(self) -> str:
        """Everything packed, compressed, as text."""
        # a fixed time stamp keeps equal scenes equal files
        return base64.b64encode(gzip.compress(bytes(self.data), 9, mtime=0)).decode("ascii")


def _shuffled(values: Array) -> bytes:
    # all lowest bytes first, then all second ones: high bytes become long runs of zeros
    width = values.dtype.itemsize
    return values.view(np.uint8).reshape(-1, width).T.tobytes()
