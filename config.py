"""The settings, read here and nowhere else: from the environment, and from a file `.env`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent
# A folder may be called `100%` or `a?b`, which mean something in a URL.
_DEFAULT_DATABASE = ROOT / "instance" / "kinoteka.db"
DEFAULT_DATABASE_URL = f"sqlite:///{quote(_DEFAULT_DATABASE.as_posix(), safe='/:')}"
SECRET_KEY_MIN_BYTES = 32


# A host, perhaps with a port: nothing that a link or a header could not hold.
_HOST = r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?"


class ConfigError(ValueError):
    """A setting is missing or cannot be used. The text names it, and never shows a secret."""


Rate = tuple[int, int] | None  # So many times in so many seconds; None is no limit.


def _setting(default: Any, read: Callable[[str, str], Any], **options: Any) -> Any:
    """Declare a setting that is no text; `read` is called with its name and its text."""
    return field(default=default, metadata={"read": read}, **options)


def _number(default: int, *, least: int, most: int = 999_999_999) -> Any:
    def read(name: str, text: str) -> int:
        if not text:
            return default
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ConfigError(f"{name} must be a whole number from {least} to {most}.")
        return int(text)

    return _setting(default, read)


def _rate(hits: int, seconds: int) -> Any:
    return _setting((hits, seconds), _read_rate)


def _read_rate(name: str, text: str) -> Rate:
    if not text.strip():
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,8})/([1-9][0-9]{0,8})", text.strip())
    if found is None:
        raise ConfigError(f'{name} must be "hits/seconds", for instance 10/60, or empty.')
    return int(found[1]), int(found[2])


def _read_list(_name: str, text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(",") if item.strip())


def _read_origins(name: str, text: str) -> tuple[str, ...]:
    # An origin has no path, but is often written with a final slash. Browsers send small letters.
    origins = tuple(origin.rstrip("/").lower() for origin in _read_list(name, text))
    if not all(re.fullmatch(rf"\*|[a-z][a-z0-9+.-]*://{_HOST}", origin) for origin in origins):
        example = "https://films.example,http://localhost:3000"
        raise ConfigError(f"{name} must have origins with their schemes, such as {example}, or *.")
    return origins


def _read_url(name: str, text: str) -> str | None:
    if text and not re.fullmatch(rf"https?://{_HOST}(/[A-Za-z0-9._~-]+)*/?", text):
        raise ConfigError(f"{name} must be an address such as https://films.example/api.")
    return text.rstrip("/") or None


@dataclass(frozen=True, kw_only=True)
class Config:
    """What `create_app` is configured with; times are in seconds.

    Field names are the names of the environment variables.
    """

    SECRET_KEY: str = field(repr=False)
    SECRET_KEY_FALLBACKS: tuple[str, ...] = _setting((), _read_list, repr=False)
    DATABASE_URL: str = field(default=DEFAULT_DATABASE_URL, repr=False)
    HOST: str = "127.0.0.1"
    PORT: int = _number(25000, least=1, most=65535)
    WORKERS: int = _number(1, least=1)
    ACCESS_TOKEN_SECONDS: int = _number(15 * 60, least=1)
    REFRESH_TOKEN_SECONDS: int = _number(7 * 24 * 60 * 60, least=1)
    SESSION_SECONDS: int = _number(30 * 24 * 60 * 60, least=1)
    REFRESH_GRACE_SECONDS: int = _number(10, least=0)
    LIMIT_LOGIN_PAIR: Rate = _rate(10, 5 * 60)
    LIMIT_LOGIN_IP: Rate = _rate(100, 15 * 60)
    LIMIT_LOGIN_ADDRESS: Rate = _rate(100, 24 * 60 * 60)
    LIMIT_REGISTER_IP: Rate = _rate(10, 60)
    TRUSTED_PROXIES: int = _number(0, least=0)
    CORS_ORIGINS: tuple[str, ...] = _setting(("*",), _read_origins)
    WHOLE_LIST_DELAY_MS: int = _number(100, least=0, most=5_000)
    PUBLIC_URL: str | None = _setting(None, _read_url)

    def __post_init__(self) -> None:
        _check_database_url(self.DATABASE_URL)
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

    @property
    def url(self) -> str:
        """The address that clients use, as far as the settings tell."""
        # A server listens on these, but nobody can call them.
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.HOST, self.HOST)  # noqa: S104
        return self.PUBLIC_URL or f"http://{f'[{host}]' if ':' in host else host}:{self.PORT}"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Config:
        """Read every setting that is present; the others keep their defaults.

        Without an argument they come from the process's environment, and those that are missing
        there from `.env` in the project's folder. Raises ConfigError.
        """
        if environment is None:
            environment = _file(ROOT / ".env") | os.environ
        settings: dict[str, object] = {"SECRET_KEY": ""}
        for setting in fields(cls):
            text = environment.get(setting.name)
            if read := setting.metadata.get("read"):
                if text is not None:
                    settings[setting.name] = read(setting.name, text)
            elif text:
                settings[setting.name] = text
        return cls(**settings)  # type: ignore[arg-type]  # The names are the fields' own.


def _check_database_url(url: str) -> None:
    """Raise ConfigError for a URL that is not one, without repeating a part of it."""
    if url.startswith("postgres://"):
        raise ConfigError("DATABASE_URL begins with postgres://: write postgresql:// instead.")
    if re.fullmatch(r"sqlite://(/:memory:|/?)(\?.*)?", url):
        raise ConfigError("DATABASE_URL must name a file: every thread would have another memory.")
    if url.startswith("sqlite:///"):
        return
    if not re.match(r"postgresql(\+psycopg)?://", url):
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    try:
        parts = urlsplit(url)
        is_read = parts.port != 0 and "@" not in parts.path and not parts.fragment
    except ValueError:  # Its port is no number, because something before it ended the password.
        is_read = False
    if not is_read or not parts.path.strip("/"):
        raise ConfigError(
            "DATABASE_URL cannot be read: it is postgresql://user:password@host:port/database, "
            "and in a password @ is written %40, / %2F, : %3A, # %23, ? %3F and % %25."
        )


def _file(path: Path) -> dict[str, str]:
    values = dotenv_values(path, interpolate=False)
    return {name: value for name, value in values.items() if value is not None}
