"""Clients that write without a pause, and remember what they were told."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from threading import Event

import httpx
from httpx import codes

from tests.contract.client import Account, a_password, an_address
from tests.contract.tokens import claims_of

FILMS = range(1, 21)


@dataclass
class Remembered:
    """What the server has acknowledged to one account.

    A film whose last request was cut off may be a favorite or not: it is in neither set.
    """

    account: Account
    liked: set[int] = field(default_factory=set)
    not_liked: set[int] = field(default_factory=set)

    @property
    def generation(self) -> int:
        """How often the session was refreshed, at least."""
        number: int = claims_of(self.account.tokens["refresh_token"])["gen"]
        return number

    @property
    def session_id(self) -> str:
        name: str = claims_of(self.account.tokens["refresh_token"])["sid"]
        return name


@dataclass
class Memory:
    """What one client has been told."""

    registered: list[str] = field(default_factory=list)
    accounts: list[Remembered] = field(default_factory=list)


def write_until_cut_off(url: str, started: Event, seed: int) -> Memory:
    """Register, sign in, like and refresh until the server is gone."""
    chance = random.Random(seed)  # noqa: S311  # The same each time.
    memory = Memory()
    with httpx.Client(base_url=url, timeout=30) as client:
        try:
            while True:
                _live_a_life(client, memory, chance)
                started.set()
        except httpx.TransportError:
            return memory


def _live_a_life(client: httpx.Client, memory: Memory, chance: random.Random) -> None:
    credentials = {"email": an_address(), "password": a_password()}
    _expect(client.post("/auth/register/", json=credentials), codes.CREATED)
    memory.registered.append(credentials["email"])
    tokens = _expect(client.post("/auth/login/", json=credentials), codes.OK).json()
    someone = Remembered(Account(**credentials, tokens=tokens))
    memory.accounts.append(someone)
    for film in chance.choices(FILMS, k=6):
        likes = chance.random() < 0.7
        for states in (someone.liked, someone.not_liked):
            states.discard(film)
        answer = client.request(
            "POST" if likes else "DELETE",
            f"/favorites/movies/{film}/",
            headers=someone.account.headers,
        )
        _expect(answer, codes.OK if likes else codes.NO_CONTENT)
        (someone.liked if likes else someone.not_liked).add(film)
        if chance.random() < 0.3:
            answer = _expect(client.put("/auth/login/", json=someone.account.tokens), codes.OK)
            someone.account = Account(**credentials, tokens=answer.json())


def _expect(answer: httpx.Response, code: int) -> httpx.Response:
    assert answer.status_code == code, answer.text
    return answer
