"""The targets that are ratios of two sides."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import event

from benchmarks.databases import Databases
from benchmarks.fill import bearer
from benchmarks.load import REFERENCE, Loads
from benchmarks.process import application
from benchmarks.results import Row, times_faster, times_slower
from setup_db import db
from tests.support.servers import SECRET_KEY


class Ratio(NamedTuple):
    """A ratio of two sides: a minimum of their speeds, or a maximum of their times."""

    what: str
    side: str
    other: str
    limit: float
    at_least: bool


def ratios(sizes: Sequence[int]) -> Iterator[Ratio]:
    least, most, n = sizes[0], sizes[-1], REFERENCE
    page = f"a page, {n:,} films"
    for what, side in (
        (f"{page}, asked before", f"cached {n}"),
        (f"If-None-Match, all {most:,} films", f"304 {most}"),
    ):
        yield Ratio(f"{what}: against the bare view", side, "bare", 2, at_least=True)
        yield Ratio(f"{what}: against a bare WSGI callable", side, "limit", 0.8, at_least=True)
        yield Ratio(
            f"{what}: against FastAPI's page", side, f"fastapi first {n}", 20, at_least=True
        )
    yield Ratio(
        "a route that ends at its guard (401), against the bare view",
        "refused",
        "bare",
        0.5,
        at_least=True,
    )
    for size in sizes:
        yield Ratio(
            f"a page, {size:,} films, never asked before: against FastAPI",
            *(f"any {size}", f"fastapi any {size}", 2),
            at_least=True,
        )
    yield Ratio(
        f"page 1 at {most:,} films against {least:,}",
        *(f"first {most}", f"first {least}", 1.2),
        at_least=False,
    )
    yield Ratio(
        f"last page against first, {most:,} films, never asked before",
        *(f"last {most}", f"first {most}", 5),
        at_least=False,
    )
    for name, text, limit in (("long", "three characters or more", 20), ("short", "fewer", 10)):
        yield Ratio(
            f"search in {most:,} titles, {text}: against a page of {least:,} films",
            *(f"search {name} {most}", f"first {least}", limit),
            at_least=False,
        )
    yield Ratio(
        f"a film with {most:,} favorites against one with none",
        *("liked", "unliked", 1.2),
        at_least=False,
    )
    for name, what in (
        ("film", "a film"),
        ("profile", "the profile"),
        ("favorites", "a page of favorites"),
    ):
        yield Ratio(f"{what}: against FastAPI", name, f"fastapi {name}", 3, at_least=True)
        yield Ratio(f"{what}: against Litestar", name, f"litestar {name}", 1, at_least=True)
    yield Ratio(
        f"{page}, first, never asked before: against FastAPI",
        *(f"first {n}", f"fastapi first {n}", 3),
        at_least=True,
    )
    yield Ratio(
        f"{page}, first, never asked before: against Litestar",
        *(f"first {n}", f"litestar first {n}", 1),
        at_least=True,
    )


def rows(engine: str, loads: Loads, sizes: Sequence[int]) -> Iterator[Row]:
    for what, side, other, limit, at_least in ratios(sizes):
        compare = times_faster if at_least else times_slower
        measured = compare(loads.series, side, other)
        failures = [loads.failures[name] for name in (side, other) if name in loads.failures]
        yield Row(engine, what, measured, limit, at_least, note="; ".join(failures))


def guard_row(engine: str, databases: Databases) -> Row:
    """Count the statements of the guard in one request for the profile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    with application(databases.catalogue(REFERENCE)) as app:
        event.listen(db.engine, "before_cursor_execute", note)
        authorization = {"Authorization": f"Bearer {bearer(SECRET_KEY)}"}
        answer = app.test_client().get("/user/", headers=authorization)
    selects = [statement for statement in sent if statement.startswith("SELECT")]
    guards = [statement for statement in selects if "FROM sessions" in statement]
    return Row(
        *(engine, "the guard of a protected request", float(len(guards)), 1),
        unit="statements",
        note=f"{len(selects)} in all, status {answer.status_code}",
    )
