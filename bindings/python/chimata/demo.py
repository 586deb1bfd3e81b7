"""The demonstrations of `chimata demo`, with names and reasons in Japanese or English."""

from __future__ import annotations

from collections.abc import Callable

from .city import City
from .models import Crowds, Evacuation, Event, Flood
from .scenario import Scenario


def flood(people: int | None = None, *, lang: str = "ja") -> list[Scenario]:
    """A flood at night in the bundled town, and two plans against it.

    Parameters
    ----------
    people : how many live there; all residents by default
    lang : "ja" or "en", of names and reasons
    """
    say = _speaker(lang)
    city = City.load("demo:riverside")
    today = Scenario(
        say("洪水", "Flood"),
        city,
        city.population(people, seed=1),
        start="2025-09-10 02:00",
        duration="6h",
    ).add(
        Flood.from_rasters("demo:riverside/flood/depth_*.tif", time="filename"),
        Evacuation(order_at="03:40", compliance=0.7),
    )
    earlier = today.variant(
        say("30分早い発令", "Order 30 minutes earlier"),
        why=say("夜間の準備時間を確保する", "People need time to get ready at night"),
    ).set("evacuation.order_at", "03:10")
    moved = (
        today.variant(
            say("避難所移設", "Shelter moved"),
            why=say(
                "高台の公園へ移し、東側の住民を受け入れる",
                "To the park on the hill, for those who live in the east",
            ),
        )
        .move("shelter:S01", to="area:hill")
        .change(
            "shelter:*",
            capacity="x1.2",
            why=say("体育館に加えて教室を開放する", "Classrooms are opened besides the gyms"),
        )
    )
    return [today, earlier, moved]


def event(people: int | None = None, *, lang: str = "ja") -> list[Scenario]:
    """Fireworks by the river of the bundled town, and four ways to let the crowd out.

    Parameters
    ----------
    people : how many live there; all residents by default
    lang : "ja" or "en", of names and reasons
    """
    say = _speaker(lang)
    city = City.load("demo:riverside")
    night = Scenario(
        say("花火", "Fireworks"), city, city.population(people, seed=1), start="2025-08-02 17:30", duration="5h"
    ).add(
        Event(
            say("花火", "Fireworks"), at="area:riverside", within_m=300, start="19:00", end="20:00", attendance=4000,
            release="15min", station="building:station", train_share=0.4, train_every="10min",
            train_capacity=400,
        ),
        # bodies as the law was published with, 0.3 m wide: Tordeux, Chraibi and Seyfried 2016
        Crowds(dt_s=0.1, radius_m=0.15),
    )  # fmt: skip
    staged = night.variant(
        say("分散退場", "Staged release"),
        why=say(
            "終了後に外側の区画から順に退場させる",
            "After the end the outer parts of the crowd leave first",
        ),
    ).change("event", release="45min", blocks=6)
    one_way = night.variant(
        say("一方通行", "One way"),
        why=say(
            "中央の階段を出口専用にし、係員が空いた出口を案内する",
            "The stairs in the middle are for leaving only, and staff show the gates that are free",
        ),
    ).change("event", exits_only=["way/100449"], guided=0.5)
    gate = night.variant(
        say("臨時出入口", "Extra gate"),
        why=say("堤防に幅6 mの仮設通路を設ける", "A temporary way of 6 m over the levee"),
    ).change("event", extra_gates=["134.8390, 34.7590, 6"])
    trains = night.variant(
        say("臨時列車", "Extra trains"),
        why=say("往きも帰りも10分間隔を5分間隔にする", "Every 5 minutes instead of 10, both ways"),
    ).change("event", train_every="5min")
    return [night, staged, one_way, gate, trains]


def event_flood(
    people: int | None = None, attendance: int = 4000, *, lang: str = "ja"
) -> list[Scenario]:
    """Fireworks during which an evacuation order is given, and two plans against it.

    Parameters
    ----------
    people : how many live there; all residents by default
    attendance : how many come to the fireworks
    lang : "ja" or "en", of names and reasons
    """
    say = _speaker(lang)
    city = City.load("demo:riverside")
    night = Scenario(
        say("花火中の避難指示", "Order during fireworks"), city, city.population(people, seed=1), start="2025-08-02 17:30", duration="5h"
    ).add(
        Event(
            say("花火", "Fireworks"), at="area:riverside", within_m=300, start="19:00", end="20:00", attendance=attendance,
            release="15min", station="building:station", train_share=0.4, train_every="10min",
            train_capacity=400,
        ),
        Crowds(dt_s=0.1),
        # the bundled levee breaks at four in the morning; here at eight in the evening
        Flood.from_rasters("demo:riverside/flood/depth_*.tif", time="filename", delay_h=-8),
        Evacuation(order_at="19:40", compliance=0.7, reception="channels"),
    )  # fmt: skip
    ended = night.variant(
        say("早めの終了", "Earlier end"),
        why=say(
            "雨量の見込みから花火を30分早く終える",
            "The fireworks end 30 minutes early because of the rain to come",
        ),
    ).change("event", end="19:30")
    warned = night.variant(
        say("早めの発令", "Earlier order"),
        why=say("花火の前に避難指示を出す", "The order is given before the fireworks"),
    ).set("evacuation.order_at", "19:10")
    return [night, ended, warned]


def _speaker(lang: str) -> Callable[[str, str], str]:
    """What to say in a language, of the Japanese and the English."""
    return (lambda ja, en: en) if lang == "en" else (lambda ja, en: ja)
