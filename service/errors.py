"""What a rule may refuse, in the words of the domain. views/errors.py says it in HTTP's."""

from __future__ import annotations


class ServiceError(Exception):
    """Parent of all refusals. The text is meant for people."""


class InvalidInput(ServiceError):
    """What was given breaks a rule; `errors` has the reasons by field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("The input is not valid.")
        self.errors = errors


class NotAuthenticated(ServiceError):
    """Nobody is signed in, or the credentials are wrong."""


class BadToken(NotAuthenticated):
    """A token was shown, and it is not (or no longer) good."""


class TooManyAttempts(ServiceError):
    """A limit is reached; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many attempts. Try again in {retry_after} seconds.")
        self.retry_after = retry_after


class NotFound(ServiceError):
    """There is no such thing."""


class Conflict(ServiceError):
    """Something else already has what was asked for."""
