"""Groups with leaders, how long people stay, when they set out, and who steps aside."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import chimata as cm

HALL = [(0, 0), (40, 0), (40, 8), (0, 8)]
ROOM = [(10, 1), (20, 1), (20, 7), (10, 7)]
CLASS = [(3 + 0.8 * (i // 4), 2.8 + 0.8 * (i % 4)) for i in range(12)]


def hall(**settings: object) -> tuple[cm.Venue, int, int]:
    """A hall of 40 x 8 m with exits in the west and in the east."""
    venue = cm.Venue(cm.Area([HALL]), dt=0.02, **settings)  # type: ignore[arg-type]
    return (
        venue,
        venue.add_exit("west", [(0, 0), (0, 8)]),
        venue.add_exit("east", [(40, 0), (40, 8)]),
    )


def leads(who: int) -> list[bool]:
    return [i == who for i in range(len(CLASS))]


def test_those_who_follow_go_the_way_of_their_leader() -> None:
    venue, west, east = hall()
    journey = [venue.add_journey([west])] * len(CLASS)
    journey[5] = venue.add_journey([east])
    venue.let_in(CLASS, journey, group=1, leads=leads(5), speed=np.linspace(0.9, 1.5, 12))
    venue.run_until(15)
    spread = np.linalg.norm(venue.position - venue.position.mean(axis=0), axis=1)
    assert spread.max() < 4
    venue.run_until(100)
    assert list(venue.passings["stage"]) == ["east"] * 12


def test_a_guide_comes_first_and_is_followed() -> None:
    venue, west, east = hall()
    out = venue.add_journey([east])
    guide = venue.let_in([(20, 4)], out, group=4, leads=True, speed=0.7)
    venue.let_in(CLASS, venue.add_journey([west]), group=4)
    venue.run_until(120)
    passings = venue.passings
    assert list(passings["stage"]) == ["east"] * 13
    assert guide[0] in set(passings["person"])


def test_a_snapshot_keeps_who_leads(tmp_path: Path) -> None:
    def make() -> cm.Venue:
        venue, west, east = hall()
        stop = venue.add_waiting("stop", ROOM, dwell=("lognormal", 10, 0.5))
        venue.add_journey([stop, east])
        venue.add_journey([west])
        return venue

    whole, rest = make(), make()
    whole.let_in(CLASS, 0, group=1, leads=leads(11))
    whole.run_until(12)
    whole.save(tmp_path / "state")
    rest.load(tmp_path / "state")
    for venue in (whole, rest):
        venue.send(11, 1)
        venue.run_until(60)
    assert whole.left == rest.left == 12
    assert whole.passings.equals(rest.passings)
    assert (whole.passings["stage"] == "west").sum() == 12


def test_everybody_stays_as_long_as_the_law_says_or_as_they_were_said_to() -> None:
    venue, _, east = hall()
    stop = venue.add_waiting("stop", ROOM, dwell=("uniform", 20, 40))
    venue.let_in(CLASS, venue.add_journey([stop, east]), dwell_s=[60, 0] + [-1] * 10)
    venue.run_until(200)
    table = venue.passings.pivot(index="person", columns="stage", values="time_s")
    stayed = (table["east"] - table["stop"]).to_numpy()
    way = 40  # s, past those who stand
    assert 60 <= stayed[0] <= 60 + way
    assert stayed[1] <= way
    assert (stayed[2:] >= 20).all()
    assert (stayed[2:] <= 40 + way).all()
    assert len(set(stayed.round(1))) > 8


def test_people_set_out_by_a_law_after_the_alarm() -> None:
    starts = {}
    for law in (30, ("uniform", 20, 40), ("rayleigh", 30), ("lognormal", 30, 0.5)):
        venue, _, east = hall()
        out = venue.add_journey([east])
        venue.let_in([(39, 0.5 + 0.6 * i) for i in range(12)], out, alarm_s=10.0, reaction=law)
        venue.run_until(300)
        starts[str(law)] = venue.passings["time_s"].to_numpy()
    assert np.ptp(starts["30"]) < 1
    assert starts["30"].min() > 39.9
    uniform = starts["('uniform', 20, 40)"]
    assert 30 < uniform.min() < uniform.max() < 52
    assert all(len(set(times)) > 8 for law, times in starts.items() if law != "30")


def test_an_alarm_in_a_waiting_area_lets_people_go_by_a_law() -> None:
    venue, _, east = hall()
    stop = venue.add_waiting("stop", ROOM, until_s=60, departure=("rayleigh", 40))
    places = venue.places([(1, 0), (9, 0), (9, 8), (1, 8)], 60)
    venue.let_in(places, venue.add_journey([stop, east]))
    inside = []
    for at in (60, 80, 100, 140, 260):
        venue.run_until(at)
        inside.append(venue.waiting_at(stop))
    assert inside[0] == 60
    assert inside[-1] == 0
    expected = 60 * np.exp(-np.pi / 4 * (np.array([0, 20, 40, 80, 200]) / 40) ** 2)
    assert np.abs(np.array(inside) - expected).max() < 60 * 0.18


def test_two_who_stand_face_to_face_step_aside_if_asked_to() -> None:
    for step_aside in (False, True):
        venue = cm.Venue(cm.Area([[(0, 0), (12, 0), (12, 1.2), (0, 1.2)]]), step_aside=step_aside)
        west = venue.add_exit("west", [(0, 0), (0, 1.2)])
        east = venue.add_exit("east", [(12, 0), (12, 1.2)])
        ways = [venue.add_journey([east]), venue.add_journey([west])]
        venue.let_in([(1, 0.6), (11, 0.6)], ways)
        venue.run_until(60)
        assert venue.left == (2 if step_aside else 0)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda v, j: v.let_in([(3, 3)], j, leads=True), "belongs to no group"),
        (lambda v, j: v.let_in([(3, 3), (4, 3)], j, group=2, leads=True), "leads already"),
        (lambda v, j: v.let_in([(3, 3)], j, lead=True), "did you mean leads"),
        (lambda v, j: v.let_in([(3, 3)], j, reaction=("normal", 3, 1)), "there is no law 'normal'"),
        (lambda v, j: v.let_in([(3, 3)], j, reaction=5, starts_s=1), "starts_s too"),
        (lambda v, j: v.add_waiting("x", ROOM, dwell=("lognormal", 3)), "has 1 values"),
        (lambda v, j: v.add_waiting("x", ROOM, dwell=("uniform", 9, 3)), "from_s < to_s"),
        (lambda v, j: v.add_waiting("x", ROOM, departure=-3), "its departure has a mean of -3"),
        (lambda v, j: v.add_waiting("x", ROOM, dwel=3), "did you mean dwell"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(make: object, words: str) -> None:
    venue, _, east = hall()
    with pytest.raises(cm.InputError, match="(?s)" + words.replace("(", r"\(")):
        make(venue, venue.add_journey([east]))  # type: ignore[operator]
