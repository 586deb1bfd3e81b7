"""The engine against published and analytic answers: table, report, exit status."""

from __future__ import annotations

import html
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import _core
from .verify_plots import plots
from .version import __version__

Check = dict[str, Any]

_WORDS: dict[str, dict[str, Any]] = {
    "ja": {
        "title": "検証報告",
        "heads": ["判定", "項目", "期待値", "計算値", "許容差", "出典(確度)"],
        "passed": "合格",
        "failed": "不合格",
        "not_run": "未実施",
        "of": "{total} 項目中 {passed} 項目が合格、{failed} 項目が不合格、{not_run} 項目は未実施",
        "made": "版 {version}、{machine}、{date}",
        "grades": "確度: A 原典確認または導出、B 二次資料、C 判断",
        "suites": {
            "walking": "歩行",
            "routing": "経路",
            "evacuation": "避難",
            "traffic": "自動車交通",
            "pedestrian": "群集",
            "engine": "計算基盤",
        },
    },
    "en": {
        "title": "Verification",
        "heads": ["", "Check", "Expected", "Measured", "Tolerance", "Source (grade)"],
        "passed": "passed",
        "failed": "FAILED",
        "not_run": "not run",
        "of": "{passed} of {total} checks passed, {failed} failed, {not_run} not run",
        "made": "version {version}, {machine}, {date}",
        "grades": "Grades: A primary source read or derived, B secondary, C judgement",
        "suites": {
            name: name
            for name in ("walking", "routing", "evacuation", "traffic", "pedestrian", "engine")
        },
    },
}

_STYLE = """
body{font:15px/1.5 system-ui,"Noto Sans JP","Noto Sans CJK JP",sans-serif;margin:2rem auto;
max-width:75rem;padding:0 1rem;color:#1d2733}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;
padding:.35rem .5rem;border-bottom:1px solid #d8dee6}th{font-size:13px;color:#56616f}
.passed{color:#1b7a43;font-weight:600;white-space:nowrap}.failed{color:#b3261e;font-weight:700}
.not_run{color:#7a5a00;white-space:nowrap}
small{color:#56616f}svg{max-width:26rem;width:100%;margin:.5rem 1rem .5rem 0}
"""


def machine() -> str:
    """The processor and system in a few words."""
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(x.split(":", 1)[1].strip() for x in lines if x.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{model} × {os.cpu_count()}, {platform.system()} {platform.machine()}"


def _verdict(check: Check) -> str:
    """passed, failed, or not_run: then `measured` says why."""
    if not check["run"]:
        return "not_run"
    return "passed" if check["passed"] else "failed"


def _count(checks: Sequence[Check], lang: str) -> str:
    verdicts = [_verdict(check) for check in checks]
    kinds = {kind: verdicts.count(kind) for kind in ("passed", "failed", "not_run")}
    return str(_WORDS[lang]["of"].format(total=len(checks), **kinds))


def _made(lang: str) -> str:
    date = datetime.now(UTC).strftime("%Y-%m-%d")
    return str(_WORDS[lang]["made"].format(version=__version__, machine=machine(), date=date))


def _cells(check: Check, lang: str) -> list[str]:
    words = _WORDS[lang]
    verdict = words[_verdict(check)]
    source = f"{check['source']} ({check['grade']})"
    return [
        verdict,
        check[f"title_{lang}"],
        check["expected"],
        check["measured"],
        check["tolerance"],
        source,
    ]


def report(checks: Sequence[Check], lang: str) -> str:
    """One HTML page that needs no other file."""
    words = _WORDS[lang]
    parts = [
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8">',
        f"<title>Chimata {words['title']}</title><style>{_STYLE}</style>",
        f"<h1>Chimata {words['title']}</h1><p><b>{html.escape(_count(checks, lang))}</b><br>",
        f"<small>{html.escape(_made(lang))}<br>{html.escape(words['grades'])}</small></p>",
    ]
    for suite in dict.fromkeys(check["suite"] for check in checks):
        parts.append(f"<h2>{html.escape(words['suites'].get(suite, suite))}</h2><table><tr>")
        parts += [f"<th>{html.escape(head)}</th>" for head in words["heads"]]
        parts.append("</tr>")
        for check in (c for c in checks if c["suite"] == suite):
            verdict, *rest = _cells(check, lang)
            parts.append(f'<tr><td class="{_verdict(check)}">{html.escape(verdict)}</td>')
            parts += [f"<td>{html.escape(cell)}</td>" for cell in rest]
            parts.append("</tr>")
            if check["plots"]:
                parts.append(f'<tr><td></td><td colspan="5">{plots(check["plots"])}</td></tr>')
        parts.append("</table>")
    return "".join(parts) + "</html>\n"


def markdown(checks: Sequence[Check], lang: str = "en") -> str:
    """The table of docs/validation."""
    words = _WORDS[lang]
    heads = ["Suite" if lang == "en" else "区分", *words["heads"]]
    lines = [
        f"{_count(checks, lang)} ({_made(lang)}). {words['grades']}.",
        "",
        "| " + " | ".join(heads) + " |",
        "|" + "---|" * len(heads),
    ]
    for check in checks:
        cells = [check["suite"], *_cells(check, lang)]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _show(done: float, what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{100 * done:3.0f} %  {what}", end="", file=sys.stderr, flush=True)


def main(
    suite: str = "",
    out: str | Path = "out/verify",
    lang: str = "ja",
    *,
    thorough: bool = False,
    as_markdown: bool = False,
) -> int:
    """Runs the checks, prints a table, writes report.html; 1 if anything failed.

    A check that is not run, for want of something in the engine, is told and is no failure.
    """
    checks: list[Check] = _core.verify(suite, _show, thorough=thorough)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    if as_markdown:
        print(markdown(checks, lang), end="")
    else:
        for check in checks:
            verdict, title, expected, measured, tolerance, _ = _cells(check, lang)
            print(f"{verdict:6}  {check['suite']}/{check['id']}  {title}")
            print(f"        {expected}  →  {measured}  ({tolerance})")
        print(_count(checks, lang))
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "report.html"
    unfinished = page.with_suffix(".part")
    unfinished.write_text(report(checks, lang), encoding="utf-8")
    unfinished.replace(page)
    print(page, file=sys.stderr)
    return 1 if any(_verdict(check) == "failed" for check in checks) else 0
