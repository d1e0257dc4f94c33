from collections.abc import Callable
from unittest.mock import ANY, Mock, call

import pytest

from dao.rate_limit import Count
from helpers.settings import Rate
from service.rate_limit import Limits, RateLimitService
from tests.service.doubles import NOW, Clock

EMAIL, IP = "ann@example.com", "192.0.2.1"

# The durations of the limits in seconds, which identify them.
PAIR, BY_IP, BY_EMAIL, REGISTRATION = 300, 900, 86_400, 60


LIMITS = Limits(
    pair=Rate(10, PAIR),
    ip=Rate(100, BY_IP),
    email=Rate(200, BY_EMAIL),
    registration=Rate(5, REGISTRATION),
)


@pytest.fixture
def service(doubles: Mock, clock: Clock) -> RateLimitService:
    have(doubles, {})
    doubles.login_sessions.is_signed_in_from.return_value = False
    return RateLimitService(doubles.windows, doubles.login_sessions, LIMITS, clock)


def have(doubles: Mock, hits: dict[int, int]) -> None:
    """Set the number of attempts by limit, including this one. Windows end in 42 seconds.

    The first check, before counting, finds no attempts.
    """
    doubles.windows.find.return_value = {}
    doubles.windows.count.side_effect = lambda _, now, seconds: Count(
        hits.get(seconds, 1), now + 42
    )


def log_in(service: RateLimitService) -> int | None:
    return service.count_login(EMAIL, IP)


def register(service: RateLimitService) -> int | None:
    return service.count_registration(IP)


def test_counts_by_each_limit_and_deletes_last(service: RateLimitService, doubles: Mock) -> None:
    assert log_in(service) is None
    keys = [made.args[0] for made in doubles.windows.count.mock_calls]
    assert doubles.mock_calls == [
        call.login_sessions.is_signed_in_from(EMAIL, IP, NOW),
        call.windows.find(keys, NOW),
        *(call.windows.count(ANY, NOW, limit) for limit in (PAIR, BY_IP, BY_EMAIL)),
        # Deleting before counting could deadlock two transactions.
        call.windows.delete_expired(NOW),
    ]


@pytest.mark.parametrize(("beyond", "wait"), [(0, None), (1, 42)], ids=["most", "one too many"])
@pytest.mark.parametrize(
    ("limit", "most"), [(PAIR, 10), (BY_IP, 100), (BY_EMAIL, 200), (REGISTRATION, 5)]
)
def test_allows_so_many_attempts_and_then_says_how_long_to_wait(
    service: RateLimitService, doubles: Mock, limit: int, most: int, beyond: int, wait: int | None
) -> None:
    have(doubles, {limit: most + beyond})
    assert (register(service) if limit == REGISTRATION else log_in(service)) == wait


@pytest.mark.parametrize(
    ("place", "most", "attempt"),
    [(2, 200, log_in), (3, 5, register)],
    ids=["last limit of a login", "registration"],
)
def test_writes_nothing_above_a_limit(
    service: RateLimitService,
    doubles: Mock,
    place: int,
    most: int,
    attempt: Callable[[RateLimitService], int | None],
) -> None:
    over = keys(service, doubles, EMAIL, IP)[place]
    doubles.reset_mock()
    doubles.windows.find.return_value = {over: Count(most, NOW + 42)}
    assert attempt(service) == 42
    assert doubles.windows.count.mock_calls == doubles.windows.delete_expired.mock_calls == []


def test_counts_no_further_than_the_first_refusal(service: RateLimitService, doubles: Mock) -> None:
    have(doubles, {BY_IP: 1_000})
    log_in(service)
    assert [made.args[2] for made in doubles.windows.count.mock_calls] == [PAIR, BY_IP]


def keys(service: RateLimitService, doubles: Mock, email: str, ip: str) -> list[str]:
    """Return the keys under which the pair, IP address, e-mail and registration are counted."""
    doubles.windows.count.reset_mock()
    service.count_login(email, ip)
    service.count_registration(ip)
    return [made.args[0] for made in doubles.windows.count.mock_calls]


@pytest.mark.parametrize(
    ("email", "ip", "shared"),
    [(EMAIL, "192.0.2.2", [2]), ("bob@example.com", IP, [1, 3])],
    ids=["another ip", "another e-mail"],
)
def test_shares_no_count_but_that_of_the_same_email_or_ip(
    service: RateLimitService, doubles: Mock, email: str, ip: str, shared: list[int]
) -> None:
    one, other = keys(service, doubles, EMAIL, IP), keys(service, doubles, email, ip)
    assert [place for place, key in enumerate(one) if key in other] == shared


def test_keeps_neither_email_nor_ip(service: RateLimitService, doubles: Mock) -> None:
    kept = " ".join(keys(service, doubles, EMAIL, IP))
    assert EMAIL not in kept
    assert IP not in kept


def test_forgets_the_attempts_of_the_pair_alone(service: RateLimitService, doubles: Mock) -> None:
    pair, *_ = keys(service, doubles, EMAIL, IP)
    service.forgive(EMAIL, IP)
    assert doubles.windows.delete.mock_calls == [call(pair)]
