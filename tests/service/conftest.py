from __future__ import annotations

import json
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
from tests.service.doubles import Clock, Logged, RecordingTransaction, double_of


@pytest.fixture
def clock() -> Clock:
    return Clock(1_700_000_000)


@pytest.fixture
def transaction() -> RecordingTransaction:
    return RecordingTransaction()


@pytest.fixture
def users() -> Mock:
    return double_of(UserDAO)


@pytest.fixture
def login_sessions() -> Mock:
    return double_of(LoginSessionDAO)


@pytest.fixture
def favorites() -> Mock:
    return double_of(FavoriteDAO)


@pytest.fixture
def movies() -> Mock:
    return double_of(MovieDAO)


@pytest.fixture
def rate_limits() -> Mock:
    """Counts that refuse nothing."""
    double = double_of(RateLimitService)
    double.count_login.return_value = None
    double.count_registration.return_value = None
    return double


@pytest.fixture
def credentials() -> Mock:
    return double_of(CredentialsService)


@pytest.fixture
def passwords() -> Mock:
    """Hashes that can be read; today's parameters are those that it hashes with."""
    double = double_of(Passwords)
    double.hash.side_effect = lambda password: f"hash of {password}"
    double.verify.side_effect = lambda password, hashed: hashed == f"hash of {password}"
    double.needs_rehash.return_value = False
    return double


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
def real_credentials(
    users: Mock, rate_limits: Mock, passwords: Mock, transaction: RecordingTransaction
) -> CredentialsService:
    """What `credentials` stands in for."""
    return CredentialsService(
        transaction.watch("users", users),
        transaction.watch("rate_limits", rate_limits),
        transaction.watch("passwords", passwords),
        transaction,
    )


@pytest.fixture
def auth(
    login_sessions: Mock,
    credentials: Mock,
    tokens: Tokens,
    times: SessionTimes,
    transaction: RecordingTransaction,
    clock: Clock,
) -> AuthService:
    return AuthService(
        transaction.watch("login_sessions", login_sessions),
        transaction.watch("credentials", credentials),
        tokens,
        times,
        transaction,
        clock,
    )


@pytest.fixture
def accounts(
    users: Mock,
    login_sessions: Mock,
    favorites: Mock,
    rate_limits: Mock,
    credentials: Mock,
    passwords: Mock,
    transaction: RecordingTransaction,
) -> UserService:
    return UserService(
        transaction.watch("users", users),
        transaction.watch("login_sessions", login_sessions),
        transaction.watch("favorites", favorites),
        transaction.watch("rate_limits", rate_limits),
        transaction.watch("credentials", credentials),
        transaction.watch("passwords", passwords),
        transaction,
    )
