from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from argon2 import PasswordHasher

from helpers.passwords import Passwords

PARAMETERS = "$argon2id$v=19$m=19456,t=2,p=1$"

# The hash of "correct horse", made with weaker parameters than ours.
WEAK_HASH = "$argon2id$v=19$m=8,t=1,p=1$c2FsdCBvZiBhIHRlc3Q$+AiF+3ipMFTVcJLcREBiMQ"


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords()


def test_hashes_with_the_parameters_that_owasp_asks_for(passwords: Passwords) -> None:
    made = passwords.hash("correct horse")
    assert made.startswith(PARAMETERS)
    assert not passwords.needs_rehash(made)


def test_verifies_the_password_that_was_hashed_and_no_other(passwords: Passwords) -> None:
    made = passwords.hash("🎬" * 128)
    assert passwords.verify("🎬" * 128, made) is True
    assert passwords.verify("🎬" * 127, made) is False


def test_verifies_a_hash_of_other_parameters_and_asks_for_a_new_one(passwords: Passwords) -> None:
    assert passwords.verify("correct horse", WEAK_HASH) is True
    assert passwords.needs_rehash(WEAK_HASH) is True


@pytest.mark.parametrize(
    ("together", "seconds", "outcome"), [(2, 10, type(None)), (3, 0.2, BrokenBarrierError)]
)
def test_hashes_as_many_passwords_at_a_time_as_it_may_and_no_more(
    monkeypatch: pytest.MonkeyPatch, together: int, seconds: float, outcome: type
) -> None:
    passwords, meeting = Passwords(at_once=2), Barrier(together)
    monkeypatch.setattr(PasswordHasher, "hash", lambda *_: meeting.wait(seconds))
    with ThreadPoolExecutor(6) as pool:
        hashed = [pool.submit(passwords.hash, "correct horse") for _ in range(6)]
    assert [type(one.exception()) for one in hashed] == [outcome] * 6


def test_works_as_hard_for_an_account_that_does_not_exist(
    passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    monkeypatch.setattr(PasswordHasher, "verify", lambda _, made, __: verified.append(made))
    assert passwords.verify("correct horse", None) is False
    assert [made.startswith(PARAMETERS) for made in verified] == [True]
