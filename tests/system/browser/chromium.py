"""The Chromium of this machine, and what went wrong on the pages that it has shown."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Request,
    Response,
    expect,
    sync_playwright,
)

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# A name for this machine that is none of its usual ones: pages treat 127.0.0.1 as special.
HOST = "films.example"

_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
]

# How long a page may take for one step, in milliseconds: on a busy machine, not usually.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


def path() -> str | None:
    """Return where Chromium is, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launch() -> Iterator[Browser]:
    """Run Chromium without a window and with a new profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=_FLAGS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """Notes what the pages of a context do.

    `troubles` must stay empty: errors of scripts, violations of a policy, requests that got no
    answer and were not given up by the page. `refused` are the answers that are errors, as method,
    path and status.
    """

    requests: list[Request] = field(default_factory=list)
    refused: list[tuple[str, str, int]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.troubles.append(str(error.error)))
        context.on("requestfailed", self._failed)
        context.on("request", self._request)
        context.on("response", self._response)

    def hosts(self) -> set[str]:
        """Return which hosts were asked for anything."""
        return {urlsplit(request.url).netloc for request in self.requests}

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium writes a line for each answer that is an error, too; `refused` has them.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.troubles.append(message.text)

    def _request(self, request: Request) -> None:
        self.requests.append(request)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"{request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if not response.ok and response.status != 304:
            path_ = urlsplit(response.url).path
            self.refused.append((response.request.method, path_, response.status))
