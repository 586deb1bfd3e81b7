from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import chimata as cm


def test_no_method_changes_the_scenario_it_is_called_on(flood: cm.Scenario) -> None:
    before = flood.document
    flood.variant("b", why="w").set("evacuation.compliance", 0.1).move(
        "shelter:S01", to=(134.8, 34.7)
    )
    flood.change("shelter:*", capacity="x2").close("shelter:S02").remove("shelter:S01")
    flood.add(cm.Walking(slope=False)).add_shelter("S99", to="area:hill", capacity=5)
    assert flood.document == before


def test_a_scenarios_document_is_a_copy(flood: cm.Scenario) -> None:
    flood.document["evacuation"]["compliance"] = 0.0
    assert flood.document["evacuation"]["compliance"] == 0.7


def test_diff_lists_what_changed_with_old_new_and_why(flood: cm.Scenario) -> None:
    moved = (
        flood.variant("移設", why="浸水区域外へ")
        .move("shelter:S01", to="area:hill")
        .change("shelter:*", capacity="x1.2", why="教室を開放")
        .set("evacuation.order_at", "02:00")
    )
    table = flood.diff(moved)
    shelters = flood.city.core.shelters()
    assert table.to_numpy().tolist() == [
        [
            "move",
            "shelter:S01",
            "position",
            "45608, -136235",
            "area:hill (47708, -135851)",
            "浸水区域外へ",
        ],
        *(
            ["change", f"shelter:{id}", "capacity", before, round(before * 1.2), "教室を開放"]
            for id, before in zip(shelters["id"], shelters["capacity"].tolist(), strict=True)
        ),
        ["change", "evacuation", "order_at", "02:30", "02:00", "浸水区域外へ"],
    ]


def test_diff_of_two_plans_leaves_out_the_edits_they_share(flood: cm.Scenario) -> None:
    shared = flood.variant("a", why="増床").change("shelter:*", capacity="x2")
    table = shared.diff(shared.variant("b", why="改修").close("shelter:S02", start="03:00"))
    assert table[["op", "target", "why"]].to_numpy().tolist() == [["close", "shelter:S02", "改修"]]
    assert len(shared.diff(shared.variant("c"))) == 0
    edits = shared.edits
    assert set(edits["seq"]) == {1}
    assert len(edits) == len(flood.city.core.shelters()["id"])


def test_diff_shows_replaced_parts_and_undone_edits(flood: cm.Scenario) -> None:
    one = flood.variant("a").remove("shelter:S01")
    other = flood.variant("b").add(cm.Evacuation(order_at="03:00", compliance=0.7))
    ops = one.diff(other)[["op", "target", "old", "new"]].to_numpy().tolist()
    assert ["set", "evacuation.order_at", "02:30", "03:00"] in ops
    assert ops[-1][:2] == ["undo remove", "shelter:S01"]
    assert len(ops) == 2


def test_a_scenario_does_not_differ_from_itself_under_another_name(flood: cm.Scenario) -> None:
    assert len(flood.diff(flood.variant("同じ", why="何も変えない"))) == 0


def test_a_scenario_comes_back_from_its_file(
    city: cm.City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    scenario = (
        cm.Scenario("洪水", city, start="2025-09-10 02:00", duration="6h")
        .variant("移設", why="理由: 「安全」")
        .add(cm.Flood.from_rasters("water/depth_*.tif", time="minutes"))
        .move("shelter:S01", to=(134.84, 34.765)).close("link:osm/way/12", start="02:00", end="12:30")
    )  # fmt: skip
    (tmp_path / "plans").mkdir()
    scenario.to_yaml(tmp_path / "plans" / "b.yaml")
    again = cm.Scenario.from_yaml(tmp_path / "plans" / "b.yaml")
    assert again == scenario
    assert "../water/depth_*.tif" in (tmp_path / "plans" / "b.yaml").read_text("utf-8")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(
        str.strip
    ),
    why=st.text(st.characters(codec="utf-8", exclude_categories=["C"])),
    compliance=st.floats(0, 1),
    clock=st.times().map(lambda t: t.strftime("%H:%M")),
    factor=st.floats(0.1, 10).map(lambda f: f"x{f:.2f}"),
)
@example(name="INF", why="nan", compliance=0.5, clock="02:00", factor="x1.20")
def test_yaml_round_trip_holds_for_any_words_and_values(
    flood: cm.Scenario,
    tmp_path: Path,
    name: str,
    why: str,
    compliance: float,
    clock: str,
    factor: str,
) -> None:
    scenario = (
        flood.variant(name, why=why).set("evacuation.compliance", compliance)
        .add(cm.Evacuation(order_at=clock)).change("shelter:*", capacity=factor)
    )  # fmt: skip
    path = tmp_path / "any.yaml"
    scenario.to_yaml(path)
    assert cm.Scenario.from_yaml(path, flood.city) == scenario


def test_a_base_file_lies_below_the_file_that_names_it(flood: cm.Scenario, tmp_path: Path) -> None:
    flood.to_yaml(tmp_path / "base.yaml")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.yaml").write_text(
        "schema: chimata/scenario@1\nname: 案\nbase: ../base.yaml\n"
        "evacuation: {compliance: 0.9}\nedits:\n- {op: close, target: 'shelter:S01', why: 改修}\n",
        "utf-8",
    )
    made = cm.Scenario.from_yaml(tmp_path / "sub" / "b.yaml")
    assert made.document["evacuation"] == {"order_at": "02:30", "compliance": 0.9}
    assert made.document["edits"][0]["why"] == "改修"
    assert made.city.name == flood.city.name


