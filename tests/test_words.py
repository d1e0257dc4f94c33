"""Names of modules, classes, functions, arguments and attributes use the field's words."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.test_layers import FILES, module

EVERYWHERE = ("",)
HTTP = ("views",)
LISTS = ("dao.base", "dao.lists", "dao.movie", "dao.reference", "service.page", "views.http")

# Where not to say what, and what to say instead: parts of names, between underscores or capitals.
INSTEAD = (
    (EVERYWHERE, "kept shelf", "cached response, response cache, LRU cache"),
    (EVERYWHERE, "envelope", "the middleware's name"),
    (EVERYWHERE, "alone", "exclusive lock"),
    (EVERYWHERE, "aside", "staging"),
    (EVERYWHERE, "patience patient taketime", "timeout, lift the timeouts"),
    (EVERYWHERE, "hidden ispublic lastid", "visible, visible_up_to"),
    (EVERYWHERE, "listed", "page, slice, count and revision"),
    (EVERYWHERE, "shaper", "row serializer"),
    (EVERYWHERE, "film films", "movie"),
    (EVERYWHERE, "utils info manager", "the thing's own name"),
    (HTTP, "answer answers keep", "response, response cache"),
    (HTTP, "bodies", "request body, response"),
    (HTTP, "making", "single flight"),
    (LISTS, "collection collections", "list state, reference data"),
    (LISTS, "cut found known window", "page, slice, count and revision"),
)


def names(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the names that a file gives, but for those of local variables, with their lines."""
    yield 1, path.stem
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.lineno, node.name
        if isinstance(node, ast.Module | ast.ClassDef):
            yield from assigned(node.body)
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr


def assigned(body: list[ast.stmt]) -> Iterator[tuple[int, str]]:
    """Yield the names that a module or a class assigns."""
    for statement in body:
        if isinstance(statement, ast.AnnAssign):
            yield statement.lineno, ast.unparse(statement.target)
        elif isinstance(statement, ast.Assign):
            yield from ((statement.lineno, ast.unparse(target)) for target in statement.targets)


def words(name: str) -> set[str]:
    """The parts of a name, and each two neighbors as one word."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    parts = [part for part in spaced.split("_") if part]
    return {*parts, *map("".join, pairwise(parts))}


@pytest.mark.parametrize("path", FILES, ids=module)
def test_says_it_as_the_field_does(path: Path) -> None:
    said = [
        f"{path.name}:{line}: {name}: say {instead}"
        for line, name in names(path)
        for where, private, instead in INSTEAD
        if module(path).startswith(where) and words(name) & set(private.split())
    ]
    assert said == []
