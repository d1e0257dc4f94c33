"""Films whose texts could overflow a poster, break its XML or reverse its direction."""

import json
from collections.abc import Iterator
from typing import Any

from config import ROOT

HOSTILE_TEXTS = (
    "",
    " ",
    "\0\x08\x1b[2J\n\t",
    "<script>alert(1)</script> & \"'>]]>",
    "Слово " * 84,
    "W" * 500,
    "ǄꙮⅧ㎒" * 50,
    "й" * 500,
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "Превысокомногорассмотрительствующий Ы",
    "Щщжшюыфм " * 20,
    "千と千尋の神隠し、" * 40,
    "기생충" * 100,
    "ก็ที่นี่" * 60,
    "कभी ख़ुशी कभी ग़म " * 20,
    "مدينة الله " * 40,
    "ואלס עם באשיר " * 30,
    "\u202eRight to left \u202d override\u2066 and isolates",
    "Arabic عربي and Latin, mixed עברית",
    "ﷺ" * 40,
    "𒐫𒈙꧅⸻" * 20,
    "A" + "\u0301\u0323" * 200,
    "e\u0301" * 200,
    "👨‍👩‍👧‍👦🏳️‍🌈🎬" * 40,
    "\ud800\udfff",
    "\ue000\U000f0000\U0010ffff\ufffe" * 20,
    "a\u00ad\u200b\u2060" * 60,
    "½©™№…—“”„«»" * 20,
)


def drawn_facts(**facts: Any) -> dict[str, Any]:
    """Return the arguments of `draw_poster`. A test names only those that matter to it."""
    film = {"movie_id": 5, "title": "Солярис", "year": 1972, "genre_id": 2}
    return {**film, "genre": "Драма", "director": "Андрей Тарковский", **facts}


def hostile_films() -> Iterator[dict[str, Any]]:
    for number, text in enumerate(HOSTILE_TEXTS):
        texts = {"title": text[:500], "genre": text[:200], "director": text[:200]}
        yield drawn_facts(movie_id=number, genre_id=number, **texts)


def demo_films() -> Iterator[dict[str, Any]]:
    """Yield the films of the demo catalogue with the ids that an import gives them."""
    catalogue = json.loads((ROOT / "data/demo_catalogue.json").read_text("utf-8"))
    names = {
        kind: {row["id"]: row["name"] for row in catalogue[kind]}
        for kind in ("genres", "directors")
    }
    for number, film in enumerate(catalogue["movies"], start=1):
        yield drawn_facts(
            movie_id=number,
            title=film["title"],
            year=film["year"],
            genre_id=film["genre_id"],
            genre=names["genres"][film["genre_id"]],
            director=names["directors"][film["director_id"]],
        )
