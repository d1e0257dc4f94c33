from __future__ import annotations

from collections.abc import Callable
from unittest.mock import Mock

import pytest

from dao.rate_limit import Count, RateLimitDAO
from service.rate_limit import Limit, Limits, RateLimitService
from tests.service.doubles import Clock, RecordingTransaction, double_of

NOW = 1_700_000_000
EMAIL, IP = "ann@example.com", "192.0.2.1"

# Each limit is known by its seconds.
PAIR, BY_IP, ADDRESS, REGISTRATION = 300, 900, 86_400, 60
LIMITS = Limits(
    pair=Limit(10, PAIR),
    ip=Limit(100, BY_IP),
    email=Limit(200, ADDRESS),
    registration=Limit(5, REGISTRATION),
)

Attempt = Callable[[RateLimitService], int | None]


@pytest.fixture
def counts() -> Mock:
    return double_of(RateLimitDAO)


@pytest.fixture
def limits() -> Limits:
    return LIMITS


@pytest.fixture
def service(
    counts: Mock,
    login_sessions: Mock,
    limits: Limits,
    clock: Clock,
    transaction: RecordingTransaction,
) -> RateLimitService:
    have(counts)
    login_sessions.is_signed_in_from.return_value = False
    return RateLimitService(transaction.watch("counts", counts), login_sessions, limits, clock)


def have(counts: Mock, hits: dict[int, int] | None = None) -> None:
    """Let limits have so many attempts, this one included, in windows of 42 seconds more."""
    known = hits or {}
    counts.count.side_effect = lambda _, now, seconds: Count(known.get(seconds, 1), now + 42)


def asked(counts: Mock) -> list[int]:
    """The limits that were counted, in this order."""
    return [call.args[2] for call in counts.count.call_args_list]


def log_in(service: RateLimitService) -> int | None:
    return service.count_login(EMAIL, IP)


def register(service: RateLimitService) -> int | None:
    return service.count_registration(IP)


def test_counts_for_the_pair_then_for_the_ip_then_for_the_address(
    service: RateLimitService, counts: Mock
) -> None:
    log_in(service)
    assert asked(counts) == [PAIR, BY_IP, ADDRESS]


def test_counts_a_registration_for_the_ip(service: RateLimitService, counts: Mock) -> None:
    register(service)
    assert asked(counts) == [REGISTRATION]


EACH = pytest.mark.parametrize(
    ("attempt", "limit", "most"),
    [
        (log_in, PAIR, 10),
        (log_in, BY_IP, 100),
        (log_in, ADDRESS, 200),
        (register, REGISTRATION, 5),
    ],
    ids=["pair", "ip", "address", "registration"],
)


@EACH
def test_allows_as_many_attempts_as_the_limit_says(
    service: RateLimitService, counts: Mock, attempt: Attempt, limit: int, most: int
) -> None:
    have(counts, {limit: most})
    assert attempt(service) is None


@EACH
def test_says_how_long_to_wait_where_it_is_one_too_many(
    service: RateLimitService, counts: Mock, attempt: Attempt, limit: int, most: int
) -> None:
    have(counts, {limit: most + 1})
    assert attempt(service) == 42


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(PAIR, [PAIR]), (BY_IP, [PAIR, BY_IP]), (ADDRESS, [PAIR, BY_IP, ADDRESS])],
    ids=["pair", "ip", "address"],
)
def test_counts_no_further_than_the_first_refusal(
    service: RateLimitService, counts: Mock, limit: int, expected: list[int]
) -> None:
    have(counts, {limit: 1_000})
    log_in(service)
    assert asked(counts) == expected


def test_an_ip_that_is_signed_in_to_the_account_is_not_held_to_the_limit_of_the_address(
    service: RateLimitService, counts: Mock, login_sessions: Mock
) -> None:
    have(counts, {ADDRESS: 1_000})
    login_sessions.is_signed_in_from.return_value = True
    assert log_in(service) is None
    login_sessions.is_signed_in_from.assert_called_once_with(EMAIL, IP, NOW)


def test_an_ip_that_is_signed_in_to_the_account_is_held_to_the_other_limits(
    service: RateLimitService, counts: Mock, login_sessions: Mock
) -> None:
    login_sessions.is_signed_in_from.return_value = True
    log_in(service)
    assert asked(counts) == [PAIR, BY_IP]


@pytest.mark.parametrize("limits", [Limits(None, None, None, None)])
@pytest.mark.parametrize("attempt", [log_in, register])
def test_counts_nothing_where_there_is_no_limit(
    service: RateLimitService, counts: Mock, attempt: Attempt
) -> None:
    assert attempt(service) is None
    assert asked(counts) == []


def keys(service: RateLimitService, counts: Mock, email: str, ip: str) -> list[str]:
    counts.count.reset_mock()
    service.count_login(email, ip)
    service.count_registration(ip)
    return [call.args[0] for call in counts.count.call_args_list]


def test_counts_each_limit_under_a_key_of_its_own(service: RateLimitService, counts: Mock) -> None:
    assert len(set(keys(service, counts, IP, IP))) == 4


def test_an_attempt_from_elsewhere_shares_only_the_count_of_the_address(
    service: RateLimitService, counts: Mock
) -> None:
    here = keys(service, counts, EMAIL, IP)
    elsewhere = keys(service, counts, EMAIL, "192.0.2.2")
    assert set(here) & set(elsewhere) == {here[2]}


def test_an_attempt_at_another_address_shares_only_the_counts_of_the_ip(
    service: RateLimitService, counts: Mock
) -> None:
    one = keys(service, counts, EMAIL, IP)
    other = keys(service, counts, "bob@example.com", IP)
    assert set(one) & set(other) == {one[1], one[3]}


def test_keeps_neither_address_nor_ip(service: RateLimitService, counts: Mock) -> None:
    kept = " ".join(keys(service, counts, EMAIL, IP))
    assert EMAIL not in kept
    assert IP not in kept


def test_forgets_the_attempts_of_the_pair_alone(service: RateLimitService, counts: Mock) -> None:
    pair, *_ = keys(service, counts, EMAIL, IP)
    service.forgive(EMAIL, IP)
    counts.delete.assert_called_once_with(pair)


def test_deletes_windows_that_are_over(service: RateLimitService, counts: Mock) -> None:
    log_in(service)
    counts.delete_expired.assert_called_once_with(NOW)


def test_deletes_windows_only_after_it_has_counted(
    service: RateLimitService, transaction: RecordingTransaction
) -> None:
    # Two that have deleted each other's windows first would wait for each other when they count.
    log_in(service)
    assert transaction.log == [*["counts.count"] * 3, "counts.delete_expired"]
