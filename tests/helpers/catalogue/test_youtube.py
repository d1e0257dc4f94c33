import pytest

from helpers.catalogue.youtube import canonical_url

CANONICAL = "https://www.youtube.com/watch?v=UKei_d0-bP4"


@pytest.mark.parametrize(
    "text",
    [
        f"  {CANONICAL}\n",
        "HTTPS://M.YouTube.COM/watch?v=UKei_d0-bP4",
        "https://music.youtube.com/watch?list=PL1&v=UKei_d0-bP4&v=AAAAAAAAAAA#t=10",
        "https://youtu.be/UKei_d0-bP4/?si=abc&t=10",
        "https://www.youtube.com/embed/UKei_d0-bP4",
        "//www.youtube.com/watch?v=UKei_d0-bP4",
        "www.youtube.com/live/UKei_d0-bP4?u=http://example.org",
    ],
)
def test_gives_every_spelling_of_a_video_the_canonical_one(text: str) -> None:
    assert canonical_url(text) == CANONICAL


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://www.youtube.com/watch?v=UKei_d0-bP4x",
        "https://www.youtube.com/watch?v=UKei_d0-bЖ4",
        "https://www.youtube.com/a/watch?v=UKei_d0-bP4",
        "https://youtu.be/embed/UKei_d0-bP4",
        "https://youtube.com.example.org/embed/UKei_d0-bP4",
        "https://www.youtube.com@example.org/watch?v=UKei_d0-bP4",
        "https://[",
        "ftp://www.youtube.com/watch?v=UKei_d0-bP4",
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://www.youtube.com/watch?v=UKei_d0-bP4" + "&a" * 1_000,
    ],
    ids=lambda text: ascii(text)[:50],
)
def test_has_no_address_for_anything_else(text: str) -> None:
    assert canonical_url(text) == ""
