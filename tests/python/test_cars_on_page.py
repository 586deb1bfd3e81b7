from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import chimata as cm
from chimata.export import scene_of
from chimata.page.checks import check_scene
from chimata.page.scene import RIDING
from chimata.rides import rides_of
from chimata.ways import car_ways, people_ways

NO_LINK = 0xFFFFFFFF
DRIVER, PASSENGER, FOOT = 2, 3, 1
SHELTERED, CUT_OFF, CASUALTY = 4, 6, 9
HANDED_BACK, DRIVING, SWEPT = 1, 2, 5


def columns(**each: Any) -> dict[str, np.ndarray[Any, Any]]:
    return {name: np.array(values) for name, values in each.items()}


# 0 drives 1 to a shelter, who came home on foot first. 2 drives 3 into the water, and both drown.
# 4 finds no way on and stands there. 5 is still driving. 6 walks.
CARS = columns(
    driver=[0, 2, 4, 5], start_s=[100.0, 50, 60, 900], end_s=[400.0, 90, 200, 1000],
    last_link=[8, 4, 6, 2], last_fraction=[1.0, 0.25, 1.0, 0.5],
    outcome=[0, SWEPT, HANDED_BACK, DRIVING],
)  # fmt: skip
CAR_ENTRIES = columns(
    driver=[2, 0, 4, 0, 5], t_s=[55.0, 110, 70, 250, 910], link=[4, 0, 6, 8, 2]
)  # fmt: skip
PERSONS = columns(
    party=[0, 0, 1, 2, 3, 4, 5], mode=[DRIVER, PASSENGER, DRIVER, PASSENGER, DRIVER, DRIVER, FOOT],
    state=[SHELTERED, SHELTERED, CASUALTY, CASUALTY, CUT_OFF, 2, SHELTERED],
    departed_s=[100.0, 100, 50, 50, 60, 900, 10],
)  # fmt: skip
EVENTS = columns(kind=[0, 0], value=[CASUALTY] * 2, person=[2, 3], t_s=[90.0, 90], place=[4, 4])
LEGS = columns(
    person=[1, 6], start_s=[20.0, 10], end_s=[80.0, 70], last_link=[2, 2], last_fraction=[1.0, 1]
)
ENTRIES = columns(person=[6, 1, 1], t_s=[10.0, 20, 50], link=[2, 0, 2])


@pytest.fixture
def afternoon() -> Any:
    tables = {"cars": CARS, "car_entries": CAR_ENTRIES, "persons": PERSONS, "events": EVENTS,
              "legs": LEGS, "entries": ENTRIES}  # fmt: skip
    core = SimpleNamespace(table=tables.__getitem__, table_names=lambda: list(tables))
    scenario = SimpleNamespace(
        core=SimpleNamespace(duration_s=1000.0),
        city=SimpleNamespace(core=SimpleNamespace(left_hand=True)),
    )
    return SimpleNamespace(core=core, scenario=scenario, has_event=False)


def ways_of(fields: dict[str, Any], person: int) -> tuple[list[int], list[float]]:
    first, last = fields["trip_offsets"][person : person + 2]
    return fields["trip_link"][first:last].tolist(), fields["trip_enter_s"][first:last].tolist()


def test_everybody_in_a_car_rides_until_it_stops() -> None:
    rides = rides_of(CARS, PERSONS, EVENTS)
    assert rides.person.tolist() == [0, 1, 2, 3, 4, 5]
    assert rides.end_s.tolist() == [400, 400, 90, 90, 200, 1000]
    assert rides.link.tolist() == [8, 8, 4, 4, 6, -1]


def test_visitors_ride_with_whoever_of_their_party_drives() -> None:
    # 7 drives 8 to an event, 8 drives 7 home; 9 comes alone
    cars = columns(
        driver=[7, 8, 9], start_s=[10.0, 900, 20], end_s=[60.0, 950, 80], last_link=[2, 4, 2],
        last_fraction=[1.0, 1, 1], outcome=[0, 0, 0],
    )  # fmt: skip
    visitors = columns(person=[5, 7, 8, 9], party=[NO_LINK, 0, 0, 1], by_car=[0, 1, 1, 1])
    none = columns(t_s=[], person=[], kind=[], value=[], place=[])
    rides = rides_of(cars, {}, none, visitors)
    assert rides.person.tolist() == [7, 7, 8, 8, 9]
    assert rides.begin_s.tolist() == [10, 900, 10, 900, 20]


