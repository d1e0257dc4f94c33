"""What lists of rows hold."""

from __future__ import annotations

from typing import Any

from dao.lists.pages import Found


def column(found: Found, name: str) -> list[Any]:
    place = found.columns.index(name)
    return [row[place] for row in found.rows]


def titles(found: Found) -> list[str]:
    return column(found, "title")


def names(found: Found) -> list[str]:
    return column(found, "name")
