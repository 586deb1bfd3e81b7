"""Where the event of a scenario is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .scenario import Scenario


def event_area(scenario: Scenario) -> list[NDArray[np.float64]]:
    """Rings of the area, outer ones and holes, (n, 2) in m; none where it is no polygon of the city."""
    told = {str(row["name"]): str(row["value"]) for row in scenario.core.assumptions()
            if row["model"] == "event"}  # fmt: skip
    layer, _, wanted = told.get("at", "").partition(":")
    layers = scenario.city.core.layer_names()
    name = layer if layer in layers else f"{layer}s"
    if name not in layers:
        return []
    found = scenario.city.core.layer(name)
    return [
        np.asarray(ring, float)
        for known, rings in zip(found["id"], found["rings"], strict=True)
        if known == wanted
        for ring in rings
        if len(ring) > 2
    ]
