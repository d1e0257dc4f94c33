from __future__ import annotations

import json
from typing import Any
from unittest.mock import Mock

import pytest

from dao.favorite import FavoriteDAO
from dao.login_session import LoginSessionDAO
from dao.movie import MovieDAO
from dao.user import UserDAO
from helpers.passwords import Passwords
from helpers.tokens import Tokens
from service.auth import AuthService, SessionTimes
from service.credentials import CredentialsService
from service.rate_limit import RateLimitService
from service.user import UserService
from tests.service.doubles import Clock, Logged, Transaction, double_of, recorded_transaction


@pytest.fixture
def clock() -> Clock:
    return Clock(1_700_000_000)


@pytest.fixture
def calls() -> Mock:
    """The parent of the doubles: its `mock_calls` are theirs, in the order they were made."""
    return Mock(spec=["begin", "commit", "roll_back"])


@pytest.fixture
def transaction(calls: Mock) -> Transaction:
    return recorded_transaction(calls)


def _double(name: str, kind: type) -> Any:
    """Define a fixture: a double of the class, whose parent is `calls`."""

    @pytest.fixture(name=name)
    def fixture(calls: Mock) -> Mock:
        double = double_of(kind)
        calls.attach_mock(double, name)
        return double

    return fixture


users = _double("users", UserDAO)
login_sessions = _double("login_sessions", LoginSessionDAO)
favorites = _double("favorites", FavoriteDAO)
movies = _double("movies", MovieDAO)
rate_limits = _double("rate_limits", RateLimitService)
credentials = _double("credentials", CredentialsService)
passwords = _double("passwords", Passwords)


@pytest.fixture(autouse=True)
def no_limit_is_reached(rate_limits: Mock) -> None:
    rate_limits.count_login.return_value = None
    rate_limits.count_registration.return_value = None


@pytest.fixture(autouse=True)
def hashes_can_be_read(passwords: Mock) -> None:
    passwords.hash.side_effect = lambda password: f"hash of {password}"
    passwords.verify.side_effect = lambda password, hashed: hashed == f"hash of {password}"
    passwords.needs_rehash.return_value = False


@pytest.fixture
def logged(capfd: pytest.CaptureFixture[str]) -> Logged:
    """Gives the lines of the log so far, but for when and during which request it was."""

    def read() -> list[dict[str, object]]:
        lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
        common = {"time", "request_id", "ip"}
        return [{name: line[name] for name in line.keys() - common} for line in lines]

    return read


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(("a key of these tests that is long enough",), access_seconds=900)


@pytest.fixture
def times() -> SessionTimes:
    return SessionTimes(idle=7_000, total=30_000, grace=10)


@pytest.fixture
def auth(
    login_sessions: Mock,
    credentials: Mock,
    tokens: Tokens,
    times: SessionTimes,
    transaction: Transaction,
    clock: Clock,
) -> AuthService:
    return AuthService(login_sessions, credentials, tokens, times, transaction, clock)


@pytest.fixture
def accounts(
    users: Mock,
    login_sessions: Mock,
    favorites: Mock,
    rate_limits: Mock,
    credentials: Mock,
    passwords: Mock,
    transaction: Transaction,
) -> UserService:
    return UserService(
        users, login_sessions, favorites, rate_limits, credentials, passwords, transaction
    )
