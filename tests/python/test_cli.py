from __future__ import annotations

import json
from pathlib import Path

import pytest

import chimata as cm
from chimata import work
from chimata.cli import main
from village import CRS, write_sources


@pytest.fixture
def plan(flood: cm.Scenario, tmp_path: Path) -> Path:
    flood.to_yaml(tmp_path / "plan.yaml")
    return tmp_path / "plan.yaml"


@pytest.fixture
def variant(plan: Path) -> Path:
    path = plan.with_name("variant.yaml")
    path.write_text(
        "schema: chimata/scenario@1\nname: 案\nbase: plan.yaml\nevacuation: {compliance: 0.9}\n",
        "utf-8",
    )
    return path


def test_run_compares_files_and_writes_report_and_animation(
    plan: Path, variant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["run", str(plan), str(variant), "--seeds", "0:4", "--out", str(out)]
    assert main([*arguments, "--workers", "1"]) == 0
    said = capsys.readouterr().out
    assert "避難完了者" in said
    assert "改善" in said
    for name in ("report.html", "animation.html", "kpis.csv", "compare.csv"):
        assert (out / name).stat().st_size > 100

    assert main(["compare", str(out), "--lang", "en"]) == 0
    assert "better" in capsys.readouterr().out


def test_a_second_run_into_the_same_folder_wants_to_be_told(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["run", str(plan), "--seeds", "1", "--out", str(tmp_path / "o"), "--no-report"]
    assert main(arguments) == 0
    assert main(arguments) == 1
    assert "holds a study already; add --resume" in capsys.readouterr().err
    assert main([*arguments, "--resume"]) == 0


def test_folders_of_two_studies_are_compared(
    plan: Path, variant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, path in (("a", plan), ("b", variant)):
        rest = ["--seeds", "3", "--out", str(tmp_path / name), "--no-report", "--workers", "1"]
        assert main(["run", str(path), *rest]) == 0
    capsys.readouterr()
    assert main(["compare", str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    assert "案  /  基準: 洪水" in capsys.readouterr().out


def test_a_failed_run_fails_the_command_with_its_reason(
    flood: cm.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    simulate = work._simulate

    def broken(scenario: cm.Scenario, seed: int, *how: object) -> object:
        if seed == 1:
            raise RuntimeError("the run went wrong\nsecond line")
        return simulate(scenario, seed, *how)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "_simulate", broken)
    flood.variant("fail").to_yaml(tmp_path / "f.yaml")
    rest = ["--seeds", "2", "--out", str(tmp_path / "o"), "--workers", "1"]
    assert main(["run", str(tmp_path / "f.yaml"), *rest]) == 1
    assert "fail, seed 1: the run went wrong" in capsys.readouterr().err


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_a_city_is_imported_validated_and_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sources(tmp_path)
    city = tmp_path / "city.h5"
    sources = {"osm": "streets.osm", "shelters": "shelters.csv", "zones": "zones.geojson"}
    options = [
        word for option, name in sources.items() for word in (f"--{option}", str(tmp_path / name))
    ]
    assert main(["import", *options, "--crs", CRS, "-o", str(city)]) == 0
    assert "36 nodes" in capsys.readouterr().out
    assert main(["validate", str(city)]) == 0
    said = capsys.readouterr().out
    assert "100 % of widths come from class defaults" in said
    made = cm.City.load(city)
    assert (made.name, made.crs) == ("streets", CRS)
    assert made.core.shelters()["capacity"].tolist() == [300, 900]


NETWORK = """<network><nodes><node id="1" x="0" y="0"/><node id="2" x="100" y="0"/></nodes>
<links><link id="7" from="1" to="2" length="100" freespeed="10" capacity="3600" permlanes="1"/>
</links></network>"""


def test_a_network_of_another_program_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "network.xml").write_text(NETWORK)
    options = ["--street-option", "walk_along=true", "--crs", CRS]
    out = str(tmp_path / "c.h5")
    assert main(["import", "--streets", str(tmp_path / "network.xml"), *options, "-o", out]) == 0
    assert "2 nodes" in capsys.readouterr().out
    (tmp_path / "network.xml").write_text(NETWORK.replace('to="2"', 'to="3"'))
    assert main(["import", "--streets", str(tmp_path / "network.xml"), *options, "-o", out]) == 1
    assert "network.xml:2: there is no node 3" in capsys.readouterr().err


WRONG = [
    (["run", "no.yaml", "--out", "o"], "no.yaml: cannot be read"),
    (["run", "plan.yaml", "--seeds", "x", "--out", "o"], "'x' names no seed"),
    (["run", "plan.yaml", "--workers", "0", "--out", "o"], "--workers: is 0"),
    (["run", "plan.yaml", "plan.yaml", "--out", "o"], "two scenarios are called"),
    (["run", "based.yaml", "--out", "o"], "based.yaml: base: there is no scenario file none.yaml"),
    (
        ["run", "bare.yaml", "--out", "o"],
        'bare.yaml: has no line schema; begin it with schema: "chim',
    ),
    (["compare", "nothing"], "nothing: holds no study"),
    (["compare", "nothing", "--ci", "95"], "--ci: is 95"),
    (["validate", "no.h5"], "there is no such city file"),
    (["validate", "plan.txt"], "not a city file"),
    (["import", "--osm", "no.osm", "-o", "c.h5"], "no.osm: there is no such file"),
    (["import", "--osm", "plan.txt", "-o", "no/c.h5"], "its folder does not exist"),
    (["import", "--osm", "plan.txt", "--layer", "ports", "-o", "c.h5"], "is not name=value"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_bad_input_is_one_line_and_no_traceback(
    plan: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(plan.parent)
    Path("plan.txt").write_text("no city")
    Path("based.yaml").write_text("schema: chimata/scenario@1\nname: a\nbase: none.yaml\n")
    Path("bare.yaml").write_text("name: a\nstart: 2025-09-10 02:00\n")
    assert main(arguments) == 1
    errors = capsys.readouterr().err
    assert said in errors
    assert errors.count("\n") == 1
    assert errors.startswith("chimata: ")
    assert not Path("c.h5").exists()


def test_a_package_without_its_town_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("chimata.resources.bundled_towns", dict)
    assert main(["demo", "flood", "--out", "o"]) == 1
    assert "no bundled town" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["demo", "moon"], ["run", "a.yaml"], ["import", "-o", "c.h5"]]
)
def test_a_wrong_command_line_is_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    errors = capsys.readouterr().err
    assert errors.count("\n") == 1
    assert "--help" in errors


def test_an_unknown_demo_comes_with_the_one_that_was_meant(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["demo", "evnt"])
    assert "there is no 'evnt'; did you mean event" in capsys.readouterr().err


def test_a_pipe_gets_a_line_for_every_finished_run(
    plan: Path, variant: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.delenv("CHIMATA_PROGRESS")
    rest = ["--seeds", "2", "--out", str(tmp_path / "o"), "--no-report", "--workers", "1"]
    assert main(["run", str(plan), str(variant), *rest]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("run 1 of 4: 洪水, seed 0; ")
    assert "left" in lines[0]
    assert lines[3].startswith("run 4 of 4: 案, seed 1; ")
    assert lines[3].endswith(" so far")
    assert main(["run", str(plan), str(variant), *rest, "--resume"]) == 0
    assert capsys.readouterr().err == ""  # nothing was left to do


def test_validate_lists_the_gates_of_an_event_and_what_is_odd(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "square.yaml"
    path.write_text(
        "schema: chimata/scenario@1\nname: 祭り\ncity: demo:riverside\n"
        "population: {total: 1000, seed: 1}\nstart: 2025-08-02 17:00\nduration: 3h\n"
        "event: {at: area:station_square, start: '19:00', end: '19:20', attendance: 50}\n"
        "edits: [{op: close, target: link:osm/way/100257}]\n",
        "utf-8",
    )
    assert main(["validate", str(path)]) == 0
    said = capsys.readouterr().out
    assert "note: 11 buildings cover 30 % of area:station_square" in said
    assert "note: edit 1 closes link:osm/way/100257, but the gate way/100257" in said
    assert "in and out" in said


def test_the_schema_takes_people_from_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.validate({"name": "a", "population": {"file": "people.csv"}}, schema)


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "nothing", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_says_that_nothing_is_lost(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("chimata.study.Study.run", interrupted)
    assert main(["run", str(plan), "--out", str(tmp_path / "o")]) == 130
    assert "finished runs are kept" in capsys.readouterr().err
