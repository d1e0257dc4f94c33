"""The film page of the front end that exists is shown each time, though it has a race.

It breaks where the list of all films comes before the film, for which the browser first has to ask
whether it may be read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from config import Config
from tests.support.databases import Databases
from tests.support.servers import prepare, serve
from tests.system.browser import chromium

HERE = Path(__file__).parent
OPENINGS = 50


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium.path() is None and os.environ.get("CI") != "true":
        pytest.skip(f"There is no Chromium here, under none of these names: {chromium.NAMES}.")
    with chromium.launch() as launched:
        yield launched


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """Where the page comes from: another origin than that of the API."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=HERE))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def film_pages(
    browser: Browser,
    origin: str,
    databases: Databases,
    folder: Path,
    delay: int = Config.WHOLE_LIST_DELAY_MS,
) -> Iterator[Iterator[str]]:
    """Open one film page after the other; each value is what became of it."""
    url = databases.new("sqlite")
    prepare(url)
    with serve(url, folder / "server.log", WHOLE_LIST_DELAY_MS=str(delay)) as server:
        page = browser.new_page()
        try:
            page.goto(f"{origin}/front_end_race.html?api={server.url}")
            page.evaluate("showFilms()")
            yield (_open(page, number) for number in range(1, OPENINGS + 1))
        finally:
            page.close()


def _open(page: Page, number: int) -> str:
    # Each film for the first time: what the browser may read it remembers.
    page.evaluate(f"showFilm({number})")
    return page.title()


def test_every_film_is_shown(
    browser: Browser, origin: str, databases: Databases, tmp_path: Path
) -> None:
    with film_pages(browser, origin, databases, tmp_path) as pages:
        assert list(pages) == ["shown"] * OPENINGS


def test_without_the_delay_some_films_are_not(
    browser: Browser, origin: str, databases: Databases, tmp_path: Path
) -> None:
    """Or else the page has no race, and the test before proves nothing."""
    with film_pages(browser, origin, databases, tmp_path, delay=0) as pages:
        assert "white" in pages
