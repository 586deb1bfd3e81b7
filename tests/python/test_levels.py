"""Several levels joined by stairs, escalators and elevators, from Python."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import chimata as cm
from chimata.level_panels import Panels


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north)]


HALL = cm.Level("1F", [box(0, 0, 20, 10)])
DECK = cm.Level("2F", [box(26, 0, 46, 10)], height=4.5)
STAIRS = cm.Stairs("stairs", "1F", "2F", foot=[(20, 0), (20, 3)], head=[(26, 0), (26, 3)])
MOVING = cm.Escalator("escalator", "1F", "2F", foot=[(20, 5), (20, 6)], head=[(26, 5), (26, 6)])
LIFT = cm.Elevator("lift", {"1F": [(20, 8), (20, 9.2)], "2F": [(26, 8), (26, 9.2)]})


def station(flights: Any = (STAIRS, MOVING), lifts: Any = (LIFT,), **how: Any) -> cm.Venue:
    return cm.Venue(cm.Levels([HALL, DECK], flights, lifts), **{"dt": 0.05, **how})


def crowd(venue: cm.Venue, people: int, **how: Any) -> np.ndarray:
    """People in the hall who leave at the far end of the deck."""
    out = venue.add_exit("out", [(46, 2), (46, 8)], level="2F")
    places = venue.places(box(0, 0, 12, 10), people, level="1F")
    return venue.let_in(places, venue.add_journey([out]), level="1F", **how)


def test_everybody_goes_up_and_says_on_which_level_they_are() -> None:
    venue = station()
    crowd(venue, 60)
    venue.run_until(1)
    assert set(venue.level) == {"1F"}
    venue.run_until(25)
    at, level, z = venue.position, venue.level, venue.z
    assert at.shape == (len(venue.person), 2)
    assert not at.flags.writeable
    assert set(level) >= {"1F", "stairs"}
    on_stairs = level == "stairs"
    assert (z[level == "1F"] == 0).all()
    assert (z[level == "2F"] == 4.5).all()
    # straight stairs rise evenly
    assert z[on_stairs] == pytest.approx(4.5 * (at[on_stairs, 0] - 20) / 6, abs=1e-6)
    venue.run_until(300)
    assert (venue.left, venue.present) == (60, 0)


def test_wheelchairs_take_the_lift_and_others_do_not() -> None:
    venue = station(flights=(STAIRS,))
    crowd(venue, 20, mobility=["wheelchair"] * 4 + ["adult"] * 16)
    seen: set[int] = set()
    while (venue.present or venue.to_come) and venue.now_s < 400:
        venue.run_until(venue.now_s + 1)
        seen |= set(venue.riding.tolist())
        assert not set(venue.person[venue.level == "stairs"]) & {0, 1, 2, 3}
    assert seen == {0, 1, 2, 3}
    assert venue.left == 20


def test_the_impaired_are_slower_on_stairs() -> None:
    times = []
    for who in ("adult", "impaired"):
        venue = station(flights=(STAIRS,), lifts=())
        out = venue.add_exit("out", [(46, 2), (46, 8)], level="2F")
        venue.let_in([(10, 1.5)], venue.add_journey([out]), level="1F", mobility=who)
        venue.run_until(200)
        times.append(venue.passings["time_s"][0])
    # Fruin's table up stairs: 0.50 of 1.48 m/s against 0.32 of 0.61 m/s, 6 m seen from above at 1.34 m/s
    assert times[1] - times[0] == pytest.approx((6 / 1.34) * (0.61 / 0.32 - 1.48 / 0.50), abs=0.4)


def test_stairs_can_be_shut_by_the_clock() -> None:
    venue = station(flights=(STAIRS,), lifts=())
    crowd(venue, 10)
    venue.set_use("stairs", "closed")
    venue.set_use("stairs", "both", at_s=60)
    venue.run_until(59)
    assert set(venue.level) == {"1F"}
    venue.run_until(200)
    assert venue.left == 10


def test_people_come_to_an_entrance_of_a_level_and_wait_there() -> None:
    venue = station()
    west = venue.add_entrance("west", [(0, 0), (0, 10)], level="1F")
    held = venue.add_waiting("deck", box(30, 2, 40, 8), until_s=120, level="2F")
    out = venue.add_exit("out", [(46, 2), (46, 8)], level="2F")
    venue.arrive(west, np.arange(20) * 1.0, venue.add_journey([held, out]))
    venue.run_until(110)
    assert venue.waiting_at(held) == 20
    assert set(venue.level) == {"2F"}
    at = venue.position
    assert ((at > [30, 2]) & (at < [40, 8])).all()
    venue.run_until(200)
    assert venue.left == 20


def test_trajectories_have_a_level_and_a_height(tmp_path: Path) -> None:
    venue = station()
    crowd(venue, 20)
    venue.run_until(200, record_every=1)
    table = venue.trajectories
    assert list(table) == ["time_s", "person", "x_m", "y_m", "level", "z_m"]
    assert set(table["level"].unique()) >= {"1F", "2F"}
    one = table[table["person"] == 3]
    # nobody jumps, wherever they are
    assert np.hypot(one["x_m"].diff(), one["y_m"].diff()).max() < 3
    back = pd.read_parquet(venue.save_trajectories(tmp_path / "t.parquet"))
    assert list(back["level"].astype(str)) == list(table["level"].astype(str))
    import h5py

    with h5py.File(venue.save_trajectories(tmp_path / "t.h5")) as file:
        assert file["trajectories/level"].asstr()[0] == table["level"][0]
    lines = venue.save_trajectories(tmp_path / "t.txt").read_text().splitlines()
    assert float(lines[-1].split("\t")[4]) == pytest.approx(4.5)


def test_a_run_goes_on_from_a_snapshot_with_the_same_bits(tmp_path: Path) -> None:
    whole = station()
    crowd(whole, 40, mobility=["adult", "wheelchair"] * 20)
    whole.set_use("stairs", "closed", at_s=30)
    whole.run_until(20)
    path = whole.save(tmp_path / "state.h5")
    again = station(threads=2)
    again.add_journey([again.add_exit("out", [(46, 2), (46, 8)], level="2F")])
    again.load(path)
    for venue in (whole, again):
        venue.run_until(60)
    assert np.array_equal(whole.position, again.position)
    assert np.array_equal(whole.person, again.person)
    assert whole.passings.equals(again.passings)
    with pytest.raises(cm.InputError, match="is of another venue"):
        cm.Venue(cm.Area([box(0, 0, 5, 5)])).load(path)
    finer = station(dt=0.01)
    finer.add_journey([finer.add_exit("out", [(46, 2), (46, 8)], level="2F")])
    with pytest.raises(cm.InputError, match=r"dt: 0\.0\d.*not with 0\.01"):
        finer.load(path)
    smoky = station()
    smoky.add_smoke(0.5, level="1F")
    smoky.add_journey([smoky.add_exit("out", [(46, 2), (46, 8)], level="2F")])
    with pytest.raises(cm.InputError, match="smoke, gases and water: none"):
        smoky.load(path)


def test_safety_is_told_level_by_level() -> None:
    venue = station(lifts=())
    crowd(venue, 150)
    safety = cm.Safety(
        venue,
        lines={
            "deck": ("2F", [(36, 0), (36, 10)]),
            "foot": ("1F", [(20, 0), (20, 3)]),
            "half way": ("stairs", [(23, 0), (23, 3)]),
            "head": ("stairs", [(26, 0), (26, 3)]),
        },
        zones={"before": ("1F", box(17, 0, 20, 6))},
        alert=2.0,
        alarm_after=2,
    )
    venue.run_until(300)
    # once each, also who steps over the seam that a line lies on, and at the speed of their feet
    crossings = safety.crossings
    assert set(crossings["person"][crossings["line"] == "deck"]) == set(range(150))
    counts = crossings["line"].value_counts()
    assert counts["deck"] == 150
    assert counts["foot"] == counts["half way"] == counts["head"] < 150
    assert crossings["forward"].all()
    assert crossings["speed_m_s"].max() < 1.5
    assert safety.flow("head")["net"].iloc[-1] == counts["head"]
    worst = safety.by_level.set_index("level")
    assert list(worst.index) == ["1F", "2F", "stairs", "escalator"]
    assert worst.loc["1F", "density_max_m2"] == worst["density_max_m2"].max()
    places = safety.places
    hall = places[places["level"] == "1F"]
    # the middles of cells may lie beyond the walls by half a cell, those seen by a radius or two
    assert hall["x_m"].between(-3, 23).all()
    assert (places[places["level"] == "2F"]["x_m"] > 22).all()
    post = safety.posts(1).iloc[0]
    assert post["level"] == "1F"
    assert 14 < post["x_m"] < 21
    assert set(safety.alarms["level"]) <= {"1F", "stairs", "escalator"}
    ax = safety.plot_density(level="1F", lang="en")
    assert ax.get_xlim()[0] < 0 < 20 < ax.get_xlim()[1] < 22
    with pytest.raises(cm.InputError, match="level: is not given; give one of 1F, 2F, stairs"):
        safety.plot_density()


def test_smoke_and_signs_are_on_a_level() -> None:
    venue = station(flights=(STAIRS,), lifts=())
    crowd(venue, 5)
    venue.add_smoke(2.0, level="2F")
    venue.run_until(12)
    assert venue.velocity[venue.level == "1F"].max() > 1.0
    slow = station(flights=(STAIRS,), lifts=())
    crowd(slow, 5)
    slow.add_smoke(2.0, level="1F")
    slow.run_until(12)
    assert np.hypot(*slow.velocity.T).max() < 0.5


def test_levels_are_shown_beside_each_other() -> None:
    levels = cm.Levels([HALL, DECK], [STAIRS])
    panels = Panels(levels)
    at, panel = panels.place(levels.onto_plane(np.array([[3.0, 4], [23, 1]]), ["1F", "stairs"], ""))
    assert list(panel) == [0, 0]
    assert np.allclose(at[1] - at[0], [20, -3])
    up, on = panels.place(levels.onto_plane(np.array([[30.0, 4]]), "2F", ""))
    assert on[0] == 1
    # the panels are one building apart, and a gap
    assert np.abs(up - at[0] - [27, 0]).max() > 10
    assert [name for name, _ in panels.names()] == ["1F (0 m)", "2F (4.5 m)"]


def test_the_page_breaks_tracks_between_levels(tmp_path: Path) -> None:
    venue = station()
    crowd(venue, 20)
    venue.run_until(120, record_every=1)
    page = venue.animate(tmp_path / "levels.html", title="two levels", lang="en")
    text = page.read_text()
    assert "2F (4.5 m)" in text


WRONG: list[tuple[Any, str]] = [
    (
        lambda: cm.Levels(
            [HALL, cm.Level("M", [box(10, 0, 20, 10), box(26, 0, 30, 10)])],
            [cm.Stairs("s", "1F", "M", foot=[(20, 0), (20, 3)], head=[(26, 0), (26, 3)])],
        ),
        "level M: overlaps level 1F at the same height of 0.00 m; give the levels their heights",
    ),
    (
        lambda: cm.Levels([HALL, DECK], [cm.Stairs("s", "1F", "2F", foot=[(19, 0), (19, 3)],
                                                   head=[(26, 0), (26, 3)])]),
        "flight s, foot: does not lie on the edge of level 1F",
    ),
    (
        lambda: cm.Levels([HALL, DECK], [cm.Stairs("s", "1F", "2F", foot=[(20, 0), (20, 0)],
                                                   head=[(26, 0), (26, 0)])]),
        "flight s: has no width",
    ),
    (
        lambda: cm.Levels([HALL, DECK], [], [cm.Elevator("l", {"1F": [(20, 8), (20, 9)]})]),
        "elevator l: stops at fewer than two levels",
    ),
    (
        lambda: cm.Levels([HALL, DECK], [cm.Stairs("s", "1F", "3F", foot=[(20, 0), (20, 3)],
                                                   head=[(26, 0), (26, 3)])]),
        "flight s: leads to level 3F, which is not there",
    ),
    (lambda: cm.Levels([HALL, DECK]), "level 1F: cannot be reached: nothing leads there"),
    (lambda: cm.Levels([HALL, HALL]), "level 1F: is there twice"),
    (lambda: cm.Levels([HALL, DECK], [LIFT]), "flights: hold Elevator(id='lift'"),
    (lambda: crowd(station(), 4, mobility="bicycle"), "mobility: there is no 'bicycle'"),
    (lambda: station().add_exit("out", [(46, 2), (46, 8)]), "stage out: says no level; give level=, one of 1F"),
    (
        lambda: station().add_exit("out", [(46, 2), (46, 8)], level="3F"),
        "stage out: is on level '3F', which is not there; known are 1F, 2F, stairs, escalator",
    ),
    (lambda: station().set_use("stairs", "up"), 'use: there is no use "up"; use both, onward, back, closed'),
    (lambda: station().set_use("ladder", "both"), "connector ladder: is not in the building"),
    (
        lambda: cm.Venue(cm.Area([box(0, 0, 9, 9)])).add_waypoint("w", [(1, 1), (2, 1)], level="1F"),
        "stage w: has a level, but the venue is of one Area",
    ),
    (
        lambda: cm.Safety(station(), lines={"a": [(1, 0), (1, 9)]}),
        "line a: says no level; give a pair (level, where it is)",
    ),
    (
        lambda: station(flights=(cm.Escalator("e", "1F", "2F", foot=[(20, 0), (20, 1)],
                                              head=[(26, 0), (26, 1)], use="both"),)),
        "flight e",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("make", "words"), WRONG)
def test_what_is_wrong_is_told_in_one_line(make: Any, words: str) -> None:
    with pytest.raises(cm.InputError, match=re.escape(words)) as told:
        make()
    assert "\n" not in str(told.value)


def test_the_page_on_levels_says_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = Path(__file__).parents[2] / "docs/concepts/levels.md"
    example = page.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    names: dict[str, Any] = {}
    exec(compile(example, str(page), "exec"), names)
    assert names["venue"].left == 40
    assert (tmp_path / "station.html").exists()
