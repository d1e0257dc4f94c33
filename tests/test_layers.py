"""House rules that import-linter's contracts in pyproject.toml cannot say.

docs/architecture.md explains them.
"""

import ast
import sys
from collections.abc import Iterator
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

FLASK = {"flask", "flask_restx", "werkzeug"}

# The packages of others that a layer may import. The contracts say the rest about layers, and
# nothing about modules at the top; these may import no more than what is named here.
PACKAGES = {
    "dao": {"sqlalchemy"},
    "service": set[str](),
    "views": FLASK
    | {"apispec", "cachetools", "email_validator", "marshmallow", "orjson", "prometheus_client"},
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


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


OURS = {module(path) for path in FILES}
SPINE = [path for path in FILES if path.parent in [ROOT, *map(ROOT.joinpath, LAYERS)]]
SPINE = [path for path in SPINE if path.parent.name != "helpers"]


def imported(path: Path) -> Iterator[str]:
    """Yield every name that a file imports, at its top or anywhere else."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "Imports are absolute."
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def prefixes(name: str) -> list[str]:
    """The name, what it is in, and so on outwards."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def foreign(path: Path) -> set[str]:
    return {name for name in imported(path) if name.split(".")[0] not in sys.stdlib_module_names}


@pytest.mark.parametrize("path", FILES, ids=module)
def test_imports_only_what_its_layer_may(path: Path) -> None:
    name = module(path)
    if name in MODULES:
        wrong = {other for other in foreign(path) if not MODULES[name] & set(prefixes(other))}
    elif (layer := name.split(".")[0]) in PACKAGES:
        allowed = PACKAGES[layer] | {module.split(".")[0] for module in OURS}
        wrong = {other for other in foreign(path) if other.split(".")[0] not in allowed}
    else:
        wrong = set()
    assert wrong == set(), "Have it handed in by implemented.py, or move the code to the layer."


@pytest.mark.parametrize("path", SPINE, ids=module)
def test_imports_the_entrance_of_a_rib_and_nothing_behind_it(path: Path) -> None:
    for name in imported(path):
        source = next((prefix for prefix in prefixes(name) if prefix in OURS), "")
        inside = [rib for rib in RIBS if source.startswith(f"{rib}.")]
        assert not inside or source in RIBS, (
            f"{source} is behind an entrance: let {inside[-1]}/__init__.py export the name."
        )


@pytest.mark.parametrize("path", sorted(ROOT.glob("views/*.py")), ids=module)
def test_views_take_from_the_container_its_services_only(path: Path) -> None:
    taken = {name for name in imported(path) if name.startswith("implemented.")}
    assert taken <= {"implemented.services"}, "Make what is missing an attribute of Services."


@pytest.mark.parametrize("rib", RIBS)
def test_the_entrance_of_a_rib_explains_it(rib: str) -> None:
    entrance = ROOT / rib.replace(".", "/") / "__init__.py"
    docstring = ast.get_docstring(ast.parse(entrance.read_text("utf-8"))) or ""
    assert len(docstring.split()) > 20, (
        "Say what the rib gives, when a reader may ignore it, and what it is worth."
    )


@pytest.mark.parametrize("path", FILES, ids=module)
def test_ends_no_transaction_outside_the_scope(path: Path) -> None:
    if module(path) == "setup_db" or "helpers/database" in path.as_posix():
        return  # The latter ends what it does on a connection of its own.
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & {"commit", "rollback"}, "Let the service open a transaction around it."


@pytest.mark.parametrize("path", FILES, ids=module)
def test_fits_on_a_page_or_two(path: Path) -> None:
    # All tables stand on one page, which grows with them.
    most = 150 if path in SPINE and module(path) != "dao.models" else 200
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= most, "Move a part that has a name of its own to a file of its own."


def test_the_helpers_can_be_surveyed() -> None:
    files = [path for path in FILES if path.parent == ROOT / "helpers"]
    assert len(files) <= 12, "Move helpers that belong together to a rib."
