"""A browser for all tests here, and a profile of its own with a watch for each.

Where there is no Chromium they are skipped, but not where everything is meant to be checked.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.system.browser import chromium
from tests.system.browser.chromium import PATIENCE, Watch

SITE = Path(__file__).with_name("site")


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Write nothing: the tests watch the browser."""


@contextmanager
def serve_files(folder: Path, handler: type[QuietHandler] = QuietHandler) -> Iterator[str]:
    """Serve the files of a folder, and give the URL of their origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=folder))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# Not for the whole session: as long as it runs, this thread has a running event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if chromium.path() is None and os.environ.get("CI") != "true":
        pytest.skip(f"There is no Chromium here, under none of these names: {chromium.NAMES}.")
    with chromium.launch() as launched:
        yield launched


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What the pages of the test do; an error on one of them is an error of the test."""
    noted = Watch()
    yield noted
    assert noted.troubles == []


@pytest.fixture
def context(browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1100, "height": 900})
    made.set_default_timeout(PATIENCE)
    watch.over(made)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """Where the front end comes from: another origin than that of the API."""
    with serve_files(SITE) as url:
        yield url
