"""Entrances, queues, waiting areas, platforms and groups, from Python."""

from __future__ import annotations

import numpy as np
import pytest

import chimata as cm

HALL = [(0, 0), (30, 0), (30, 8), (0, 8)]
SQUARE = [(5, 1), (15, 1), (15, 7), (5, 7)]
TIMES = [("A", "25:10:00", "25:11:00", 12), ("B", "25:12:00", "25:13:00", 100)]


def hall() -> tuple[cm.Venue, int, int]:
    """A hall of 30 x 8 m, its entrance in the west and its exit in the east."""
    venue = cm.Venue(cm.Area([HALL]), dt=0.02)
    return (
        venue,
        venue.add_entrance("west", [(0, 0), (0, 8)]),
        venue.add_exit("east", [(30, 0), (30, 8)]),
    )


def test_people_come_to_an_entrance_and_their_waits_are_told() -> None:
    venue, west, east = hall()
    venue.arrive(west, np.arange(100) / 50, venue.add_journey([east]))
    venue.run_until(2)
    assert venue.waiting_outside(west) > 0
    venue.run_until(120)
    assert venue.left == 100
    assert list(venue.entries["person"]) == list(range(100))
    assert (venue.entries["waited_s"] >= 0).all()
    assert set(venue.entries["entrance"]) == {"west"}


def test_a_queue_tells_who_waited_how_long() -> None:
    venue, west, east = hall()
    check = venue.add_queue(
        "check",
        [(20, 4), (8, 4)],
        servers=2,
        mean_s=8,
        law="lognormal",
        counters=[(21, 3), (21, 5)],
    )
    venue.arrive(west, np.arange(20) * 3.0, venue.add_journey([check, east]))
    venue.run_until(40)
    assert venue.waiting_at(check) > 0
    venue.run_until(300)
    served = venue.served(check)
    assert len(served) == 20
    assert (served["waited_s"] > 0).all()
    assert set(served["counter"]) == {0, 1}


def test_blocks_are_let_go_one_after_the_other() -> None:
    venue, west, east = hall()
    held = venue.add_waiting("held", SQUARE, until_s=60, block=10, every_s=30)
    venue.arrive(west, np.arange(30) * 1.0, venue.add_journey([held, east]))
    venue.run_until(59)
    assert venue.waiting_at(held) == 30
    venue.run_until(85)
    assert venue.waiting_at(held) == 20


def test_a_train_after_midnight_takes_people_until_it_is_full() -> None:
    venue, west, east = hall()
    doors = [[(8, 8), (9.3, 8)], [(18, 8), (19.3, 8)]]
    track = venue.add_platform("track 1", SQUARE, doors, TIMES, begins="25:09:00")
    venue.arrive(west, np.arange(20) * 1.0, venue.add_journey([track]))
    venue.alight(track, 0, 10, venue.add_journey([east]))
    venue.run_until(300)
    trains = venue.trains(track)
    assert list(trains["train"]) == ["A", "B"]
    assert list(trains["arrives_s"]) == [60, 180]
    assert trains["boarded"].sum() == 20
    assert trains["denied"][0] == 20 - trains["boarded"][0]
    assert venue.left == 30
    assert set(venue.passings["train"]) == {-1, 0, 1}


def test_a_group_stays_together() -> None:
    venue, west, east = hall()
    speed = [1.25, 1.25, 0.5, 1.25, 1.25]
    venue.arrive(west, np.zeros(5), venue.add_journey([east]), speed=speed, group=3)
    venue.run_until(200)
    assert np.ptp(venue.passings["time_s"]) < 10


def test_people_choose_among_exits() -> None:
    venue, west, east = hall()
    other = venue.add_exit("north", [(20, 8), (24, 8)])
    venue.arrive(west, np.arange(40) * 1.0, venue.add_journey([{east: 3, other: 1}]))
    venue.run_until(200)
    assert 20 <= (venue.passings["stage"] == "east").sum() <= 37


def _queue(venue: cm.Venue, **how: object) -> int:
    line = how.pop("line", [(20, 4), (8, 4)])
    return venue.add_queue("desk", line, **how)  # type: ignore[arg-type]


def _platform(venue: cm.Venue, rows: object, doors: object = None) -> int:
    return venue.add_platform("track", SQUARE, doors or [[(8, 8), (9, 8)]], rows)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda v: v.add_exit("x", [(30, 3), (30, 3)]), "no width"),
        (lambda v: _platform(v, TIMES, [[(8, 8), (8, 8)]]), "door 1 has no width"),
        (lambda v: _platform(v, [("A", "25:10:00", "00:11:00", 9)]), "leaves before"),
        (lambda v: _platform(v, [TIMES[1], TIMES[0]]), "comes before train B"),
        (lambda v: _platform(v, [("A", 0, 60, 9), ("B", 50, 80, 9)]), "still stands"),
        (lambda v: _platform(v, [("A", "soon", 60, 9)]), "no time of day"),
        (lambda v: _platform(v, [{"train": "A", "arrive": 0}]), "did you mean arrives"),
        (lambda v: _platform(v, [("A", 0, 60)]), "has 3 values"),
        (lambda v: _queue(v, line=[(20, 4), (40, 4)]), "outside the area"),
        (lambda v: _queue(v, line=[(20, 4), (16, 4), (20, 4.1)]), "on top of each other"),
        (lambda v: _queue(v, servers=0), "no server"),
        (lambda v: _queue(v, law="exponental"), "did you mean exponential"),
        (lambda v: _queue(v, spacign=1), "did you mean spacing"),
        (lambda v: v.add_waiting("w", SQUARE, block=4), "blocks without a time"),
        (lambda v: v.add_waiting("w", [(40, 1), (42, 1), (42, 3)]), "nobody has room"),
        (lambda v: v.add_entrance("e", [(40, 1), (42, 1)]), "entrance e: nobody"),
        (lambda v: v.arrive(0, [0.0], 7), "journey 7"),
        (lambda v: v.arrive(9, [0.0], 0), "entrance 9"),
        (
            lambda v: v.arrive(v.add_entrance("n", [(0, 0), (0, 1)]), [0], 0, radius=1),
            "not fit in at n",
        ),
        (lambda v: v.add_waiting("w", SQUARE, capacity="many"), "capacity"),
        (lambda v: v.arrive(0, [float("nan")], 0), "no moment"),
        (lambda v: v.arrive(0, [0.0], 0, sped=1), "did you mean speed"),
        (lambda v: v.alight(0, 0, 3, 0), "no platform"),
        (lambda v: v.send(5, 0), "person 5"),
        (lambda v: v.add_journey([("least_crowdy", [0])]), "did you mean least_crowded"),
        (lambda v: v.served(0), "no queue"),
        (lambda v: v.core.add_stage("leav", "x", [], [], {}), "did you mean leave"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(make: object, words: str) -> None:
    venue, _, east = hall()
    venue.add_journey([east])
    with pytest.raises(cm.InputError) as error:
        make(venue)  # type: ignore[operator]
    assert "\n" not in str(error.value)
    assert words in str(error.value)
