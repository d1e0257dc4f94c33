"""Names of modules, classes, functions, arguments and attributes use standard terms."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from tests.test_layers import TREES

EVERYWHERE = ("",)
HTTP = ("views",)
LISTS = ("dao.base", "dao.lists", "dao.movie", "dao.reference", "helpers.pages", "views.http")

# Modules, parts of names to avoid in them, and what to use instead. Underscores and capitals
# separate parts.
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


def names(module: str) -> Iterator[str]:
    """Yield the module's name and the names that it defines, except for local variables."""
    yield module.rpartition(".")[2]
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        if isinstance(node, ast.Module | ast.ClassDef):
            yield from assigned(node.body)
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def assigned(body: list[ast.stmt]) -> Iterator[str]:
    """Yield the names that a module or class body assigns."""
    for statement in body:
        if isinstance(statement, ast.AnnAssign):
            yield ast.unparse(statement.target)
        elif isinstance(statement, ast.Assign):
            yield from map(ast.unparse, statement.targets)


def words(name: str) -> set[str]:
    """Return the parts of a name, and each pair of neighboring parts as one word."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    parts = [part for part in spaced.split("_") if part]
    return {*parts, *map("".join, pairwise(parts))}


def test_says_it_as_the_field_does() -> None:
    said = {
        f"{module}: {name}: say {instead}"
        for module in TREES
        for name in names(module)
        for where, private, instead in INSTEAD
        if module.startswith(where) and words(name) & set(private.split())
    }
    assert said == set()
