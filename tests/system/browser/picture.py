"""Takes the picture of the documentation page that the README shows.

.venv/bin/python -m tests.system.browser.picture
"""

import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import expect

from constants import DEMO_EMAIL, DEMO_PASSWORD
from tests.support.servers import ROOT, prepare, serve
from tests.system.browser import chromium
from tests.system.browser.docs_page import DocsPage

PICTURE = ROOT / "docs" / "images" / "docs-page.png"
WIDTH = 1000


def take(folder: Path) -> None:
    """Show somebody signed in who has looked at a favorite, on a server of its own."""
    database_url = f"sqlite:///{folder / 'kinoteka.db'}"
    prepare(database_url)
    with serve(database_url, folder / "log") as server, chromium.launch() as browser:
        demo = {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}
        httpx.post(f"{server.url}/auth/register/", json=demo).raise_for_status()
        page = browser.new_page(viewport={"width": WIDTH, "height": 900})
        docs = DocsPage(page, server.url)
        docs.sign_in.click()
        expect(docs.user).to_have_text(DEMO_EMAIL)
        docs.run("add_favorite")
        docs.close("add_favorite")
        docs.run("get_movie")
        page.evaluate("scrollTo(0, 0)")
        page.mouse.move(0, 0)
        answer = (
            docs.operation("get_movie")
            .locator(".live-responses-table .highlight-code")
            .bounding_box()
        )
        assert answer is not None
        page.set_viewport_size({"width": WIDTH, "height": int(answer["y"] + answer["height"] + 3)})
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE, animations="disabled")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        take(Path(temporary))
