"""Where a shape or place that a user draws lies for the engine of a venue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .area import Area, rings_of
from .errors import input_error

if TYPE_CHECKING:
    from .levels import Levels


class Placing:
    """The part of a venue that knows its levels."""

    area: Area
    levels: Levels | None

    def _onto(self, at: np.ndarray, level: Any, where: str) -> np.ndarray:
        """Places (n, 2) as the engine has them: on levels they lie beside each other."""
        if self.levels is None:
            if np.size(level) and not (isinstance(level, str) and level == ""):
                raise input_error(
                    where, "has a level, but the venue is of one Area", "leave it out"
                )
            return at
        if isinstance(level, str) and level == "":
            raise input_error(
                where, "says no level", f"give level=, one of {', '.join(self.levels.names)}"
            )
        return self.levels.onto_plane(at, level, where)

    def _rings(self, shape: Any, level: str, where: str) -> list[list[np.ndarray]]:
        parts = rings_of(shape, where)
        return [[self._onto(ring, level, where) for ring in part] for part in parts]
