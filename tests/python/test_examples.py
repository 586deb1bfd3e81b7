"""The examples, run as a reader would, with the compiled engine in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "examples"


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    made = {**os.environ, "CHIMATA_CACHE": str(tmp_path / "cache"), "CHIMATA_PROGRESS": "0"}
    found = subprocess.run([sys.executable, "-c", "import chimata._core"], cwd=tmp_path, env=made,
                           capture_output=True)  # fmt: skip
    if found.returncode:
        pytest.skip("the compiled engine is not installed: pip install .")
    return made


def _run(notebook: str, edit: tuple[str, str], surroundings: dict[str, str], folder: Path,
         monkeypatch: pytest.MonkeyPatch) -> list[str]:  # fmt: skip
    """Runs a notebook, small, and returns the kinds of what it shows."""
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    read = nbformat.read(NOTEBOOKS / notebook, as_version=4)
    settings = next(cell for cell in read.cells if ", SEEDS =" in cell.source)
    assert edit[0] in settings.source
    settings.source = settings.source.replace(*edit)
    nbclient.NotebookClient(
        read, timeout=240, kernel_name="python3", resources={"metadata": {"path": folder}}
    ).execute()
    outputs = [out for cell in read.cells for out in cell.get("outputs", [])]
    assert not [out.text for out in outputs if out.get("name") == "stderr"]
    return [kind for out in outputs for kind in out.get("data", {})]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("notebook", "edit", "out", "tables"),
    [
        ("flood.ipynb", ("6000, 5", "1000, 2"), "notebook", 6),
        ("event.ipynb", ("4000, 3", "200, 2"), "event_notebook", 6),
    ],
)
def test_a_notebook_runs_from_top_to_bottom(
    notebook: str, edit: tuple[str, str], out: str, tables: int,
    surroundings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    shown = _run(notebook, edit, surroundings, tmp_path, monkeypatch)
    assert shown.count("text/html") >= tables  # city, scenario, diff, results, links …
    assert "image/png" in shown
    for name in ("animation.html", "report.html"):
        assert (tmp_path / "out" / out / name).stat().st_size > 100_000


@pytest.mark.parametrize("name", ["flood.ipynb", "event.ipynb"])
def test_a_notebook_is_kept_without_outputs(name: str) -> None:
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in cells)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "small", "told", "out"),
    [
        ("what_if.py", ["--people", "800"], "逃げ遅れ", "what_if"),
        ("event.py", ["--attendance", "200"], "会場の最大密度", "event_example"),
    ],
)
def test_a_script_prints_differences_and_writes_report_and_animation(
    script: str, small: list[str], told: str, out: str, surroundings: dict[str, str], tmp_path: Path
) -> None:
    found = subprocess.run(
        [sys.executable, ROOT / "examples" / script, *small, "--seeds", "2"],
        cwd=tmp_path, env=surroundings, text=True, capture_output=True,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    assert told in found.stdout
    for name in ("animation.html", "report.html"):
        assert (tmp_path / "out" / out / name).is_file()
