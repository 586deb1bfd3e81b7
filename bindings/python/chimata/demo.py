"""The demonstrations of `chimata demo`."""

from __future__ import annotations

from .city import City
from .models import Crowds, Evacuation, Event, Flood
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


def event(people: int | None = None) -> list[Scenario]:
    """Fireworks by the river of the bundled town, and four ways to let the crowd out.

    Parameters
    ----------
    people : how many live there; all residents by default
    """
    city = City.load("demo:riverside")
    night = Scenario(
        "花火", city, city.population(people, seed=1), start="2025-08-02 17:30", duration="5h"
    ).add(
        Event(
            "花火", at="area:riverside", within_m=300, start="19:00", end="20:00", attendance=4000,
            release="15min", station="building:station", train_share=0.4, train_every="10min",
            train_capacity=400,
        ),
        # bodies as the law was published with, 0.3 m wide: Tordeux, Chraibi and Seyfried 2016
        Crowds(dt_s=0.1, radius_m=0.15),
    )  # fmt: skip
    staged = night.variant("分散退場", why="終了後に外側の区画から順に退場させる").change(
        "event:花火", release="45min", blocks=6
    )
    one_way = night.variant(
        "一方通行", why="中央の階段を出口専用にし、係員が空いた出口を案内する"
    ).change("event:花火", exits_only=["way/100449"], guided=0.5)
    gate = night.variant("臨時出入口", why="堤防に幅6 mの仮設通路を設ける").change(
        "event:花火", extra_gates=["134.8390, 34.7590, 6"]
    )
    trains = night.variant("臨時列車", why="往きも帰りも10分間隔を5分間隔にする").change(
        "event:花火", train_every="5min"
    )
    return [night, staged, one_way, gate, trains]


def event_flood(people: int | None = None, attendance: int = 4000) -> list[Scenario]:
    """Fireworks during which an evacuation order is given, and two plans against it.

    Parameters
    ----------
    people : how many live there; all residents by default
    attendance : how many come to the fireworks
    """
    city = City.load("demo:riverside")
    night = Scenario(
        "花火中の避難指示", city, city.population(people, seed=1), start="2025-08-02 17:30", duration="5h"
    ).add(
        Event(
            "花火", at="area:riverside", within_m=300, start="19:00", end="20:00", attendance=attendance,
            release="15min", station="building:station", train_share=0.4, train_every="10min",
            train_capacity=400,
        ),
        Crowds(dt_s=0.1),
        # the bundled levee breaks at four in the morning; here at eight in the evening
        Flood.from_rasters("demo:riverside/flood/depth_*.tif", time="filename", delay_h=-8),
        Evacuation(order_at="19:40", compliance=0.7, reception="channels"),
    )  # fmt: skip
    ended = night.variant("早めの終了", why="雨量の見込みから花火を30分早く終える").change(
        "event:花火", end="19:30"
    )
    warned = night.variant("早めの発令", why="花火の前に避難指示を出す").set(
        "evacuation.order_at", "19:10"
    )
    return [night, ended, warned]
