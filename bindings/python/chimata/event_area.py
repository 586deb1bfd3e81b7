"""Where the event of a scenario is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .scenario import Scenario


def event_area(scenario: Scenario) -> list[NDArray[np.float64]]:
    """Closed rings of the area, outer ones and holes, (n, 2) in m; none without an event.

    Buildings that the event cuts out are holes.
    """
    return [
        np.concatenate([ring, ring[:1]]) for rings in scenario.core.area_parts() for ring in rings
    ]