def test_whoever_boards_is_away_and_whoever_steps_out_in_the_street_stands_there(
    afternoon: Any,
) -> None:
    fields = people_ways(afternoon)
    assert ways_of(fields, 0) == ([], [])  # from door to door by car
    assert ways_of(fields, 1) == ([0, 2, RIDING], [20, 50, 80])
    for casualty in (2, 3):
        assert ways_of(fields, casualty) == ([4], [90])
    assert ways_of(fields, 4) == ([6], [200])
    assert ways_of(fields, 5) == ([], [])
    assert ways_of(fields, 6) == ([2], [10])
    assert fields["trip_end_fraction"][[2, 3, 4]].tolist() == [0.25, 0.25, 1]
    assert fields["trip_end_s"][[2, 3, 4, 6]].tolist() == [90, 90, 200, 70]


def test_a_car_stays_where_it_stalled_and_is_gone_once_it_parked(afternoon: Any) -> None:
    fields = car_ways(afternoon)
    assert fields["car_link"].tolist() == [0, 8, 4, 6, 2]  # by driver
    assert fields["car_offsets"].tolist() == [0, 2, 3, 4, 5]
    assert fields["car_end_s"].tolist() == [400, 90, 200, 1000]
    assert fields["car_end_fraction"].tolist() == [1, 0.25, 1, 0.5]
    assert fields["car_stays"].tolist() == [False, True, False, False]


@pytest.fixture(scope="module")
def driven(city: cm.City) -> cm.Run:
    """A late order, and water in which cars float soon: some are stopped, some people are lost."""
    people = city.population(900, seed=1)
    scenario = cm.Scenario("洪水", city, people, start="2025-09-10 02:00", duration="6h").add(
        cm.Flood.from_rasters("demo:riverside/flood/depth_*.tif", time="filename"),
        cm.Evacuation(order_at="04:20", compliance=0.9, car_share=1.0, casualties="depth"),
        cm.Driving(), cm.Fording(stall_depth_m=0.3, float_depth_m=0.32),
    ).change("shelter:*", parking=400)  # fmt: skip
    return scenario.run(seed=0, progress=False)


def test_the_page_has_every_car_once_and_nobody_walks_while_driving(driven: cm.Run) -> None:
    scene = scene_of(driven)
    check_scene(scene)
    assert scene.left_hand  # the bundled town keeps to the left
    cars = driven.table("cars").df
    on_road = cars[cars["entered_s"] >= 0]
    assert len(on_road) > 20
    begins = scene.car_enter_s[scene.car_offsets[:-1]]
    assert np.sort(begins) == pytest.approx(np.sort(on_road["entered_s"]), abs=0.01)
    assert scene.car_stays.sum() == on_road["outcome"].isin([3, 4, 5]).sum() > 0

    owner = np.repeat(np.arange(len(scene.person_final)), np.diff(scene.trip_offsets))
    seen = scene.trip_link != RIDING
    for driver, start, end in on_road[["driver", "start_s", "end_s"]].to_numpy():
        moments = scene.trip_enter_s[(owner == driver) & seen]
        assert not ((moments > start + 0.1) & (moments < end - 0.1)).any()


def test_whoever_stands_in_water_at_the_end_is_drawn_as_stranded(driven: cm.Run) -> None:
    scene = scene_of(driven)
    stranded = list(scene.state_names).index("stranded")
    assert (scene.person_final == stranded).sum() == scene.census[-1, stranded] > 0
    assert scene.trip_end_s[scene.person_final == stranded].max() < scene.duration_s


def test_casualties_are_counted_and_drawn_as_such(driven: cm.Run) -> None:
    scene = scene_of(driven)
    casualty = list(scene.state_names).index("casualty")
    dead = driven.persons.df["state"].to_numpy() == CASUALTY
    assert dead.sum() > 0
    assert ((scene.person_final == casualty) == dead).all()
    assert scene.census[-1, casualty] == dead.sum()
    # each is on a street, or at home from a moment on
    assert scene.person_lost_s is not None
    shown = (np.diff(scene.trip_offsets.astype(int)) > 0) | np.isfinite(scene.person_lost_s)
    assert shown[dead].all()
