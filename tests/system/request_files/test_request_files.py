"""The request files can be sent, in order, by the programs that they are for."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from constants import DEMO_EMAIL, DEMO_PASSWORD
from tests.support.request_files import BRUNO, DOCS, HTTP, REST_CLIENT, document, requests
from tests.support.servers import Server
from tests.system.tools import install, run

HERE = Path(__file__).parent

# These examples contain a wrong password, so that sending them does no harm.
REFUSED = {"change_password": 400, "delete_account": 400}
STATUSES = {"register": 201, "log_out": 204, "remove_favorite": 204, **REFUSED}

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def tools(folder: Path) -> Path:
    return install(folder, HERE)


@pytest.fixture
def demo(server: Server) -> Iterator[Server]:
    """A server with the demo account, on which nobody else has registered."""
    account = {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}
    httpx.post(f"{server.url}/auth/register/", json=account)
    yield server
    # Delete the account of the examples, since the next test registers it again.
    example = {"email": "anna@example.com", "password": "a long sentence is a good one"}
    pair = httpx.post(f"{server.url}/auth/login/", json=example).raise_for_status().json()
    headers = {"Authorization": f"Bearer {pair['access_token']}"}
    password = {"password": example["password"]}
    httpx.request("DELETE", f"{server.url}/user/", json=password, headers=headers)


def expected() -> list[tuple[str, int]]:
    return [(one.name, STATUSES.get(one.name, 200)) for one in requests(document())]


@pytest.mark.parametrize("name", [HTTP, REST_CLIENT])
def test_httpyac_sends_them(demo: Server, folder: Path, tools: Path, name: str) -> None:
    text = (DOCS / name).read_text("utf-8").replace("http://127.0.0.1:25000", demo.url)
    # httpyac calls `log_in` what REST Client calls `log_in.response.body`.
    (folder / name).write_text(text.replace("log_in.response.body.", "log_in."), "utf-8")
    shown = run(folder, tools / "httpyac", "send", name, "--all", "--json").stdout
    sent = json.loads(shown)["requests"]
    assert [(one["name"], one["response"]["statusCode"]) for one in sent] == expected()


def test_bruno_sends_them(demo: Server, folder: Path, tools: Path) -> None:
    collection = shutil.copytree(DOCS / BRUNO, folder / BRUNO)
    host = ("--env", "local", "--env-var", f"host={demo.url}")
    run(collection, tools / "bru", "run", *host, "--reporter-json", "report.json")
    [report] = json.loads((collection / "report.json").read_text("utf-8"))
    sent = [(one["path"], one["response"]["status"]) for one in report["results"]]
    assert sent == expected()
