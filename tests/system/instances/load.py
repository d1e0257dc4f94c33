"""People who use several instances at once through a proxy, and check all that they are shown."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import count
from random import Random
from threading import Event
from typing import Any, NamedTuple

import httpx
from httpx import codes

from tests.contract.client import Api, a_password, an_address, bearer


class Failure(NamedTuple):
    """A request that got no answer; when it began, by the monotonic clock."""

    instance: int
    began: float
    error: str


class Proxy:
    """Takes a request to the next instance, and to the one after that where none answers."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._instances = [Api(url) for url in urls]
        self._turn = count()
        self.failures: list[Failure] = []
        self.answers = 0

    def send(self, method: str, path: str, **request: Any) -> tuple[httpx.Response, bool]:
        """Return the answer, and whether the request may have been carried out before it."""
        may_be_done = False
        for _ in range(2 * len(self._instances)):
            number = next(self._turn) % len(self._instances)
            began = time.monotonic()
            try:
                answer = self._instances[number].request(method, path, **request)
            except httpx.TransportError as error:
                self.failures.append(Failure(number, began, type(error).__name__))
                may_be_done |= not isinstance(error, httpx.ConnectError)
            else:
                self.answers += 1
                return answer, may_be_done
        raise AssertionError("No instance answers.")

    def close(self) -> None:
        for instance in self._instances:
            instance.close()


class Person:
    """Somebody with an account, who knows exactly what it has to look like.

    `pages` are the bodies of the pages of all films, which do not change.
    """

    def __init__(self, pages: Sequence[bytes], proxy: Proxy, seed: int) -> None:
        self.proxy = proxy
        self._pages = pages
        self._random = Random(seed)  # noqa: S311  # Chance, not a secret.
        self._tags: dict[int, str] = {}
        self.name: str | None = None
        self.favorites: list[int] = []
        self.accounts: list[tuple[str, str]] = []
        self._register()
        self._sign_in()

    def use(self, done: Event) -> None:
        """Do this and that until it is said to be enough."""
        habits = {
            self._like: 6,
            self._unlike: 4,
            self._look_at_favorites: 6,
            self._look_at_film: 6,
            self._rename: 3,
            self._look_at_profile: 4,
            self._refresh: 3,
            self._browse: 8,
            self._look_at_popular: 3,
            self._sign_in_again: 1,
            self._register: 1,
        }
        while not done.is_set():
            (act,) = self._random.choices(list(habits), list(habits.values()))
            act()

    def headers(self) -> dict[str, str]:
        return bearer(self._tokens["access_token"])

    def _send(self, method: str, path: str, **request: Any) -> tuple[httpx.Response, bool]:
        return self.proxy.send(method, path, headers=self.headers(), **request)

    def _film(self) -> int:
        return self._random.randint(1, 12 * len(self._pages) // 2)

    def _register(self) -> None:
        account = an_address(), a_password()
        body = dict(zip(("email", "password"), account, strict=True))
        answer, may_be_done = self.proxy.send("POST", "/auth/register/", json=body)
        expect(answer, codes.CREATED, *[codes.CONFLICT] * may_be_done)
        self.accounts.append(account)

    def _sign_in(self) -> None:
        body = dict(zip(("email", "password"), self.accounts[0], strict=True))
        answer, _ = self.proxy.send("POST", "/auth/login/", json=body)
        self._tokens: dict[str, str] = expect(answer).json()

    def _sign_in_again(self) -> None:
        answer, may_be_done = self._send("DELETE", "/auth/login/")
        expect(answer, codes.NO_CONTENT, *[codes.UNAUTHORIZED] * may_be_done)
        expect(self._send("GET", "/user/")[0], codes.UNAUTHORIZED)
        self._sign_in()

    def _refresh(self) -> None:
        answer, _ = self.proxy.send("PUT", "/auth/login/", json=self._tokens)
        self._tokens = expect(answer).json()

    def _like(self) -> None:
        film = self._film()
        answer, _ = self._send("POST", f"/favorites/movies/{film}/")
        same(expect(answer).json()["id"], film)
        if film not in self.favorites:
            self.favorites.insert(0, film)

    def _unlike(self) -> None:
        film = self._random.choice(self.favorites) if self.favorites else self._film()
        expect(self._send("DELETE", f"/favorites/movies/{film}/")[0], codes.NO_CONTENT)
        self.favorites = [other for other in self.favorites if other != film]

    def _look_at_favorites(self) -> None:
        answer, _ = self._send("GET", "/favorites/movies/")
        same([film["id"] for film in expect(answer).json()], self.favorites)
        same(answer.headers["X-Total-Count"], str(len(self.favorites)))

    def _look_at_film(self) -> None:
        film = self._film()
        shown = expect(self._send("GET", f"/movies/{film}/")[0]).json()
        same((shown["id"], shown["is_favorite"]), (film, film in self.favorites))
        same(shown["favorites_count"] >= shown["is_favorite"], True)

    def _rename(self) -> None:
        self.name = f"Name {self._random.random()}"
        answer, _ = self._send("PATCH", "/user/", json={"name": self.name})
        same(expect(answer).json()["name"], self.name)

    def _look_at_profile(self) -> None:
        shown = expect(self._send("GET", "/user/")[0]).json()
        same((shown["email"], shown["name"]), (self.accounts[0][0], self.name))

    def _browse(self) -> None:
        page = self._random.randrange(len(self._pages))
        known = {"If-None-Match": self._tags[page]} if page in self._tags else {}
        answer, _ = self.proxy.send("GET", "/movies/", params={"page": page + 1}, headers=known)
        expect(answer, codes.NOT_MODIFIED if known else codes.OK)
        same(answer.content, b"" if known else self._pages[page])
        self._tags[page] = answer.headers["ETag"]

    def _look_at_popular(self) -> None:
        query = {"sort": "popular", "page": 1}
        answer, _ = self.proxy.send("GET", "/movies/", params=query)
        same(len({film["id"] for film in expect(answer).json()}), 12)


def expect(answer: httpx.Response, *statuses: int) -> httpx.Response:
    """Return the answer if it has one of the statuses, 200 unless others are named."""
    assert answer.status_code in (statuses or (codes.OK,)), f"{answer.request}: {answer.text}"
    return answer


def same(shown: object, expected: object) -> None:
    assert shown == expected
