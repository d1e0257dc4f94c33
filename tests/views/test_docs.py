"""The text of the documentation keeps to the API that it describes."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from views.docs import DESCRIPTION


def test_names_only_operations_that_there_are(client: FlaskClient) -> None:
    paths = client.get("/swagger.json").json["paths"]
    named = re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`?]*)`", DESCRIPTION)
    assert named
    assert [(method, path) for method, path in named if method.lower() not in paths[path]] == []


def test_has_no_gap_where_a_number_belongs() -> None:
    assert "$" not in DESCRIPTION
