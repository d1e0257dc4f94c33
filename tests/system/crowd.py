"""Many people who use the same instances at once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from threading import Event

from tests.contract.client import Api
from tests.support.waiting import wait_for
from tests.system.people import Failure, Person, Proxy, Refusal

# What each of the people is shown, on average, while they are busy.
RESPONSES = 20
BUSY_SECONDS = 120


class Crowd:
    """People who use the instances at these URLs, each in a thread."""

    def __init__(self, urls: Sequence[str], number: int, stack: ExitStack) -> None:
        self.urls = urls
        with Api(urls[-1]) as api:
            pages = [api.get("/movies/", params={"page": page}).content for page in range(1, 8)]
        pool = stack.enter_context(ThreadPoolExecutor(number))
        proxies = [stack.enter_context(closing(Proxy(urls))) for _ in range(number)]
        self.people = list(pool.map(partial(Person, pages), proxies, range(number)))
        self._done = Event()
        stack.callback(self._done.set)
        self._usage = [pool.submit(person.use, self._done) for person in self.people]

    def be_busy(self) -> None:
        """Let them do something, unless somebody was shown what is not so."""
        enough = self._answers() + RESPONSES * len(self.people)
        wait_for(
            lambda: self._answers() > enough or any(used.done() for used in self._usage),
            BUSY_SECONDS,
        )

    def go_home(self) -> None:
        """Let them stop. Raises what somebody was shown that is not so."""
        self._done.set()
        for used in self._usage:
            used.result()

    def failures(self) -> list[Failure]:
        """Return the requests that nobody answered."""
        return [failure for person in self.people for failure in person.proxy.failures]

    def refusals(self) -> list[Refusal]:
        """Return the requests that somebody was told to repeat later."""
        return [refusal for person in self.people for refusal in person.proxy.refusals]

    def writes(self) -> list[float]:
        """Return when something that was written was acknowledged, by the monotonic clock."""
        return sorted(write for person in self.people for write in list(person.proxy.writes))

    def __str__(self) -> str:
        waits = [refusal.seconds for refusal in self.refusals()]
        return (
            f"{len(self.people)} people, {self._answers()} answers, {len(self.writes())} writes, "
            f"{len(waits)} refusals, the slowest after {max(waits, default=0):.2f} s"
        )

    def _answers(self) -> int:
        return sum(person.proxy.answers for person in self.people)
