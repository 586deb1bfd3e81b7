"""A study of two scenarios and a number of seeds, in its own process so that it can be killed."""

from __future__ import annotations

import sys
from pathlib import Path

import chimata as cm

if __name__ == "__main__":
    people, seeds, store = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    city = cm.City.load("demo:riverside")
    base = cm.Scenario(
        "基準", city, city.population(people, seed=1), start="2025-09-10 02:00", end="08:00"
    ).add(
        cm.Flood.from_rasters("demo:riverside/flood/depth_*.tif", time="filename"),
        cm.Evacuation(order_at="02:30"),
    )
    variant = base.variant("案").set("evacuation.compliance", 0.9)
    cm.Study([base, variant], seeds=seeds, store=store).run(progress=False, workers=2)
    print("done", flush=True)
