"""Every response, whatever was asked for.

These checks come last: they judge what all others have noted, after provoking every refusal.
"""

from __future__ import annotations

import pytest

from tests.contract.client import Account, Api, a_password, an_email
from tests.contract.failures import REFUSED
from tests.contract.notebook import notebook


@pytest.fixture(scope="module", autouse=True)
def _refused(api: Api) -> None:
    somebody = Account(an_email(), a_password(), {})
    for refused in REFUSED.values():
        refused(api, somebody)
    api.post("/auth/login/", json={"email": 5})


def test_every_error_is_json() -> None:
    """Every error is JSON, and says so in `Content-Type`; none is a page of HTML."""
    assert notebook.remarks["json"] == []


def test_every_error_has_a_message_for_people() -> None:
    """Every error has a `message` that can be shown to people."""
    assert notebook.remarks["message"] == []


def test_an_error_has_no_more_than_message_and_reasons() -> None:
    """Besides the message an error has nothing, but for `errors` where a field is at fault."""
    assert notebook.remarks["more"] == []


def test_bad_input_is_blamed_on_the_right_fields() -> None:
    """When input is refused with 400, `errors` names exactly the fields that are at fault."""
    assert notebook.remarks["faults"] == []


def test_no_response_shows_the_inside_of_the_server() -> None:
    """No response shows a password, a hash or a trace."""
    assert notebook.remarks["secrets"] == []
