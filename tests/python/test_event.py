"""An event: people come from homes and trains, watch, and get home, with figures and a report."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.colors import to_rgb

import chimata as cm
from chimata import demo
from chimata.cli import main
from chimata.export import scene_of
from chimata.page.checks import check_scene
from chimata.plots import ground, maps
from chimata.plots.crowds import LEVEL_COLOURS
from chimata.plots.events import course, gate_numbers
from chimata.report_parts import gate_rows

ROOT = Path(__file__).parents[2]


def fireworks(city: cm.City, **more: object) -> cm.Scenario:
    plan = {
        "at": "area:riverside", "within_m": 300, "start": "19:00", "end": "19:20", "attendance": 150,
        "arrive_from": "30min", "release": "5min", "station": "building:station", "train_share": 0.4,
    } | more  # fmt: skip
    night = cm.Scenario(
        "花火", city, city.population(3000, seed=1), start="2025-08-02 17:45", duration="3h"
    )
    return night.add(cm.Event("花火", **plan), cm.Crowds(dt_s=0.1))


@pytest.fixture(scope="module")
def city() -> cm.City:
    return cm.City.load("demo:riverside")


@pytest.fixture(scope="module")
def run(city: cm.City) -> cm.Run:
    return fireworks(city).run(1, progress=False)


def test_everybody_comes_and_is_home_again(run: cm.Run) -> None:
    visitors = run.table("visitors").df
    assert len(visitors) == 150
    assert visitors["by_train"].sum() == 60
    assert visitors["came_s"].notna().all()
    assert visitors["home_s"].notna().all()
    assert (visitors["out_s"] > visitors["set_out_s"]).all()


def test_gates_count_as_many_out_as_in(run: cm.Run) -> None:
    gates = run.table("gates").df
    last = gates[gates["t_s"] == gates["t_s"].max()]
    assert last["came"].sum() == last["left"].sum() == 150


def test_figures_are_of_the_event_and_not_of_an_evacuation(run: cm.Run) -> None:
    told = {kpi: value for kpi, value in run.kpis.items() if value == value}
    assert told["event_attendance"] == 150
    assert told["event_clearance_s"] > 300
    assert 0 < told["event_density_max"] < 8
    assert "caught_total" not in told
    assert "shelter_full_count" not in told


def test_gates_are_numbered_on_the_map_and_named_below(city: cm.City, run: cm.Run) -> None:
    spots = [f"134.8390, {34.7590 + 0.00001 * i:.5f}, 2" for i in range(9)]
    many = (
        fireworks(city).variant("多").change("event:花火", extra_gates=spots).run(1, progress=False)
    )
    numbers = gate_numbers([run, many])
    assert list(numbers.values()) == list(range(1, len(many.table("area_gates").df) + 1))
    ax = many.plot("crowd_density")
    written = [text for text in ax.texts if text.get_text().isdigit()]
    boxes = [text.get_window_extent() for text in written]
    assert len(boxes) > 1
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))
    shown = {gate for gate in numbers if f"\u00a0{gate}" in ax.get_xlabel()}
    assert {str(numbers[gate]) for gate in shown} >= {text.get_text() for text in written}
    assert not any(gate in text.get_text() for gate in numbers for text in ax.texts)
    told = gate_rows({"花火": run, "多": many}, "ja")
    assert [row["plans"] for row in told] == [""] * (len(told) - 9) + ["多"] * 9
    assert not any(
        gate in run.plot("crowd_hotspot", gates=numbers).get_xlabel() for gate in numbers
    )
    plt.close("all")


def test_water_is_no_colour_of_a_density() -> None:
    water = np.array(to_rgb(ground._RIVER))
    for colour in [*LEVEL_COLOURS, *(colour for _, colour in maps._CROWDS)]:
        red, green, blue = to_rgb(colour)
        assert np.abs(water - to_rgb(colour)).sum() > 0.5, colour
        assert not blue > green > red, colour


def test_an_event_without_a_station_has_no_picture_of_waiting_for_trains(
    city: cm.City, run: cm.Run
) -> None:
    on_foot = fireworks(city, station="", train_share=0.0).run(1, progress=False)
    assert len(course([on_foot], lang="en").figure.axes) == 1
    assert len(course([on_foot, run], lang="en").figure.axes) == 2
    plt.close("all")


def test_a_gate_for_leaving_only_lets_nobody_in(city: cm.City, run: cm.Run) -> None:
    used = run.table("visitors").df["gate_in"].mode()[0]
    gate = run.table("area_gates").df["id"][used]
    other = fireworks(city).variant("一方通行").change("event:花火", exits_only=[gate], guided=1.0)
    visitors = other.run(1, progress=False).table("visitors").df
    assert (visitors["gate_in"] != used).all()
    assert (visitors["gate_out"] == used).any()


def test_barriers_and_checks_are_told_wherever_gates_are(
    city: cm.City, run: cm.Run, tmp_path: Path
) -> None:
    used = run.table("visitors").df["gate_in"].mode()[0]
    gate = run.table("area_gates").df["id"][used]
    centre = run.table("area_gates").df.loc[used, ["x_m", "y_m"]].to_numpy(float)
    lon, lat = (float(v) for v in city.to_lonlat(*centre))
    rope = f"{lon - 0.0003:.6f}, {lat - 0.0006:.6f}, {lon + 0.0003:.6f}, {lat + 0.0006:.6f}, 19:18, 19:28"
    roped = (
        fireworks(city)
        .variant("規制")
        .change("event:花火", barriers=[rope], checks=[f"{gate}, 2, 12"])
    )
    other = roped.run(1, progress=False)
    gates = other.table("area_gates").df.set_index("id")
    assert gates.loc[gate, "mode_in"] == "service"
    assert gates.loc[gate, ["lanes", "check_s"]].tolist() == [2, 12]
    assert gates.loc[gate, "wait_mean_s"] > 12 * 0.8
    assert (run.table("area_gates").df["mode_in"] == "emergent").all()
    assert (run.table("area_gates").df["mode_out"] == "capped").all()
    assert other.kpis["event_in_wait_mean_s"] > run.kpis["event_in_wait_mean_s"]
    assert other.table("visitors").df["home_s"].notna().sum() > 140

    scene = scene_of(other)
    check_scene(scene)
    assert scene.barrier_offsets.tolist() == [0, 2]
    assert (scene.barrier_to_s - scene.barrier_from_s).tolist() == [600]
    assert len(scene_of(run).barrier_from_s) == 0
    results = cm.Study([fireworks(city), roped], seeds=1).run(progress=False)
    text = results.report(tmp_path / "report.html", lang="en").read_text(encoding="utf-8")
    assert "in: checks in 2 lanes, 12 s each" in text
    assert "persons/s" in text


def test_a_study_of_two_plans_makes_a_report(city: cm.City, tmp_path) -> None:
    base = fireworks(city)
    more = base.variant("増発").change(
        "event", train_every="5min", extra_gates=["134.8390, 34.7590, 6"]
    )
    study = cm.Study([base, more], seeds=2)
    results = study.run(progress=False)
    table = results.compare()
    assert set(table["kpi"]) >= {"event_clearance_s", "platform_load_max"}
    text = results.report(tmp_path / "report.html", lang="ja").read_text(encoding="utf-8")
    assert "催事シミュレーション報告書" in text
    assert "会場の最大密度" in text
    assert "5分" in text  # as a planner writes it
    assert "134.8390, 34.7590, 6" in text  # degrees as they were given, not taken for metres
    page = results["花火", 0].animate(tmp_path / "night.html", compare=results["増発", 0])
    assert page.stat().st_size > 100_000


def test_who_is_in_the_area_is_not_drawn_on_a_street(run: cm.Run) -> None:
    from chimata.page.scene import RIDING

    scene = scene_of(run)
    visitors = run.table("visitors").df
    person = int(visitors["person"].iloc[0])
    first, last = scene.trip_offsets[person : person + 2]
    links, entered = scene.trip_link[first:last], scene.trip_enter_s[first:last]
    away = entered[links == RIDING]
    came, out = visitors[["came_s", "out_s"]].iloc[0]
    assert len(away) == 1
    assert away[0] == pytest.approx(came, abs=1.5)  # windows of a second
    # they come out in the middle of a street and are drawn from its end on
    assert out - 1.5 <= entered[entered > away[0]].min() < out + 120
    assert set(scene.state_names) == {"home", "walking", "visiting", "on_platform", "elsewhere"}
    assert (scene.census.sum(axis=1) == scene.census[0].sum()).all()


def test_visitors_from_elsewhere_are_not_at_home_while_they_are_away(run: cm.Run) -> None:
    scene = scene_of(run)
    counts = dict(zip(scene.state_names, scene.census.T, strict=True))
    assert counts["home"][0] == 3000
    assert counts["elsewhere"][0] == counts["elsewhere"][-1] == 60
    assert counts["elsewhere"].min() == 0


def test_the_animation_draws_everybody_in_the_area_where_they_are(run: cm.Run) -> None:
    scene = scene_of(run)
    check_scene(scene)
    areas = run.table("areas").df
    for moment in (4000, 5000, 5400, 5800):
        there = areas.loc[(areas["t_s"] - moment).abs().idxmin()]
        begin, end = scene.stay_offsets[:-1], scene.stay_offsets[1:] - 1
        inside = (scene.stay_s[begin] <= there["t_s"]) & (there["t_s"] < scene.stay_s[end])
        assert inside.sum() == pytest.approx(there["inside"] + there["outside"], abs=2)
    rings = [scene.area_xy[a:b] for a, b in itertools.pairwise(scene.area_offsets)]
    area = shapely.Polygon(rings[0], rings[1:])
    assert all(area.buffer(0.2).contains(shapely.points(scene.stay_xy)))
    assert len(scene.gate_width_m) == len(run.table("area_gates").df)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"at": ""}, "at: is missing"),
        ({"at": "area:riversid"}, "did you mean"),
        ({"at": "building:station", "within_m": 0}, "leads into it"),
        ({"end": "18:50"}, "end: is not later than start"),
        ({"start": "18:00"}, "arrive_from"),
        ({"station": ""}, "station: is missing"),
        ({"attendance": 100_000}, "residents live within"),
        ({"attendance": 1500, "viewing_density": 0.2, "within_m": 220}, "have room"),
        ({"exits_only": ["way/1"]}, "there is no gate"),
        ({"extra_gates": ["134.84, 34.76"]}, "width in m"),
        ({"barriers": ["134.84, 34.76"]}, 'write "longitude, latitude, longitude, latitude"'),
        ({"barriers": ["134.9, 34.8, 134.91, 34.8"]}, "lies outside area:riverside"),
        ({"checks": ["way/1, 2, 8"]}, "there is no gate"),
        ({"check_variation": 9}, "check_variation"),
        ({"viewing_density": 9}, "viewing_density"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    city: cm.City, change: dict[str, object], said: str
) -> None:
    with pytest.raises(cm.InputError) as refused:
        fireworks(city, **change).run(1, progress=False)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.fixture(scope="module")
def flooded() -> list[cm.Scenario]:
    return demo.event_flood(people=3000, attendance=150)


@pytest.fixture(scope="module")
def warned_run(flooded: list[cm.Scenario]) -> cm.Run:
    return flooded[0].run(1, progress=False)


def test_an_order_during_the_event_moves_those_who_heed_it(warned_run: cm.Run) -> None:
    visitors, persons = warned_run.table("visitors").df, warned_run.table("persons").df
    moved = visitors[visitors["phase"] == 7]
    assert 10 < len(moved) < 150
    # they are the evacuation's, whose table says when they set out and where they are
    # all but those who walked home to their household first, and are there
    theirs = persons.loc[moved["person"]]
    assert theirs["departed_s"].notna().mean() > 0.5
    at_home = {1, 8}  # preparing, upstairs
    assert set(theirs.loc[theirs["departed_s"].isna(), "state"]) <= at_home
    assert (persons.loc[moved["person"], "decided"] == 1).all()
    # the order ended the event 20 minutes early; announcements take three minutes in the mean
    there = visitors[visitors["out_s"].notna()]
    assert len(there) > 100
    assert there["set_out_s"].quantile(0.9) < (20 - 17.5) * 3600
    assert visitors["told"].sum() > 10
    by_venue = persons.loc[visitors["person"], "told_by"] == 7
    assert by_venue.sum() > 10


def test_everybody_is_counted_once_in_the_figures_of_both(warned_run: cm.Run) -> None:
    kpis, persons = warned_run.kpis, warned_run.table("persons").df
    census = warned_run.table("census").df
    assert (census.drop(columns="t_s").sum(axis=1) == len(persons)).all()
    assert len(persons) == 3000 + 60  # residents, and those who come by train
    assert kpis["event_evacuated"] == (warned_run.table("visitors").df["phase"] == 7).sum()
    assert kpis["sheltered"] == (persons["state"] == 4).sum()
    assert kpis["decided"] >= kpis["event_evacuated"]
    assert kpis["event_attendance"] <= 150
    assert kpis["caught_total"] == kpis["caught_total"]


def test_the_page_of_fireworks_and_flood_counts_visitors_and_sheltered(warned_run: cm.Run) -> None:
    from chimata.export import scene_of
    from chimata.page.checks import check_scene

    scene = scene_of(warned_run)
    check_scene(scene)
    counts = dict(zip(scene.state_names, scene.census.T, strict=True))
    assert (scene.census.sum(axis=1) == 3000 + 60).all()
    assert counts["visiting"].max() > 100
    assert counts["sheltered"][-1] > 100
    assert len(scene.person_final) == 3000 + 60


def test_a_study_of_fireworks_and_flood_reports_both(flooded: list[cm.Scenario], tmp_path) -> None:
    results = cm.Study(flooded[:2], seeds=2).run(progress=False)
    table = results.compare()
    assert set(table["kpi"]) >= {
        "event_clearance_s",
        "event_evacuated",
        "evacuated_share",
        "caught_total",
    }
    text = results.report(tmp_path / "report.html", lang="ja").read_text(encoding="utf-8")
    assert "催事と避難のシミュレーション報告書" in text
    assert "会場から避難した人数" in text


def test_a_flood_at_an_event_needs_somebody_who_warns(city: cm.City) -> None:
    flood = cm.Flood.from_rasters("demo:riverside/flood/depth_*.tif", time="filename")
    with pytest.raises(cm.InputError, match="nobody who warns people"):
        fireworks(city).add(flood).check()


def test_the_demonstration_has_five_plans_that_can_be_run() -> None:
    scenarios = demo.event()
    assert [s.name for s in scenarios] == ["花火", "分散退場", "一方通行", "臨時出入口", "臨時列車"]
    for scenario in scenarios:
        scenario.check()


@pytest.mark.parametrize("make", [demo.flood, demo.event, demo.event_flood])
def test_demonstrations_in_english_say_nothing_in_japanese(make: Any) -> None:
    japanese, english = make(), make(lang="en")
    for one, other in zip(japanese, english, strict=True):
        told = json.dumps(other.document, ensure_ascii=False)
        assert not re.search("[\u3040-\u9fff]", told)
        # but for words they are the same
        changed = one.diff(other)
        assert set(changed["target"]) <= {
            "event.name",
            *one.edits["target"],
            *other.edits["target"],
        }
        assert len(one.edits) == len(other.edits)


def test_english_pages_call_the_town_by_its_english_name(run: cm.Run, city: cm.City) -> None:
    assert (city.name_in("ja"), city.name_in("en")) == ("川辺市", "Kawabe City")
    assert scene_of(run, "en").subtitle == "Kawabe City"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"release": "5h"}, "give 0s to 4h"),
        ({"attendance": 0}, "give 1 to 1,000,000 persons"),
        ({"extra_gates": "134.8, 34.7, 6"}, 'write e.g. ["longitude, latitude, width in m"]'),
        ({"extra_gates": [134.8, 34.7, 6]}, "longitude, latitude, width in m"),
        ({"extra_gates": ["34.759, 134.839, 6"]}, "extra_gates: [34.759,134.839] is no longitude"),
    ],
)
def test_what_is_expected_is_told_as_it_is_written(
    city: cm.City, change: dict[str, object], said: str
) -> None:
    with pytest.raises(cm.InputError) as refused:
        fireworks(city, **change).check()
    assert said in str(refused.value)


def test_a_gate_is_no_street_to_be_closed(city: cm.City) -> None:
    with pytest.raises(cm.InputError, match=r"closed_gates=\[\"way/100351\"\]"):
        fireworks(city).close("way/100351")


FILES = ["night", "staged_release", "one_way", "extra_gate", "extra_trains"]


def test_the_files_of_the_fireworks_are_the_plans_of_the_demonstration() -> None:
    for name, plan in zip(FILES, demo.event(), strict=True):
        read = cm.Scenario.from_yaml(ROOT / "scenarios" / "fireworks" / f"{name}.yaml", plan.city)
        assert read.name == plan.name
        assert len(plan.diff(read)) == 0


def with_few_people(folder: Path, names: list[str]) -> list[str]:
    """Files of the fireworks' plans for 60 people each."""
    files = []
    for name in names:
        few = folder / f"{name}.yaml"
        few.write_text(
            f'schema: "chimata/scenario@1"\nname: "{name}"\n'
            f'base: "{ROOT / "scenarios" / "fireworks" / name}.yaml"\n'
            'edits: [{op: change, target: event, set: {attendance: 60}, why: "a test"}]\n',
            "utf-8",
        )
        files.append(str(few))
    return files


