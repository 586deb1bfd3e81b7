"""What each command of `chimata` does."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from . import _core
from .city import City
from .comparison import compared
from .errors import did_you_mean, input_error
from .results import StudyResult, kpi_catalogue
from .scenario import Scenario
from .store import Store
from .study import Study, open_study
from .text import comparison_text, means_text, table
from .units import seed_range


def demo(options: argparse.Namespace) -> int:
    """Runs a ready what-if; repeating it continues or reuses what is there."""
    from . import demo as demonstrations

    scenarios = getattr(demonstrations, options.which)(options.people, lang=options.lang)
    return _study(scenarios, Path(options.out or f"out/{options.which}"), options, pictures=True)


def run(options: argparse.Namespace) -> int:
    """Runs scenario files with the same seeds."""
    out = Path(options.out)
    if Store.exists(out) and not options.resume:
        raise input_error(
            str(out), "holds a study already", "add --resume, or choose another --out"
        )
    cities: dict[str, City] = {}
    scenarios = []
    for path in options.scenarios:
        made = Scenario.from_yaml(path)
        # scenarios of one city share it
        city = cities.setdefault(made.city.source, made.city)
        scenarios.append(made if city is made.city else Scenario.from_yaml(path, city))
    return _study(scenarios, out, options, pictures=not options.no_report)


def _study(
    scenarios: list[Scenario], out: Path, options: argparse.Namespace, *, pictures: bool
) -> int:
    for name in ("threads", "workers"):
        if (given := getattr(options, name)) is not None and given < 1:
            raise input_error(f"--{name}", f"is {given}", "give 1 or more")
    seeds = seed_range(options.seeds)
    for scenario in scenarios:
        scenario.check()  # anything wrong is said once, and before the folder is made
    notes = {f"{scenario.name}: {note}": None for scenario in scenarios for note in scenario.notes}
    for note in notes:
        print(f"chimata: {note}", file=sys.stderr)
    study = Study(scenarios, seeds, out)
    executor = "dask" if options.executor == "dask" else None
    results = study.run(executor=executor, threads=options.threads, workers=options.workers)
    missing = results.missing
    for _, row in missing.iterrows():
        print(f"chimata: {row['scenario']}, seed {row['seed']}: {row['error']}", file=sys.stderr)
    if len(missing):
        return 1
    _print_figures(results, options.lang)
    results.kpis().to_csv(out / "kpis.csv", index=False)
    if len(results.scenarios) > 1:
        results.compare(lang=options.lang).to_csv(out / "compare.csv", index=False)
    if pictures:
        for path in [results.report(out / "report.html", lang=options.lang),
                     *_animations(results, out, options.lang)]:  # fmt: skip
            print(path)
    return 0


def _animations(results: StudyResult, out: Path, lang: str) -> list[Path]:
    """The baseline beside every variant: animation.html, animation_2.html, …"""
    seed = results.seeds[0]
    base = results[results.scenarios[0], seed]
    variants = results.scenarios[1:]
    if not variants:
        return [base.animate(out / "animation.html", lang=lang)]
    return [
        base.animate(
            out / ("animation.html" if i == 1 else f"animation_{i}.html"),
            compare=results[name, seed], lang=lang,
        )
        for i, name in enumerate(variants, 1)
    ]  # fmt: skip


def _print_figures(results: StudyResult, lang: str) -> None:
    if len(results.scenarios) == 1:
        print(means_text(results.kpis(), lang))
    else:
        print(comparison_text(results.compare(lang=lang), results.scenarios[0], lang))


def compare(options: argparse.Namespace) -> int:
    """Compares the scenarios of one or more folders."""
    if not 0 < options.ci < 1:
        raise input_error("--ci", f"is {options.ci:g}", "give a confidence like 0.95")
    studies = [open_study(folder) for folder in options.folders]
    if len(studies) == 1 and len(studies[0].scenarios) == 1:
        print(means_text(studies[0].kpis(), options.lang))
        return 0
    frames, names = [], []
    for folder, study in zip(options.folders, studies, strict=True):
        if not options.allow_missing:
            study.require_complete()
        for name in study.scenarios:
            own = name if name not in names else f"{name} ({Path(folder).name})"
            names.append(own)
            part = study.kpis()
            frames.append(part[part["scenario"] == name].assign(scenario=own))
    first = options.baseline or names[0]
    if first not in names:
        raise input_error(first, "is no scenario here", did_you_mean(first, names))
    others = [name for name in names if name != first]
    kpis = pd.concat(frames, ignore_index=True)
    found = compared(kpis, first, others, kpi_catalogue(), options.ci, options.lang)
    if not len(found) or not (found["n"] > 0).any():
        raise input_error(first, "shares no seed with the others", "run them with the same --seeds")
    print(comparison_text(found, first, options.lang))
    return 0


def import_city(options: argparse.Namespace) -> int:
    """Builds a city file from its sources."""
    city = City.load(options.plan) if options.plan else _planned(options)
    out = Path(options.out)
    if not out.parent.is_dir():
        raise input_error(str(out), "its folder does not exist", "make it first")
    city.core  # noqa: B018 (everything is read before anything is written)
    city.save(out)
    print(city)
    _list_problems(city)  # the city is built; what is odd about it is for its user to weigh
    return 0


def _planned(options: argparse.Namespace) -> City:
    about = {"name": options.name, "crs": options.crs, "time_zone": options.time_zone}
    fields = _pairs("--street-option", options.street_option, "direction_field=direction")
    if options.osm:
        city = City.from_osm(options.osm, **about, **fields)
    else:
        city = City.from_streets(options.streets, **about, **fields)
    if options.dem:
        city = city.add_terrain(options.dem)
    if options.shelters:
        city = city.add_shelters(options.shelters, default_capacity=options.default_capacity)
    for kind in ("buildings", "zones", "population"):
        if path := getattr(options, kind):
            city = getattr(city, f"add_{kind}")(path)
    for name, path in _pairs("--layer", options.layer, "ports=ports.geojson").items():
        city = city.add_layer(name, path)
    for line in options.licence:
        city = city.add_licence(line)
    return city


def _pairs(option: str, given: list[str], example: str) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not (name and equals and value):
            raise input_error(option, f"{text!r} is not name=value", f"write e.g. {example}")
        pairs[name] = value
    return pairs


def validate(options: argparse.Namespace) -> int:
    """Lists every problem of a city or a scenario."""
    if Path(options.what).suffix in (".yaml", ".yml"):
        scenario = Scenario.from_yaml(options.what)
        scenario.check()
        for note in scenario.notes:
            print(f"note: {note}")
        if len(gates := scenario.gates):
            print(_gates_text(gates))
        return _list_problems(scenario.city)
    return _list_problems(City.load(options.what))


def _gates_text(gates: pd.DataFrame) -> str:
    rows = []
    for _, gate in gates.iterrows():
        open_to = [word for word in ("in", "out") if gate[f"way_{word}"]]
        if gate["lanes"] and gate["way_in"]:
            open_to[0] += f" (checks in {gate['lanes']} lanes, {gate['check_s']:g} s each)"
        place = f"{gate['lon']:.6f}, {gate['lat']:.6f}"
        told = " and ".join(open_to) or "shut"
        rows.append([str(gate["id"]), place, f"{gate['width_m']:.1f}", told])
    return table(["gate", "lon, lat", "width m", "open to go"], rows, right=[2]) + "\n"


def _list_problems(city: City) -> int:
    found = city.validate()
    if not len(found):
        print("no problem found")
        return 0
    rows = [[str(cell) for cell in row] for row in found.itertuples(index=False)]
    print(table(list(found.columns), rows))
    return 1 if (found["severity"] == "error").any() else 0


def schema(options: argparse.Namespace) -> int:
    """Prints the JSON Schema of scenario files."""
    print(_core.schema())
    return 0


def verify(options: argparse.Namespace) -> int:
    """Runs the engine against published and analytic answers."""
    from .verify import main

    return main(
        options.suite,
        options.out,
        options.lang,
        thorough=options.thorough,
        as_markdown=options.markdown,
    )


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": demo,
    "run": run,
    "compare": compare,
    "import": import_city,
    "validate": validate,
    "schema": schema,
    "verify": verify,
}
