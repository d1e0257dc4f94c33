import inspect
from types import ModuleType
from typing import Any

import constants
from helpers.database import postgresql, sqlite


def offered(module: ModuleType) -> dict[str, Any]:
    """The public names of a module by what they are; the signature of a function is what it is."""
    names = {name: value for name, value in vars(module).items() if not name.startswith("_")}
    functions = {
        name: inspect.signature(value)
        for name, value in names.items()
        if inspect.isfunction(value) and value.__module__ == module.__name__
    }
    settings = {
        name: type(value)
        for name, value in names.items()
        if name.isupper() and not hasattr(constants, name)
    }
    return functions | settings


def test_both_engines_offer_the_same_names_with_the_same_signatures() -> None:
    assert offered(sqlite) == offered(postgresql)
