"""The house rules of docs/architecture.md, as far as a parser can see them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# What a module, or each module of a package, may import besides the standard library.
MAY_IMPORT = {
    "constants": set(),
    "config": set(),
    "helpers": set(),
    "helpers.database": {"constants", "filelock", "helpers", "psycopg", "sqlalchemy"},
    "views.http.request_body": {"flask", "helpers", "werkzeug"},
    "helpers.addresses": {"constants", "email_validator"},
    "helpers.common_passwords": {"zxcvbn"},
    "views.http.middleware": {"helpers", "views"},
    "views.http.cache.middleware": {"views", "werkzeug"},
    "views.http.cache.store": {"views"},
    "views.http.lists": {"flask", "marshmallow", "orjson", "views"},
    "helpers.fields": {"marshmallow"},
    "helpers.catalogue.imdb": {"constants", "helpers"},
    "helpers.catalogue.tsv": {"helpers"},
    "helpers.catalogue.located_json": {"helpers"},
    "helpers.logs": {"orjson"},
    "views.http.openapi.openapi31": set(),
    "helpers.passwords": {"argon2"},
    "helpers.database.postgresql": {"psycopg"},
    "views.http.openapi.decorators": {"flask", "flask_restx", "marshmallow", "orjson", "views"},
    "views.http.row_serializer": {"marshmallow"},
    "helpers.database.sqlite": {"constants", "sqlalchemy"},
    "views.http.openapi.swagger": {"apispec", "flask_restx", "marshmallow"},
    "helpers.catalogue.json_file": {"constants", "helpers", "marshmallow"},
    "views.http.routing": {"constants", "helpers", "werkzeug"},
    "helpers.tokens": {"constants", "helpers", "jwt"},
    "setup_db": {"constants", "flask", "flask_sqlalchemy", "helpers", "sqlalchemy"},
    "dao": {"constants", "dao", "setup_db", "sqlalchemy"},
    "service": {"constants", "dao", "helpers", "service"},
    "implemented": {"config", "dao", "flask", "helpers", "service", "setup_db", "sqlalchemy"}
    | {"werkzeug.local"},
    "views": {"constants", "flask", "flask_restx", "helpers", "implemented", "marshmallow"}
    | {"service.errors", "views", "werkzeug"},
    "commands": {"click", "config", "constants", "flask", "flask_migrate", "helpers"}
    | {"implemented", "service.errors", "setup_db"},
    "app": {"commands", "config", "constants", "flask", "flask_migrate", "helpers"}
    | {"implemented", "setup_db", "views", "werkzeug.middleware.proxy_fix"},
}

FILES = sorted(
    path
    for pattern in ("*.py", "dao/**/*.py", "service/*.py", "views/**/*.py", "helpers/**/*.py")
    for path in ROOT.glob(pattern)
)


def named(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> Iterator[str]:
    """Yield every name that a file imports, at its top or anywhere else."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "Imports are absolute."
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def prefixes(name: str) -> set[str]:
    parts = name.split(".")
    return {".".join(parts[:length]) for length in range(1, len(parts) + 1)}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_imports_only_what_its_layer_may(path: Path) -> None:
    name = named(path)
    allowed = MAY_IMPORT[name] if name in MAY_IMPORT else MAY_IMPORT[name.split(".")[0]]
    foreign = {
        other
        for other in imported(path)
        if other.split(".")[0] not in sys.stdlib_module_names and not prefixes(other) & allowed
    }
    assert foreign == set()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_ends_no_transaction_outside_the_scope(path: Path) -> None:
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    ends = calls & {"commit", "rollback"}
    assert ends == ({"commit", "rollback"} if named(path) == "setup_db" else set())


@pytest.mark.parametrize("path", FILES, ids=named)
def test_fits_on_a_page_or_two(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 200
