"""Chimata (巷): what-if simulations of a city, for planners.

Describe a city and a scenario, change it, run both many times, and read the difference with its
confidence interval:

    import chimata as cm
    city = cm.City.load("demo:riverside")
    flood = cm.Scenario("洪水", city, city.population(total=30_000, seed=1),
                        start="2025-09-10 02:00", duration="6h").add(
        cm.Flood.from_rasters("demo:riverside/flood/depth_*.tif"), cm.Evacuation(order_at="02:30"))
    early = flood.variant("30分早い発令").set("evacuation.order_at", "02:00")
    cm.Study([flood, early], seeds=20).run().compare(baseline="洪水")

Everything is loaded on first use, so importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .area import Area
    from .city import City
    from .errors import Cancelled, InputError
    from .levels import Elevator, Escalator, Level, Levels, Ramp, Stairs
    from .models import (
        Crowds,
        Driving,
        Evacuation,
        Event,
        Flood,
        Fording,
        People,
        Process,
        Smoke,
        SmokeEffects,
        Trips,
        Wading,
        Walking,
    )
    from .moving import CrowdStep, profiles
    from .population import Population
    from .results import StudyResult
    from .run import Run
    from .safety import Safety
    from .scenario import Scenario
    from .study import Study
    from .venue import Venue
    from .version import __version__

_HOME = {
    "Area": "area",
    "Cancelled": "errors",
    "City": "city",
    "Driving": "models",
    "Crowds": "models",
    "CrowdStep": "moving",
    "Elevator": "levels",
    "Escalator": "levels",
    "Evacuation": "models",
    "Event": "models",
    "Flood": "models",
    "Fording": "models",
    "InputError": "errors",
    "Level": "levels",
    "Levels": "levels",
    "People": "models",
    "Population": "population",
    "Process": "models",
    "Ramp": "levels",
    "Run": "run",
    "Safety": "safety",
    "Scenario": "scenario",
    "Smoke": "models",
    "SmokeEffects": "models",
    "Stairs": "levels",
    "Study": "study",
    "StudyResult": "results",
    "Trips": "models",
    "Venue": "venue",
    "Wading": "models",
    "Walking": "models",
    "__version__": "version",
    "profiles": "moving",
}

__all__ = [  # noqa: RUF022 (in the order a notebook meets them)
    "City",
    "Population",
    "Scenario",
    "Flood",
    "Smoke",
    "SmokeEffects",
    "Crowds",
    "Evacuation",
    "Event",
    "Trips",
    "Walking",
    "Driving",
    "Wading",
    "Fording",
    "People",
    "Process",
    "Study",
    "StudyResult",
    "Run",
    "Area",
    "Levels",
    "Level",
    "Stairs",
    "Ramp",
    "Escalator",
    "Elevator",
    "Venue",
    "CrowdStep",
    "profiles",
    "Safety",
    "InputError",
    "Cancelled",
    "__version__",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'chimata' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(_HOME))
