"""A request and what came of it."""

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_ID = re.compile(r"^(/(?:movies|genres|directors|favorites/movies))/[^/]+")
_SHOWN_CHARACTERS = 90


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None

    @property
    def shape(self) -> str:
        return shape_of(self.path)

    def as_curl(self) -> str:
        """Return a command for a shell that sends the same request."""
        words = ["curl", "-i", "-X", self.method, self.url]
        for name, value in self.headers.items():
            words += ["-H", f"{name}: {value}" if value else f"{name};"]
        if self.body is not None:
            words += ["-d", self.body.decode("utf-8", "replace")]
        return shlex.join(words)


@dataclass(frozen=True)
class Response:
    request: Request
    status: int
    headers: Mapping[str, str]
    """By names in lower case."""
    text: str

    @property
    def is_success(self) -> bool:
        return self.status // 100 == 2  # noqa: PLR2004

    @property
    def is_refusal(self) -> bool:
        return self.status // 100 == 4  # noqa: PLR2004

    @property
    def is_crash(self) -> bool:
        return self.status // 100 == 5  # noqa: PLR2004

    def data(self) -> Any:
        """Return the body as JSON, None when it is none."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None

    def in_short(self) -> str:
        """Return the status and the beginning of the body, or where it leads to, on one line."""
        shown = "(HTML)" if self.text.lstrip().startswith("<") else self.text
        return shorten(f"{self.status} {self.headers.get('location', shown)}")


class NoResponseError(Exception):
    """There is no answer that could be judged: timeout, disconnected, too long, limited, gone."""

    def __init__(self, trouble: str, request: Request) -> None:
        super().__init__(trouble)
        self.trouble, self.request = trouble, request


def shape_of(path: str) -> str:
    """Return the path without its query, its final slash and the ids in it."""
    return _ID.sub(r"\1/{}", path.partition("?")[0]).rstrip("/")


def shorten(value: object) -> str:
    """Return a text on one line that a terminal can show, cut to a readable length."""
    line = " ".join(str(value).split())
    line = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[: _SHOWN_CHARACTERS - 1]}…"
