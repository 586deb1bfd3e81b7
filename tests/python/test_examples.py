"""The examples, run as a reader would, with the compiled engine in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "examples" / "flood.ipynb"


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    made = {**os.environ, "CHIMATA_CACHE": str(tmp_path / "cache"), "CHIMATA_PROGRESS": "0"}
    found = subprocess.run([sys.executable, "-c", "import chimata._core"], cwd=tmp_path, env=made,
                           capture_output=True)  # fmt: skip
    if found.returncode:
        pytest.skip("the compiled engine is not installed: pip install .")
    return made


@pytest.mark.slow
def test_the_notebook_runs_from_top_to_bottom(
    surroundings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    settings = next(cell for cell in notebook.cells if "PEOPLE, SEEDS =" in cell.source)
    settings.source = settings.source.replace("6000, 5", "1000, 2")
    nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    ).execute()

    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    assert not [out.text for out in outputs if out.get("name") == "stderr"]
    shown = [kind for out in outputs for kind in out.get("data", {})]
    assert shown.count("text/html") >= 6  # city, scenario, diff, results, two links
    assert "image/png" in shown
    for name in ("animation.html", "report.html"):
        assert (tmp_path / "out" / "notebook" / name).stat().st_size > 100_000


def test_the_notebook_is_kept_without_outputs() -> None:
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in cells)


@pytest.mark.slow
def test_the_script_prints_differences_and_writes_report_and_animation(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    found = subprocess.run(
        [sys.executable, ROOT / "examples" / "what_if.py", "--people", "800", "--seeds", "2"],
        cwd=tmp_path, env=surroundings, text=True, capture_output=True,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    assert "逃げ遅れ" in found.stdout
    for name in ("animation.html", "report.html"):
        assert (tmp_path / "out" / "what_if" / name).is_file()
