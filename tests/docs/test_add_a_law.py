"""The examples of docs/howto/add_a_law.md: the Python one runs, the C++ one is a part of a test that runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/howto/add_a_law.md").read_text("utf-8")


def _block(language: str) -> str:
    blocks = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 1
    return str(blocks[0])


def test_the_law_in_python_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _block("python")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "3 left\n"


def test_the_law_in_cpp_is_the_one_that_is_tested() -> None:
    source = (ROOT / "tests/pedestrian/own_law_test.cpp").read_text("utf-8")
    tested = source.split("// [example\n", 1)[1].split("// example]", 1)[0]
    assert _block("cpp") == tested
