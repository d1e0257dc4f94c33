from __future__ import annotations

import pytest

from service.credentials import check_new_password
from service.errors import InvalidInput


@pytest.mark.parametrize(
    "password", ["correct horse battery", "ann", "example.com", "kinoteka 2", "ann@example.org"]
)
def test_a_new_password_may_be_what_is_not_guessed_first(password: str) -> None:
    check_new_password("password", password, "anna.lee@example.com")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("password", "This is one of the most common passwords."),
        ("PassWord123", "This is one of the most common passwords."),
        ("12345678", "This is one of the most common passwords."),
        ("anna.lee@example.com", "The password must not be your address."),
        ("ANNA.LEE@Example.com", "The password must not be your address."),
        ("anna.lee", "The password must not be your address."),
        ("Anna.Lee", "The password must not be your address."),
        ("Kinoteka", "The password must not be the name of this service."),
        ("КИНОТЕКА", "The password must not be the name of this service."),
    ],
)
def test_a_new_password_must_not_be_what_is_guessed_first(password: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_new_password("new_password", password, "anna.lee@example.com")
    assert refusal.value.errors == {"new_password": [reason]}
