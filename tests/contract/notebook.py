"""What the kit notes while it speaks with a server.

The last request tells a reader of the report what a check was about. Remarks are faults that any
answer may have, whatever it was asked for: each kind of them is one promise, in
`test_every_answer`, instead of a reason for every other promise to look broken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

_SHOWN_CHARACTERS = 70
# Of tokens and made-up passwords the beginning is enough.
_LONG_TEXT = re.compile(r"([^\"&=]{12})[^\"&=]{6,}")


LIMITED = "the server limits attempts (429)"


class CannotCheckError(Exception):
    """What a check needs before it can begin is not there; the message says what."""


@dataclass
class Notebook:
    """What was asked last, and the faults seen in any answer."""

    request: httpx.Request | None = None
    response: httpx.Response | None = None
    remarks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def turn_page(self) -> None:
        """Forget the last request, because another check begins; remarks stay."""
        self.request = self.response = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Leave the last request as it is, if there is one, whatever is asked meanwhile."""
        before = self.request, self.response
        yield
        if before[0] is not None:
            self.request, self.response = before

    def asked(self, request: httpx.Request) -> None:
        self.request, self.response = request, None

    def answered(self, response: httpx.Response) -> None:
        self.request, self.response = response.request, response

    def remark(self, kind: str, response: httpx.Response, fault: str) -> None:
        self.remarks[kind].append(f"{in_words(response.request, response)}: {fault}")

    def last(self) -> str:
        """Say in words what was asked last and what came, or nothing if nothing was asked."""
        return in_words(self.request, self.response) if self.request else ""


notebook = Notebook()


def in_words(request: httpx.Request, response: httpx.Response | None) -> str:
    """Say a request, and its answer if there is one, in one line."""
    asked = f"{request.method} {short(request.url.raw_path.decode('ascii', 'replace'))}"
    try:
        body = _LONG_TEXT.sub(r"\1…", request.content.decode("utf-8", "replace"))
    except httpx.RequestNotRead:
        body = ""
    asked = f"{asked} {short(body)}".strip()
    if response is None:
        return asked
    answer = f"{asked} answered {response.status_code}"
    if response.is_success:
        return answer
    return f"{answer} {_body_of(response)}".strip()


def _body_of(response: httpx.Response) -> str:
    """Say what stands in an error: its message if it has one."""
    if response.text.lstrip().startswith("<"):
        return "with a page of HTML"
    try:
        return f'"{short(response.json()["message"])}"'
    except (ValueError, TypeError, KeyError):
        return short(response.text)


def in_brief(response: httpx.Response) -> str:
    """Say a request without its body and the status of its answer, where that is not the point."""
    path = response.request.url.path
    return f"{response.request.method} {short(path)} answered {response.status_code}"


def short(text: object, characters: int = _SHOWN_CHARACTERS) -> str:
    """Return a text on one line, cut to a readable length."""
    line = " ".join(str(text).split())
    line = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)
    return line if len(line) <= characters else f"{line[: characters - 1]}…"
