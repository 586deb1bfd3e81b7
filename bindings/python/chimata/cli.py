"""The command `chimata`."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

from .errors import Cancelled, InputError, did_you_mean

_STOPPED = 130  # as a shell reports Ctrl-C


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # one line for a person; the usage is a --help away
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            near = did_you_mean(str(value), [str(choice) for choice in action.choices], 10)
            raise argparse.ArgumentError(action, f"there is no {value!r}; {near}")


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    from .version import __version__

    main = _Parser(prog="chimata", description="What-if simulations of a city.")
    main.add_argument("--version", action="version", version=f"chimata {__version__}")
    debug = _Parser(add_help=False)
    debug.add_argument("--debug", action="store_true", help="show the traceback of an error")
    study = _Parser(add_help=False)
    study.add_argument(
        "--seeds", default="20", help="a number N (0 to N-1) or first:end, e.g. 0:20"
    )
    study.add_argument("--threads", type=int, default=1, help="threads of each run")
    study.add_argument("--workers", type=int, help="processes; all cores by default")
    study.add_argument("--executor", choices=["local", "dask"], default="local")
    language = _Parser(add_help=False)
    language.add_argument("--lang", choices=["ja", "en"], default="ja", help="of tables and report")
    commands = main.add_subparsers(dest="command", required=True, parser_class=_Parser)

    demo = commands.add_parser("demo", parents=[debug, study, language], help="a ready what-if")
    demo.add_argument("which", choices=["flood", "event", "event_flood"])
    demo.add_argument("--out", help="folder of the results; out/<which> by default")
    demo.add_argument("--people", type=int, help="residents of the town; all by default")
    run = commands.add_parser("run", parents=[debug, study, language], help="run scenario files")
    run.add_argument("scenarios", nargs="+", metavar="SCENARIO.yaml")
    run.add_argument("--out", required=True, help="folder of the results")
    run.add_argument("--resume", action="store_true", help="go on with what --out holds")
    run.add_argument(
        "--no-report", action="store_true", help="figures only, no report or animation"
    )
    compare = commands.add_parser("compare", parents=[debug, language], help="compare results")
    compare.add_argument("folders", nargs="+", metavar="DIR")
    compare.add_argument("--baseline", help="name of the scenario to compare with; the first")
    compare.add_argument("--ci", type=float, default=0.95, help="confidence of the intervals")
    compare.add_argument(
        "--allow-missing", action="store_true", help="compare the seeds that exist"
    )
    build = commands.add_parser("import", parents=[debug], help="build a city file")
    streets = build.add_mutually_exclusive_group(required=True)
    streets.add_argument("--osm", help="OpenStreetMap extract: .osm, .osm.gz or .osm.pbf")
    streets.add_argument(
        "--streets",
        help="lines of a vector file, or a network: SUMO net.xml, MATSim network.xml, TNTP, GMNS",
    )
    streets.add_argument("--plan", help="a YAML file that names the files, or its folder")
    for name in ("buildings", "shelters", "zones", "population"):
        build.add_argument(f"--{name}")
    build.add_argument(
        "--street-option", action="append", default=[], metavar="KEY=VALUE",
        help="of --streets or --osm: format, width_field, class_field, speed_unit, at, country, …",
    )  # fmt: skip
    build.add_argument(
        "--default-capacity", type=int, metavar="PERSONS", help="of shelters without a figure"
    )
    build.add_argument("--dem", help="ground heights, GeoTIFF or ESRI ASCII")
    build.add_argument("--layer", action="append", default=[], metavar="NAME=FILE")
    build.add_argument("--licence", action="append", default=[], metavar="LINE")
    for name in ("name", "crs", "time-zone"):
        build.add_argument(f"--{name}", default="")
    build.add_argument("-o", "--out", required=True, metavar="city.h5")
    validate = commands.add_parser("validate", parents=[debug], help="list every problem")
    validate.add_argument("what", metavar="CITY|SCENARIO")
    verify = commands.add_parser("verify", parents=[debug, language], help="check the engine")
    verify.add_argument("--suite", default="", help="one suite; all by default")
    verify.add_argument("--out", default="out/verify", help="folder of the report")
    verify.add_argument("--thorough", action="store_true", help="larger numbers, minutes")
    verify.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    commands.add_parser("schema", parents=[debug], help="print the JSON Schema of scenario files")
    return main


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; the exit status is 0 only when the work was done."""
    chosen = sys.argv[1:] if arguments is None else list(arguments)
    options: argparse.Namespace | None = None
    try:
        options = parser().parse_args(chosen)
        from . import commands

        return commands.COMMANDS[options.command](options)
    except (KeyboardInterrupt, Cancelled):
        print(
            "chimata: stopped; finished runs are kept and need not be done again", file=sys.stderr
        )
        return _STOPPED
    except BrokenPipeError:
        return 1
    except InputError as problem:
        if options is not None and options.debug:
            traceback.print_exc()
        print(f"chimata: {problem}", file=sys.stderr)
        return 1
    except Exception as problem:
        if options is not None and options.debug:
            traceback.print_exc()
        reason = (str(problem).strip().splitlines() or [""])[0]
        told = f"{type(problem).__name__}: {reason}" if reason else type(problem).__name__
        print(f"chimata: {told} (unexpected; --debug shows where)", file=sys.stderr)
        return 1
