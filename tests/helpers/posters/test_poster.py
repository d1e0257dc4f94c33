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
    """The elements of this name in a poster, which has to be well-formed."""
    return list(ET.fromstring(draw_poster(**drawn_facts(**facts))).iter(SVG + name))  # noqa: S314


def texts(**facts: Any) -> list[str | None]:
    return [element.text for element in elements("text", **facts)]


def luminance(color: str) -> float:
    """The relative luminance of a color (WCAG 2.2)."""
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_no_two_posters_of_the_demo_catalogue_are_alike() -> None:
    posters = [draw_poster(**facts) for facts in demo_films()]
    # Films of one title, year and director would differ as well: so without their texts.
    drawings = {poster.partition(b"<text")[0] for poster in posters}
    assert (len(posters), len(drawings)) == (80, 80)


def test_a_poster_takes_about_a_kilobyte() -> None:
    sizes = [len(draw_poster(**facts)) for facts in demo_films()]
    assert sum(sizes) / len(sizes) < 1_300
    assert max(sizes) < 2_000


def test_a_poster_is_the_same_in_every_process_and_version() -> None:
    circle = elements("circle", genre_id=MOTIFS.index(rings))[0]
    assert [circle.get(name) for name in ("cx", "cy", "fill")] == ["135", "119", "#b0413e"]


def test_shows_genre_year_title_and_director() -> None:
    assert texts(title="Летят журавли", year=1957) == [
        "ДРАМА · 1957",
        "Летят",
        "журавли",
        "Андрей Тарковский",
    ]


@pytest.mark.parametrize("facts", [*hostile_films()], ids=lambda facts: ascii(facts["title"])[:20])
def test_any_texts_are_drawn_as_well_formed_xml_of_bounded_size(facts: dict[str, Any]) -> None:
    assert all(texts(**facts))
    assert len(draw_poster(**facts)) < 8_000


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.__name__)
def test_every_motif_has_chance_enough(motif: Any) -> None:
    genre_id = MOTIFS.index(motif)
    assert (
        len({draw_poster(**drawn_facts(movie_id=n, genre_id=genre_id)) for n in range(500)}) == 500
    )


def test_a_title_and_an_accent_can_be_read_on_their_ground() -> None:
    """The contrast is that of level AAA (WCAG 2.2, 1.4.6)."""
    for movie_id in range(len(PALETTES)):
        for year in (NIGHT_FROM - 1, NIGHT_FROM):
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
        ("Solaris", None, "24"),
        ("1984", None, "24"),
        ("ואלס עם באשיר", "rtl", "276"),
        ("«مدينة الله»", "rtl", "276"),
        ("Solaris סולאריס", None, "24"),
    ],
)
def test_a_title_has_the_direction_of_its_first_letter(
    title: str, direction: str | None, x: str
) -> None:
    line = elements("text", title=title)[1]
    assert (line.get("direction"), line.get("x")) == (direction, x)


def test_a_text_that_was_not_measured_is_squeezed_into_its_room() -> None:
    squeezed = {
        title: {line.get("textLength") is not None for line in elements("text", title=title)[1:-1]}
        for title in ("Ёжик в тумане", "Amélie", "千と千尋", "ꙮꙮꙮ", "𒐫", "🎬")
    }
    assert [squeezed[title] for title in squeezed] == [{False}] * 3 + [{True}] * 3
