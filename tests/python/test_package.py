from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import chimata as cm
from village import write_sources

PACKAGE = Path(cm.__file__).parent


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, chimata; "
        "print(*{'numpy','pandas','matplotlib','geopandas','scipy','shapely'} & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == ""


def test_every_public_name_can_be_had() -> None:
    for name in cm.__all__:
        assert getattr(cm, name) is not None
    assert set(cm.__all__) <= set(dir(cm))
    with pytest.raises(AttributeError, match="no attribute 'Citty'"):
        cm.Citty  # type: ignore[attr-defined]  # noqa: B018


def test_every_public_function_and_class_is_documented() -> None:
    import ast

    silent = []
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        if not ast.get_docstring(tree):
            silent.append(path.name)
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        holders = [tree, *(node for node in classes if not node.name.startswith("_"))]
        for holder in holders:
            for node in holder.body:
                named = isinstance(node, ast.FunctionDef | ast.ClassDef)
                if named and not node.name.startswith("_") and not ast.get_docstring(node):
                    silent.append(f"{path.name}: {node.name}")
    assert silent == []


def test_a_city_shows_its_layers_and_what_it_is(village: cm.City) -> None:
    city = village
    city.core  # noqa: B018 (read now)
    assert "36 nodes" in repr(city)
    assert "EPSG:6673" in city._repr_html_()
    assert set(city.layers) >= {"streets", "nodes", "shelters", "zones", "area"}
    assert city.layers["streets"].geometry.length.to_numpy() == pytest.approx(
        100, abs=0.02
    )  # OSM rounds to 1e-7°
    lon, lat = city.to_lonlat(*(city.core.nodes()[axis][0] for axis in "xy"))
    assert 133 < lon < 135
    assert 34 < lat < 35
    with pytest.raises(cm.InputError, match="did you mean streets"):
        city.layers["street"]


def test_building_a_city_is_immutable_and_lazy(tmp_path: Path) -> None:
    write_sources(tmp_path)
    start = cm.City.from_osm(tmp_path / "streets.osm")
    whole = start.add_zones(tmp_path / "zones.geojson").add_shelters(tmp_path / "shelters.csv")
    assert "not read yet: name, streets" in repr(start)
    assert "shelters" in repr(whole)
    with pytest.raises(cm.InputError, match="there is no such file"):
        start.add_buildings(tmp_path / "udx")
    assert whole.name == "streets"
    whole.core  # noqa: B018 (read now)
    with pytest.raises(cm.InputError, match="is already built"):
        whole.add_licence("CC BY 4.0")


def test_a_city_in_which_nobody_lives_says_what_is_missing(tmp_path: Path) -> None:
    write_sources(tmp_path)
    streets = cm.City.from_osm(tmp_path / "streets.osm", name="村")
    with pytest.raises(cm.InputError, match=r"村: has no residents; use add_population"):
        streets.population()


def test_everybody_in_a_village_walks_to_a_shelter(village: cm.City) -> None:
    assert len(village.population()) == 1000
    scenario = cm.Scenario("避難", village, start="2025-09-10 02:00", duration="6h").add(
        cm.Evacuation(compliance=1)
    )
    run = scenario.run(seed=0, progress=False)
    assert run.kpis["sheltered"] == 1000
    last = run.shelters.df.groupby("id")["occupancy"].last()
    assert last.sum() == 1000
    assert (last <= [300, 900]).all()


def test_a_scenario_travels_to_another_process_by_pickle(flood: cm.Scenario) -> None:
    import pickle

    assert pickle.loads(pickle.dumps(flood)) == flood
