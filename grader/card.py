"""The report card for a terminal: what to mend first, then what is kept."""

import textwrap
from collections.abc import Iterator

from grader.model import Result
from grader.summary import Summary

_RED, _GREEN, _YELLOW = 31, 32, 33
_IN_FULL = 5


class Card:
    def __init__(self, summary: Summary, width: int, *, colors: bool) -> None:
        self._summary, self._words = summary, summary.words
        self._width, self._colors = width, colors

    def lines(self) -> Iterator[str]:
        summary, words = self._summary, self._words
        yield words("Report card of {url}", url=summary.examination.url)
        yield summary.ended
        if summary.examination.ended == "unreachable":
            return
        yield self._colored(_GREEN if summary.is_passed else _RED, summary.sums)
        for number, result in enumerate(summary.broken, 1):
            if number in {1, _IN_FULL + 1}:
                heading = "Mend first" if number == 1 else "Also broken"
                yield from ("", self._colored(_RED, words(heading)))
            yield from self._in_full(number, result) if number <= _IN_FULL else self._short(result)
        if summary.left_out:
            yield from ("", self._colored(_YELLOW, words("not examined")))
        for reason, promises in summary.left_out.items():
            yield from self._wrapped(f"{', '.join(promises)}: {reason}", 2)
        yield ""
        for section, results in summary.sections():
            kept = [result.promise.id for result in results if result.outcome == "kept"]
            yield f"{section}: {len(kept)}/{len(results)}"
            yield from self._wrapped(f"{words('kept')}: {', '.join(kept) or '–'}", 2)

    def _in_full(self, number: int, result: Result) -> Iterator[str]:
        words, case = self._words, result.broken[0]
        told = "" if self._summary.is_counted(result) else f" ({words('not counted')})"
        title = f"{words(result.promise.title)} [{result.promise.id}]{told}"
        yield from self._wrapped(f"{number}. {title}", 0)
        n, size = len(result.broken), len(result.cases)
        more = f" ({words('{n} of {size} cases', n=n, size=size)})" if size > 1 else ""
        yield from self._wrapped(f"{case.name}{more}", 3)
        yield from self._wrapped(f"{words('came')}: {words(case.came)}", 3)
        yield from self._wrapped(f"{words('expected')}: {words.expected(case)}", 3)
        yield from self._wrapped(f"{words('read')}: {words(result.promise.topic)}", 3)
        if followers := self._summary.followers(result):
            text = words("not examined because of it: {promises}", promises=", ".join(followers))
            yield from self._wrapped(text, 3)
        if case.request:  # Not wrapped, so that it can be pasted.
            yield f"   {case.request.as_curl()}"

    def _short(self, result: Result) -> list[str]:
        words, case = self._words, result.broken[0]
        said = f"{words(case.came)}; {words('expected')}: {words.expected(case)}"
        return self._wrapped(f"- [{result.promise.id}] {case.name}: {said}", 0)

    def _wrapped(self, text: str, indent: int) -> list[str]:
        first, more = " " * indent, " " * (indent + 2)
        return textwrap.wrap(
            text, self._width, initial_indent=first, subsequent_indent=more, break_on_hyphens=False
        )

    def _colored(self, color: int, text: str) -> str:
        return f"\033[{color}m{text}\033[0m" if self._colors else text
