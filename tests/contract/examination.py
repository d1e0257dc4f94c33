"""A pytest plugin that turns the runs of the kit's tests into promises with outcomes."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import httpx
import pytest

from tests.contract import patience
from tests.contract.notebook import CannotCheckError, notebook
from tests.contract.promises import Case, Promise, promise_of
from tests.contract.wording import what_happened

_GAVE_UP = "the server does not answer any more"


class Examination:
    """Collects what became of every promise."""

    def __init__(self, progress: Callable[[int, int], None]) -> None:
        self.promises: dict[str, Promise] = {}
        self.elsewhere: set[str] = set()
        self._progress = progress
        self._begun = 0
        self._expected = 0
        self._unanswered = 0
        self._too_slow: set[str] = set()
        self._compared: tuple[str, Any, Any] | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        config.option.tbstyle = "line"  # Nobody will see a trace, and long ones take their time.

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what only servers can be examined for that the tests start themselves."""
        functions = [item for item in items if isinstance(item, pytest.Function)]
        self.elsewhere = {_key(item) for item in functions if "own_server" in item.fixturenames}
        items[:] = [item for item in functions if _key(item) not in self.elsewhere]
        self._expected = len(items)
        for item in functions:
            if _key(item) not in self.elsewhere:
                promise = self.promises.setdefault(_key(item), promise_of(item))
                promise.expected_cases += 1

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Do not run what would only wait in vain once more."""
        self._begun += 1
        self._progress(self._begun, self._expected)
        self._compared = None
        notebook.turn_page()
        if self._unanswered >= patience.UNANSWERED_REQUESTS:
            self._add(item, Case("unchecked", _GAVE_UP))
            return True
        return _key(item) in self._too_slow or None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self) -> None:
        notebook.turn_page()

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        self._compared = (op, left, right)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        error = call.excinfo.value if call.excinfo else None
        if call.when != "teardown" and (error is not None or call.when == "call"):
            self._add(item, self._case(error, began=call.when == "call"))
            self._watch(item, error)
        return report

    def _case(self, error: BaseException | None, *, began: bool) -> Case:
        if error is None:
            return Case("kept")
        if isinstance(error, pytest.skip.Exception):
            return Case("unchecked", str(error.msg))
        reason = what_happened(error, self._compared)
        could_begin = began and not isinstance(error, CannotCheckError)
        return Case("broken" if could_begin else "unchecked", reason)

    def _watch(self, item: pytest.Item, error: BaseException | None) -> None:
        """Notice a server that keeps silent."""
        if isinstance(error, httpx.TimeoutException):
            self._too_slow.add(_key(item))
        if isinstance(error, httpx.TimeoutException | httpx.ConnectError):
            self._unanswered += 1
        elif notebook.response is not None:
            self._unanswered = 0

    def _add(self, item: pytest.Item, case: Case) -> None:
        self.promises[_key(item)].cases.append(case)


def _key(item: pytest.Item) -> str:
    """Return what all cases of a promise have in common."""
    return item.nodeid.partition("[")[0]
