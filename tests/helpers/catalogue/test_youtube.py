import pytest

from helpers.catalogue.youtube import canonical_url

CANONICAL = "https://www.youtube.com/watch?v=UKei_d0-bP4"


@pytest.mark.parametrize(
    "text",
    [
        CANONICAL,
        f"  {CANONICAL}\n",
        "https://m.youtube.com/watch?v=UKei_d0-bP4",
        "HTTPS://WWW.YouTube.COM/watch?v=UKei_d0-bP4",
        "https://www.youtube.com/watch?list=PL1&v=UKei_d0-bP4&t=10s#t=10",
        "https://www.youtube.com/watch?v=UKei_d0-bP4&v=AAAAAAAAAAA",
        "https://youtu.be/UKei_d0-bP4/?si=abc&t=10",
        "https://www.youtube.com/embed/UKei_d0-bP4",
        "//www.youtube.com/watch?v=UKei_d0-bP4",
        "www.youtube.com/watch?v=UKei_d0-bP4&u=http://example.org",
        "youtu.be/UKei_d0-bP4?t=1",
        "https://music.youtube.com/watch?v=UKei_d0-bP4&list=RD",
        "https://www.youtube.com/live/UKei_d0-bP4?feature=share",
    ],
)
def test_gives_every_spelling_of_a_video_the_canonical_one(text: str) -> None:
    assert canonical_url(text) == CANONICAL


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://vimeo.com/76979871",
        "https://www.youtube.com/watch?v=UKei_d0-bP",
        "https://www.youtube.com/watch?v=UKei_d0-bP4x",
        "https://www.youtube.com/watch?v=UKei_d0-bЖ4",
        "https://www.youtube.com/a/watch?v=UKei_d0-bP4",
        "https://youtu.be/embed/UKei_d0-bP4",
        "https://youtube.com.example.org/watch?v=UKei_d0-bP4",
        "https://www.youtube.com@example.org/watch?v=UKei_d0-bP4",
        "https://[",
        "ftp://www.youtube.com/watch?v=UKei_d0-bP4",
        "javascript://youtube.com/watch?v=UKei_d0-bP4",
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://www.youtube.com/watch?v=UKei_d0-bP4" + "&a" * 1_000,
        "\ud800",
    ],
    ids=ascii,
)
def test_has_no_address_for_anything_else(text: str) -> None:
    assert canonical_url(text) == ""
