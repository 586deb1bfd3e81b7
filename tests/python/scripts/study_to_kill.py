"""A study of short runs against the stand-in engine, in its own process so that it can be killed."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "bindings" / "python")]

import fake_core  # noqa: E402

fake_core.install()

import chimata as cm  # noqa: E402

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    town = folder / "town.h5"
    if not town.exists():
        fake_core.City().save(str(town))
    city = cm.City.load(town)
    base = cm.Scenario(
        "基準", city, city.population(30, seed=1), start="2025-09-10 02:00", end="08:00"
    )
    base = base.add(cm.Evacuation(order_at="02:30"))
    variant = base.variant("案").set("evacuation.compliance", 0.9)
    cm.Study([base, variant], seeds=30, store=folder / "store").run(progress=False, workers=2)
    print("done", flush=True)
