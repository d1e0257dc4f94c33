"""Takes the picture of the catalogue that the README shows.

.venv/bin/python -m tests.system.browser.catalogue_picture
"""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.support.servers import ROOT, prepare, serve
from tests.system.browser import chromium
from tests.system.browser.catalogue_page import CataloguePage

PICTURE = ROOT / "docs" / "images" / "catalogue.jpg"
DAY = datetime(2026, 11, 26, tzinfo=UTC)


def take(folder: Path) -> None:
    """Show the start of a day whose film looks well, on a server of its own."""
    database_url = f"sqlite:///{folder / 'kinoteka.db'}"
    prepare(database_url)
    with serve(database_url, folder / "log") as server, chromium.launch() as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 898})
        page.clock.set_fixed_time(DAY)
        CataloguePage(page, server.url).open()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURE, quality=82)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        take(Path(temporary))
