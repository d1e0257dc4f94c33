"""Takes the README's screenshots of the pages, on its own server.

.venv/bin/python -m tests.system.browser.pictures
"""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import httpx
from playwright.sync_api import Browser, expect

from constants import DEMO_EMAIL, DEMO_PASSWORD
from tests.support.servers import ROOT, prepare, serve
from tests.system.browser import chromium
from tests.system.browser.catalogue_page import CataloguePage
from tests.system.browser.docs_page import DocsPage

IMAGES = ROOT / "docs" / "images"
# The film of this day makes a good picture.
DAY = datetime(2026, 11, 26, tzinfo=UTC)
WIDTH = 1000


def take_catalogue(browser: Browser, url: str) -> None:
    """Take a picture of the start page."""
    page = browser.new_page(viewport={"width": 1200, "height": 898})
    page.clock.set_fixed_time(DAY)
    CataloguePage(page, url).open()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / "catalogue.jpg", quality=82)


def take_docs_page(browser: Browser, url: str) -> None:
    """Take a picture of a signed-in user who has requested a favorite."""
    demo = {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}
    httpx.post(f"{url}/auth/register/", json=demo).raise_for_status()
    page = browser.new_page(viewport={"width": WIDTH, "height": 900})
    docs = DocsPage(page, url)
    docs.sign_in.click()
    expect(docs.user).to_have_text(DEMO_EMAIL)
    docs.run("add_favorite")
    docs.close("add_favorite")
    docs.run("get_movie")
    page.evaluate("scrollTo(0, 0)")
    page.mouse.move(0, 0)
    body = docs.operation("get_movie").locator(".live-responses-table .highlight-code")
    answer = body.bounding_box()
    assert answer is not None
    page.set_viewport_size({"width": WIDTH, "height": int(answer["y"] + answer["height"] + 3)})
    page.screenshot(path=IMAGES / "docs-page.png", animations="disabled")


def main(folder: Path) -> None:
    database_url = f"sqlite:///{folder / 'kinoteka.db'}"
    prepare(database_url)
    with serve(database_url, folder / "log") as server, chromium.launch() as browser:
        take_catalogue(browser, server.url)
        take_docs_page(browser, server.url)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(Path(temporary))
