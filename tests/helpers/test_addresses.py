from __future__ import annotations

from itertools import chain

import pytest

from helpers.addresses import normalize_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ann@example.com", "ann@example.com"),
        ("Ann.Lee@Example.COM", "ann.lee@example.com"),
        ("ANN+films@EXAMPLE.com", "ann+films@example.com"),
        ("o'hara@example.com", "o'hara@example.com"),
        ("ann@films.test", "ann@films.test"),
        ("ann@пример.рф", "ann@xn--e1afmkfd.xn--p1ai"),
        ("ann@ПРИМЕР.РФ", "ann@xn--e1afmkfd.xn--p1ai"),
        ("ann@XN--E1AFMKFD.XN--P1AI", "ann@xn--e1afmkfd.xn--p1ai"),
        ("ann@faß.de", "ann@xn--fa-hia.de"),
        ("ann@ｅｘａｍｐｌｅ。com", "ann@example.com"),
    ],
)
def test_gives_one_spelling_to_one_account(text: str, address: str) -> None:
    assert normalize_address(text) == address


NO_ADDRESSES = {
    "no parts": ["", "ann", "ann@", "@example.com", "ann@@example.com"],
    "no domain": ["ann@localhost", "ann@example..com", "ann@-example.com", "ann@example.com."],
    "dots": ["ann..lee@example.com", ".ann@example.com"],
    "blanks": [" ann@example.com", "ann@example.com ", "ann@example.com\n", "ann lee@example.com"],
    "mailboxes": [
        '"ann lee"@example.com',
        "Ann <ann@example.com>",
        "ann@example.com,bob@b.com",
    ],
    "IP addresses": ["ann@[127.0.0.1]", "ann@127.0.0.1"],
    "characters": [
        "a\0nn@example.com",
        "ann@b\0b.com",
        "\ud800@example.com",
        "ann@\ud800.com",
    ],
}


@pytest.mark.parametrize("text", [*chain(*NO_ADDRESSES.values())], ids=ascii)
def test_refuses_what_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        normalize_address(text)


@pytest.mark.parametrize("text", ["анна@example.com", "ann🎬@example.com", "josé@example.com"])
def test_refuses_an_address_that_needs_smtputf8(text: str) -> None:
    with pytest.raises(ValueError, match="Internationalized"):
        normalize_address(text)


def of_length(local: int, whole: int) -> str:
    """An address whose labels are as long as they may be, except for the last two."""
    domain = "b" * 63 + "." + "c" * 63 + "." + "d" * (whole - local - 1 - 128 - 3) + ".ee"
    return f"{'a' * local}@{domain}"


@pytest.mark.parametrize("text", [of_length(64, 254), of_length(1, 190)])
def test_takes_an_address_as_long_as_may_be(text: str) -> None:
    assert normalize_address(text) == text


@pytest.mark.parametrize("text", [of_length(65, 250), of_length(64, 255), "a" * 10**6 + "@b.cc"])
def test_refuses_an_address_that_is_too_long(text: str) -> None:
    with pytest.raises(ValueError, match=r"at most 254 characters, 64 of them before the @"):
        normalize_address(text)


def test_refuses_an_address_whose_ascii_form_is_too_long() -> None:
    text = "ann@" + ".".join(["ы" * 20] * 11) + ".com"
    assert len(text) < 254
    with pytest.raises(ValueError, match="too"):
        normalize_address(text)