def test_the_files_of_the_fireworks_run_with_few_people(tmp_path: Path) -> None:
    files = with_few_people(tmp_path, FILES)
    assert (
        main(["run", *files, "--seeds", "0:1", "--out", str(tmp_path / "out"), "--no-report"]) == 0
    )
    compared = pd.read_csv(tmp_path / "out" / "compare.csv")
    assert set(compared["scenario"]) == set(FILES[1:])
    asked = {"event_clearance_s", "event_dense_person_min", "event_crush_person_min", "event_gate_queue_max",
             "event_exit_queue_max", "platform_load_max"}  # fmt: skip
    assert asked <= set(compared["kpi"])


CARS = {
    "car_share": 0.2, "car_from": ["134.8215, 34.7660", "134.8590, 34.7660"],
    "car_parks": ["134.8350, 34.7620, 10", "building:station, 10"],
}  # fmt: skip


def test_visitors_by_car_park_and_drive_home(city: cm.City) -> None:
    run = fireworks(city, **CARS).add(cm.Driving()).run(1, progress=False)
    visitors = run.table("visitors").df
    by_car = visitors[visitors["by_car"] == 1]
    assert len(by_car) == 30
    assert by_car["came_s"].notna().all()
    assert by_car["home_s"].notna().all()
    parks = run.table("car_parks").df
    assert (parks["cars"] <= parks["spaces"]).all()
    most = parks.groupby("t_s")["cars"].sum().max()
    assert most == 12  # 30 people in cars of two and three, each half by one road
    last = parks[parks["t_s"] == parks["t_s"].max()]
    assert last["cars"].sum() == 0
    assert run.kpis["event_cars_out_p95_s"] > 120
    assert run.kpis["event_car_park_share"] == 1
    scene = scene_of(run)
    check_scene(scene)
    assert len(scene.car_offsets) == 2 * 12 + 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"car_from": []}, "car_from or car_parks is missing"),
        ({"car_parks": ["134.8350, 34.7620"]}, "spaces"),
        ({"car_parks": ["134.8350, 34.7620, 5"]}, "5 spaces for 12 cars"),
        ({"car_parks": ["134.9350, 34.7620, 50"]}, "farther than 500 m"),
        ({"car_from": ["building:nowhere"]}, "nowhere"),
        ({"train_share": 0.9}, "more than 1 together"),
    ],
)
def test_cars_that_cannot_come_are_refused(
    city: cm.City, change: dict[str, object], message: str
) -> None:
    with pytest.raises(cm.InputError, match=message):
        fireworks(city, **(CARS | change)).add(cm.Driving()).run(1, progress=False)


