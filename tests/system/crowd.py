"""Many users of the same instances."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from threading import Event

from tests.contract.client import Api
from tests.support.waiting import wait_for
from tests.system.people import Person, Proxy, expect, same

# The average number of responses per user in a busy period.
RESPONSES = 12
BUSY_SECONDS = 120


class Crowd:
    """Users of the instances at these URLs, each in a thread."""

    def __init__(self, urls: Sequence[str], number: int, stack: ExitStack) -> None:
        self.urls = urls
        with Api(urls[-1]) as api:
            pages = [api.get("/movies/", params={"page": page}).content for page in range(1, 8)]
        pool = stack.enter_context(ThreadPoolExecutor(number))
        self._proxies = [stack.enter_context(closing(Proxy(urls))) for _ in range(number)]
        self.people = list(pool.map(partial(Person, pages), self._proxies, range(number)))
        self._done = Event()
        stack.callback(self._done.set)
        self._usage = [pool.submit(person.use, self._done) for person in self.people]

    def be_busy(self) -> None:
        """Wait for more responses. Returns early if a check failed."""
        enough = self._answers() + RESPONSES * len(self.people)
        wait_for(
            lambda: self._answers() > enough or any(used.done() for used in self._usage),
            BUSY_SECONDS,
        )

    def go_home(self) -> None:
        """Stop all users, and raise the errors of failed checks."""
        self._done.set()
        for used in self._usage:
            used.result()

    def failures(self) -> list[tuple[int, float]]:
        """Return the instances that gave no response, with the start times of the requests."""
        return [failure for proxy in self._proxies for failure in proxy.failures]

    def refusals(self) -> list[float]:
        """Return the durations, in seconds, of the requests that were told to retry."""
        return [seconds for proxy in self._proxies for seconds in proxy.refusals]

    def writes(self) -> list[float]:
        """Return the times of acknowledged writes, by the monotonic clock."""
        return sorted(write for proxy in self._proxies for write in list(proxy.writes))

    def liked(self) -> Counter[int]:
        """Return the number of users who like each film, by acknowledged requests."""
        return Counter(movie_id for person in self.people for movie_id in person.favorites)

    def assert_all_is_shown(self) -> None:
        """Every instance agrees with the acknowledged favorites, counts, tokens and accounts."""
        for url in self.urls:
            with Api(url) as api:
                for person in self.people:
                    films = expect(api.get("/favorites/movies/", headers=person.headers())).json()
                    same([film["id"] for film in films], person.favorites)
                    expect(api.refresh(person.tokens))
                    expect(api.log_in(*person.accounts[-1]))
                popular = [film["id"] for film in api.get("/movies/?sort=popular").json()]
            liked = self.liked()
            same(popular, sorted(popular, key=lambda film: (-liked[film], film)))

    def _answers(self) -> int:
        return sum(proxy.answers for proxy in self._proxies)
