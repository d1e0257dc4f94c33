"""What pages hold."""

from typing import Any

from helpers.pages import Page


def column(page: Page, name: str) -> list[Any]:
    place = page.columns.index(name)
    return [row[place] for row in page.rows]


def titles(page: Page) -> list[str]:
    return column(page, "title")


def names(page: Page) -> list[str]:
    return column(page, "name")
