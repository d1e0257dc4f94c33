"""JSON whose objects know the line they begin in, so that a fault in a file can be shown."""

from __future__ import annotations

import json
import json.scanner
from bisect import bisect_left
from typing import Any

from helpers import strict_json


class Located(dict[str, Any]):
    """An object of a file that knows the line it begins in."""

    line: int


class LocatingDecoder(json.JSONDecoder):
    """Makes objects that know their line. Only the scanner in Python lets objects be replaced."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.parse_object = self._locate
        self.scan_once = json.scanner.py_make_scanner(self)  # type: ignore[attr-defined]
        self._newlines: list[int] = []

    def decode(self, text: str, *args: Any) -> Any:
        self._newlines = [index for index, character in enumerate(text) if character == "\n"]
        return super().decode(text, *args)

    def _locate(self, text_and_start: tuple[str, int], *args: Any) -> tuple[Located, int]:
        text, start = text_and_start
        try:
            parsed, end = json.decoder.JSONObject(text_and_start, *args)  # type: ignore[attr-defined]
            strict_json.refuse_surrogates(parsed)
        except json.JSONDecodeError:
            raise
        except ValueError as error:  # What strict_json refuses has no place of its own.
            raise json.JSONDecodeError(str(error), text, start - 1) from error
        located = Located(parsed)
        located.line = 1 + bisect_left(self._newlines, start)
        return located, end
