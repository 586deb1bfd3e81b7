"""Worlds of CrowdWalk, drawn small: a fork of streets with a gate and a sign."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import chimata as cm
from chimata import crowdwalk

# A 100 m to B (sign on the link), then 100 m to C, or 100 m to D
MAP = """<?xml version="1.0"?>
<Group id="0" zone="9">
  <Node id="a" x="0" y="0"><tag>HOME</tag></Node>
  <Node id="b" x="100" y="0"/>
  <Node id="c" x="200" y="0"><tag>EAST</tag></Node>
  <Node id="d" x="100" y="100"><tag>SOUTH</tag></Node>
  <Link id="ab" from="a" to="b" length="100" width="4"><tag>SIGN</tag></Link>
  <Link id="bc" from="b" to="c" length="120" width="4"/>
  <Link id="bd" from="b" to="d" length="100" width="4"/>
  <Link id="loop" from="b" to="b" length="0" width="4"/>
</Group>
"""


def _world(
    folder: Path, events: list[dict[str, str]], kind: str = "RationalAgent"
) -> crowdwalk.World:
    rule = {
        "rule": "EACH", "agentType": {"className": kind}, "startTime": "18:00:00", "total": 30,
        "duration": 600, "startPlace": "HOME", "goal": "EAST",
    }  # fmt: skip
    says = {"": "if", "condition": {"": "listenAlert", "message": "closed"},
            "then": [{"": "changeGoal", "goal": "SOUTH"}]}  # fmt: skip
    events = [{"type": "Initiate", "atTime": "18:00:00"}, *events]
    (folder / "map.xml").write_text(MAP)
    with gzip.open(folder / "gen.json.gz", "wt") as file:
        file.write('#{ "version" : 2}\n' + json.dumps([rule]))
    (folder / "scenario.json").write_text(json.dumps(events))
    (folder / "fallback.json").write_text(json.dumps({"agent": {"rule": [says]}}))
    names = {
        "map": "map.xml",
        "generation": "gen.json",
        "scenario": "scenario.json",
        "fallback": "fallback.json",
    }
    path = folder / "properties.json"
    path.write_text(json.dumps({f"{key}_file": name for key, name in names.items()}))
    return crowdwalk.read(path, name="fork")


def _trips(world: crowdwalk.World, folder: Path) -> cm.Run:
    return world.scenario(folder / "out", law="weidmann").run(progress=False)


def test_lengths_widths_and_places_are_as_the_map_says(tmp_path: Path) -> None:
    world = _world(tmp_path, [])
    assert world.crs == "EPSG:6677"
    assert world.people == 30
    assert world.notes == ["1 links from a node to itself were left out"]
    streets = world.scenario(tmp_path / "out").city.layers["streets"].set_index("name")
    assert streets.loc["bc", "length_m"] == pytest.approx(120)
    assert streets.loc["bc", "width_m"] == pytest.approx(4)
    assert world.nodes["d"] == (100.0, -100.0)


def test_everybody_walks_to_their_goal_at_the_speed_of_somebody_alone(tmp_path: Path) -> None:
    trips = _trips(_world(tmp_path, []), tmp_path).table("trips").df
    took = trips["arrival_s"] - trips["departure_s"]
    assert (trips["phase"] == 2).all()
    assert took.between(210, 230).all()  # 220 m at 1.02 m/s
    assert trips["departure_s"].between(0, 600).all()


def test_a_sign_sends_those_who_read_it_another_way_until_it_is_taken_down(tmp_path: Path) -> None:
    events = [
        {"type": "Alert", "placeTag": "SIGN", "message": "closed", "atTime": "18:04:00"},
        {
            "type": "Alert",
            "placeTag": "SIGN",
            "message": "closed",
            "onoff": "false",
            "atTime": "18:08:00",
        },
    ]
    trips = _trips(_world(tmp_path, events), tmp_path).table("trips").df
    at_sign = trips["departure_s"] + 98
    south = trips["node"] == trips["node"].max()
    assert not south[(at_sign < 235) | (at_sign > 485)].any()
    assert south[at_sign.between(245, 475)].all()
    naive = _trips(_world(tmp_path, events, "NaiveAgent"), tmp_path).table("trips").df
    assert naive["node"].nunique() == 1


def test_people_wait_at_a_gate_until_it_opens(tmp_path: Path) -> None:
    events = [
        {"type": "CloseGate", "placeTag": "b", "atTime": "18:00:00"},
        {"type": "OpenGate", "placeTag": "b", "atTime": "18:15:00"},
    ]
    trips = _trips(_world(tmp_path, events), tmp_path).table("trips").df
    assert (trips["phase"] == 2).all()
    assert trips["arrival_s"].min() >= 900 + 115
    assert trips["arrival_s"].max() < 900 + 150


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("map.xml", "<Group>", "map.xml: is no XML"),
        ("map.xml", MAP.replace('to="c"', 'to="z"'), "link bc ends at z"),
        ("scenario.json", "[{]", "scenario.json:1: is no JSON"),
        ("gen.json", '[{"startPlace": "HOME"}]', "gen.json, rule 1: has no goal"),
        ("properties.json", "{}", "names no map_file"),
    ],
)
def test_a_damaged_file_is_one_line_that_says_where(
    tmp_path: Path, file: str, text: str, said: str
) -> None:
    _world(tmp_path, [])
    (tmp_path / file).write_text(text)
    with pytest.raises(cm.InputError, match=said) as problem:
        crowdwalk.read(tmp_path / "properties.json", name="fork")
    assert "\n" not in str(problem.value)


def test_a_place_that_is_not_on_the_map_is_named(tmp_path: Path) -> None:
    world = _world(tmp_path, [{"type": "CloseGate", "placeTag": "gate 7", "atTime": "18:00:00"}])
    with pytest.raises(cm.InputError, match="gate 7"):
        world.scenario(tmp_path / "out")
