"""One browser and server for all tests of the folder, and a profile and `Watch` for each test.

The tests are skipped without Chromium, but fail with `CI=true`.
"""

import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from constants import DEMO_EMAIL, DEMO_PASSWORD
from tests.contract.client import Api
from tests.support.databases import Databases
from tests.support.servers import Server, serve
from tests.system.browser import chromium
from tests.system.browser.chromium import TIMEOUT_MS, Watch

SITE = Path(__file__).with_name("site")


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Log nothing. The tests watch the browser."""


@pytest.fixture(scope="package")
def server(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo account, as `./dev run` starts it, that trusts one proxy."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serve(databases.prepared("sqlite"), log, TRUSTED_PROXIES="1") as started:
        with Api(started.url) as api:
            assert api.register(DEMO_EMAIL, DEMO_PASSWORD).status_code == 201
        yield started


# The scope is not the session: while the browser runs, this thread has a running event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if chromium.path() is None and os.environ.get("CI") != "true":
        pytest.skip(f"There is no Chromium here, under none of these names: {chromium.NAMES}.")
    with chromium.launch() as launched:
        yield launched


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Records what the pages do, and fails the test if there were errors."""
    noted = Watch()
    yield noted
    assert noted.troubles == []


@pytest.fixture
def context(browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1100, "height": 900})
    made.set_default_timeout(TIMEOUT_MS)
    watch.over(made)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """The origin of the front end, which differs from that of the API."""
    files = partial(QuietHandler, directory=SITE)
    with ThreadingHTTPServer(("127.0.0.1", 0), files) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
