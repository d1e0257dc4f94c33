"""Generators make working clients from the OpenAPI document, and linters find no error in it."""

import json
import secrets
import shutil
from pathlib import Path

import httpx
import pytest

from tests.support.servers import Server
from tests.system.tools import PASSWORD, install, run

HERE = Path(__file__).parent

# The values of `is_favorite`: for a guest, and before and after the user adds the favorite.
IS_FAVORITE = [None, False, True]


@pytest.fixture(scope="module")
def tools(server: Server, folder: Path) -> Path:
    """Install the generators and linters for Node.js, and write both documents into the folder."""
    for document in ("openapi.json", "swagger.json"):
        text = httpx.get(f"{server.url}/{document}").raise_for_status().text
        (folder / document).write_text(text, "utf-8")
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
    """The client compiles in strict mode, and reads whether a film is a favorite."""
    generator, *arguments = generate.split()
    run(folder, tools / generator, *arguments)
    shutil.copy(HERE / f"{program}.ts", folder / "program.ts")
    run(folder, tools / "tsc")
    email = f"{secrets.token_hex(8)}@example.com"
    shown = run(folder, "node", "program.js", email, PASSWORD).stdout
    assert json.loads(shown) == IS_FAVORITE


@pytest.mark.long
def test_redocly_finds_no_error(folder: Path, tools: Path) -> None:
    """Redocly's recommended rules apply."""
    options = ("--format", "json", "--extends", "recommended")
    shown = run(folder, tools / "redocly", "lint", "openapi.json", *options, check=False).stdout
    assert json.loads(shown)["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}


@pytest.mark.long
@pytest.mark.parametrize("document", ["openapi.json", "swagger.json"])
def test_spectral_finds_no_error(folder: Path, tools: Path, document: str) -> None:
    (folder / ".spectral.json").write_text('{"extends": ["spectral:oas"]}')
    options = ("--ruleset", ".spectral.json", "--fail-severity", "error")
    run(folder, tools / "spectral", "lint", document, *options)
