"""Small line and point plots as inline SVG."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import Any

_WIDTH, _HEIGHT = 420, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 10, 34, 44
_COLOURS = ["#1b5e9e", "#d1650c", "#3a8f3a", "#8a3fa0", "#7a7a7a"]


def _ticks(low: float, high: float) -> list[float]:
    """About five round numbers between two values."""
    step = 10 ** math.floor(math.log10((high - low) / 4))
    step *= next(m for m in (1, 2, 5, 10) if (high - low) / (step * m) <= 6)
    return [k * step for k in range(math.ceil(low / step), math.floor(high / step + 1e-9) + 1)]


def _extent(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(0.0, *values), max(values)
    return (low, high * 1.05) if high > low else (low, low + 1)


def _plot(series: Sequence[dict[str, Any]]) -> str:
    x_low, x_high = _extent([x for s in series for x in s["x"]])
    y_low, y_high = _extent([y for s in series for y in [*s["y"], *s.get("low", [])]])

    def across(x: float) -> float:
        return _LEFT + (x - x_low) / (x_high - x_low) * (_WIDTH - _LEFT - _RIGHT)

    def up(y: float) -> float:
        return _HEIGHT - _BOTTOM - (y - y_low) / (y_high - y_low) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" font-size="11" fill="#1d2733" role="img">']
    for x in _ticks(x_low, x_high):
        at = across(x)
        parts.append(f'<path d="M{at:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#e4e8ee"/>')
        parts.append(f'<text x="{at:.1f}" y="{_HEIGHT - 28}" text-anchor="middle">{x:g}</text>')
    for y in _ticks(y_low, y_high):
        at = up(y)
        parts.append(f'<path d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}" stroke="#e4e8ee"/>')
        parts.append(f'<text x="{_LEFT - 5}" y="{at + 4:.1f}" text-anchor="end">{y:g}</text>')
    x_label, y_label = (html.escape(series[0][k]) for k in ("x_label", "y_label"))
    parts.append(f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 8}" text-anchor="middle">{x_label}</text>')
    middle = (_HEIGHT - _BOTTOM + _TOP) / 2
    turn = f'transform="rotate(-90 14 {middle})"'
    parts.append(f'<text x="14" y="{middle}" text-anchor="middle" {turn}>{y_label}</text>')
    legend, line_of_legend = float(_LEFT), 0
    for number, one in enumerate(series):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [(across(x), up(y)) for x, y in zip(one["x"], one["y"], strict=True)]
        if one.get("low"):
            lower = [(across(x), up(y)) for x, y in zip(one["x"], one["low"], strict=True)]
            edge = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*places, *reversed(lower)])
            parts.append(f'<polygon points="{edge}" fill="{colour}" fill-opacity=".15"/>')
        elif one["points"]:
            parts += [
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places
            ]
        else:
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            parts.append(
                f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.6"/>'
            )
        room = 24 + sum(11 if ord(c) > 0x2E80 else 6.2 for c in one["name"])
        if legend > _LEFT and legend + room > _WIDTH:
            legend, line_of_legend = float(_LEFT), line_of_legend + 1
        parts.append(
            f'<text x="{legend:.0f}" y="{12 + 14 * line_of_legend}" fill="{colour}">'
            f"{_mark(one)} {html.escape(one['name'])}</text>"
        )
        legend += room
    return "".join(parts) + "</svg>"


def _mark(series: dict[str, Any]) -> str:
    return "▒" if series.get("low") else "●" if series["points"] else "━"


def plots(series: Sequence[dict[str, Any]]) -> str:
    """One plot for each pair of axis labels, in the order of their first series."""
    axes: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in series:
        axes.setdefault((one["x_label"], one["y_label"]), []).append(one)
    return "".join(_plot(together) for together in axes.values())
