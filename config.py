"""The settings, read from the environment here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent
DEFAULT_DATABASE_URL = f"sqlite:///{ROOT / 'instance' / 'kinoteka.db'}"
SECRET_KEY_MIN_BYTES = 32


class ConfigError(ValueError):
    """A setting is missing or cannot be used. The text names it, and never shows a secret."""


# So many times in so many seconds; None is no limit.
Rate = tuple[int, int] | None


@dataclass(frozen=True, kw_only=True)
class Config:
    """What `create_app` is configured with; times are in seconds.

    Field names are the names of the environment variables, and of Flask's own settings.
    """

    SECRET_KEY: str = field(repr=False)
    SECRET_KEY_FALLBACKS: tuple[str, ...] = field(default=(), repr=False)
    DATABASE_URL: str = field(default=DEFAULT_DATABASE_URL, repr=False)
    ACCESS_TOKEN_SECONDS: int = 15 * 60
    REFRESH_TOKEN_SECONDS: int = 7 * 24 * 60 * 60
    SESSION_SECONDS: int = 30 * 24 * 60 * 60
    REFRESH_GRACE_SECONDS: int = 10
    LIMIT_LOGIN_PAIR: Rate = (10, 5 * 60)
    LIMIT_LOGIN_IP: Rate = (100, 15 * 60)
    LIMIT_LOGIN_ADDRESS: Rate = (100, 24 * 60 * 60)
    LIMIT_REGISTER_IP: Rate = (10, 60)
    TRUSTED_PROXIES: int = 0
    CORS_ORIGINS: tuple[str, ...] = ("*",)

    def __post_init__(self) -> None:
        if not re.match(r"sqlite:///.|postgresql(\+psycopg)?://", self.DATABASE_URL):
            raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
        if "," in self.SECRET_KEY:
            raise ConfigError(
                "SECRET_KEY must have no comma: it could not become one of SECRET_KEY_FALLBACKS, "
                "which commas separate."
            )
        for key in (self.SECRET_KEY, *self.SECRET_KEY_FALLBACKS):
            if len(key.encode()) < SECRET_KEY_MIN_BYTES:
                raise ConfigError(
                    f"SECRET_KEY and each of SECRET_KEY_FALLBACKS must have at least "
                    f"{SECRET_KEY_MIN_BYTES} bytes. Make one with: "
                    f"python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
                )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Config:
        """Read every setting that is present; the others keep their defaults.

        Raises ConfigError.
        """
        settings: dict[str, object] = {"SECRET_KEY": environment.get("SECRET_KEY", "")}
        if environment.get("DATABASE_URL"):
            settings["DATABASE_URL"] = environment["DATABASE_URL"]
        if "SECRET_KEY_FALLBACKS" in environment:
            settings["SECRET_KEY_FALLBACKS"] = _list(environment["SECRET_KEY_FALLBACKS"])
        if "CORS_ORIGINS" in environment:
            # An origin has no path, but is often written with a final slash.
            origins = _list(environment["CORS_ORIGINS"])
            settings["CORS_ORIGINS"] = tuple(origin.rstrip("/") for origin in origins)
        for name, least in _NUMBERS.items():
            if environment.get(name):
                settings[name] = _number(name, environment[name], least)
        for name in _RATES:
            if name in environment:
                settings[name] = _rate(name, environment[name])
        return cls(**settings)  # type: ignore[arg-type]  # The names are the fields' own.


# Every setting that is a number, with the least that makes sense.
_NUMBERS = {
    "ACCESS_TOKEN_SECONDS": 1,
    "REFRESH_TOKEN_SECONDS": 1,
    "SESSION_SECONDS": 1,
    "REFRESH_GRACE_SECONDS": 0,
    "TRUSTED_PROXIES": 0,
}
_RATES = ("LIMIT_LOGIN_PAIR", "LIMIT_LOGIN_IP", "LIMIT_LOGIN_ADDRESS", "LIMIT_REGISTER_IP")


def _list(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(",") if item.strip())


def _number(name: str, text: str, least: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < least:
        raise ConfigError(f"{name} must be a whole number of at most 9 digits, at least {least}.")
    return int(text)


def _rate(name: str, text: str) -> Rate:
    if not text.strip():
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,8})/([1-9][0-9]{0,8})", text.strip())
    if found is None:
        raise ConfigError(f'{name} must be "hits/seconds", for instance 10/60, or empty.')
    return int(found[1]), int(found[2])