def test_visitors_by_car_need_driving(city: cm.City) -> None:
    with pytest.raises(cm.InputError, match="nothing moves cars"):
        fireworks(city, **CARS).run(1, progress=False)


def test_an_event_an_evacuation_a_flood_and_cars_share_one_clock(city: cm.City) -> None:
    night = fireworks(city, start="18:30", end="19:30", **CARS).add(
        cm.Driving(),
        cm.Flood.from_rasters("demo:riverside/flood/depth_*.tif", time="filename", delay_h=-8),
        cm.Evacuation(order_at="19:10", compliance=0.7, car_share=0.3),
    )
    run = night.change("shelter:*", parking=40).run(
        1, progress=False
    )  # everybody is counted twice at every recording
    visitors = run.table("visitors").df
    assert (visitors["phase"] == 7).any()
    persons = run.table("persons").df
    assert len(persons) == 3000 + 90
    cars = run.table("cars").df
    assert len(cars) > 12


def test_the_files_of_the_fireworks_with_cars_run_with_few_people(tmp_path: Path) -> None:
    files = with_few_people(tmp_path, ["by_car", "park_farther"])
    out = tmp_path / "out"
    assert main(["run", *files, "--seeds", "0:1", "--out", str(out)]) == 0
    compared = pd.read_csv(out / "compare.csv").set_index("kpi")
    assert {"event_cars_out_p95_s", "event_car_park_share", "car_trips"} <= set(compared.index)
    assert (out / "report.html").stat().st_size > 10_000


