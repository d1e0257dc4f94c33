"""Generates the request files of docs/clients.md from the OpenAPI document.

    .venv/bin/python -m tests.support.request_files

There are two dialects of `.http` files and a Bruno collection. All log in to the demo account, and
later requests send the tokens from that login.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import create_app
from config import ROOT, Config

DOCS = ROOT / "docs"
HTTP = "requests.http"
REST_CLIENT = "requests.rest-client.http"
BRUNO = "bruno"

# Requests whose order matters, because one needs or undoes another. All others come in between.
FIRST = ("log_in", "refresh", "add_favorite")
LAST = ("remove_favorite", "change_password", "delete_account", "log_out")

# The operations that return a pair of tokens, and the fields of the pair.
SIGNS_IN = ("log_in", "refresh")
TOKENS = ("access_token", "refresh_token")

# Where a request finds its tokens: in variables, or in the response of a named request.
SET_TOKENS = {name: name for name in TOKENS}
TOKENS_OF_LOGIN = {name: f"log_in.response.body.{name}" for name in TOKENS}

Json = dict[str, Any]

HEAD = """\
# The requests of Kinoteka's API, for {programs}.
# Send log_in first: the requests below it send the token that it got.
# Made from the OpenAPI document by `python -m tests.support.request_files`.

@host = {host}
"""


@dataclass(frozen=True)
class Request:
    """An operation of the document, with its examples."""

    name: str
    summary: str
    description: str
    method: str
    path: str
    path_values: dict[str, Any]
    # Descriptions of all query parameters, and the values of those that are sent.
    query: dict[str, str]
    query_values: dict[str, Any]
    body: Json | None
    is_signed: bool


def document() -> Json:
    """Return the OpenAPI document of a server with the settings of `./dev run`."""
    config = Config(SECRET_KEY="signs nothing".ljust(32, "."), DATABASE_URL="sqlite:///unused")
    found: Json = create_app(config).test_client().get("/openapi.json").get_json()
    return found


def requests(api: Json) -> list[Request]:
    """Return the operations in an order in which all of them succeed."""
    found = [
        _request(api, method, path, item)
        for path, item in api["paths"].items()
        for method in item.keys() - {"parameters"}
    ]
    order = {name: place for place, name in enumerate((*FIRST, "", *LAST))}
    between = order[""]
    return sorted(found, key=lambda one: (order.get(one.name, between), one.path, one.method))


def files(api: Json) -> dict[str, str]:
    """Return the generated files: text by path, relative to docs/."""
    host, all_of_them = api["servers"][0]["url"], requests(api)
    http = [HEAD.format(programs="httpyac and JetBrains's HTTP Client", host=host)]
    rest_client = [HEAD.format(programs="VS Code's REST Client", host=host)]
    for request in all_of_them:
        http.append(_http(request, SET_TOKENS) + _response_handler(request))
        rest_client.append(_http(request, TOKENS_OF_LOGIN))
    collection = {"version": "1", "name": "Kinoteka", "type": "collection"}
    return {
        HTTP: "\n".join(http),
        REST_CLIENT: "\n".join(rest_client),
        f"{BRUNO}/bruno.json": json.dumps(collection, indent=2) + "\n",
        f"{BRUNO}/environments/local.bru": _block("vars", [f"host: {host}"]),
        **{
            f"{BRUNO}/{request.name}.bru": _bru(request, place)
            for place, request in enumerate(all_of_them, start=1)
        },
    }


def written() -> dict[str, str]:
    """Return the existing files: text by path, relative to docs/."""
    paths = [*DOCS.glob("requests*.http"), *(DOCS / BRUNO).rglob("*.*")]
    return {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in paths}


def _request(api: Json, method: str, path: str, item: Json) -> Request:
    operation = item[method]
    parameters = [*item.get("parameters", []), *operation["parameters"]]
    query = [one for one in parameters if one["in"] == "query"]
    return Request(
        name=operation["operationId"],
        summary=operation["summary"],
        description=operation.get("description", ""),
        method=method.upper(),
        path=path,
        path_values={one["name"]: one["example"] for one in parameters if one["in"] == "path"},
        query={one["name"]: one["description"] for one in query},
        query_values={one["name"]: one["example"] for one in query if "example" in one},
        body=_example(api, operation),
        is_signed={"bearer": []} in operation["security"],
    )


def _example(api: Json, operation: Json) -> Json | None:
    if "requestBody" not in operation:
        return None
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    fields = api["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["properties"]
    # Send a field with two spellings only once.
    return {
        name: field["examples"][0] for name, field in fields.items() if name != "favourite_genre"
    }


def _http(request: Request, tokens: dict[str, str]) -> str:
    """Return the request in `.http` syntax, with tokens from these variables."""
    path = request.path.format_map(request.path_values)
    query = "&".join(f"{name}={value}" for name, value in request.query_values.items())
    lines = [
        f"### {request.summary}",
        *(f"# {line}" for line in request.description.splitlines()),
        *(f"# {name}: {text}" for name, text in request.query.items()),
        f"# @name {request.name}",
        f"{request.method} {{{{host}}}}{path}{'?' if query else ''}{query}",
    ]
    if request.is_signed:
        lines.append(f"Authorization: Bearer {{{{{tokens['access_token']}}}}}")
    if request.body is not None:
        lines += ["Content-Type: application/json", "", _body(request, tokens)]
    return "\n".join(lines) + "\n"


def _response_handler(request: Request) -> str:
    """Return the script that stores the tokens. REST Client would send it as part of the body."""
    if request.name not in SIGNS_IN:
        return ""
    sets = "\n".join(f'  client.global.set("{name}", response.body.{name});' for name in TOKENS)
    return f"\n> {{%\n{sets}\n%}}\n"


def _bru(request: Request, place: int) -> str:
    path = request.path.replace("{", ":").replace("}", "")
    query = "&".join(f"{name}={value}" for name, value in request.query_values.items())
    url = f"{{{{host}}}}{path}{'?' if query else ''}{query}"
    kinds = [
        f"body: {'none' if request.body is None else 'json'}",
        f"auth: {'bearer' if request.is_signed else 'none'}",
    ]
    blocks = [
        _block("meta", [f"name: {request.summary}", "type: http", f"seq: {place}"]),
        _block(request.method.lower(), [f"url: {url}", *kinds]),
    ]
    if request.query:
        blocks.append(_block("params:query", _query_of_bru(request)))
    if request.path_values:
        values = [f"{name}: {value}" for name, value in request.path_values.items()]
        blocks.append(_block("params:path", values))
    if request.is_signed:
        blocks.append(_block("auth:bearer", ["token: {{access_token}}"]))
    if request.body is not None:
        blocks.append(_block("body:json", _body(request, SET_TOKENS).splitlines()))
    if request.name in SIGNS_IN:
        blocks.append(_block("vars:post-response", [f"{name}: res.body.{name}" for name in TOKENS]))
    told = [*request.description.splitlines(), *(f"- `{n}`: {t}" for n, t in request.query.items())]
    if told:
        blocks.append(_block("docs", told))
    return "\n".join(blocks)


def _query_of_bru(request: Request) -> Iterator[str]:
    """Yield all query parameters. Those that are not sent are disabled."""
    for name in request.query:
        value = request.query_values.get(name)
        yield f"~{name}: " if value is None else f"{name}: {value}"


def _body(request: Request, tokens: dict[str, str]) -> str:
    body = {
        name: f"{{{{{tokens[name]}}}}}" if name in tokens else value
        for name, value in (request.body or {}).items()
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _block(name: str, lines: list[str] | Iterator[str]) -> str:
    return "\n".join([f"{name} {{", *(f"  {line}".rstrip() for line in lines), "}"]) + "\n"


def write() -> None:
    """Write all files, and delete the files of removed operations."""
    made = files(document())
    for name in written().keys() - made.keys():
        (DOCS / name).unlink()
    for name, text in made.items():
        path: Path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    write()
