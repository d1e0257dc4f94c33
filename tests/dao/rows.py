"""Columns of pages."""

from typing import Any

from helpers.pages import Page


def titles(page: Page) -> list[Any]:
    return page.column("title")


def names(page: Page) -> list[Any]:
    return page.column("name")
