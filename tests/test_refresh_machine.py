"""A login session follows the rules for refresh and replay in any order of events.

A small model predicts the result of each step. The real services run on a real database, with a
clock that the test sets.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from dao.login_session import LoginSessionDAO
from helpers.tokens import TokenPair, Tokens
from service.auth import AuthService, SessionTimes
from service.caller import CallerLock
from service.credentials import CredentialsService, Verified
from service.errors import BadToken
from setup_db import transaction
from tests.service.doubles import double_of
from tests.support.builders import an_account, new_users

ACCESS, IDLE, TOTAL, GRACE = 900, 3600, 4 * 3600, 10
STEPS = [1, 9, 10, 11, 899, 900, 3600]


@dataclass
class Device:
    """The model of one session. The session has ended if `expires` is the current time."""

    began: int
    expires: int
    rotated: int
    generation: int = 0


@dataclass(frozen=True)
class Held:
    """A pair of tokens that a client or thief holds, and the time when it was issued."""

    pair: TokenPair
    device: Device = field(compare=False)
    generation: int
    issued: int
    session_end: int


class Refresh(RuleBasedStateMachine):
    """Steps of clients and thieves, each compared with the model."""

    held = Bundle("held")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.now = 1_800_000_000
        self.pairs: list[Held] = []
        [user_id] = new_users(session, 1)
        credentials = double_of(CredentialsService)
        credentials.verify.return_value = Verified(an_account(id=user_id), "192.0.2.1")
        login_sessions = LoginSessionDAO(session)
        self.auth = AuthService(
            login_sessions,
            credentials,
            Tokens(["k" * 32], ACCESS),
            SessionTimes(IDLE, TOTAL, GRACE),
            CallerLock(login_sessions, self.clock),
            partial(transaction, session),
            self.clock,
        )

    def clock(self) -> int:
        return self.now

    def may_act(self, held: Held) -> bool:
        return self.now < min(held.device.expires, held.session_end, held.issued + ACCESS)

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

    @rule(target=held)
    def log_in(self) -> Held:
        pair = self.auth.log_in("ann@example.com", "right", "192.0.2.1")
        return self.note(pair, Device(self.now, self.now + IDLE, self.now))

    @rule(target=held, old=held)
    def refresh(self, old: Held) -> Held:
        device = old.device
        is_good = self.now < min(device.expires, old.session_end)
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
            device.expires = self.now  # A replay ends the session.
        return old

    @rule(by=held)
    def log_out(self, by: Held) -> None:
        with self.refused_unless(self.may_act(by)):
            self.auth.log_out(self.auth.authenticate(by.pair.access_token))
            by.device.expires = self.now

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
        lambda: Refresh(session),  # type: ignore[arg-type]  # It is called like a class.
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
