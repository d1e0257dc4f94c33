"""Errors of the domain. views/errors.py maps them to HTTP statuses."""


class ServiceError(Exception):
    """Base of all domain errors. The message is a sentence shown to people."""


class InvalidInput(ServiceError):
    """The input breaks a rule; `errors` lists the reasons by field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("The input is not valid.")
        self.errors = errors


class NotAuthenticated(ServiceError):
    """The caller is not signed in, or the credentials are wrong."""


class BadToken(NotAuthenticated):
    """The caller's token is invalid, expired or revoked."""


class TooManyAttempts(ServiceError):
    """A rate limit is exceeded; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many attempts. Try again in {retry_after} seconds.")
        self.retry_after = retry_after


class NotFound(ServiceError):
    """The requested thing does not exist."""


class Conflict(ServiceError):
    """The request conflicts with something that already exists or is under way."""
