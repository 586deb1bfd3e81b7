"""Runs in the formats of other programs, read back with their own readers."""

from __future__ import annotations

import itertools
import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyogrio
import pytest

import chimata as cm
from chimata.exchange import final_positions


@pytest.fixture(scope="module")
def run(wet: cm.Scenario) -> cm.Run:
    return wet.run(0, progress=False)


def test_a_geopackage_holds_streets_shelters_districts_and_people(
    run: cm.Run, tmp_path: Path
) -> None:
    path = run.export(tmp_path / "run.gpkg")
    assert set(pyogrio.list_layers(path)[:, 0]) == {"links", "shelters", "zones", "people"}
    links = gpd.read_file(path, layer="links")
    assert links.crs.to_epsg() == int(run.scenario.city.crs.split(":")[1])
    entered = np.asarray(run.links["entered"]).sum()
    assert links["persons_forward"].sum() + links["persons_backward"].sum() == entered
    assert links["max_density"].max() == pytest.approx(run.kpis["max_density"])
    assert (links["delay_person_min"] >= 0).all()
    shelters = gpd.read_file(path, layer="shelters")
    assert shelters["at_end"].sum() == run.kpis["sheltered"]
    assert shelters["name"].tolist() == list(run.scenario.core.shelters()["name"])
    box = run.scenario.city.core.bbox
    assert box[0] - 100 <= links.total_bounds[0] <= links.total_bounds[2] <= box[2] + 100


def test_geoparquet_and_geojson_hold_the_same_streets(run: cm.Run, tmp_path: Path) -> None:
    parquet = gpd.read_parquet(run.export(tmp_path / "l.parquet"))
    geojson = gpd.read_file(run.export(tmp_path / "l.geojson"))
    assert parquet["segment"].tolist() == geojson["segment"].tolist()
    assert geojson.crs.to_epsg() == 4326
    assert parquet.crs == run.scenario.city.crs
    far = geojson.to_crs(parquet.crs).distance(parquet, align=False)
    assert far.max() < 0.05  # m; 7 decimals of a degree


def test_small_groups_of_people_are_not_told_apart(run: cm.Run, tmp_path: Path) -> None:
    cells = gpd.read_parquet(run.export(tmp_path / "p.parquet", layer="people", smallest=8))
    assert cells["persons"].min() >= 8
    states = cells.drop(columns=["persons", "geometry"]).to_numpy(dtype=float, na_value=np.nan)
    told = states[np.isfinite(states) & (states > 0)]
    assert told.min() >= 8
    everybody = gpd.read_parquet(
        run.export(tmp_path / "q.parquet", layer="people", smallest=1, cell_m=500)
    )
    assert everybody["persons"].sum() == 300
    zones = gpd.read_parquet(run.export(tmp_path / "z.parquet", layer="zones", smallest=8))
    assert not zones["caught"].between(1, 7).any()


def test_whoever_is_sheltered_ends_at_the_shelter(run: cm.Run) -> None:
    x, y = final_positions(run)
    plan = run.scenario.core.shelters()
    inside = np.flatnonzero(np.isfinite(run.persons["sheltered_s"]))
    shelter = run.persons["shelter"][inside]
    assert x[inside].tolist() == np.asarray(plan["x"])[shelter].tolist()
    assert np.isfinite(x).all()
    assert np.isfinite(y).all()


@pytest.fixture(scope="module")
def czml(run: cm.Run, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    path = run.export(tmp_path_factory.mktemp("c") / "run.czml", people=40)
    packets: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return packets


def _intervals(found: Any) -> list[str]:
    if isinstance(found, dict):
        own = [found["interval"]] if "interval" in found else []
        return own + [i for value in found.values() for i in _intervals(value)]
    if isinstance(found, list):
        return [i for value in found for i in _intervals(value)]
    return []


def test_czml_has_one_document_first_and_every_id_once(
    czml: list[dict[str, Any]], run: cm.Run
) -> None:
    assert czml[0]["id"] == "document"
    assert czml[0]["version"] == "1.0"
    ids = [packet["id"] for packet in czml]
    assert len(set(ids)) == len(ids)
    kinds = {id.split("/")[0] for id in ids[1:]}
    assert kinds == {"shelter", "street", "walker"}
    begin, end = (datetime.fromisoformat(m) for m in czml[0]["clock"]["interval"].split("/"))
    assert begin == run.scenario.start  # 02:00 in Tokyo is 17:00 of the day before in UTC
    assert end - begin == timedelta(hours=6)
    assert czml[0]["properties"]["time_zone"] == "Asia/Tokyo"


def test_intervals_of_czml_follow_each_other_within_the_clock(czml: list[dict[str, Any]]) -> None:
    begin, end = czml[0]["clock"]["interval"].split("/")
    for packet in czml[1:]:
        for interval in _intervals(packet):
            a, b = interval.split("/")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", a)
            assert begin[:19] <= a[:19] < b[:19] <= end[:19]
    for shelter in (p for p in czml if p["id"].startswith("shelter/")):
        texts = [part["interval"].split("/") for part in shelter["label"]["text"]]
        assert all(one[1] == next_[0] for one, next_ in itertools.pairwise(texts))


def test_paths_of_czml_rise_in_time_and_keep_off_homes(
    czml: list[dict[str, Any]], run: cm.Run
) -> None:
    walkers = [packet for packet in czml if packet["id"].startswith("walker/")]
    assert 10 <= len(walkers) <= 40
    people = run.scenario.population.df
    for walker in walkers:
        samples = np.array(walker["position"]["cartographicDegrees"]).reshape(-1, 4)
        assert (np.diff(samples[:, 0]) > 0).all()
        assert samples[:, 1].min() > people["home_lon"].min() - 0.1
        assert samples[:, 2].max() < people["home_lat"].max() + 0.1


def test_an_unknown_format_or_layer_is_refused_and_leaves_nothing(
    run: cm.Run, tmp_path: Path
) -> None:
    with pytest.raises(cm.InputError, match=r"\.shp is no format; use \.gpkg"):
        run.export(tmp_path / "a.shp")
    with pytest.raises(cm.InputError, match="did you mean links"):
        run.export(tmp_path / "a.parquet", layer="link")
    with pytest.raises(cm.InputError, match="smallest"):
        run.export(tmp_path / "a.gpkg", smallest=0)
    assert list(tmp_path.iterdir()) == []
