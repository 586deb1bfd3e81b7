"""The C++ reference can be made from the headers, and names what a newcomer looks for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(shutil.which("doxygen") is None, reason="doxygen is not installed")
def test_the_reference_is_made_without_a_warning(tmp_path: Path) -> None:
    settings = (ROOT / "docs" / "Doxyfile").read_text() + f"OUTPUT_DIRECTORY = {tmp_path}\n"
    made = subprocess.run(
        ["doxygen", "-"], input=settings, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    pages = {page.name for page in (tmp_path / "api").iterdir()}
    assert {"classchimata_1_1Simulation.html", "structchimata_1_1City.html"} <= pages
