"""Every test of the Python package runs on the compiled engine, of the installed package or, in a
source checkout, of the module built into bindings/python."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib
import pytest

if TYPE_CHECKING:
    import chimata as cm

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1] / "bindings" / "python"

matplotlib.use("Agg")
sys.path.insert(0, str(HERE))


def _engine_found() -> bool:
    try:
        return importlib.util.find_spec("chimata._core") is not None
    except ModuleNotFoundError:
        return False


if not _engine_found():
    for name in [name for name in sys.modules if name.split(".")[0] == "chimata"]:
        del sys.modules[name]
    sys.path.insert(0, str(CHECKOUT))
    # processes the tests start find the same package
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])]
    )
    importlib.invalidate_caches()


def pytest_configure() -> None:
    if not _engine_found():
        raise pytest.UsageError(
            "the compiled engine chimata._core is missing: pip install ., or build the target "
            "_core with CMake and copy _core*.so into bindings/python/chimata"
        )


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHIMATA_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("CHIMATA_PROGRESS", "0")
        yield


@pytest.fixture(scope="session")
def city(_own_cache: None) -> cm.City:
    """The bundled town."""
    import chimata as cm

    return cm.City.load("demo:riverside")


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory, _own_cache: None) -> cm.City:
    """A city of 36 crossings, imported from files written here."""
    from village import build, write_sources

    folder = tmp_path_factory.mktemp("village")
    write_sources(folder)
    return build(folder)


@pytest.fixture(scope="session")
def flood(city: cm.City) -> cm.Scenario:
    """A few hundred people told to leave, on dry streets: milliseconds per run."""
    import chimata as cm

    return cm.Scenario(
        "洪水", city, city.population(300, seed=1), start="2025-09-10 02:00", duration="6h"
    ).add(cm.Evacuation(order_at="02:30", compliance=0.7))


@pytest.fixture(scope="session")
def wet(flood: cm.Scenario) -> cm.Scenario:
    """The same in the water of the bundled rasters."""
    import chimata as cm

    return flood.add(cm.Flood.from_rasters("demo:riverside/flood/depth_*.tif", time="filename"))


@pytest.fixture(scope="session")
def early(flood: cm.Scenario) -> cm.Scenario:
    """Against `flood`: more people follow the order."""
    return flood.variant("早期発令", why="夜間のため").set("evacuation.compliance", 0.9)
