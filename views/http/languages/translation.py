"""A table of translations, looked up by sentence or by template."""

import re
from collections.abc import Callable, Mapping

# A named placeholder of a template, after `re.escape`.
_PLACE = re.compile(r"\\\{(\w+)\\\}")

_GROUP_OF_DIGITS = re.compile(r"(?<=\d),(?=\d{3}\b)")


class Translation:
    """Translates English sentences.

    The keys of `table` are sentences or templates: "At least {min} characters." A placeholder
    called `sentence` stands for another sentence of the table. A list of translations has the
    plural forms: the placeholders of its template are whole numbers, and `plural` returns the index
    of the form for the first of them.
    """

    def __init__(self, table: Mapping[str, str | list[str]], plural: Callable[[int], int]) -> None:
        self._plural = plural
        self._sentences = {key: text for key, text in table.items() if isinstance(text, str)}
        self._templates: list[tuple[re.Pattern[str], str | list[str]]] = []
        # The longest first: "At least {min}." also matches "At least 1 and at most 2."
        for key in sorted((key for key in table if "{" in key), key=len, reverse=True):
            place = ".+" if isinstance(table[key], str) else "[0-9]+"
            pattern = _PLACE.sub(rf"(?P<\1>{place})", re.escape(key))
            self._templates.append((re.compile(pattern), table[key]))

    def translate(self, text: str) -> str:
        """Return the translation of a sentence, however its lines are broken.

        Raises LookupError if the table has none.
        """
        english = " ".join(text.split())
        if english in self._sentences:
            return self._sentences[english]
        for pattern, translation in self._templates:
            if match := pattern.fullmatch(english):
                return self._fill(translation, match.groupdict())
        raise LookupError(text)

    def _fill(self, translation: str | list[str], values: dict[str, str]) -> str:
        if isinstance(translation, list):
            translation = translation[self._plural(int(next(iter(values.values()))))]
        values = {name: _GROUP_OF_DIGITS.sub("\N{NO-BREAK SPACE}", values[name]) for name in values}
        if "sentence" in values:
            values["sentence"] = self.translate(values["sentence"])
        return translation.format(**values)


def russian_plural(count: int) -> int:
    """Return the plural form's index: 0 for 1 фильм, 1 for 2 фильма, 2 for 5 фильмов (CLDR)."""
    tens, ones = divmod(count % 100, 10)
    if tens == 1 or ones not in (1, 2, 3, 4):
        return 2
    return 0 if ones == 1 else 1
