"""./dev bench: measure everything, print the tables, and write them to docs/performance.md."""

import argparse
import os
import platform
import sys
from collections.abc import Sequence

from benchmarks import imports, in_process, picture, targets, techniques, whole_list
from benchmarks.databases import Databases, databases
from benchmarks.load import REFERENCE, Loads, measure
from benchmarks.results import HEADINGS, Row, Series, markdown, replace_part
from config import ROOT
from tests.support.databases import ENGINES

REPORT = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "performance.svg"


class Plan:
    """How much to measure. `quick` only shows in minutes that everything works."""

    def __init__(self, *, quick: bool) -> None:
        self.sizes = [1000, REFERENCE] if quick else [1000, REFERENCE, 1_000_000]
        self.whole_sizes = [REFERENCE] if quick else [REFERENCE, 100_000]
        self.imported = REFERENCE if quick else 100_000
        self.rounds = 3 if quick else 5
        self.seconds = 0.4 if quick else 0.7


class Results:
    """The tables. Each row is printed as soon as it is measured."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.worths: list[Sequence[str]] = []
        self.series: dict[str, Series] = {}
        self.busiest = 0.0

    def add(self, row: Row) -> None:
        self.rows.append(row)
        sys.stderr.write(f"  {' | '.join(row.cells)}\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="no 1,000,000 films, fewer rounds")
    parser.add_argument("--engine", choices=ENGINES, help="one engine only")
    arguments = parser.parse_args()
    plan = Plan(quick=arguments.quick)
    results = Results()
    for engine in [arguments.engine] if arguments.engine else ENGINES:
        with databases(engine) as made:
            _measure(engine, made, plan, results)
    table = markdown(HEADINGS, [row.cells for row in results.rows])
    worths = markdown(techniques.HEADINGS, results.worths)
    conditions = _conditions(plan, results.busiest)
    sys.stdout.write(f"{conditions}\n\n{table}\n\n{worths}\n")
    if not (arguments.quick or arguments.engine):
        text = replace_part(REPORT.read_text("utf-8"), "targets", f"{conditions}\n\n{table}")
        REPORT.write_text(replace_part(text, "techniques", worths), "utf-8")
        picture.draw(results.series, plan.sizes, PICTURE)
    sys.exit(not all(row.met for row in results.rows))


def _measure(engine: str, made: Databases, plan: Plan, results: Results) -> None:
    sys.stderr.write(f"{engine}: requests under load\n")
    loads: Loads = measure(made, plan.sizes, plan.rounds, plan.seconds)
    results.series[engine] = loads.series
    results.busiest = max(results.busiest, loads.busiest)
    for row in targets.rows(engine, loads, plan.sizes):
        results.add(row)
    results.add(targets.guard_row(engine, made))
    if engine == "sqlite":  # With PostgreSQL most of the time is spent in another process.
        sys.stderr.write(f"{engine}: in one process\n")
        for row in in_process.rows(engine, made.catalogue(REFERENCE)):
            results.add(row)
    sys.stderr.write(f"{engine}: the whole list\n")
    for row in whole_list.rows(engine, made, plan.whole_sizes, plan.rounds):
        results.add(row)
    sys.stderr.write(f"{engine}: import\n")
    for row in imports.rows(engine, made, plan.imported, plan.rounds):
        results.add(row)
    sys.stderr.write(f"{engine}: techniques\n")
    results.worths.extend(techniques.rows(engine, made, plan.sizes[-1], plan.rounds))


def _conditions(plan: Plan, busiest: float) -> str:
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} processors shared by servers and "
        f"driver, one worker each, 8 connections that stay open; medians of {plan.rounds} rounds "
        f"of {plan.seconds:g} s for each side in turn. The driver worked for at most "
        f"{busiest:.0%} of the time, so it was never what was waited for."
    )


if __name__ == "__main__":
    main()
