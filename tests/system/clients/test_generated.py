"""Clients that generators make from the OpenAPI document work with a live server."""

import json
import secrets
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.servers import Server
from tests.system.tools import PASSWORD, install, run

HERE = Path(__file__).parent


@pytest.fixture
def email() -> str:
    return f"{secrets.token_hex(8)}@example.com"


@pytest.fixture
def expected(server: Server, email: str) -> dict[str, Any]:
    """Return the output of either program."""
    best = f"{server.url}/movies/?page=1&per_page=3&sort=rating"
    films = httpx.get(best).raise_for_status().json()
    return {
        "films": [film["title"] for film in films],
        "total": "80",
        "ofGenre": [films[0]["genre"]["name"]],
        "again": 304,
        "mistake": ["Must be greater than or equal to 1."],
        "byForm": True,
        "isFavorite": True,
        "favorites": [films[0]["title"]],
        "user": [email, "Анна", None],
        "goodbye": 204,
        "refusal": "The token is not valid, or its session has ended.",
    }


def test_python(server: Server, email: str, expected: dict[str, Any], folder: Path) -> None:
    run(
        folder,
        *(sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"),
        *("--url", f"{server.url}/openapi.json", "--meta", "none"),
        *("--config", HERE / "openapi-python-client.yml"),
    )
    shown = run(folder, sys.executable, HERE / "program.py", server.url, email, PASSWORD).stdout
    assert json.loads(shown) == expected


@pytest.mark.long
def test_typescript(server: Server, email: str, expected: dict[str, Any], folder: Path) -> None:
    tools = install(folder, HERE, "tsconfig.json", "program.ts")
    run(folder, tools / "openapi-typescript", f"{server.url}/openapi.json", "-o", "api.d.ts")
    run(folder, tools / "tsc")
    shown = run(folder, "node", "program.js", server.url, email, PASSWORD).stdout
    assert json.loads(shown) == expected
