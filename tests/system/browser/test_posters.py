"""The texts of posters stay inside their edges in a browser."""

from itertools import chain
from typing import Any

from playwright.sync_api import Page

from helpers.posters import draw_poster
from helpers.posters.typography import width
from tests.support.posters import demo_films, hostile_films
from tests.support.servers import Server

WIDTH, HEIGHT, MARGIN = 300, 450, 20

# Returns the sides of every text and the top of its ground, in the units of its poster.
MEASURE = """() => [...document.querySelectorAll("svg")].map(poster => {
  const ground = [...poster.children].at(-2).getBBox().y;
  return [...poster.querySelectorAll("text")].map(text => {
    const {x, y, width, height} = text.getBBox();
    return {text: text.textContent, left: x, right: x + width, top: y, bottom: y + height, ground};
  });
})"""

# Returns the widths of texts in em, without the attributes that squeeze them.
MEASURE_LETTERS = """letters => {
  const context = document.createElement("canvas").getContext("2d");
  context.font = "800 100px system-ui, sans-serif";
  return letters.map(letter => context.measureText(letter).width / 100);
}"""

LETTERS = [
    chr(code)
    for code in (
        *range(0x21, 0x7F),
        *range(0xA1, 0x180),
        *range(0x386, 0x3CF),
        *range(0x400, 0x460),
        *range(0x5D0, 0x5EB),
        *range(0x621, 0x64B),
        *range(0x2010, 0x2027),
    )
]


def leaves_its_place(text: dict[str, Any]) -> bool:
    return bool(
        text["left"] < MARGIN
        or text["right"] > WIDTH - MARGIN
        or text["top"] < text["ground"]
        or text["bottom"] > HEIGHT
    )


def test_no_text_leaves_its_poster_or_lies_on_the_motif(page: Page) -> None:
    posters = [draw_poster(**facts).decode() for facts in chain(demo_films(), hostile_films())]
    page.set_content("".join(posters))
    measured = page.evaluate(MEASURE)
    assert len(measured) == len(posters)
    assert min(len(texts) for texts in measured) >= 3
    assert [text for texts in measured for text in texts if leaves_its_place(text)] == []


def test_no_letter_is_wider_than_it_is_counted(page: Page) -> None:
    measured = page.evaluate(MEASURE_LETTERS, LETTERS)
    wider = {
        letter: (real, width(letter))
        for letter, real in zip(LETTERS, measured, strict=True)
        if real > width(letter) + 0.005
    }
    assert wider == {}


def test_a_poster_can_be_opened_on_its_own(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/movies/1/poster.svg")
    assert len(page.locator("text").all()) >= 3
