"""Swagger and OpenAPI documents: where they are, and what they say of an operation."""

import re
from typing import Any, NamedTuple

from grader.client import Client
from grader.response import Response

_PLACES = (
    *("/swagger.json", "/openapi.json", "/apispec_1.json", "/apispec.json", "/swagger/"),
    *("/", "/docs/", "/apidocs/", "/swagger-ui/", "/api/docs/"),
)
_LINK = re.compile(
    r"""["'](?:https?://[^/"'\s]+)?([^"'\s]*(?:swagger|openapi|apispec|schema|spec)[^"'\s]*"""
    r"""(?:\.json|\.ya?ml|/schema/?|format=openapi))["']"""
)
_YAML = re.compile(r"(?m)^(swagger|openapi):")
_DEEPEST = 12
Document = dict[str, Any]
Operation = dict[str, Any]


class Found(NamedTuple):
    response: Response
    document: Document | None
    """None as well where it is in YAML, which the standard library does not read."""
    is_there: bool


def find(client: Client) -> Found:
    """Look for the document where frameworks put it, and where pages say that it is."""
    responses: list[Response] = []
    for place in _PLACES:
        responses.append(
            client.send("GET", place, headers={"Accept": "application/json, text/html"})
        )
        if document := _document(responses[-1]):
            return Found(responses[-1], document, True)
        links = _LINK.findall(responses[-1].text) if responses[-1].is_success else []
        for link in dict.fromkeys(links):
            path = link if link.startswith("/") else f"{place}{link.removeprefix('./')}"
            response = client.send("GET", path, headers={"Accept": "*/*"})
            document = _document(response)
            if document or (response.is_success and _YAML.search(response.text)):
                return Found(response, document, True)
    return Found(responses[0], None, False)


def _document(response: Response) -> Document | None:
    data = response.data() if response.is_success else None
    return data if isinstance(data, dict) and isinstance(data.get("paths"), dict) else None


def operations_of(document: Document) -> dict[tuple[str, str], Operation]:
    """Return the operations by method and path: no final slash, `{}` for every parameter."""
    servers = [str(one.get("url", "")) for one in document.get("servers", [])]
    prefixes = [re.sub(r"^https?://[^/]*", "", one) for one in servers]
    found: dict[tuple[str, str], Operation] = {}
    for path, item in document["paths"].items():
        shape = re.sub(r"\{[^}]*\}|<[^>]*>", "{}", path).rstrip("/")
        for method, operation in item.items():
            if isinstance(operation, dict):
                parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
                for prefix in ("", str(document.get("basePath", "")), *prefixes):
                    key = method.upper(), f"{prefix.rstrip('/')}{shape}"
                    found[key] = {**operation, "parameters": parameters}
    return found


def fields_of(document: Document, operation: Operation) -> set[str]:
    """Return the names of the fields in the body that an operation takes."""
    parameters = [_resolved(document, one) for one in operation["parameters"]]
    body = _resolved(document, operation.get("requestBody", {}))
    schemas = [one.get("schema", {}) for one in parameters if one.get("in") == "body"]
    schemas += [media.get("schema", {}) for media in body.get("content", {}).values()]
    names = {str(one.get("name")) for one in parameters if one.get("in") == "formData"}
    for _ in range(_DEEPEST):
        whole = [_resolved(document, schema) for schema in schemas]
        names |= {name for schema in whole for name in schema.get("properties", {})}
        parts = ("allOf", "oneOf", "anyOf")
        schemas = [one for schema in whole for part in parts for one in schema.get(part, [])]
    return names


def needs_token(document: Document, operation: Operation) -> bool:
    """Whether an operation is said to need a token."""
    if any(operation.get("security", document.get("security")) or []):
        return True
    parameters = [_resolved(document, one) for one in operation["parameters"]]
    return any(str(one.get("name")).lower() == "authorization" for one in parameters)


def _resolved(document: Document, value: dict[str, Any]) -> dict[str, Any]:
    """Return what a value refers to, or the value itself."""
    for _ in range(_DEEPEST):
        reference = value.get("$ref")
        if not isinstance(reference, str):
            return value
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        value = found
    return {}
