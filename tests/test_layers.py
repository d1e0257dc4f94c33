"""Import rules and conventions that import-linter's contracts in pyproject.toml cannot express.

They are explained in docs/architecture.md.
"""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("dao", "helpers", "service", "views")
RIBS = (
    "dao.importing",
    "dao.lists",
    "helpers.catalogue",
    "helpers.database",
    "helpers.posters",
    "service.importing",
    "views.http",
    "views.http.cache",
    "views.http.languages",
    "views.http.openapi",
    "views.pages",
)

# The third-party packages that each layer may import. Imports between layers are checked by
# import-linter, which does not cover top-level modules: these may import only what is listed here.
PACKAGES = {
    "dao": {"sqlalchemy"},
    "service": set[str](),
    "views": {"flask", "flask_restx", "werkzeug", "marshmallow"}
    | {"apispec", "cachetools", "email_validator", "orjson", "prometheus_client"},
}
MODULES = {
    "constants": set[str](),
    "config": {"dotenv", "helpers.settings"},
    "setup_db": {"constants", "flask", "flask_sqlalchemy", "helpers.database", "sqlalchemy"},
    "implemented": {"config", "dao", "flask", "helpers", "service", "setup_db", "sqlalchemy"}
    | {"werkzeug.local"},
}

FILES = sorted(
    path
    for pattern in ("*.py", *(f"{layer}/**/*.py" for layer in LAYERS))
    for path in ROOT.glob(pattern)
)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


TREES = {module_of(path): ast.parse(path.read_text("utf-8")) for path in FILES}
SPINE_FOLDERS = [ROOT, *(ROOT / layer for layer in LAYERS if layer != "helpers")]
SPINE = {module_of(path) for path in FILES if path.parent in SPINE_FOLDERS}


def imported(module: str) -> set[str]:
    """Return every name that a module imports, including late imports."""
    found = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "Imports are absolute."
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def prefixes(name: str) -> list[str]:
    """Return a dotted name, followed by each of its parents."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def may_import(module: str, name: str) -> bool:
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return True
    if module in MODULES:
        return not MODULES[module].isdisjoint(prefixes(name))
    allowed = PACKAGES.get(module.partition(".")[0])
    return allowed is None or top in allowed or top in TREES


def is_behind_an_entrance(name: str) -> bool:
    source = next((prefix for prefix in prefixes(name) if prefix in TREES), "")
    return source not in RIBS and any(source.startswith(f"{rib}.") for rib in RIBS)


def test_a_module_imports_only_what_its_layer_may() -> None:
    wrong = {(one, name) for one in TREES for name in imported(one) if not may_import(one, name)}
    assert wrong == set(), "Have it handed in by implemented.py, or move the code to the layer."


def test_the_spine_imports_the_entrance_of_a_rib_and_nothing_behind_it() -> None:
    wrong = {(one, name) for one in SPINE for name in imported(one) if is_behind_an_entrance(name)}
    assert wrong == set(), "Let the __init__.py of the rib export the name."


def test_views_take_from_the_container_its_services_only() -> None:
    taken = {name for module in SPINE if module.startswith("views.") for name in imported(module)}
    taken = {name for name in taken if name.startswith("implemented.")}
    assert taken == {"implemented.services"}, "Make what is missing an attribute of Services."


@pytest.mark.parametrize("rib", RIBS)
def test_the_entrance_of_a_rib_explains_it(rib: str) -> None:
    assert len((ast.get_docstring(TREES[rib]) or "").split()) > 20, (
        "Say what the rib gives, when a reader may ignore it, and what it is worth."
    )


def test_no_transaction_ends_outside_the_scope() -> None:
    wrong = {
        (module, node.func.attr)
        for module, tree in TREES.items()
        # helpers.database ends transactions on connections of its own.
        if module != "setup_db" and not module.startswith("helpers.database")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("commit", "rollback")
    }
    assert wrong == set(), "Let the service open a transaction around it."


def test_a_file_fits_on_a_page_or_two() -> None:
    short = SPINE - {"dao.models"}  # All tables are in one file.
    too_long = {
        module_of(path)
        for path in FILES
        if len(path.read_text("utf-8").splitlines()) > (150 if module_of(path) in short else 200)
    }
    assert too_long == set(), "Move a part that has a name of its own to a file of its own."


def test_the_helpers_can_be_surveyed() -> None:
    files = list((ROOT / "helpers").glob("*.py"))
    assert len(files) <= 12, "Move helpers that belong together to a rib."