MIX = [
    "adult, 0.6",
    "child, 0.1",
    "elderly, 0.15",
    "wheelchair, 0.05",
    "stroller, 0.1, gap_seeking",
]
SIZES = ["1, 0.3", "2, 0.4", "4, 0.3"]


@pytest.fixture(scope="module")
def families(city: cm.City) -> cm.Run:
    return fireworks(city, people=MIX, groups=SIZES, attendance=300).run(1, progress=False)


def test_people_come_in_the_kinds_and_groups_that_are_asked_for(families: cm.Run) -> None:
    visitors = families.table("visitors").df
    assert len(visitors) == 300
    assert visitors["home_s"].notna().all()
    residents = visitors[visitors["by_train"] == 0]["kind"]
    assert (residents == "child").sum() == 18
    assert (residents == "elderly").sum() == 27
    assert (residents == "wheelchair").sum() == 9
    shares = visitors["kind"].value_counts(normalize=True)
    for kind, share in (text.split(", ")[:2] for text in MIX):
        assert shares[kind] == pytest.approx(float(share), abs=0.06)
    alone = visitors["group"] == 4294967295
    assert alone.mean() == pytest.approx(0.3, abs=0.12)
    sizes = visitors[~alone]["group"].value_counts()
    assert set(sizes) <= {2, 3, 4}  # three where a train or a street has no more


