"""Hashing of passwords with argon2id."""

import os
import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError


class Passwords:
    """Hashes and verifies passwords.

    Parameters: 19 MiB of memory, 2 iterations, 1 lane (OWASP Password Storage Cheat Sheet,
    "Argon2id"). At most `at_once` passwords are hashed at a time: hashing on all threads of the
    server would take a gigabyte of memory, and no response would come sooner.
    """

    def __init__(self, at_once: int = os.cpu_count() or 1) -> None:
        self._turn = BoundedSemaphore(at_once)
        self._hasher = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
        self._dummy_hash = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """Return a salted hash in the PHC string format."""
        with self._turn:
            return self._hasher.hash(password)

    def unusable_hash(self) -> str:
        """Return the hash of a random password, which is not stored."""
        return self._dummy_hash

    def needs_rehash(self, password_hash: str) -> bool:
        """Return whether the hash was made with other parameters than the current ones."""
        return self._hasher.check_needs_rehash(password_hash)

    def verify(self, password: str, password_hash: str | None) -> bool:
        """Return whether the hash is that of the password.

        None stands for an account that does not exist, and takes as long as a wrong password.
        """
        try:
            with self._turn:
                self._hasher.verify(password_hash or self._dummy_hash, password)
        except VerifyMismatchError:
            return False
        return password_hash is not None
