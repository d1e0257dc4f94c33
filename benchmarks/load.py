"""All servers under load, measured alternately."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from itertools import count, cycle, islice, product, repeat
from random import Random
from urllib.parse import urlencode

from benchmarks.databases import Databases
from benchmarks.driver import Job, WrongAnswer, drive
from benchmarks.fill import bearer
from benchmarks.films import SEED, title_parts
from benchmarks.servers import Server, serve
from constants import PAGE_SIZE
from tests.support.servers import SECRET_KEY

REFERENCE = 36_000  # Films of the catalogue on which the peers are compared.

# More than any side serves in a round.
_MOST_REQUESTS = 60_000
_never_asked = count(1)

_LONG_PARTS = (3, 4, 6, 8)
_SHORT_PARTS = (1, 2)

# By id, the best films first, the newest first.
_ORDERS: tuple[dict[str, str], ...] = ({}, {"sort": "rating"}, {"status": "new"})


@dataclass(frozen=True)
class Side:
    """The requests to one server, whose paths are made anew for every round."""

    name: str
    server: Server
    paths: Callable[[], Iterator[str]]
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Loads:
    """The costs of each side by round in seconds, failures, and the busiest driver."""

    series: dict[str, list[float]]
    failures: dict[str, str]
    busiest: float


def measure(databases: Databases, sizes: Sequence[int], rounds: int, seconds: float) -> Loads:
    """Measure all sides in rounds, on catalogues of these numbers of films."""
    with ExitStack() as stack:

        def start(name: str, films: int) -> Server:
            return stack.enter_context(serve(name, databases.catalogue(films)))

        series: defaultdict[str, list[float]] = defaultdict(list)
        failures: dict[str, str] = {}
        busiest = 0.0
        measured = list(sides(sizes, start))
        for number in range(rounds + 1):
            sys.stderr.write(f"  round {number} of {rounds}\n")
            for side in measured:
                job = Job(
                    side.server.port,
                    list(islice(side.paths(), _MOST_REQUESTS)),
                    seconds if number else seconds / 4,
                    side.headers,
                    side.status,
                )
                try:
                    load = drive(job)
                except WrongAnswer as error:
                    failures[side.name] = str(error)
                    continue
                if number:  # The first round is a warm-up.
                    series[side.name].append(load.cost)
                    busiest = max(busiest, load.busy)
        return Loads(dict(series), failures, busiest)


def sides(sizes: Sequence[int], start: Callable[[str, int], Server]) -> Iterator[Side]:
    """Yield the sides. Those that are compared follow each other."""
    ours = {size: start("ours", size) for size in sizes}
    reference = ours[REFERENCE]
    for size in sizes:
        yield Side(f"cached {size}", ours[size], _again("/movies/?page=1"))
    for name in ("bare", "limit"):
        yield Side(name, start(name, REFERENCE), _again("/movies/?page=1"))
    # Without a token the guard refuses it: the overhead of Flask alone.
    yield Side("refused", reference, _again("/user/"), status=401)
    for size in reversed(sizes):
        _, tag = ours[size].get("/movies/")
        yield Side(f"304 {size}", ours[size], _again("/movies/"), {"If-None-Match": tag}, 304)
    for size in sizes:
        pages = -(-size // PAGE_SIZE)
        for name in ("fastapi", "restx", "litestar"):
            peer = start(name, size)
            yield Side(f"{name} first {size}", peer, _again("/movies/?page=1"))
            yield Side(f"{name} any {size}", peer, _any_page(pages))
            if size == REFERENCE and name != "restx":
                yield from _dynamic(f"{name} ", peer)
        yield Side(f"any {size}", ours[size], _any_page(pages))
    yield from _dynamic("", reference)
    for place in ("first", "middle", "last"):
        for size in sizes:
            last = -(-size // PAGE_SIZE)
            page = {"first": 1, "middle": last // 2, "last": last}[place]
            yield Side(f"{place} {size}", ours[size], _fresh(f"/movies/?page={page}"))
    for name, lengths, orders in (
        ("long", _LONG_PARTS, _ORDERS),
        ("short", _SHORT_PARTS, _ORDERS[:1]),
    ):
        for size in sizes:
            yield Side(f"search {name} {size}", ours[size], _search(lengths, orders))
    for name, movie_id in (("liked", 1), ("unliked", 2)):
        path = f"/movies/{movie_id}/"
        yield Side(name, ours[sizes[-1]], _again(path), _authorization())


def _dynamic(prefix: str, server: Server) -> Iterator[Side]:
    """Yield requests without a cached response."""
    yield Side(f"{prefix}film", server, _again("/movies/7/"))
    yield Side(f"{prefix}profile", server, _again("/user/"), _authorization())
    favorites = _again("/favorites/movies/?page=1")
    yield Side(f"{prefix}favorites", server, favorites, _authorization())


def _again(path: str) -> Callable[[], Iterator[str]]:
    return lambda: repeat(path)


def _fresh(path: str) -> Callable[[], Iterator[str]]:
    """A path with a new query, so that its response is not cached."""
    return lambda: (f"{path}&status={next(_never_asked)}" for _ in count())


def _any_page(pages: int) -> Callable[[], Iterator[str]]:
    random = Random(SEED)  # noqa: S311  # Repeatable on purpose.
    return lambda: (
        f"/movies/?page={random.randint(1, pages)}&status={next(_never_asked)}" for _ in count()
    )


def _search(
    lengths: tuple[int, ...], orders: Sequence[dict[str, str]]
) -> Callable[[], Iterator[str]]:
    """Each text in each order, without a cached response."""
    asked = cycle(product(_parts(lengths), orders))

    def path() -> str:
        part, order = next(asked)
        # An unknown parameter keeps the URL out of the cache.
        return f"/movies/?{urlencode({'q': part, 'page': 1, **order, 'x': next(_never_asked)})}"

    return lambda: (path() for _ in count())


@cache
def _parts(lengths: tuple[int, ...]) -> list[str]:
    """Return parts of titles of these lengths, shuffled."""
    parts = [part for length in lengths for part in title_parts(200, length)]
    Random(SEED).shuffle(parts)  # noqa: S311  # Repeatable on purpose.
    return parts


def _authorization() -> dict[str, str]:
    return {"Authorization": f"Bearer {bearer(SECRET_KEY)}"}