def test_a_group_comes_stays_and_leaves_together(families: cm.Run) -> None:
    visitors = families.table("visitors").df
    groups = visitors[visitors["group"] != 4294967295].groupby("group")
    for column in ("gate_in", "gate_out", "spot", "set_out_s"):
        assert (groups[column].nunique() == 1).all(), column
    assert groups["came_s"].agg(np.ptp).quantile(0.9) < 15
    out = groups["out_s"].agg(np.ptp)  # some are held up by people who still stand
    assert out.median() < 5
    assert out.quantile(0.8) < 30
    # where everybody was last seen before the end
    ways = families.table("area_ways").df
    place = ways[ways["t_s"] < 5400].groupby("person").last()[["x_m", "y_m"]]
    stood = visitors.set_index("person").join(place, how="inner")
    stood = stood[(stood["group"] != 4294967295) & stood["x_m"].notna()]
    across = stood.groupby("group")[["x_m", "y_m"]].agg(np.ptp).max(axis=1)
    assert across.quantile(0.8) < 3
    assert across.max() < 30  # some are held fast on their way back to somebody who got no farther


def test_wheelchairs_need_longer_to_get_out(families: cm.Run, run: cm.Run) -> None:
    kinds = families.table("visitor_kinds").df.set_index("kind")
    assert kinds["people"].sum() == 300
    assert kinds.loc["wheelchair", "speed_m_s"] < 0.7 < 1.2 < kinds.loc["adult", "speed_m_s"]
    assert families.kpis["event_wheelchair_out_p95_s"] >= kinds["out_mean_s"].min()
    assert np.isnan(run.kpis["event_wheelchair_out_p95_s"])
    assert set(run.table("visitors").df["kind"]) == {""}
    assert (run.table("visitors").df["group"] == 4294967295).all()


