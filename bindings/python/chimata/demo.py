"""The demonstrations of `chimata demo`."""

from __future__ import annotations

from .city import City
from .models import Evacuation, Flood
from .scenario import Scenario


def flood(people: int | None = None) -> list[Scenario]:
    """A flood at night in the bundled town, and two plans against it.

    Parameters
    ----------
    people : how many live there; all residents by default
    """
    city = City.load("demo:riverside")
    today = Scenario(
        "洪水", city, city.population(people, seed=1), start="2025-09-10 02:00", duration="6h"
    ).add(
        Flood.from_rasters("demo:riverside/flood/depth_*.tif", time="filename"),
        Evacuation(order_at="03:40", compliance=0.7),
    )
    earlier = today.variant("30分早い発令", why="夜間の準備時間を確保する").set(
        "evacuation.order_at", "03:10"
    )
    moved = (
        today.variant("避難所移設", why="高台の公園へ移し、東側の住民を受け入れる")
        .move("shelter:S01", to="area:hill")
        .change("shelter:*", capacity="x1.2", why="体育館に加えて教室を開放する")
    )
    return [today, earlier, moved]
