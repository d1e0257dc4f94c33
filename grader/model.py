"""Promises, their cases, and what came out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from grader.response import NoResponseError, Request, Response

if TYPE_CHECKING:
    from grader.server import Server

Outcome = Literal["kept", "broken", "not examined"]
Values = dict[str, Any]
LAST_STEP = 5


class BrokenError(Exception):
    """What came is not the expected sentence, which has `values` in it."""

    def __init__(self, expected: str, response: Response | None, came: str, values: Values) -> None:
        super().__init__(expected)
        self.expected, self.response, self.values = expected, response, values
        self.came = came or (response.in_short() if response else "")


class CannotShowError(Exception):
    """The data of the server cannot show whether it keeps a promise; the message says why."""


class BlockedError(Exception):
    """What a check needs does not work; to tell that is the job of another promise, the cause."""


@dataclass(frozen=True)
class Case:
    name: str
    outcome: Outcome
    expected: str = ""
    """A sentence of the word list, like `reason`; `came` is plain data."""
    values: Values = field(default_factory=dict)
    came: str = ""
    request: Request | None = None
    reason: str = ""
    cause: str = ""
    """The promise because of which it was not examined."""
    is_open: bool = False
    """Whether it was not examined for another reason than the data."""


_FAILURES = (
    *(BrokenError, CannotShowError, BlockedError, NoResponseError),
    # Met in answers of a shape that nothing was prepared for.
    *(ValueError, LookupError, TypeError, AttributeError),
)


class Sheet:
    """The cases of one promise while it is examined."""

    def __init__(self) -> None:
        self.cases: list[Case] = []

    @contextmanager
    def case(self, name: str) -> Iterator[None]:
        """Examine one case: what is raised inside becomes its outcome."""
        try:
            yield
        except _FAILURES as error:
            self.cases.append(failed_case(name, error))
        else:
            self.cases.append(Case(name, "kept"))


def failed_case(name: str, error: Exception) -> Case:
    match error:
        case BrokenError():
            request = error.response.request if error.response else None
            shown = name or (f"{request.method} {request.path}" if request else "")
            return Case(shown, "broken", error.expected, error.values, error.came, request)
        case CannotShowError():
            return Case(name, "not examined", reason=str(error))
        case BlockedError():
            return Case(name, "not examined", reason="because of", cause=str(error), is_open=True)
        case NoResponseError(trouble="timeout" | "disconnected"):
            return Case(name, "broken", "an answer", {}, error.trouble, error.request)
        case NoResponseError():
            is_open = error.trouble != "too long"
            return Case(name, "not examined", reason=error.trouble, is_open=is_open)
    return Case(name, "broken", "JSON of the shape that the brief describes")


Check = Callable[["Server", Sheet], None]


@dataclass(frozen=True)
class Promise:
    id: str
    title: str
    tier: str
    step: int
    stage: int
    """Stages run one after another."""
    topic: str
    """What to read when it is broken: a key of the word lists."""
    unless: tuple[str, ...]
    """Promises that tell the same fault when they are broken."""
    check: Check


PROMISES: list[Promise] = []


def promise(
    stage: int, topic: str, *unless: str, tier: str, step: int, name: str = "", title: str = ""
) -> Callable[[Check], Check]:
    """Let a function examine a promise: its docstring is the title, its name the id."""

    def register(check: Check) -> Check:
        id_ = name or check.__name__.replace("_", "-")
        words = title or (check.__doc__ or "").partition("\n")[0]
        PROMISES.append(Promise(id_, words, tier, step, stage, topic, unless, check))
        return check

    return register


@dataclass(frozen=True)
class Result:
    promise: Promise
    cases: list[Case]
    is_finished: bool

    @property
    def broken(self) -> list[Case]:
        return [case for case in self.cases if case.outcome == "broken"]

    @property
    def outcome(self) -> Outcome:
        if self.broken:
            return "broken"
        kept = any(case.outcome == "kept" for case in self.cases)
        is_open = not self.is_finished or any(case.is_open for case in self.cases)
        return "kept" if kept and not is_open else "not examined"

    @property
    def left_out(self) -> Case:
        """The case that says why the promise was not examined."""
        left = [case for case in self.cases if case.outcome == "not examined"]
        late = Case("", "not examined", reason="gone", is_open=True)
        return min(left, key=lambda case: not case.is_open, default=late)

    @property
    def counts(self) -> bool:
        """Whether it counts: what the data cannot show is nobody's fault."""
        return self.outcome != "not examined" or self.left_out.is_open

    @property
    def share(self) -> float:
        """How much of it is kept, from 0 to 1."""
        if self.outcome == "not examined":
            return 0.0
        examined = [case for case in self.cases if case.outcome != "not examined"]
        return 1 - len(self.broken) / len(examined)
