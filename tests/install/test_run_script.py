"""./run explains itself where it cannot help itself. Its tools are replaced by impostors."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A bare machine: nothing installed, nobody privileged, no network. Its folder of commands."""
    commands = tmp_path / "bin"
    commands.mkdir()
    impostors = {"dpkg-query": "exit 1", "id": "echo 1000", "sudo": "exit 1", "apt-get": "exit 100"}
    for name, body in impostors.items():
        (commands / name).write_text(f"#!/bin/sh\n{body}\n")
        (commands / name).chmod(0o755)
    shutil.copy2(ROOT / "run", tmp_path / "run")
    return commands


def run(machine: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = {"PATH": f"{machine}:{os.environ['PATH']}"}
    return subprocess.run(
        [machine.parent / "run", *arguments],
        env=os.environ | path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def test_without_root_it_prints_the_line_to_run_and_installs_nothing(machine: Path) -> None:
    done = run(machine, "demo")
    assert done.returncode == 1
    assert "libtbb-dev: threads" in done.stdout
    assert "apt-get update && apt-get install -y --no-install-recommends g++ cmake" in done.stderr
    assert not (machine.parent / ".venv").exists()


def test_without_network_it_says_so_in_a_line(machine: Path) -> None:
    (machine / "id").write_text("#!/bin/sh\necho 0\n")
    done = run(machine, "demo")
    assert done.returncode == 1
    assert done.stderr.startswith("run: apt could not fetch its package lists: is there a network?")
    assert done.stderr.count("\n") == 1


def test_an_unknown_command_is_refused_with_the_list_of_commands(machine: Path) -> None:
    done = run(machine, "dmeo")
    assert done.returncode == 1
    assert "./run demo" in done.stderr and 'no command "dmeo"' in done.stderr


@pytest.mark.parametrize(
    ("word", "meant"), [("evnt", "event"), ("event-flood", "event_flood"), ("flod", "flood")]
)
def test_an_unknown_demo_is_refused_before_anything_is_set_up(
    machine: Path, word: str, meant: str
) -> None:
    done = run(machine, "demo", word)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        f'run: there is no demo "{word}": did you mean {meant}?'
        " Choose flood, event or event_flood\n"
    )


def test_the_demonstration_installs_no_test_tools(machine: Path) -> None:
    assert "doctest" not in run(machine, "demo").stdout
    assert "doctest" in run(machine, "test").stdout


def test_a_sanitizer_is_named_or_the_names_are_given(machine: Path) -> None:
    done = run(machine, "sanitize", "gold")
    assert done.returncode == 1
    assert done.stderr == "run: write ./run sanitize asan, tsan or fuzz\n"
    assert (
        run(machine, "sanitize", "fuzz", "1h").stderr == "run: 1h is no number of whole seconds\n"
    )
    assert "clang: compiles the fuzzers" in run(machine, "sanitize", "fuzz").stdout
    assert "doctest-dev: C++ tests" in run(machine, "sanitize", "tsan").stdout
