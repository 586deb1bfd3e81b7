"""Exits, information, smoke, gases and water in a venue, from Python."""

from __future__ import annotations

import numpy as np
import pytest

import chimata as cm

HALL = [(0, 0), (40, 0), (40, 10), (0, 10)]
WEST_HALF = [(0, 0), (20, 0), (20, 10), (0, 10)]


def hall() -> tuple[cm.Venue, int, int, int]:
    """A hall of 40 x 10 m with a narrow door at either end, and the journey by the quickest of them."""
    venue = cm.Venue(cm.Area([HALL]), dt=0.05)
    west = venue.add_exit("west", [(0, 4.5), (0, 5.5)], flow="capped")
    east = venue.add_exit("east", [(40, 4.5), (40, 5.5)], flow="capped")
    return venue, west, east, venue.add_journey([("quickest", [west, east])])


def by(venue: cm.Venue, name: str) -> int:
    return int((venue.passings["stage"] == name).sum())


def test_a_crowd_at_the_nearer_door_sends_some_to_the_farther_one() -> None:
    venue, _, _, out = hall()
    venue.let_in(venue.places([(2, 1), (14, 1), (14, 9), (2, 9)], 120), out, speed=1.25)
    venue.run_until(300)
    assert venue.left == 120
    assert by(venue, "west") > by(venue, "east") > 20
    changes = venue.changes_of_mind
    assert list(changes.columns) == ["time_s", "person", "from", "to", "why"]
    assert set(changes["why"]) == {"quicker"}


def test_people_use_exits_they_know_and_learn_others_from_signs_and_staff() -> None:
    counts = []
    for told in ("nothing", "sign", "staff"):
        venue, west, east, out = hall()
        people = venue.let_in(venue.places(WEST_HALF, 40, spacing=0.8), out, speed=1.25)
        venue.familiarise(people, [east])
        if told == "sign":
            venue.add_sign((0.1, 6), shows=[west], reach=25, noticed=1)
        if told == "staff":
            venue.announce([west], share=0.5, at=[(10, 5)], reach=30)
        venue.run_until(200)
        counts.append(by(venue, "west"))
    assert counts[0] == 0
    assert counts[1] > 20
    assert counts[2] > 20


def test_who_sees_a_door_shut_takes_the_other_one() -> None:
    venue, west, _, out = hall()
    venue.let_in([(10, 5)], out, speed=1.25)
    venue.set_door(west, shut=True, at_s=2)
    venue.run_until(100)
    assert by(venue, "east") == 1
    assert list(venue.changes_of_mind["why"]) == ["shut"]


def test_smoke_in_a_part_of_the_hall_slows_those_who_walk_through_it() -> None:
    times = []
    for smoke in (0.0, 1.0):
        venue, _, east, _ = hall()
        venue.add_smoke(smoke, WEST_HALF)
        venue.let_in([(10, 5)], venue.add_journey([east]), speed=1.25)
        venue.run_until(100)
        times.append(float(venue.passings["time_s"].iloc[0]))
    assert times[1] - times[0] == pytest.approx(10 / 1.25, abs=0.6)


def test_gases_overcome_people_and_the_dose_is_told() -> None:
    venue, _, _, out = hall()
    venue.add_gas("co", [0, 50_000], times_s=[0, 60])
    venue.add_gas("o2", 15)
    people = venue.let_in([(5, 5), (30, 5)], out, starts_s=[1000, 0], speed=1.25)
    venue.run_until(200)
    table = venue.exposures(people)
    assert venue.incapacitated == 1
    assert table["dose"].iloc[0] >= 1 > table["dose"].iloc[1] > 0
    assert 0 < table["down_s"].iloc[0] < 200
    assert np.isnan(table["down_s"].iloc[1])


def test_a_grid_of_water_over_time_stops_children_before_adults() -> None:
    venue, _, east, _ = hall()
    depth = np.zeros((2, 1, 4))
    depth[1] = 0.4
    venue.add_water(depth, times_s=[0, 10], grid=(0, 10, 10))
    people = venue.let_in([(2, 3), (2, 7)], venue.add_journey([east]), speed=1.25)
    venue.set_class(people[1:], "child")
    venue.run_until(120)
    assert list(venue.passings["person"]) == [0]
    assert venue.present == 1


def test_the_quickest_ways_are_the_same_for_any_number_of_threads() -> None:
    places = []
    for threads in (1, 2):
        venue = cm.Venue(cm.Area([HALL]), dt=0.05, quickest=True, threads=threads)
        west = venue.add_exit("west", [(0, 4.5), (0, 5.5)])
        east = venue.add_exit("east", [(40, 4.5), (40, 5.5)])
        out = venue.add_journey([("quickest", [west, east])])
        venue.set_choice(follow=0.3)
        venue.let_in(venue.places(WEST_HALF, 80), out)
        venue.run_until(15)
        places.append(venue.position)
    assert np.array_equal(places[0], places[1])


@pytest.mark.parametrize(
    ("do", "line"),
    [
        (
            lambda v: v.set_choice(folow=1),
            "choice: there is no setting 'folow'; did you mean follow",
        ),
        (lambda v: v.set_choice(follow=2), "choice: follow: has a share of 2"),
        (lambda v: v.add_smoke(-1), "smoke (layer 1): cannot be -1"),
        (lambda v: v.add_gas("no", 1), "gas: there is no gas 'no'"),
        (lambda v: v.add_water(1, [(99, 0), (100, 0), (100, 9)]), "lies outside the area"),
        (lambda v: v.add_water([1, 2]), "water (layer 1): has 2 values; give 1"),
        (lambda v: v.add_smoke(1, grid=(0, 0, 1)), "smoke: is no grid"),
        (lambda v: v.set_class([0], "robot"), 'there is no class of person "robot"'),
        (lambda v: v.add_sign((1, 1), [7]), "sign 1: shows no stage"),
        (lambda v: v.announce([0], share=3), "announcement 1: has a share of 3"),
        (lambda v: v.set_door(9, shut=True), "stage 9: is to be shut or opened, but is not there"),
        (lambda v: v.set_smoke("fog"), 'there is no law of smoke "fog"'),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(do, line: str) -> None:  # type: ignore[no-untyped-def]
    venue = hall()[0]
    with pytest.raises(cm.InputError) as error:
        do(venue)
    assert line in str(error.value)
    assert "\n" not in str(error.value)
