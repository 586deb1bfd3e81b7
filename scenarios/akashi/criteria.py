"""What the replica has to show, one line each: met or not, and by what figures.

Acceptance of event what-ifs: without control a bridge like that of Akashi must get dangerous early and
end beyond 8 persons/m²; with control it must stay below 4; and a planner must be warned in time.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

AS_IT_WAS, CONTROLLED = "as it was", "one way, measured, released in blocks"
FLOW = (
    0.67,
    1.3,
)  # persons/(m s) of stairs: what they were designed for; the most experiments find
END_DENSITY, SAFE_DENSITY = 8.0, 4.0  # persons/m²
LEAD_S, OFTEN = 15 * 60, 0.95  # s, share of replications


@dataclass(frozen=True)
class Verdict:
    """One criterion."""

    what: str
    met: bool
    figures: str

    def __str__(self) -> str:
        return f"{'met    ' if self.met else 'NOT MET'} {self.what}: {self.figures}"


def _spread(values: pd.Series[float], digits: int = 1) -> str:
    known = values.dropna()
    if known.empty:
        return "never"
    return (
        f"{known.min():.{digits}f} to {known.max():.{digits}f} ({len(known)} of {len(values)} runs)"
    )


def judged(runs: pd.DataFrame) -> list[Verdict]:
    """Every criterion, from one row per run with its `plan`."""
    free, held = (runs[runs["plan"] == plan] for plan in (AS_IT_WAS, CONTROLLED))
    alarm, crush = free["first_alarm_s"], free["first_crush_s"]
    in_order = (alarm <= crush) & (crush <= free["over_s"])
    led = int((free["lead_s"] >= LEAD_S).sum())
    flow = free["stair_flow_busy"]
    return [
        Verdict(
            "without control 4, then 6 persons/m2 while the fireworks still go on",
            bool(in_order.all()),
            f"4 after {_spread(alarm / 60)} min, 6 after {_spread(crush / 60)} min",
        ),
        Verdict(
            f"without control it ends at {END_DENSITY:g} persons/m2 or more somewhere",
            bool((free["place_last_m2"] >= END_DENSITY).all()),
            f"{_spread(free['place_last_m2'])} in the last five minutes",
        ),
        Verdict(
            f"stairs at work let {FLOW[0]} to {FLOW[1]} persons/(m s) through",
            bool(flow.between(*FLOW).all()),
            _spread(flow, 2),
        ),
        Verdict(
            f"with control nowhere {SAFE_DENSITY:g} persons/m2",
            bool((held["place_max_m2"] < SAFE_DENSITY).all()),
            f"at most {_spread(held['place_max_m2'])}",
        ),
        Verdict(
            f"the alarm comes {LEAD_S // 60} min before 6 persons/m2 in {OFTEN:.0%} of the runs",
            led >= OFTEN * len(free) and len(free) > 0,
            f"{led} of {len(free)}; lead {_spread(free['lead_s'] / 60)} min",
        ),
    ]
