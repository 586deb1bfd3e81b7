"""Tests of the Python package run against the stand-in engine of fake_core.py, except those in
`engine/`, which need the compiled module and run in a process of their own."""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib
import pytest

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "bindings" / "python"

matplotlib.use("Agg")
for folder in (HERE, PACKAGE):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

import fake_core  # noqa: E402

fake_core.install()

import chimata as cm  # noqa: E402


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIMATA_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("CHIMATA_PROGRESS", "0")


@pytest.fixture
def city(tmp_path: Path) -> cm.City:
    path = tmp_path / "town.h5"
    fake_core.City().save(str(path))
    return cm.City.load(path)


@pytest.fixture
def flood(city: cm.City) -> cm.Scenario:
    return cm.Scenario(
        "洪水", city, city.population(200, seed=1), start="2025-09-10 02:00", duration="6h"
    ).add(cm.Evacuation(order_at="02:30", compliance=0.7))


@pytest.fixture
def early(flood: cm.Scenario) -> cm.Scenario:
    return flood.variant("早期発令", why="夜間のため").set("evacuation.compliance", 0.9)
