"""The documentation page, as a user operates it."""

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

# The key under which the page stores the tokens for a reload.
STORED = "kinoteka.docs.tokens"


@dataclass(frozen=True)
class Shown:
    """A response as the page shows it."""

    status: int
    body: Any


class DocsPage:
    """The documentation page of a server."""

    def __init__(self, page: Page, url: str, fragment: str = "") -> None:
        self.page = page
        self.sign_in = page.get_by_role("button", name="Sign in", exact=True)
        self.sign_out = page.get_by_role("button", name="Sign out", exact=True)
        self.user = page.locator("header output")
        self.said = page.locator("#message")
        page.goto(f"{url}/docs/{fragment}")
        self.wait()

    def wait(self) -> None:
        """Wait until Swagger UI has loaded."""
        expect(self.page.locator("#sign-in button")).to_be_enabled()

    def reload(self) -> None:
        self.page.reload()
        self.wait()

    def sign_in_as(self, email: str, password: str) -> None:
        """Submit the form in the header. The login may fail."""
        self.page.get_by_role("textbox", name="E-mail").fill(email)
        self.page.get_by_role("textbox", name="Password").fill(password)
        self.sign_in.click()

    @property
    def tokens(self) -> dict[str, str]:
        """The page's pair of tokens."""
        pair: dict[str, str] = json.loads(self.page.evaluate(f"sessionStorage['{STORED}']"))
        return pair

    @tokens.setter
    def tokens(self, pair: dict[str, str]) -> None:
        """Store another pair, which the page uses from its next reload."""
        self.page.evaluate(f"pair => sessionStorage['{STORED}'] = pair", json.dumps(pair))

    def operation(self, name: str) -> Locator:
        """Return an operation by its operationId, and open it if it is closed."""
        found = self.page.locator(f'.opblock[id$="-{name}"]')
        if found.locator(".execute").count() == 0:
            found.locator(".opblock-summary-control").click()
        return found

    def close(self, name: str) -> None:
        self.operation(name).locator(".opblock-summary-control").click()

    def run(self, name: str, body: object = None) -> Shown:
        """Execute an operation with its examples, or with this body, and return the response."""
        operation = self.operation(name)
        if operation.get_by_role("button", name="Clear").is_visible():
            operation.get_by_role("button", name="Clear").click()
        if body is not None:
            operation.locator("textarea").fill(json.dumps(body, ensure_ascii=False))
        operation.get_by_role("button", name="Execute").click()
        return _shown(operation.locator(".live-responses-table"))


def _shown(table: Locator) -> Shown:
    status = table.locator("tbody .response-col_status").inner_text()
    body = table.locator(".highlight-code code")
    text = body.inner_text() if body.count() else "null"
    # The page shows an image as SVG source.
    return Shown(status=int(status.split()[0]), body=text if "<svg" in text else json.loads(text))
