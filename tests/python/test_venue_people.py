"""Who comes to a venue and how they move: profiles, mixed crowds, laws written in Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import chimata as cm
from chimata.moving import MOBILITIES


def _venue(**settings: Any) -> tuple[cm.Venue, int]:
    hall = cm.Area([[(0, 0), (40, 0), (40, 20), (0, 20)]])
    venue = cm.Venue(hall, dt=0.05, **settings)
    return venue, venue.add_journey([venue.add_exit("east", [(40, 8), (40, 12)])])


def _crowd(venue: cm.Venue, count: int) -> np.ndarray:
    return venue.places([(0, 0), (30, 0), (30, 20), (0, 20)], count, spacing=1.0, from_walls=0.5)


def straight(crowd: cm.CrowdStep) -> np.ndarray:
    way = crowd.aim - crowd.position
    return crowd.speed[:, None] * way / np.maximum(np.linalg.norm(way, axis=1), 1e-9)[:, None]


def test_a_mixed_crowd_has_its_shares_and_whoever_is_slow_is_late() -> None:
    venue, out = _venue()
    people = venue.let_in(_crowd(venue, 200), out, profile={"adult": 7, "elderly": 2, "child": 1})
    kinds = [venue.profile_of(int(person)) for person in people]
    assert 0.6 < kinds.count("adult") / 200 < 0.8 and kinds.count("child") > 5
    venue.run_until(300)
    assert venue.left == 200
    alone, out = _venue()
    at = [(1.0, 2.0), (1.0, 18.0)]
    (adult,) = alone.let_in(at[:1], out, profile="adult")
    (chair,) = alone.let_in(at[1:], out, profile="wheelchair")
    alone.run_until(400)
    left = {
        int(p): t
        for t, p in zip(*(alone.core.passings()[k] for k in ("time_s", "person")), strict=True)
    }
    assert left[int(chair)] > left[int(adult)]


def test_people_react_to_an_alarm_each_in_their_time() -> None:
    venue, out = _venue()
    at = _crowd(venue, 60)
    venue.let_in(at, out, profile="adult", alarm_s=5.0)
    venue.run_until(4.9)
    assert np.allclose(np.sort(venue.core.velocity(), axis=0), 0)
    venue.run_until(5 + 31.2)  # the median of the reaction
    moving = (np.linalg.norm(venue.core.velocity(), axis=1) > 0).sum() + venue.left
    assert 15 < moving < 45


def test_what_is_given_goes_before_the_profile() -> None:
    venue, out = _venue()
    venue.let_in([(1.0, 10.0)], out, profile="wheelchair", speed=1.0)
    venue.run_until(10)
    assert venue.core.position()[0, 0] == pytest.approx(11.0, abs=0.2)


@pytest.mark.parametrize(
    ("people", "problem"),
    [
        ({"profile": "elderley"}, "did you mean elderly"),
        ({"profile": {"adult": -1}}, "has a share of"),
        ({"profile": {}}, "no share is above 0"),
        ({"alarm_s": 3.0}, "nobody has a reaction"),
        ({"profile": "adult", "alarm_s": 3.0, "starts_s": 1.0}, "starts_s too"),
        ({"mobility": "weelchair"}, "did you mean wheelchair"),
        ({"law": "own"}, "moves by an own law, but there is none"),
    ],
)
def test_people_that_are_none_are_refused_in_one_line(people: dict[str, Any], problem: str) -> None:
    venue, out = _venue()
    with pytest.raises(cm.InputError, match=problem) as raised:
        venue.let_in([(1.0, 10.0)], out, **people)
    assert "\n" not in str(raised.value)


def test_the_table_of_profiles_tells_sources_and_grades() -> None:
    table = cm.profiles()
    assert set(table["grade"]) <= {"A", "B", "C"} and table["source"].str.len().min() > 20
    assert {"adult", "elderly", "child", "wheelchair", "stroller", "cane", "luggage"} <= set(
        table["profile"]
    )


def test_a_law_of_ones_own_gets_nobody_through_a_wall_however_fast() -> None:
    hall = cm.Area([[[(0, 0), (12, 0), (12, 4), (0, 4)], [(5, 1), (5.1, 1), (5.1, 3), (5, 3)]]])
    for angle in (0.0, 0.5, 1.0, np.pi / 2, 2.2):
        venue = cm.Venue(hall, dt=0.05)
        way = 1000 * np.array([np.cos(angle), np.sin(angle)])
        venue.set_law(lambda crowd, way=way: np.tile(way, (len(crowd.person), 1)))
        out = venue.add_journey([venue.add_exit("east", [(12, 1), (12, 3)])])
        venue.let_in([(2, 1), (5.5, 2), (8, 3)], out, law="own")
        for step in range(1, 20):
            venue.run_until(0.05 * step)
            assert all(hall.contains(x, y) for x, y in venue.position)


def test_a_law_in_python_moves_people_and_walls_hold_them() -> None:
    walls = cm.Area([[(0, 0), (10, 0), (10, 4), (0, 4)]])
    venue = cm.Venue(walls, dt=0.1)
    out = venue.add_journey([venue.add_exit("east", [(10, 1), (10, 3)])])
    venue.set_law(lambda crowd: np.tile([0.0, -3.0], (len(crowd.person), 1)), sees=1.0)
    venue.let_in([(2.0, 2.0)], out, law="own")
    venue.run_until(3)
    assert venue.core.position()[0, 1] == pytest.approx(0.001, abs=1e-6)


def test_a_law_in_python_gives_the_same_bits_for_any_number_of_threads() -> None:
    def shy(crowd: cm.CrowdStep) -> np.ndarray:
        velocity = straight(crowd)
        me = np.repeat(np.arange(len(crowd.person)), np.diff(crowd.first))
        off = crowd.position[crowd.neighbour] - crowd.position[me]
        np.add.at(velocity, me, -0.05 * off)
        return velocity

    found = []
    for threads in (1, 2):
        venue, out = _venue(threads=threads)
        venue.set_law(shy, sees=0.5)
        venue.let_in(_crowd(venue, 150), out, law="own")
        venue.run_until(10)
        found.append((venue.core.person(), venue.core.position()))
    assert all(np.array_equal(one, two) for one, two in zip(*found, strict=True))


def test_neighbours_are_those_in_reach_and_behind_no_wall() -> None:
    seen: dict[int, set[int]] = {}

    def look(crowd: cm.CrowdStep) -> np.ndarray:
        for row, person in enumerate(crowd.person):
            rows = crowd.neighbour[crowd.first[row] : crowd.first[row + 1]]
            seen[int(person)] = {int(crowd.person[other]) for other in rows}
        return np.zeros((len(crowd.person), 2))

    yard = cm.Area([[(0, 0), (10, 0), (10, 4), (5.1, 4), (5.1, 1), (4.9, 1), (4.9, 4), (0, 4)]])
    venue = cm.Venue(yard, dt=0.1)
    out = venue.add_journey([venue.add_exit("east", [(10, 1), (10, 3)])])
    venue.set_law(look, sees=1.5)
    venue.let_in([(4.0, 2.0), (6.0, 2.0), (3.0, 2.0), (1.0, 2.0)], out, law="own")
    venue.run_until(0.1)
    assert seen == {0: {2}, 1: set(), 2: {0}, 3: set()}  # 2.0 m less two radii is 1.6 m


@pytest.mark.parametrize(
    ("law", "problem"),
    [
        (lambda crowd: crowd.position[:, 0], "shape"),
        (lambda crowd: np.full((len(crowd.person), 2), np.nan), "no number"),
        (lambda crowd: "fast", "no array of numbers"),
    ],
)
def test_a_law_that_returns_no_velocities_is_told_so(law: Any, problem: str) -> None:
    venue, out = _venue()
    venue.set_law(law)
    venue.let_in([(1.0, 10.0)], out, law="own")
    with pytest.raises(cm.InputError, match=problem):
        venue.run_until(1)


def test_what_a_law_raises_reaches_whoever_runs_it() -> None:
    def broken(crowd: cm.CrowdStep) -> np.ndarray:
        raise ZeroDivisionError("my mistake")

    venue, out = _venue()
    venue.set_law(broken)
    venue.let_in([(1.0, 10.0)], out, law="own")
    with pytest.raises(ZeroDivisionError, match="my mistake"):
        venue.run_until(1)


def test_the_page_has_the_table_of_profiles() -> None:
    page = (Path(__file__).parents[2] / "docs/concepts/crowd_profiles.md").read_text("utf-8")
    for row in cm.profiles().itertuples():
        cells = [
            f"`{row.profile}`",
            f"{row.speed:g} ± {row.speed_sd:g}",
            f"{row.speed_low:g} – {row.speed_high:g}",
            f"{row.radius:g} ± {row.radius_sd:g}",
            MOBILITIES[row.mobility],
            row.grade,
        ]
        assert "| " + " | ".join(cells) + " |" in page
