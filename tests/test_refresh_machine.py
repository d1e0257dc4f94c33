"""Whatever happens in whatever order, a login session keeps its promises (refresh and replay).

A model of a few lines says what each step has to do; the real services do it on a real database,
with a clock that the test moves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from unittest.mock import create_autospec

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from dao.favorite import FavoriteDAO
from dao.login_session import LoginSessionDAO
from dao.rate_limit import RateLimitDAO
from dao.user import UserDAO
from helpers.passwords import Passwords
from helpers.tokens import TokenPair, Tokens
from service.auth import AuthService, SessionTimes
from service.caller import CallerLock
from service.credentials import CredentialsService
from service.errors import BadToken
from service.rate_limit import Limits, RateLimitService
from service.user import UserService
from setup_db import transaction

ACCESS, IDLE, TOTAL, GRACE = 900, 3600, 4 * 3600, 10
STEPS = [1, 9, 10, 11, 899, 900, 3600]
IP = "192.0.2.1"

_numbers = count(1)


@dataclass
class Device:
    """What the model knows of one session."""

    began: int
    expires: int
    rotated: int
    generation: int = 0
    ended: bool = False


@dataclass(frozen=True)
class Held:
    """A pair that somebody holds, and when it was issued."""

    pair: TokenPair
    device: Device = field(compare=False)
    generation: int
    issued: int
    session_end: int


class Refresh(RuleBasedStateMachine):
    """Steps that clients and thieves can take, each compared with the model."""

    held = Bundle("held")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.now = 1_800_000_000
        self.devices: list[Device] = []
        self.pairs: list[Held] = []
        passwords = create_autospec(Passwords, instance=True, spec_set=True)
        passwords.hash.side_effect = str
        passwords.verify.side_effect = str.__eq__
        passwords.needs_rehash.return_value = False
        unit_of_work = partial(transaction, session)
        users, login_sessions = UserDAO(session), LoginSessionDAO(session)
        limits = Limits(None, None, None, None)
        rate_limits = RateLimitService(RateLimitDAO(session), login_sessions, limits, self.clock)
        credentials = CredentialsService(users, rate_limits, passwords, unit_of_work)
        lock_caller = CallerLock(login_sessions, self.clock)
        self.auth = AuthService(
            login_sessions,
            credentials,
            Tokens(["k" * 32], ACCESS),
            SessionTimes(IDLE, TOTAL, GRACE),
            lock_caller,
            unit_of_work,
            self.clock,
        )
        daos = users, login_sessions, FavoriteDAO(session)
        self.users = UserService(
            *daos, rate_limits, credentials, passwords, lock_caller, unit_of_work
        )

    def clock(self) -> int:
        return self.now

    def alive(self, device: Device) -> bool:
        return not device.ended and self.now < device.expires

    def may_act(self, held: Held) -> bool:
        access_end = min(held.issued + ACCESS, held.session_end)
        return self.alive(held.device) and self.now < access_end

    def note(self, pair: TokenPair, device: Device) -> Held:
        held = Held(pair, device, device.generation, self.now, device.expires)
        self.pairs.append(held)
        return held

    @contextmanager
    def refused_unless(self, allowed: bool) -> Iterator[None]:
        try:
            yield
        except BadToken:
            assert not allowed
        else:
            assert allowed

    @initialize()
    def register(self) -> None:
        self.email, self.password = f"user{next(_numbers)}@example.com", "first password"
        self.users.register(self.email, self.password, IP)

    @rule(target=held)
    def log_in(self) -> Held:
        pair = self.auth.log_in(self.email, self.password, IP)
        device = Device(self.now, self.now + IDLE, self.now)
        self.devices.append(device)
        return self.note(pair, device)

    @rule(target=held, old=held)
    def refresh(self, old: Held) -> Held:
        device = old.device
        is_good = self.alive(device) and self.now < old.session_end
        is_current = old.generation == device.generation
        is_parent = old.generation == device.generation - 1
        in_grace = is_parent and self.now - device.rotated <= GRACE
        with self.refused_unless(is_good and (is_current or in_grace)):
            pair = self.auth.refresh(old.pair.access_token, old.pair.refresh_token)
            if is_current:
                device.generation += 1
                device.rotated = self.now
                device.expires = min(self.now + IDLE, device.began + TOTAL)
            return self.note(pair, device)
        if is_good:
            device.ended = True  # Somebody replays.
        return old

    @rule(by=held)
    def log_out(self, by: Held) -> None:
        with self.refused_unless(self.may_act(by)):
            self.auth.log_out(self.auth.authenticate(by.pair.access_token))
            by.device.ended = True

    @rule(by=held)
    def change_password(self, by: Held) -> None:
        with self.refused_unless(self.may_act(by)):
            caller = self.auth.authenticate(by.pair.access_token)
            new = f"password {next(_numbers)}"
            self.users.change_password(caller, self.password, new, IP)
            self.password = new
            for device in self.devices:
                device.ended = device.ended or device is not by.device

    @rule(seconds=st.sampled_from(STEPS))
    def let_time_pass(self, seconds: int) -> None:
        self.now += seconds

    @invariant()
    def an_access_token_works_while_it_and_its_session_last(self) -> None:
        for held in self.pairs[-5:]:
            with self.refused_unless(self.may_act(held)):
                self.auth.authenticate(held.pair.access_token)


@pytest.mark.parametrize("examples", [10, pytest.param(100, marks=pytest.mark.long)])
def test_any_order_of_steps_keeps_the_promises(session: Session, examples: int) -> None:
    run_state_machine_as_test(
        lambda: Refresh(session),  # type: ignore[arg-type]  # Called like a class.
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
