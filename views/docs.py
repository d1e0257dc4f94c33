"""The documents of the API: Swagger 2.0 and OpenAPI 3.1."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

import orjson
from flask import Flask, Response, request
from flask_restx.swagger import Swagger

import constants
from views.guard import PUBLIC
from views.http import JSONResponse, cacheable
from views.http.cache import compress_document
from views.http.languages import preferred_language, state_language, translated
from views.http.openapi import Api, arranged, openapi

# A line break within a paragraph or an item of a list.
_WRAP = re.compile(r"(?<!\n)\n {0,3}(?=[^\s#|-])(?!\d+\. )")

# How many documents are remembered, by language and prefix: clients may invent prefixes.
_DOCUMENTS = 16

_UNITS = (("day", 24 * 60 * 60), ("hour", 60 * 60), ("minute", 60), ("second", 1))


def description(lifetimes: Mapping[str, int], language: str = "en") -> str:
    """Return the description of the API with these settings, in Markdown."""
    name = "description.md" if language == "en" else f"description.{language}.md"
    text = Path(__file__).with_name(name).read_text("utf-8")
    # Swagger UI would keep the line breaks of the file.
    return Template(_WRAP.sub(" ", text)).substitute(
        vars(constants),
        **{name: translated(_period(seconds), language) for name, seconds in lifetimes.items()},
        MAX_BODY_KIB=constants.MAX_BODY_BYTES // 1024,
    )


def _period(seconds: int) -> str:
    """Return a time in the largest unit that divides it: "15 minutes"."""
    whole = ((seconds // length, unit) for unit, length in _UNITS if seconds % length == 0)
    number, unit = next(whole) if seconds else (0, "second")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def init_docs(app: Flask, api: Api, url: str, lifetimes: Mapping[str, int]) -> None:
    """Serve both documents, which name the URL of the API.

    They are generated on the first request for each language and path prefix.
    """

    @cache
    def described(language: str) -> dict[str, Any]:
        document = translated(arranged(Swagger(api).as_dict()), language)
        info = document["info"] | {"description": description(lifetimes, language)}
        return document | {"info": info}

    @lru_cache(_DOCUMENTS)
    def documents(language: str, prefix: str) -> dict[str | None, bytes]:
        swagger = _located(described(language), url, prefix)
        return {"specs": orjson.dumps(swagger), "openapi": orjson.dumps(openapi(swagger))}

    def serve() -> Response:
        language = preferred_language()
        document = documents(language, request.script_root)[request.endpoint]
        response = cacheable(JSONResponse(document), PUBLIC)
        return compress_document(state_language(response, language), request.environ)

    app.add_url_rule("/swagger.json", "specs", serve)
    app.add_url_rule("/openapi.json", "openapi", serve)


def _located(document: dict[str, Any], url: str, prefix: str) -> dict[str, Any]:
    """Add the URL of the API to a document that was requested below a path prefix.

    If the URL has a path, that path includes the prefix. Links in the description get the prefix.
    """
    parts, info = urlsplit(url), document["info"]
    guide = info["description"].replace("](/", f"]({prefix}/")
    return {
        **document,
        "info": {**info, "description": guide},
        "schemes": [parts.scheme],
        "host": parts.netloc,
        "basePath": parts.path or prefix or "/",
    }
