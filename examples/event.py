"""What if the crowd of a fireworks night leaves in parts, or by a further gate?

Run it with `python examples/event.py`; --attendance and --seeds make it shorter.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import chimata as cm


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attendance", type=int, default=4000)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--out", type=Path, default=Path("out/event_example"))
    options = parser.parse_args()

    city = cm.City.load("demo:riverside")
    night = cm.Scenario(
        "花火", city, city.population(seed=1), start="2025-08-02 17:30", duration="5h"
    ).add(
        cm.Event(
            "花火", at="area:riverside", within_m=300, start="19:00", end="20:00",
            attendance=options.attendance, release="15min", station="building:station",
            train_share=0.4, train_every="10min", train_capacity=400,
        ),
        cm.Crowds(dt_s=0.1, radius_m=0.15),
    )  # fmt: skip
    staged = night.variant("分散退場", why="外側の区画から順に退場させる").change(
        "event", release="45min", blocks=6
    )
    gate = night.variant("臨時出入口", why="堤防に幅6 mの仮設通路を設ける").change(
        "event", extra_gates=["134.8390, 34.7590, 6"]
    )

    results = cm.Study([night, staged, gate], seeds=options.seeds, store=options.out).run()
    columns = ["scenario", "label", "baseline", "variant", "diff", "lo", "hi", "verdict"]
    print(results.compare(baseline="花火")[columns].to_string(index=False))

    seed = results.seeds[0]
    print(results.report(options.out / "report.html"))
    one, other = results["花火", seed], results["分散退場", seed]
    print(one.animate(options.out / "animation.html", compare=other))


if __name__ == "__main__":
    main()
