"""The installed Chromium, and a record of errors on the pages that it shows."""

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

# An unusual name for this machine, since pages treat 127.0.0.1 as a secure context.
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

# The timeout of one step, in milliseconds. Steps take this long only on a busy machine.
TIMEOUT_MS = 30_000
expect.set_options(timeout=TIMEOUT_MS)


def path() -> str | None:
    """Return the path of Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launch() -> Iterator[Browser]:
    """Run headless Chromium with a new profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=_FLAGS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """Records what the pages of a browser context do.

    `troubles` must stay empty: script errors, policy violations, and requests without a response
    that the page did not cancel. `refused` lists error responses by method, path and status.
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
        """Return the hosts of all requests."""
        return {urlsplit(request.url).netloc for request in self.requests}

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium also logs each error response, and `refused` has those.
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
