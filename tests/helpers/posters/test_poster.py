from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from helpers.posters import draw_poster
from helpers.posters.motifs import MOTIFS, rings
from helpers.posters.palettes import NIGHT_FROM, PALETTES, choose_inks
from tests.support.posters import demo_films, drawn_facts, hostile_films

SVG = "{http://www.w3.org/2000/svg}"


def elements(name: str, **facts: Any) -> list[ET.Element]:
    """Return the elements with this name in a poster, which must be well-formed XML."""
    return list(ET.fromstring(draw_poster(**drawn_facts(**facts))).iter(SVG + name))  # noqa: S314


def texts(**facts: Any) -> list[str | None]:
    return [element.text for element in elements("text", **facts)]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """Return the relative luminance of a color (WCAG 2.2)."""
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    parts = [part / 255 for part in bytes.fromhex(digits)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_posters_of_the_demo_catalogue_differ_and_are_small() -> None:
    posters = [draw_poster(**facts) for facts in demo_films()]
    # Texts are left out, since films of the same title, year and director must differ too.
    assert len({poster.partition(b"<text")[0] for poster in posters}) == 80
    assert sum(map(len, posters)) / len(posters) < 1_300
    assert max(map(len, posters)) < 2_000


def test_a_poster_is_the_same_in_every_process_and_version() -> None:
    circle = elements("circle", genre_id=MOTIFS.index(rings))[0]
    assert [circle.get(name) for name in ("cx", "cy", "fill")] == ["135", "119", "#b0413e"]


def test_shows_genre_year_title_and_director() -> None:
    shown = ["ДРАМА · 1957", "Летят", "журавли", "Андрей Тарковский"]
    assert texts(title="Летят журавли", year=1957) == shown


@pytest.mark.parametrize("facts", [*hostile_films()], ids=lambda facts: ascii(facts["title"])[:20])
def test_any_texts_are_drawn_as_well_formed_xml_of_bounded_size(facts: dict[str, Any]) -> None:
    assert all(texts(**facts))
    assert len(draw_poster(**facts)) < 8_000


@pytest.mark.parametrize("genre_id", range(len(MOTIFS)), ids=[it.__name__ for it in MOTIFS])
def test_every_motif_has_chance_enough(genre_id: int) -> None:
    facts = drawn_facts(genre_id=genre_id)
    assert len({draw_poster(**facts | {"movie_id": number}) for number in range(500)}) == 500


@pytest.mark.parametrize("movie_id", range(len(PALETTES)))
@pytest.mark.parametrize("year", [NIGHT_FROM - 1, NIGHT_FROM])
def test_a_title_and_an_accent_can_be_read_on_their_ground(movie_id: int, year: int) -> None:
    """WCAG 2.2 requires a contrast of 7 for level AAA (1.4.6)."""
    inks = choose_inks(movie_id, year)
    assert contrast(inks.ground, inks.title) >= 7
    assert contrast(inks.ground, inks.accent) >= 7


def test_neighbors_have_other_colors() -> None:
    palettes = [choose_inks(movie_id, 2000) for movie_id in range(500)]
    assert all(one != other for one, other in pairwise(palettes))
    assert set(palettes[:12]) == set(palettes)


@pytest.mark.parametrize(
    ("title", "direction", "x"),
    [
        ("1984", None, "24"),
        ("ואלס עם באשיר", "rtl", "276"),
        ("«مدينة الله»", "rtl", "276"),
        ("Solaris סולאריס", None, "24"),
    ],
)
def test_a_title_has_the_direction_of_its_first_letter(
    title: str, direction: str | None, x: str
) -> None:
    line = elements("text", title=title)[-2]  # The title's last line.
    assert (line.get("direction"), line.get("x")) == (direction, x)


@pytest.mark.parametrize(
    ("title", "is_squeezed"), [("Ёжик", False), ("千と千尋", False), ("ꙮꙮꙮ", True), ("🎬", True)]
)
def test_a_text_that_was_not_measured_is_squeezed_into_its_room(
    title: str, is_squeezed: bool
) -> None:
    line = elements("text", title=title)[1]
    assert (line.get("textLength") is not None) == is_squeezed
