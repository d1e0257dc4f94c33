import sys
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.text import fold

CHARACTERS = [
    chr(code) for code in range(sys.maxunicode + 1) if category(chr(code)) not in ("Cs", "Cn", "Co")
]
# Texts that are hard to fold: combining marks, and characters next to which they occur.
MARKS = [it for it in CHARACTERS if category(it) in ("Mn", "Mc", "Me", "Cf")]
BASES = "иИйЁеEİıiσΣﾊﾟカがᄀ가ᅟक½´'!=. \u200b\ufe0f\u0345…™"
HARD_TEXTS = st.text(st.one_of(st.sampled_from(BASES), st.sampled_from(MARKS)), max_size=12)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Дюна", "\u00a0дюна\u3000"),
        ("Le Fabuleux Destin d’Amélie Poulain", "le fabuleux destin d'amelie poulain"),
        ("İstanbul", "istanbul"),
        ("Schindler´s List", "schindlers list"),
        ("Кин-дза-дза!", "кин дза дза"),
        ("M*A*S*H", "mash"),
        ("9½ недель", "9 1/2 недель"),
        ("Ёлки + 1", "елки 1"),
        ("Straße", "STRASSE"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("Ærlige Løgne", "aerlige logne"),
        ("ｱｷﾗ", "アキラ"),
        ("Hello\u200b World\ufeff", "hello world"),
        ("«Броненосец „Потёмкин“»", "броненосец потемкин"),
        ("أفلامً", "افلام"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_texts_that_people_take_for_one_are_folded_to_one(written: str, typed: str) -> None:
    assert fold(written) == fold(typed) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("мои", "мой"),
        ("が", "か"),
        ("की", "का"),
        ("가", "각"),
        ("%", "_"),
        ("а б", "аб"),
    ],
)
def test_other_texts_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", "\u00a0\t\n", "\u200b\ufeff", "\u3164", "\u2800"], ids=ascii)
def test_no_invisible_rows_are_left(text: str) -> None:
    assert fold(text) == ""


@pytest.mark.parametrize(("text", "folded"), [(" !!! ", "!!!"), ("\u200b…", "..."), ("％", "%")])
def test_a_text_of_marks_alone_stays(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["x" * 600, "\ufdfa" * 100, "а " * 300, "\u0315\u0300" * 5000])
def test_has_at_most_as_many_characters_as_a_title(text: str) -> None:
    folded = fold(text)
    assert len(folded) <= 500
    assert fold(folded) == folded


def check(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(normalize("NFC", text)) == fold(normalize("NFD", text)) == folded


def test_every_character_is_folded_to_itself_however_it_is_composed() -> None:
    words = [f"a{character}" for character in CHARACTERS]
    for start in range(0, len(words), 50):
        check(" ".join(words[start : start + 50]))


@given(HARD_TEXTS)
def test_marks_in_any_order_are_folded_to_themselves_however_they_are_composed(text: str) -> None:
    check(text)
