"""How what clients write becomes ours: e-mail addresses and passwords."""

import pytest
from marshmallow import ValidationError

from views.fields import CurrentPassword, NewPassword, normalize_email


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("ann@example.com", "ann@example.com"),
        ("ANN+films@EXAMPLE.com", "ann+films@example.com"),
        ("o'hara@example.com", "o'hara@example.com"),
        ("ann@films.test", "ann@films.test"),
        ("ann@ПРИМЕР.РФ", "ann@xn--e1afmkfd.xn--p1ai"),
        ("ann@ｅｘａｍｐｌｅ。com", "ann@example.com"),
    ],
)
def test_gives_one_spelling_to_one_account(text: str, email: str) -> None:
    assert normalize_email(text) == email


@pytest.mark.parametrize(
    "text",
    [
        *("", "ann", "ann@", "@example.com", "ann@localhost", "ann@@example.com"),
        *("ann@example..com", "ann@-example.com", "ann@example.com.", "ann..lee@example.com"),
        *(".ann@example.com", " ann@example.com", "ann@example.com ", "ann@example.com\n"),
        *("ann lee@example.com", '"ann lee"@example.com', "Ann <ann@example.com>"),
        *("ann@example.com,bob@example.com", "ann@[127.0.0.1]", "ann@127.0.0.1"),
        *("a\0nn@example.com", "ann@exa\0mple.com", "\ud800@example.com", "ann@\ud800.com"),
    ],
    ids=ascii,
)
def test_refuses_what_is_no_email(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        normalize_email(text)


@pytest.mark.parametrize("text", ["анна@example.com", "ann🎬@example.com", "josé@example.com"])
def test_refuses_an_email_that_needs_smtputf8(text: str) -> None:
    with pytest.raises(ValueError, match="Internationalized"):
        normalize_email(text)


def of_length(local: int, whole: int) -> str:
    """An e-mail address whose labels are as long as they may be, except for the last two."""
    domain = "b" * 63 + "." + "c" * 63 + "." + "d" * (whole - local - 1 - 128 - 3) + ".ee"
    return f"{'a' * local}@{domain}"


@pytest.mark.parametrize("text", [of_length(64, 254), of_length(1, 190)])
def test_takes_an_email_as_long_as_may_be(text: str) -> None:
    assert normalize_email(text) == text


@pytest.mark.parametrize("text", [of_length(65, 250), of_length(64, 255), "a" * 10**6 + "@b.cc"])
def test_refuses_an_email_that_is_too_long(text: str) -> None:
    with pytest.raises(ValueError, match=r"at most 254 characters, 64 of them before the @"):
        normalize_email(text)


def test_refuses_an_email_whose_ascii_form_is_too_long() -> None:
    text = "ann@" + ".".join(["ы" * 20] * 11) + ".com"
    assert len(text) < 254
    with pytest.raises(ValueError, match="too"):
        normalize_email(text)


def test_a_password_does_not_depend_on_the_keyboard() -> None:
    assert NewPassword().deserialize("и\u0306" * 8) == "й" * 8
    assert CurrentPassword(example="").deserialize("и\u0306" * 8) == "й" * 8


def test_a_password_is_counted_in_code_points_of_its_normal_form() -> None:
    with pytest.raises(ValidationError, match="between 8 and 128"):
        NewPassword().deserialize("и\u0306" * 7)


def test_a_password_has_no_lone_surrogate() -> None:
    with pytest.raises(ValidationError, match="utf-8"):
        NewPassword().deserialize("tram-over-bridge\udcff")
