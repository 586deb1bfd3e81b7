"""The shape of the answers on the bundled town: what earlier studies of real towns found holds here too."""

from __future__ import annotations

import pytest

import chimata as cm

PEOPLE = 6000  # a fifth of the town: shelters are not what decides


@pytest.fixture(scope="module")
def town() -> cm.City:
    return cm.City.load("demo:riverside")


def caught(town: cm.City, order_at: str, leave_after: str) -> float:
    """Persons whom the water reaches when the river breaks through at 04:00."""
    scenario = cm.Scenario(
        "shape", town, town.population(total=PEOPLE, seed=1),
        start="2025-09-09 23:30", end="08:00", tz="Asia/Tokyo",
    ).add(
        cm.Flood.from_rasters("demo:riverside/flood/depth_*.tif", time="filename"),
        cm.Evacuation(
            order_at=order_at, compliance=1.0, departure="rayleigh", departure_mean=leave_after,
            departure_latest="8h",
        ),
        cm.People(households=False),  # in those studies nobody goes up the stairs
    )  # fmt: skip
    return float(scenario.run(0, progress=False).kpis["caught_total"])


def test_hesitation_and_late_orders_multiply_those_who_are_caught(town: cm.City) -> None:
    # after Katada's scenarios for a levee breach: leaving 1 h instead of 4 h after an order that comes 4 h before it saves
    # nine in ten; an order only 2 h before costs several times as many
    slow = caught(town, "00:00", "4h")
    quick = caught(town, "00:00", "1h")
    late = caught(town, "02:00", "4h")
    assert quick < 0.2 * slow
    assert late > 2 * slow
