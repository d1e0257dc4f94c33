"""The report card: what a server keeps, what it breaks and what could not be checked."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from tests.contract.notebook import LIMITED
from tests.contract.promises import Outcome, Promise

_WORDS: dict[Outcome, str] = {"kept": "kept", "broken": "BROKEN", "unchecked": "NOT CHECKED"}
_COLORS: dict[Outcome, int] = {"kept": 32, "broken": 31, "unchecked": 33}
_ABOUT_LIMITS = (
    "The server limits attempts. For a whole card start it without limits (Kinoteka: "
    "LIMIT_REGISTER_IP= LIMIT_LOGIN_PAIR= LIMIT_LOGIN_IP= LIMIT_LOGIN_ADDRESS= ./dev run), or "
    "grade it from Linux on its own machine, where the kit can come from several addresses."
)
_MARGIN = 13  # Columns for the longest of the words, and a space.


class Card:
    def __init__(self, url: str, promises: Iterable[Promise], elsewhere: int) -> None:
        """`elsewhere` is the number of promises that could not be examined on this server."""
        self._url = url
        self._promises = list(promises)
        self._elsewhere = elsewhere

    @property
    def is_all_kept(self) -> bool:
        return all(promise.outcome == "kept" for promise in self._promises)

    def as_text(self, width: int, *, colors: bool) -> str:
        """Return the card for a terminal of so many columns."""
        return "\n".join(self._lines(width, colors=colors))

    def as_json(self) -> str:
        """Return the card for a program, for instance one that compares thirty of them."""
        promises = [
            {
                "promise": promise.words,
                "group": promise.group,
                "of_the_brief": promise.is_of_the_brief,
                "outcome": promise.outcome,
                "reason": promise.reason or None,
            }
            for promise in self._promises
        ]
        sums = {
            name: {outcome: _count(part, outcome) for outcome in _WORDS}
            for name, part in (("brief", self._part(True)), ("beyond", self._part(False)))
        }
        card = {"url": self._url, **sums, "promises": promises}
        return json.dumps(card, ensure_ascii=False, indent=2) + "\n"

    def _part(self, of_the_brief: bool) -> list[Promise]:
        return [promise for promise in self._promises if promise.is_of_the_brief is of_the_brief]

    def _lines(self, width: int, *, colors: bool) -> Iterator[str]:
        yield f"Report card of {self._url}"
        for title, part in (
            ("THE BRIEF", self._part(True)),
            ("BEYOND THE BRIEF", self._part(False)),
        ):
            yield from ("", title, "")
            for group, members in groupby(part, key=lambda promise: promise.group):
                yield from _group(group, list(members), width, colors=colors)
        yield ""
        yield from self._summary(width)

    def _summary(self, width: int) -> Iterator[str]:
        for name, part in (
            ("The brief", self._part(True)),
            ("Beyond the brief", self._part(False)),
        ):
            yield f"{name + ':':<18}{_sum(part)}"
        if any(LIMITED in promise.reason for promise in self._promises):
            yield from textwrap.wrap(_ABOUT_LIMITS, width)
        if self._elsewhere:
            yield from textwrap.wrap(
                f"{self._elsewhere} more promises are about settings of Kinoteka, and are only "
                "checked on servers that its own tests start. They do not count here.",
                width,
            )


def _group(title: str, promises: list[Promise], width: int, *, colors: bool) -> Iterator[str]:
    yield from textwrap.wrap(f"{title}: {_sum(promises)}", width)
    # What is kept beyond the brief is a long list, and of interest to nobody.
    shown = [one for one in promises if one.is_of_the_brief or one.outcome != "kept"]
    for promise in shown:
        yield from _promise(promise, width, colors=colors)
    if shown:
        yield ""


def _promise(promise: Promise, width: int, *, colors: bool) -> Iterator[str]:
    word = f"{_WORDS[promise.outcome]:<{_MARGIN}}"
    if colors:
        word = f"\033[{_COLORS[promise.outcome]}m{word}\033[0m"
    first, *more = textwrap.wrap(promise.words, width - _MARGIN)
    yield word + first
    for line in (
        *more,
        *(f"  {line}" for line in textwrap.wrap(promise.reason, width - _MARGIN - 2)),
    ):
        yield " " * _MARGIN + line


def _sum(promises: list[Promise]) -> str:
    """Say how many are kept, and how many of the others could not be checked."""
    said = f"{_count(promises, 'kept')} of {len(promises)} kept"
    unchecked = _count(promises, "unchecked")
    return f"{said}, {unchecked} could not be checked" if unchecked else said


def _count(promises: list[Promise], outcome: Outcome) -> int:
    return sum(promise.outcome == outcome for promise in promises)
