"""A table of translations, and how a sentence is looked up in it."""

import re
from collections.abc import Callable, Mapping

# Of a template: something that is filled in, by its name.
_PLACE = re.compile(r"\\\{(\w+)\\\}")

_GROUP_OF_DIGITS = re.compile(r"(?<=\d),(?=\d{3}\b)")


class Translation:
    """Says English sentences in another language.

    `table` has what is said, by sentence or by template: "At least {min} characters." In a place
    called `sentence` another sentence is filled in. A list has the forms of the plural; the places
    of its template are whole numbers, and `plural` returns which form goes with the first of them.
    """

    def __init__(self, table: Mapping[str, str | list[str]], plural: Callable[[int], int]) -> None:
        self._plural = plural
        self._sentences = {key: said for key, said in table.items() if isinstance(said, str)}
        self._templates: list[tuple[re.Pattern[str], str | list[str]]] = []
        # The longest first: "At least {min} and at most {max}." is "At least {min}.", too.
        for key in sorted((key for key in table if "{" in key), key=len, reverse=True):
            place = ".+" if isinstance(table[key], str) else "[0-9]+"
            pattern = _PLACE.sub(rf"(?P<\1>{place})", re.escape(key))
            self._templates.append((re.compile(pattern), table[key]))

    def say(self, text: str) -> str:
        """Return the sentence in this language; where its lines end does not matter.

        Raises LookupError where nobody has translated it.
        """
        english = " ".join(text.split())
        if english in self._sentences:
            return self._sentences[english]
        for pattern, said in self._templates:
            if match := pattern.fullmatch(english):
                return self._fill(said, match.groupdict())
        raise LookupError(text)

    def _fill(self, said: str | list[str], values: dict[str, str]) -> str:
        if isinstance(said, list):
            said = said[self._plural(int(next(iter(values.values()))))]
        values = {name: _GROUP_OF_DIGITS.sub("\N{NO-BREAK SPACE}", values[name]) for name in values}
        if "sentence" in values:
            values["sentence"] = self.say(values["sentence"])
        return said.format(**values)


def russian_plural(count: int) -> int:
    """Return which form goes with a number: 0 in 1 фильм, 1 in 2 фильма, 2 in 5 фильмов (CLDR)."""
    tens, ones = divmod(count % 100, 10)
    if tens == 1 or ones not in (1, 2, 3, 4):
        return 2
    return 0 if ones == 1 else 1
