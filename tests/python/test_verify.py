"""The report of a verification: from checks made up here, and from the engine's own."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest

from chimata import verify
from chimata.cli import main


def _check(name: str, passed: bool, plots: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "suite": "walking", "id": name, "title_ja": f"{name}の検査", "title_en": f"check of {name}",
        "expected": "1 < 2 | 3", "measured": "2 m/s", "tolerance": "± 0.1", "passed": passed, "run": True,
        "source": "Weidmann 1993", "grade": "A", "plots": plots or [],
    }  # fmt: skip


_CURVE = {"name": "law", "x_label": "密度", "y_label": "速度", "x": [0.0, 1.0, 2.0],
          "y": [1.3, 1.0, 0.6], "points": False}  # fmt: skip


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    checks = [_check("speed", True, [_CURVE, {**_CURVE, "points": True}])]
    monkeypatch.setattr(verify._core, "verify", lambda *_, **__: checks, raising=False)
    return checks


def test_the_exit_status_says_whether_everything_passed(
    engine: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "--lang", "en", "--out", str(tmp_path)]) == 0
    assert "1 of 1 checks passed, 0 failed, 0 not run" in capsys.readouterr().out
    engine.append(_check("flow", False))
    assert main(["verify", "--lang", "en", "--out", str(tmp_path)]) == 1
    assert "FAILED  walking/flow" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_report_is_one_page_that_needs_no_network(lang: str) -> None:
    page = verify.report([_check("speed", True, [_CURVE]), _check("flow", False)], lang)
    assert "://" not in page and "<script" not in page
    assert "1 &lt; 2" in page and page.count("<svg") == 1 and page.count("<polyline") == 1
    assert ("speedの検査" if lang == "ja" else "check of speed") in page


def test_what_cannot_be_run_yet_is_told_and_is_no_failure(
    engine: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.append({**_check("smoke", False), "run": False, "measured": "there is no smoke"})
    assert main(["verify", "--lang", "en", "--out", str(tmp_path)]) == 0
    assert "1 of 2 checks passed, 0 failed, 1 not run" in capsys.readouterr().out
    page = (tmp_path / "report.html").read_text("utf-8")
    assert 'class="not_run"' in page and "there is no smoke" in page


def test_curves_that_share_their_axes_share_a_plot() -> None:
    other = {**_CURVE, "y_label": "流率"}
    page = verify.report([_check("speed", True, [_CURVE, {**_CURVE, "points": True}, other])], "en")
    assert page.count("<svg") == 2 and page.count("<circle") == 3


def test_the_markdown_table_keeps_its_columns() -> None:
    lines = verify.markdown([_check("speed", True)]).splitlines()
    assert lines[-1].replace("\\|", "").count("|") == lines[-2].count("|")


def test_a_suite_of_the_engine_passes_and_writes_its_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suite, *_ = verify._core.verification_suites()
    assert main(["verify", "--suite", suite, "--lang", "en", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "0 failed" in said
    page = (tmp_path / "report.html").read_text("utf-8")
    for check in verify._core.verify(suite):
        assert f"{suite}/{check['id']}" in said
        assert html.escape(check["title_en"]) in page


def test_a_suite_that_does_not_exist_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "--suite", "flying", "--out", str(tmp_path)]) == 1
    errors = capsys.readouterr().err
    assert "flying" in errors and errors.count("\n") == 1
