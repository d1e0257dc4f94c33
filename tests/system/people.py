"""Users of one or several instances who check every response."""

import time
from collections.abc import Sequence
from itertools import cycle
from random import Random
from threading import Event
from typing import Any

import httpx
from httpx import codes

from tests.contract.client import Api, a_password, an_email, bearer

# A killed instance serves again within this number of seconds.
AWAY_SECONDS = 60


class WrongAnswer(AssertionError):
    """A check of a response failed."""


class Proxy:
    """Sends a request to one instance after another until one of them serves it."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._instances = [Api(url) for url in urls]
        self._turns = cycle(range(len(urls)))
        # Instances that gave no response, and the start of the request by the monotonic clock.
        self.failures: list[tuple[int, float]] = []
        self.refusals: list[float] = []  # Durations in seconds.
        self.writes: list[float] = []  # Times of acknowledgement.
        self.answers = 0

    def send(self, method: str, path: str, **request: Any) -> tuple[httpx.Response, bool]:
        """Return the response, and whether an earlier attempt may have been carried out."""
        may_be_done = False
        ends = time.monotonic() + AWAY_SECONDS
        for number in self._turns:
            began = time.monotonic()
            assert began < ends, "No instance answers."
            try:
                response = self._instances[number].request(method, path, **request)
            except httpx.TransportError as error:
                self.failures.append((number, began))
                may_be_done |= not isinstance(error, httpx.ConnectError)
                time.sleep(0.02)  # Leave a starting instance some CPU time.
                continue
            ended = time.monotonic()
            if response.status_code == codes.SERVICE_UNAVAILABLE:
                same(response.headers["Retry-After"], "2")
                self.refusals.append(ended - began)
                may_be_done = True  # Perhaps only the reply to the commit was lost.
                time.sleep(0.1)  # Less than Retry-After, to measure the first success.
                continue
            self.answers += 1
            if method != "GET" and response.is_success:
                self.writes.append(ended)
            return response, may_be_done
        raise AssertionError("There are no instances.")

    def close(self) -> None:
        for instance in self._instances:
            instance.close()


class Person:
    """A user who knows exactly what their account must look like.

    `pages` are the response bodies of all pages of films, which do not change.
    """

    def __init__(self, pages: Sequence[bytes], proxy: Proxy, seed: int) -> None:
        self.proxy = proxy
        self._pages = pages
        self._random = Random(seed)  # noqa: S311  # Not for secrets.
        self._tags: dict[int, str] = {}
        self.favorites: list[int] = []
        self.accounts: list[tuple[str, str]] = []
        self._register()
        self._sign_in()

    def use(self, done: Event) -> None:
        """Send random requests until `done` is set."""
        habits = {
            self._like: 6,
            self._unlike: 4,
            self._look_at_favorites: 6,
            self._look_at_film: 6,
            self._refresh: 3,
            self._browse: 8,
            self._sign_in_again: 1,
            self._register: 1,
        }
        while not done.is_set():
            (act,) = self._random.choices(list(habits), list(habits.values()))
            act()

    def headers(self) -> dict[str, str]:
        return bearer(self.tokens["access_token"])

    def _send(self, method: str, path: str, **request: Any) -> tuple[httpx.Response, bool]:
        return self.proxy.send(method, path, headers=self.headers(), **request)

    def _film(self) -> int:
        return self._random.randint(1, 12 * len(self._pages) // 2)

    def _register(self) -> None:
        account = an_email(), a_password()
        body = dict(zip(("email", "password"), account, strict=True))
        response, may_be_done = self.proxy.send("POST", "/auth/register/", json=body)
        expect(response, codes.CREATED, *[codes.CONFLICT] * may_be_done)
        self.accounts.append(account)

    def _sign_in(self) -> None:
        body = dict(zip(("email", "password"), self.accounts[0], strict=True))
        response, _ = self.proxy.send("POST", "/auth/login/", json=body)
        self.tokens: dict[str, str] = expect(response).json()

    def _sign_in_again(self) -> None:
        response, may_be_done = self._send("DELETE", "/auth/login/")
        expect(response, codes.NO_CONTENT, *[codes.UNAUTHORIZED] * may_be_done)
        expect(self._send("GET", "/user/")[0], codes.UNAUTHORIZED)
        self._sign_in()

    def _refresh(self) -> None:
        response, _ = self.proxy.send("PUT", "/auth/login/", json=self.tokens)
        self.tokens = expect(response).json()

    def _like(self) -> None:
        film = self._film()
        response, _ = self._send("POST", f"/favorites/movies/{film}/")
        same(expect(response).json()["id"], film)
        if film not in self.favorites:
            self.favorites.insert(0, film)

    def _unlike(self) -> None:
        film = self._random.choice(self.favorites) if self.favorites else self._film()
        expect(self._send("DELETE", f"/favorites/movies/{film}/")[0], codes.NO_CONTENT)
        self.favorites = [other for other in self.favorites if other != film]

    def _look_at_favorites(self) -> None:
        response, _ = self._send("GET", "/favorites/movies/")
        same([film["id"] for film in expect(response).json()], self.favorites)
        same(response.headers["X-Total-Count"], str(len(self.favorites)))

    def _look_at_film(self) -> None:
        film = self._film()
        shown = expect(self._send("GET", f"/movies/{film}/")[0]).json()
        same((shown["id"], shown["is_favorite"]), (film, film in self.favorites))
        same(shown["favorites_count"] >= shown["is_favorite"], True)

    def _browse(self) -> None:
        page = self._random.randrange(len(self._pages))
        known = {"If-None-Match": self._tags[page]} if page in self._tags else {}
        response, _ = self.proxy.send("GET", "/movies/", params={"page": page + 1}, headers=known)
        expect(response, codes.NOT_MODIFIED if known else codes.OK)
        same(response.content, b"" if known else self._pages[page])
        self._tags[page] = response.headers["ETag"]


def expect(response: httpx.Response, *statuses: int) -> httpx.Response:
    """Return the response if it has one of these statuses, by default 200."""
    if response.status_code not in (statuses or (codes.OK,)):
        raise WrongAnswer(f"{response.request}: {response.status_code} {response.text}")
    return response


def same(shown: object, expected: object) -> None:
    if shown != expected:
        raise WrongAnswer(f"{shown} instead of {expected}")
