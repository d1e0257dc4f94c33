"""The requests in files are those of the OpenAPI document."""

from tests.support.openapi import operations_of
from tests.support.request_files import document, files, requests, written

COMMAND = "Run .venv/bin/python -m tests.support.request_files."


def test_the_files_say_what_the_document_says() -> None:
    assert written() == files(document()), COMMAND


def test_every_operation_has_a_request() -> None:
    api = document()
    names = [operation["operationId"] for operation in operations_of(api).values()]
    assert sorted(request.name for request in requests(api)) == sorted(names)
