"""What if the order comes half an hour earlier, or a shelter moves?

Run it with `python examples/what_if.py`; --people and --seeds make it shorter.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import chimata as cm


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=None, help="all residents by default")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--out", type=Path, default=Path("out/what_if"))
    options = parser.parse_args()

    city = cm.City.load("demo:riverside")
    people = city.population(options.people, seed=1)
    flood = cm.Scenario("洪水", city, people, start="2025-09-10 02:00", duration="6h").add(
        cm.Flood.from_rasters("demo:riverside/flood/depth_*.tif", time="filename"),
        cm.Evacuation(order_at="03:40", compliance=0.7),
    )
    early = flood.variant("30分早い発令", why="夜間の準備時間を確保する").set(
        "evacuation.order_at", "03:10"
    )
    moved = flood.variant("避難所移設", why="高台の公園へ移す").move("shelter:S01", to="area:hill")

    results = cm.Study([flood, early, moved], seeds=options.seeds, store=options.out).run()
    columns = ["scenario", "label", "baseline", "variant", "diff", "lo", "hi", "verdict"]
    print(results.compare(baseline="洪水")[columns].to_string(index=False))

    seed = results.seeds[0]
    print(results.report(options.out / "report.html"))
    one, other = results["洪水", seed], results["30分早い発令", seed]
    print(one.animate(options.out / "animation.html", compare=other))


if __name__ == "__main__":
    main()