def test_clock_times_without_quotes_stay_texts(flood: cm.Scenario, tmp_path: Path) -> None:
    flood.to_yaml(tmp_path / "a.yaml")
    text = (tmp_path / "a.yaml").read_text("utf-8").replace("02:30", "12:30")
    (tmp_path / "a.yaml").write_text(text.replace("'12:30'", "12:30"), "utf-8")
    assert cm.Scenario.from_yaml(tmp_path / "a.yaml").document["evacuation"]["order_at"] == "12:30"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no scenario"),
        ("- a", "holds no scenario"),
        ("a: [", "a.yaml:1: cannot be read as YAML"),
        (
            "schema: chimata/scenario@1\nname: a\nname: b\n",
            "a.yaml:3: cannot be read as YAML .*twice",
        ),
        ("schema: other\n", "schema is 'other'"),
        ("schema: chimata/scenario@1\nname: a\n", "has no start"),
        ("schema: chimata/scenario@1\nname: a\nstart: 2025-09-10 02:00\n", "duration or end"),
        ("schema: chimata/scenario@1\nname: a\nbase: a.yaml\n", "its own base"),
        (
            "schema: chimata/scenario@1\nname: a\nbase: no.yaml\n",
            "base: there is no scenario file no.yaml",
        ),
        (
            "schema: chimata/scenario@1\nname: a\nstart: x\nduration: 6h\ncity: no.h5",
            "no such city",
        ),
    ],
)
def test_a_broken_file_gives_one_line_with_the_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(cm.InputError, match=said) as caught:
        cm.Scenario.from_yaml(tmp_path / "a.yaml")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("name: 洪水".encode("cp932"))
    with pytest.raises(cm.InputError, match="is not UTF-8"):
        cm.Scenario.from_yaml(tmp_path / "a.yaml")


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda s: s.move("S01", to="area:hill"), "is no target"),
        (lambda s: s.move("shelter:S001", to="area:hill"), "did you mean shelter:S01"),
        (lambda s: s.move("shelter:S01", to=(34.7, 134.8)), "swap it: longitude first"),
        (lambda s: s.move("shelter:S01", to="hill"), "is no place"),
        (lambda s: s.move("shelter:S01", to=(1, 2, 3)), "is no place"),
        (lambda s: s.change("shelter:S01"), "nothing to change"),
        (lambda s: s.add_shelter("S01", to="area:hill", capacity=3), "exists already"),
        (lambda s: s.set("evacuation.complience", 1), "did you mean compliance"),
        (lambda s: s.set("evacution.compliance", 1), "did you mean evacuation"),
        (lambda s: s.set("evacuation.compliance", 1.5), "out of range; give 0 to 1"),
        (lambda s: s.set("evacuation.departure", "ray"), "is unknown"),
        (lambda s: s.variant(" "), "has no name"),
        (lambda s: s.add("Flood"), "is no part of a scenario"),
    ],
)
def test_a_wrong_edit_is_refused_when_it_is_written(
    flood: cm.Scenario, edit: object, said: str
) -> None:
    with pytest.raises(cm.InputError, match=said) as caught:
        edit(flood)  # type: ignore[operator]
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("model", "values", "said"),
    [
        (cm.Evacuation, {"compliance": "most"}, "is no number"),
        (cm.Evacuation, {"departure_mean": "-5min"}, "is no duration"),
        (cm.Evacuation, {"departure_mean": "25h"}, "out of range"),
        (cm.Evacuation, {"order_at": 150}, "is no time of day"),
        (cm.Evacuation, {"zones": "Z1"}, "is no list"),
        (cm.Evacuation, {"cat_share": 0.3}, "there is no parameter 'cat_share'"),
        (cm.Walking, {"slope": "yes"}, "neither true nor false"),
    ],
)
def test_a_wrong_parameter_is_refused(
    model: type[cm.Process], values: dict[str, object], said: str
) -> None:
    with pytest.raises(cm.InputError, match=said):
        model(**values)


def test_docstrings_of_processes_come_from_the_catalogue() -> None:
    text = cm.Wading.__doc__ or ""
    assert "adult_limit_m : number, default 0.7 m" in text
    assert "0.05 to 3" in text
    assert "grade B]" in text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"duration": "6h", "end": "08:00"}, "either duration or end"),
        ({}, "either duration or end"),
        ({"duration": "soon"}, "is no duration"),
        ({"duration": 0}, "lasts 0 s"),
        ({"end": "25:00"}, "is no clock time"),
        ({"duration": "6h", "tz": "Asia/Kawabe"}, "is no time zone"),
    ],
)
def test_a_scenario_without_sense_in_its_times_is_refused(
    city: cm.City, values: dict[str, object], said: str
) -> None:
    with pytest.raises(cm.InputError, match=said):
        cm.Scenario("a", city, start="2025-09-10 02:00", **values)  # type: ignore[arg-type]


def test_an_end_before_the_start_is_on_the_next_day(city: cm.City) -> None:
    night = cm.Scenario("夜", city, start="2025-09-10 22:00", end="04:30")
    assert night.document["duration"] == "390min"
