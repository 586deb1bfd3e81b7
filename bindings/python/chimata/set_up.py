"""What a venue was made with, to compare snapshots by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np


class SetUp:
    """What a venue is made with besides people: a snapshot goes on only in one that is made alike."""

    def __init__(self, **settings: float) -> None:
        self.settings = settings
        self._told: dict[str, tuple[int, str]] = {}

    def note(self, what: str, *values: Any) -> None:
        """Takes in that one more of ``what`` was set up, with these values."""
        count, digest = self._told.get(what, (0, ""))
        text = repr((digest, _plain(values))).encode()
        self._told[what] = (count + 1, hashlib.sha256(text).hexdigest()[:12])

    def as_json(self) -> dict[str, Any]:
        """Everything by name."""
        told = {what: f"{count} ({digest})" for what, (count, digest) in self._told.items()}
        return {**self.settings, **told}


def _plain(value: Any) -> Any:
    """With arrays as bytes and numbers as floats, whatever type they came in."""
    if isinstance(value, np.ndarray):
        return (value.shape, value.astype(float).tobytes())
    if isinstance(value, Mapping):
        return sorted((str(name), _plain(one)) for name, one in value.items())
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return float(value) if isinstance(value, int | float | np.number) else str(value)
