import json
from functools import cache
from unittest.mock import Mock

import pytest

from dao.favorite import FavoriteDAO
from dao.login_session import LoginSessionDAO
from dao.movie import MovieDAO
from dao.rate_limit import RateLimitDAO
from dao.user import UserDAO
from helpers.passwords import Passwords
from service.auth import AuthService, SessionTimes
from service.caller import CallerLock
from service.credentials import CredentialsService
from service.rate_limit import RateLimitService
from service.user import UserService
from tests.service.doubles import (
    NOW,
    TOKENS,
    Clock,
    Logged,
    Transaction,
    double_of,
    recorded_transaction,
)

KINDS = {
    "caller": CallerLock,
    "credentials": CredentialsService,
    "favorites": FavoriteDAO,
    "login_sessions": LoginSessionDAO,
    "movies": MovieDAO,
    "passwords": Passwords,
    "rate_limits": RateLimitService,
    "users": UserDAO,
    "windows": RateLimitDAO,
}


@cache
def _parent() -> Mock:
    """Cached, since the doubles are slow to create."""
    parent = Mock(spec=["begin", "commit", "roll_back"])
    for name, kind in KINDS.items():
        parent.attach_mock(double_of(kind), name)
    return parent


@pytest.fixture
def doubles() -> Mock:
    """The collaborators of services. `mock_calls` records the calls of all of them, in order.

    Passwords match the hashes of the double, and no rate limit is reached.
    """
    parent = _parent()
    parent.reset_mock(return_value=True, side_effect=True)
    passwords, rate_limits = parent.passwords, parent.rate_limits
    passwords.hash.side_effect = lambda password: f"hash of {password}"
    passwords.verify.side_effect = lambda password, hashed: hashed == f"hash of {password}"
    passwords.needs_rehash.return_value = False
    rate_limits.count_login.return_value = None
    rate_limits.count_registration.return_value = None
    return parent


@pytest.fixture
def transaction(doubles: Mock) -> Transaction:
    return recorded_transaction(doubles)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def times() -> SessionTimes:
    return SessionTimes(idle=7_000, total=30_000, grace=10)


@pytest.fixture
def auth(doubles: Mock, times: SessionTimes, transaction: Transaction, clock: Clock) -> AuthService:
    return AuthService(
        doubles.login_sessions,
        doubles.credentials,
        TOKENS,
        times,
        doubles.caller,
        transaction,
        clock,
    )


@pytest.fixture
def accounts(doubles: Mock, transaction: Transaction) -> UserService:
    return UserService(
        doubles.users,
        doubles.login_sessions,
        doubles.favorites,
        doubles.rate_limits,
        doubles.credentials,
        doubles.passwords,
        doubles.caller,
        transaction,
    )


@pytest.fixture
def logged(capfd: pytest.CaptureFixture[str]) -> Logged:
    """Return a function that reads the new log lines, without time, request id and IP address."""

    def read() -> list[dict[str, object]]:
        lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
        common = {"time", "request_id", "ip"}
        return [{name: line[name] for name in line.keys() - common} for line in lines]

    return read
