"""The request files agree with the OpenAPI document."""

from tests.support.request_files import document, files, written

COMMAND = "Run .venv/bin/python -m tests.support.request_files."


def test_the_files_say_what_the_document_says() -> None:
    assert written() == files(document()), COMMAND
