"""What somebody does on the documentation page, and sees there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Shown:
    """An answer as the page shows it."""

    status: int
    headers: dict[str, str]
    body: Any


class DocsPage:
    """The page, open on a server."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.tried: set[str] = set()
        self.sign_in = page.get_by_role("button", name="Sign in", exact=True)
        self.sign_out = page.get_by_role("button", name="Sign out", exact=True)
        self.said = page.locator("header output")
        page.goto(f"{url}/docs")
        expect(self.sign_in).to_be_enabled()

    def sign_in_as(self, email: str, password: str) -> None:
        """Use the form at the top, whatever comes of it."""
        self.page.get_by_role("textbox", name="E-mail").fill(email)
        self.page.get_by_role("textbox", name="Password").fill(password)
        self.sign_in.click()

    def operation(self, name: str) -> Locator:
        """Return an operation, opened; its name is an operationId."""
        found = self.page.locator(f'.opblock[id$="-{name}"]')
        if found.locator(".execute").count() == 0:
            found.locator(".opblock-summary-control").click()
        return found

    def close(self, name: str) -> None:
        """Fold an operation."""
        self.operation(name).locator(".opblock-summary-control").click()

    def run(self, name: str, body: object = None, **parameters: object) -> Shown:
        """Execute an operation with its examples, but for what is given; return the answer."""
        self.tried.add(name)
        operation = self.operation(name)
        if operation.get_by_role("button", name="Clear").is_visible():
            operation.get_by_role("button", name="Clear").click()
        for parameter, value in parameters.items():
            operation.locator(f'[data-param-name="{parameter}"] input').fill(str(value))
        if body is not None:
            operation.locator("textarea").fill(json.dumps(body, ensure_ascii=False))
        operation.get_by_role("button", name="Execute").click()
        return _shown(operation.locator(".live-responses-table"))


def _shown(table: Locator) -> Shown:
    status = table.locator("tbody .response-col_status").inner_text()
    lines = table.locator(".headerline").all_inner_texts()
    body = table.locator(".highlight-code code")
    return Shown(
        status=int(status.split()[0]),
        headers=dict(line.strip().split(": ", 1) for line in lines),
        body=json.loads(body.inner_text()) if body.count() else None,
    )
