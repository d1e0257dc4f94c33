"""Generators make clients of the OpenAPI document that work, and linters find no error in it."""

from __future__ import annotations

import importlib.util
import json
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from tests.support.servers import Server
from tests.system.tools import IN_CI, PASSWORD, install, large_folder, run

HERE = Path(__file__).parent

# What makes models for Python, and what runs it in an environment of its own.
MODELS = ("uv", "tool", "run", "--from", "datamodel-code-generator==0.89.0", "datamodel-codegen")

# Whether a film is a favorite: of nobody, of somebody, and when they have made it one.
IS_FAVORITE = [None, False, True]


@pytest.fixture(scope="module")
def folder(server: Server) -> Iterator[Path]:
    """A folder with both documents."""
    with large_folder() as made:
        for document in ("openapi.json", "swagger.json"):
            text = httpx.get(f"{server.url}/{document}").raise_for_status().text
            (made / document).write_text(text, "utf-8")
        yield made


@pytest.fixture(scope="module")
def tools(folder: Path) -> Path:
    """Where the generators and linters for Node.js are."""
    return install(folder, HERE, "tsconfig.json", "orval.config.js")


@pytest.mark.long
@pytest.mark.parametrize(
    ("program", "generate"),
    [
        ("orval", "orval"),
        ("swagger_typescript_api", "swagger-typescript-api generate -p openapi.json -n client.ts"),
    ],
)
def test_a_client_for_typescript_works(
    folder: Path, tools: Path, program: str, generate: str
) -> None:
    """It compiles as strictly as can be, and tells whether a film is a favorite of its user."""
    generator, *arguments = generate.split()
    run(folder, tools / generator, *arguments)
    shutil.copy(HERE / f"{program}.ts", folder / "program.ts")
    run(folder, tools / "tsc")
    email = f"{secrets.token_hex(8)}@example.com"
    shown = run(folder, "node", "program.js", email, PASSWORD).stdout
    assert json.loads(shown) == IS_FAVORITE


@pytest.mark.long
def test_models_for_python_take_what_is_answered_and_what_a_later_version_adds(
    server: Server, folder: Path
) -> None:
    options = ("--input", "openapi.json", "--input-file-type", "openapi", "--output", "models.py")
    kind = ("--output-model-type", "pydantic_v2.BaseModel")
    command = (sys.executable, "-m", *MODELS, *options, *kind)
    if run(folder, *command, check=IN_CI).returncode != 0:
        pytest.skip("The generator could not be installed.")
    models = load(folder / "models.py")
    film: dict[str, Any] = httpx.get(f"{server.url}/movies/9").raise_for_status().json()
    assert models.MovieDetail.model_validate(film).title == film["title"]
    assert models.MovieDetail.model_validate({**film, "duration": 107}).title == film["title"]
    with pytest.raises(ValueError, match="Extra inputs are not permitted"):
        models.Credentials.model_validate(
            {"email": "anna@example.com", "password": PASSWORD, "login": "anna"}
        )


def load(path: Path) -> ModuleType:
    """Import a file that was made just now."""
    found = importlib.util.spec_from_file_location(path.stem, path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[path.stem] = module  # Its annotations are looked up there.
    found.loader.exec_module(module)
    return module


@pytest.mark.long
def test_redocly_finds_no_error(folder: Path, tools: Path) -> None:
    """By its recommended rules."""
    options = ("--format", "json", "--extends", "recommended")
    shown = run(folder, tools / "redocly", "lint", "openapi.json", *options, check=False).stdout
    assert json.loads(shown)["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}


@pytest.mark.long
@pytest.mark.parametrize("document", ["openapi.json", "swagger.json"])
def test_spectral_finds_no_error(folder: Path, tools: Path, document: str) -> None:
    (folder / ".spectral.json").write_text('{"extends": ["spectral:oas"]}')
    options = ("--ruleset", ".spectral.json", "--fail-severity", "error")
    run(folder, tools / "spectral", "lint", document, *options)
