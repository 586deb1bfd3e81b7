"""docs/howto/add_a_mode.md, followed to the letter in a copy of the tree."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "howto" / "add_a_mode.md"
# laid out as the tree itself, so that the compiler cache knows every file that did not change
COPY = ROOT / "build" / "trial"
TREE = COPY / "build" / "release"
COPIED = ("CMakeLists.txt", "cmake", "libsim", "tests")


@dataclass
class Step:
    """One block of the page: a whole file, or a change of one."""

    file: str
    language: str
    body: str

    def apply(self, root: Path) -> None:
        path = root / self.file
        if self.language != "diff":
            assert not path.exists(), f"{self.file} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.body)
            return
        lines = self.body.splitlines()
        old = "\n".join(line[1:] for line in lines if not line.startswith("+"))
        new = "\n".join(line[1:] for line in lines if not line.startswith("-"))
        text = path.read_text()
        assert text.count(old) == 1, f"{self.file} has this {text.count(old)} times:\n{old}"
        path.write_text(text.replace(old, new))


def steps(page: str) -> list[Step]:
    """Blocks under a file name; a diff without one goes on with the file before."""
    found: list[Step] = []
    for name, language, body in re.findall(
        r"^(?:`([^`\n]+)`\n)?```(\w+)\n(.*?)^```$", page, re.M | re.S
    ):
        if name or language == "diff":
            found.append(Step(name or found[-1].file, language, body))
    return found


def contents(root: Path) -> dict[str, bytes]:
    files = (p for top in COPIED for p in [root / top, *(root / top).rglob("*")] if p.is_file())
    return {str(p.relative_to(root)): p.read_bytes() for p in files if "__pycache__" not in p.parts}


@pytest.fixture(scope="module")
def copy() -> Path:
    """The tree after following the page; the build of an earlier test run is kept and goes on."""
    for name in COPIED:
        target = COPY / name
        if target.is_dir():
            shutil.rmtree(target)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    for step in steps(PAGE.read_text()):
        step.apply(COPY)
    return COPY


def run(*command: str | Path) -> None:
    ccache = {"CCACHE_BASEDIR": str(ROOT), "CCACHE_NOHASHDIR": "1"}
    done = subprocess.run(
        command, cwd=COPY, env=os.environ | ccache, capture_output=True, text=True
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]


def test_following_the_page_touches_nothing_else(copy: Path) -> None:
    before, after = contents(ROOT), contents(copy)
    assert before.keys() <= after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "libsim/CMakeLists.txt",
        "libsim/chimata/scenario/CMakeLists.txt",
        "libsim/chimata/scenario/catalogue.cpp",
    }
    assert after.keys() - before.keys() == {
        "libsim/chimata/cycling/CMakeLists.txt",
        "libsim/chimata/cycling/cycling.cpp",
        "libsim/chimata/cycling/cycling.hpp",
        "tests/cycling/cycling_test.cpp",
        "tests/scenario/cycling_test.cpp",
    }


def test_the_mode_keeps_the_rules_of_the_house(copy: Path) -> None:
    run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/architecture")


def test_the_mode_builds_and_runs_in_a_scenario(copy: Path) -> None:
    if shutil.which("cmake") is None or shutil.which("ninja") is None:
        pytest.skip("no cmake and ninja on this machine: the recipe cannot be compiled")
    run(
        "cmake",
        "-S",
        ".",
        "-B",
        TREE,
        "-G",
        "Ninja",
        "-DCMAKE_BUILD_TYPE=Release",
        "-DCHIMATA_WERROR=ON",
    )
    run("ninja", "-C", TREE, "test_cycling", "test_scenario")
    run(TREE / "tests" / "test_cycling")
    run(TREE / "tests" / "test_scenario", "--test-case=*bicycles*")
