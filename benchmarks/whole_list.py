"""The whole list: its time, its first byte, and its memory."""

import socket
import time
from collections.abc import Iterator
from itertools import repeat
from statistics import median

from sqlalchemy import create_engine, text

from benchmarks.databases import Databases
from benchmarks.driver import CONNECTIONS, Job, drive
from benchmarks.results import Row
from benchmarks.servers import Server, serve
from views.http.cache.revision import REVISION_SECONDS

MICROSECONDS_A_FILM = 20
MEGABYTES = 30
# The first byte of a page takes 0.1 ms, so even one more system call is visible.
FIRST_BYTE = 1.5

_TRIES = 200
_READS = 4  # For each reader.


def rows(engine: str, databases: Databases, sizes: list[int], rounds: int) -> Iterator[Row]:
    """Yield the rows about the whole list on catalogues of these numbers of films."""
    for films in sizes:
        url = databases.catalogue(films)
        what = f"all {films:,} films"
        with serve("ours", url) as server:
            growth = _memory(server) / 1024
            yield Row(
                engine, f"{what}, {CONNECTIONS} readers: memory", growth, MEGABYTES, unit="MB"
            )
            cost = _first_time(server, url, rounds) / films * 1e6
            yield Row(
                engine, f"{what}, the first time", cost, MICROSECONDS_A_FILM, unit="µs a film"
            )
            page, whole = _first_bytes(server)
            yield Row(
                engine,
                f"{what}, cached: first byte against that of a page",
                whole / page,
                FIRST_BYTE,
                note=f"{page * 1e3:.2f} ms and {whole * 1e3:.2f} ms",
            )


def _memory(server: Server) -> int:
    """Return by how many KiB the worker grows while it makes the list for many readers."""
    drive(Job(server.port, [f"/movies/?page={page}" for page in range(1, 80)], 60))
    worker = server.worker()
    (worker / "clear_refs").write_text("5")  # Resets the peak (Linux, proc(5)).
    before = _status(server, "VmRSS")
    drive(Job(server.port, list(repeat("/movies/", CONNECTIONS * _READS)), 600))
    return _status(server, "VmHWM") - before


def _status(server: Server, name: str) -> int:
    lines = (server.worker() / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _first_time(server: Server, url: str, rounds: int) -> float:
    """Return the seconds until the last byte, after a change of the catalogue."""
    engine = create_engine(url)
    seconds = []
    for _ in range(rounds):
        with engine.begin() as connection:
            connection.execute(text("UPDATE list_states SET revision = revision + 1"))
        time.sleep(REVISION_SECONDS * 1.1)  # The worker checks no sooner.
        began = time.perf_counter()
        server.get("/movies/")
        seconds.append(time.perf_counter() - began)
    engine.dispose()
    return median(seconds)


def _first_bytes(server: Server) -> tuple[float, float]:
    """Return the seconds until the first byte of a cached page and of the cached whole list."""
    waits = [(_wait(server, "/movies/?page=1"), _wait(server, "/movies/")) for _ in range(_TRIES)]
    pages, wholes = zip(*waits, strict=True)
    return median(pages), median(wholes)


def _wait(server: Server, path: str) -> float:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        began = time.perf_counter()
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        connection.recv(1)
        return time.perf_counter() - began
