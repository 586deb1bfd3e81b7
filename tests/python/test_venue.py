"""A crowd in an area, from Python."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

import chimata as cm

HALL = [(0, 0), (10, 0), (10, 8), (0, 8)]
DOOR = [(10, 3.4), (10, 4.6)]


def hall(**settings: float) -> tuple[cm.Venue, int]:
    """A hall of 10 x 8 m with a door of 1.2 m in the east."""
    venue = cm.Venue(cm.Area([HALL]), **settings)  # type: ignore[arg-type]
    return venue, venue.add_journey([venue.add_exit("east", DOOR)])


def test_everybody_leaves_by_the_door_and_is_counted_once() -> None:
    venue, journey = hall()
    venue.let_in(venue.places([(0, 0), (6, 0), (6, 8), (0, 8)], 60), journey)
    venue.run_until(300)
    assert (venue.left, venue.present, venue.to_come) == (60, 0, 0)
    passings = venue.passings
    assert sorted(passings["person"]) == list(range(60))
    assert set(passings["stage"]) == {"east"}
    assert passings["time_s"].is_monotonic_increasing


def test_arrays_stay_as_they_were_when_the_run_goes_on() -> None:
    venue, journey = hall()
    venue.let_in([(1, 1), (1, 4), (1, 7)], journey)
    venue.run_until(1)
    before = venue.position
    kept = before.copy()
    venue.run_until(2)
    assert np.array_equal(before, kept)
    assert not before.flags.writeable
    assert np.abs(venue.position - kept).max() > 0.5
    assert venue.velocity.shape == (3, 2)


def test_arrays_are_the_engine_s_own_memory_and_outlive_it() -> None:
    venue, journey = hall()
    venue.let_in([(1, 1), (1, 4), (1, 7)], journey)
    venue.run_until(1)
    for column in ("position", "velocity", "person"):
        assert np.shares_memory(getattr(venue, column), getattr(venue, column))
    position, person, kept = venue.position, venue.person, venue.position.copy()
    venue.let_in([(2, 2)], journey)
    venue.run_until(60)
    assert venue.left == 4
    del venue
    assert np.array_equal(position, kept)
    assert sorted(person.tolist()) == [0, 1, 2]


def test_a_capped_door_lets_no_more_through_than_said() -> None:
    venue = cm.Venue(cm.Area([HALL]))
    door = venue.add_exit("east", DOOR, flow="capped", rate=1.0)
    venue.let_in(venue.places(HALL, 80, seed=3), venue.add_journey([door]))
    venue.run_until(300)
    times = venue.passings["time_s"].to_numpy()
    assert (len(times) - 1) / (times[-1] - times[0]) == pytest.approx(1.2, rel=0.03)


def test_people_start_when_they_are_told_and_pass_their_stages_in_order() -> None:
    venue = cm.Venue(cm.Area([HALL]))
    stages = [
        venue.add_waypoint("kiosk", [(5, 7), (6, 7)]),
        venue.add_waiting("square", [(4, 1), (6, 1), (6, 2), (4, 2)], until_s=30),
        venue.add_exit("east", DOOR),
    ]
    venue.let_in([(1, 1)], venue.add_journey(stages), starts_s=5, speed=1.0)
    venue.run_until(100)
    passings = venue.passings
    assert list(passings["stage"]) == ["kiosk", "square", "east"]
    assert passings["time_s"][0] > 5 + 6
    assert passings["time_s"][0] < passings["time_s"][1] < 30 < passings["time_s"][2]


def test_a_closed_gate_is_walked_round_and_an_opened_one_walked_through() -> None:
    area = cm.Area(
        [shapely.Polygon(HALL, holes=[[(5, 1.5), (5.2, 1.5), (5.2, 6), (5, 6)]])],
        gates={"south": [(5.1, 0), (5.1, 1.5)]},
    )

    def time(closed: bool) -> float:
        venue = cm.Venue(area)
        venue.set_gate("south", closed=closed)
        venue.let_in([(1, 0.7)], venue.add_journey([venue.add_exit("out", [(10, 0.2), (10, 1.2)])]))
        venue.run_until(60)
        return float(venue.passings["time_s"][0])

    assert time(closed=False) < 8 < time(closed=True) < 16


def test_the_same_bits_for_any_number_of_threads_and_order() -> None:
    places = hall()[0].places(HALL, 300, spacing=0.35, from_walls=0.15)

    def after(threads: int, order: np.ndarray) -> np.ndarray:
        venue, journey = hall(threads=threads, dt=0.02)
        speeds = 1 + np.arange(300) / 600
        # numbers are given in the order of arrival, so let people in one by one by their number
        people = {"person": order.tolist(), "journey": [journey] * 300, "group": [2**32 - 1] * 300}
        people |= {"mobility": [1] * 300, "leads": [0] * 300}
        numbers = {"radius": 0.15, "time_gap": 1.0, "time_s": 0.0, "starts_s": 0.0}
        numbers["dwell_s"] = -1.0
        columns = {name: [value] * 300 for name, value in numbers.items()}
        venue.core.let_in(
            places[order],
            {**people, **columns, "speed": speeds[order].tolist(), "law": "collision_free"},
        )
        venue.run_until(10)
        return np.column_stack([venue.person, venue.position])

    plain = np.arange(300)
    first = after(1, plain)
    assert np.array_equal(first, after(2, plain))
    assert np.array_equal(first, after(1, plain[::-1]))


@pytest.mark.parametrize("suffix", [".parquet", ".h5", ".txt"])
def test_trajectories_are_written_for_other_tools(tmp_path: Path, suffix: str) -> None:
    venue, journey = hall()
    venue.let_in([(1, 1), (1, 4)], journey)
    venue.run_until(20, record_every=0.5)
    table = venue.trajectories
    path = venue.save_trajectories(tmp_path / f"t{suffix}")
    if suffix == ".parquet":
        assert pd.read_parquet(path).equals(table)
    elif suffix == ".txt":
        lines = path.read_text().splitlines()
        assert lines[0] == "# framerate: 2"
        assert len(lines) == len(table) + 2
    else:
        import h5py

        with h5py.File(path) as file:
            assert np.array_equal(file["trajectories/x_m"][:], table["x_m"])


BOW_TIE = [(0, 0), (4, 4), (4, 0), (0, 4)]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: cm.Area([BOW_TIE]), "cross"),
        (lambda: cm.Area([[(0, 0), (1, 0)]]), "point"),
        (lambda: cm.Area([[(0, 0), (float("nan"), 0), (1, 1)]]), "not a number"),
        (lambda: cm.Area([HALL, [(5, 5), (15, 5), (15, 15), (5, 15)]]), "overlap"),
        (lambda: cm.Area([[HALL, [(9, 1), (12, 1), (12, 2), (9, 2)]]]), "hole"),
        (lambda: cm.Area([HALL], gates={"g": [(20, 0), (20, 1)]}), "gate g"),
        (lambda: cm.Area([HALL], gates={"g": [(2, 2), (2, 2)]}), "gate g"),
        (lambda: cm.Area([HALL], zones=[("z", [(1, 1), (2, 1), (2, 2)], 0)]), "zone z"),
        (lambda: cm.Area([HALL], zones=[("z", [(20, 1), (22, 1), (22, 2)], 0.5)]), "zone z"),
        (lambda: cm.Area.from_wkt("POLYGON((0 0, 1 0"), "well-known text"),
        (lambda: cm.Area.from_wkt("LINESTRING(0 0, 1 0)"), "well-known text"),
        (lambda: cm.Area.from_file("nowhere.wkt"), "nowhere.wkt"),
        (lambda: hall()[0].let_in([(11, 1)], 0), "person 0"),
        (lambda: hall()[0].let_in([(1, 1)], 7), "journey 7"),
        (lambda: hall()[0].let_in([(1, 1)], 0, speed=-1), "speed"),
        (lambda: hall()[0].let_in([(1, 1)], 0, radius=0), "radius"),
        (lambda: hall()[0].let_in([(1, 1)], 0, law="magic"), "law"),
        (lambda: hall()[0].let_in([(1, 1), (2, 2)], 0, speed=[1, 2, 3]), "speed"),
        (lambda: hall()[0].add_journey([]), "no stage"),
        (lambda: hall()[0].add_exit("x", DOOR, flow="often"), "flow"),
        (lambda: hall()[0].add_exit("x", DOOR, flow="capped", rate=0), "stage x"),
        (lambda: hall()[0].places(HALL, 10_000), "have room"),
        (lambda: hall()[0].set_gate("north", closed=True), "north"),
        (lambda: cm.Venue(cm.Area([HALL]), dt=0), "dt"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(make: object, words: str) -> None:
    with pytest.raises(cm.InputError) as error:
        make()  # type: ignore[operator]
    assert "\n" not in str(error.value)
    assert words in str(error.value)


def test_an_exit_behind_a_wall_is_refused() -> None:
    venue = cm.Venue(cm.Area([HALL, [(20, 0), (30, 0), (30, 8), (20, 8)]]))
    journey = venue.add_journey([venue.add_exit("far", [(30, 1), (30, 2)])])
    with pytest.raises(cm.InputError, match="finds no way to far"):
        venue.let_in([(1, 1)], journey)
