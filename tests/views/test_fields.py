"""Normalizing e-mails, passwords and names."""

import pytest
from marshmallow import ValidationError

from views.fields import CurrentPassword, Name, NewPassword, normalize_email

SECRET = "hunter2"  # A password that a user typed into the e-mail field by mistake.


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("o'hara+films@EXAMPLE.com", "o'hara+films@example.com"),
        ("Ann@films.test", "ann@films.test"),
        ("ann@ПРИМЕР.РФ", "ann@xn--e1afmkfd.xn--p1ai"),
        ("ann@ｅｘａｍｐｌｅ。com", "ann@example.com"),
    ],
)
def test_gives_one_spelling_to_one_account(text: str, email: str) -> None:
    assert normalize_email(text) == email


@pytest.mark.parametrize(
    "form",
    [
        *("", "{}", "{}@", "@{}", "@{}.com", "{}@localhost", "{}@@example.com", "{}@example..com"),
        *("{}@-example.com", "{}@example.com.", "{}..lee@example.com", ".{}@example.com"),
        *(" {}@example.com", "{}@example.com ", "{}@example.com\n", "{}\n@example.com"),
        *("{} lee@example.com", '"{}"@example.com', '"{} lee"@example.com', "<{}@example.com>"),
        *("Ann <{}@example.com>", "{}@example.com,bob@example.com", "{}@[127.0.0.1]"),
        *("{}@127.0.0.1", "{}\0@example.com", "{}@exa\0mple.com", "{}\ud800@example.com"),
        *("ann@{}\ud800.com", "ann@{}_.com", "ann@{}☃.com", "ann@{}١۱.com", "ann@{}א1.com"),
        *("ann@xn--{}.com", "ann@[{}]", "ann@[IPv6:{}]"),
    ],
    ids=ascii,
)
def test_refuses_what_is_no_email_and_does_not_repeat_it(form: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refusal:
        normalize_email(form.format(SECRET))
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize("text", ["анна@example.com", "ann🎬@example.com", "josé@example.com"])
def test_refuses_an_email_that_needs_smtputf8(text: str) -> None:
    with pytest.raises(ValueError, match="Internationalized"):
        normalize_email(text)


def of_length(local: int, whole: int) -> str:
    """Return an e-mail with labels of maximum length, except for the last two."""
    domain = "b" * 63 + "." + "c" * 63 + "." + "d" * (whole - local - 1 - 128 - 3) + ".ee"
    return f"{'a' * local}@{domain}"


def test_takes_an_email_as_long_as_may_be() -> None:
    assert normalize_email(of_length(64, 254)) == of_length(64, 254)


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


@pytest.mark.parametrize("name", ["Я", "😀" * 100, "محمد"])
def test_a_name_has_up_to_100_characters(name: str) -> None:
    assert Name().deserialize(name) == name


@pytest.mark.parametrize("name", ["", "😀" * 101, "a\tb", "\x00", "\x7f", "\x85"], ids=ascii)
def test_refuses_what_is_no_name(name: str) -> None:
    with pytest.raises(ValidationError):
        Name().deserialize(name)
