"""Step 4 of the brief: the documentation in Swagger."""

from collections.abc import Iterator
from functools import partial

from grader import documents, model
from grader.expectations import expect
from grader.model import BlockedError, CannotShowError, Sheet
from grader.server import Server

_BODIES = {
    "POST /auth/register": {"email", "password"},
    "POST /auth/login": {"email", "password"},
    "PUT /auth/login": {"access_token", "refresh_token"},
    "PATCH /user": {"name", "surname"},
    "PUT /user/password": {"old_password", "new_password"},
}
_OTHERS = (
    *(f"GET /{kind}{one}" for kind in ("movies", "genres", "directors") for one in ("", "/{}")),
    "GET /user",
    "POST /favorites/movies/{}",
    "DELETE /favorites/movies/{}",
)
promise = partial(model.promise, tier="brief", step=4)


def _found(server: Server) -> documents.Found:
    if server.document is None:
        raise BlockedError("swagger")
    if server.document.document is None:
        raise CannotShowError("the document is in YAML, which this grader does not read")
    return server.document


def _documented(server: Server) -> Iterator[tuple[str, documents.Operation | None]]:
    """Return the operations of the brief that the server has, and what is said of them."""
    operations = documents.operations_of(_found(server).document or {})
    for name in (*_BODIES, *_OTHERS):
        method, _, path = name.partition(" ")
        if (method, path) in server.client.worked:
            yield name, operations.get((method, path))


@promise(1, "swagger")
def swagger(server: Server, _: Sheet) -> None:
    """There is a Swagger document"""
    found = documents.find(server.client)
    expected = "a Swagger or OpenAPI document, here or linked from a page"
    expect(found.is_there, expected, found.response)
    server.document = found


@promise(3, "swagger")
def swagger_operations(server: Server, sheet: Sheet) -> None:
    """Swagger lists the operations of the brief"""
    for name, operation in _documented(server):
        with sheet.case(name):
            response = _found(server).response
            expect(operation is not None, "the document has this operation", response, "–")


@promise(3, "swagger")
def swagger_bodies(server: Server, sheet: Sheet) -> None:
    """Swagger shows the fields that bodies have"""
    for name, operation in _documented(server):
        if operation is not None and (fields := _BODIES.get(name)):
            with sheet.case(name):
                response, document, _ = _found(server)
                found = documents.fields_of(document or {}, operation)
                came, names = ", ".join(sorted(found)) or "–", ", ".join(sorted(fields))
                expect(fields <= found, "a body with {names}", response, came, names=names)


@promise(3, "swagger")
def swagger_tokens(server: Server, sheet: Sheet) -> None:
    """Swagger shows which operations need a token"""
    for name, operation in _documented(server):
        if operation is not None and ("/user" in name or "/favorites" in name):
            with sheet.case(name):
                response, document, _ = _found(server)
                needs = documents.needs_token(document or {}, operation)
                expect(needs, "the document says that a token is needed", response, "security: –")