def test_plans_compared_have_the_same_people(city: cm.City, families: cm.Run) -> None:
    other = fireworks(city, people=MIX, groups=SIZES, attendance=300, guided=0.5)
    there = other.run(1, progress=False).table("visitors").df
    here = families.table("visitors").df
    same = ["person", "kind", "group", "left_home_s"]
    pd.testing.assert_frame_equal(here[same], there[same])


def test_families_walk_the_same_ways_on_two_threads(city: cm.City, families: cm.Run) -> None:
    again = fireworks(city, people=MIX, groups=SIZES, attendance=300).run(
        1, threads=2, progress=False
    )
    for table in ("visitors", "area_ways"):
        pd.testing.assert_frame_equal(again.table(table).df, families.table(table).df)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"people": ["adult, 0.9", "wheelchiar, 0.1"]}, "did you mean wheelchair"),
        ({"people": ["adult, 0.9"]}, "people: has shares that add up to 0.9; make them 1 together"),
        ({"people": ["adult, 1.2", "child, -0.2"]}, "with a share from 0 to 1"),
        ({"people": ["adult, 1, running"]}, 'there is no law "running"'),
        ({"people": [0.5]}, 'write "wheelchair, 0.02"'),
        ({"people": ["wheelchair, 1"], "train_share": 0.0, "station": ""}, "live near enough"),
        ({"groups": ["0, 1"]}, 'has groups of "0"; write "size, share" with a size from 1 to 12'),
        ({"groups": ["2, 0.5"]}, "groups: has shares that add up to 0.5"),
    ],
)
def test_people_who_cannot_come_are_refused_in_one_line(
    city: cm.City, change: dict[str, object], said: str
) -> None:
    with pytest.raises(cm.InputError) as refused:
        fireworks(city, **change).check()
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
