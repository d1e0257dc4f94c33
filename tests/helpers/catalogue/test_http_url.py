import pytest

from constants import URL_LENGTH
from helpers.catalogue.http_url import http_url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        *(
            (f" {url}\n", url)
            for url in ("http://images.example:8080/%D1%91.jpg?w=3&h=4#top", "https://127.0.0.1")
        ),
        ("HTTPS://Images.Example/A.jpg", "https://images.example/A.jpg"),
        ("https://кино.рф/ё 1.jpg", "https://xn--h1adke.xn--p1ai/%D1%91%201.jpg"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/".ljust(URL_LENGTH, "a"),) * 2,
    ],
    ids=lambda text: text[:30],
)
def test_gives_a_url_in_ascii(text: str, url: str) -> None:
    assert http_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "//images.example/a.jpg",
        "javascript:alert(1)",
        "https:///a.jpg",
        "https://anna:secret@images.example/a.jpg",
        "https://images.example:99999/a.jpg",
        "https://images..example/a.jpg",
        "https://images example/a.jpg",
        "https://images.example\\@evil.example/a.jpg",
        "https://[",
        "https://images.example/a\nb.jpg",
        "https://images.example/\ud800",
        "https://images.example/".ljust(URL_LENGTH + 1, "a"),
        "https://images.example/" + "ё" * 400,  # It is too long once it is escaped.
    ],
    ids=lambda text: ascii(text)[:30],
)
def test_has_none_for_anything_else(text: str) -> None:
    assert http_url(text) == ""
