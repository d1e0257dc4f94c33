"""The only module that reads settings: from the environment and from a `.env` file."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from dotenv import dotenv_values

from helpers.settings import (
    ConfigError,
    Rate,
    check_database_url,
    read_bearer_token,
    read_delay,
    read_list,
    read_number,
    read_origins,
    read_rate,
    read_url,
)

ROOT = Path(__file__).resolve().parent
SECRET_KEY_MIN_BYTES = 32


def _setting(default: Any, read: Callable[[str, str], Any], **options: Any) -> Any:
    """Declare a setting. `read(name, text)` returns its value."""
    return field(default=default, metadata={"read": read}, **options)


def _text(default: str | None, **options: Any) -> Any:
    return _setting(default, lambda _name, text: text or default, **options)


def _number(default: int, *, least: int, most: int = 999_999_999) -> Any:
    return _setting(default, partial(read_number, default=default, least=least, most=most))


def _rate(hits: int, seconds: int) -> Any:
    return _setting(Rate(hits, seconds), read_rate)


def _instance_url(name: str) -> str:
    # The path of a folder may contain `%` or `?`, which are special in a URL.
    return f"sqlite:///{quote((ROOT / 'instance' / name).as_posix(), safe='/:')}"


DEFAULT_DATABASE_URL = _instance_url("kinoteka.db")
LAB_DATABASE_URL = _instance_url("lab.db")


@dataclass(frozen=True, kw_only=True)
class Config:
    """Settings, by the names of their environment variables. Times are in seconds."""

    SECRET_KEY: str = _text("", repr=False)
    SECRET_KEY_FALLBACKS: tuple[str, ...] = _setting((), read_list, repr=False)
    DATABASE_URL: str = _text(DEFAULT_DATABASE_URL, repr=False)
    HOST: str = _text("127.0.0.1")
    PORT: int = _number(25000, least=1, most=65535)
    WORKERS: int = _number(1, least=1)
    ACCESS_TOKEN_SECONDS: int = _number(15 * 60, least=1)
    REFRESH_TOKEN_SECONDS: int = _number(7 * 24 * 60 * 60, least=1)
    SESSION_SECONDS: int = _number(30 * 24 * 60 * 60, least=1)
    REFRESH_GRACE_SECONDS: int = _number(10, least=0)
    LIMIT_LOGIN_PAIR: Rate | None = _rate(10, 5 * 60)
    LIMIT_LOGIN_IP: Rate | None = _rate(100, 15 * 60)
    LIMIT_LOGIN_ADDRESS: Rate | None = _rate(100, 24 * 60 * 60)
    LIMIT_REGISTER_IP: Rate | None = _rate(10, 60)
    TRUSTED_PROXIES: int = _number(0, least=0)
    CORS_ORIGINS: tuple[str, ...] = _setting(("*",), read_origins)
    WHOLE_LIST_DELAY_MS: int = _number(100, least=0, most=5_000)
    PUBLIC_URL: str | None = _setting(None, read_url)
    METRICS_TOKEN: str | None = _setting(None, read_bearer_token, repr=False)
    METRICS_FOLDER: str | None = _text(None)

    def __post_init__(self) -> None:
        check_database_url(self.DATABASE_URL)
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
    def lifetimes(self) -> dict[str, int]:
        """The lifetimes of tokens and sessions in seconds, by setting."""
        return {name: value for name, value in vars(self).items() if name.endswith("_SECONDS")}

    @property
    def url(self) -> str:
        """The URL for clients: PUBLIC_URL, or one built from HOST and PORT."""
        # A server can listen on these addresses, but no client can connect to them.
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.HOST, self.HOST)  # noqa: S104
        return self.PUBLIC_URL or f"http://{f'[{host}]' if ':' in host else host}:{self.PORT}"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str | None] | None = None) -> Self:
        """Read the settings; missing ones get their defaults. Raises ConfigError.

        Without an argument, they come from the environment of the process and, where it lacks
        them, from `.env` in the project's folder.
        """
        if environment is None:
            environment = {**_settings_file(ROOT / ".env"), **os.environ}
        settings = {}
        for setting in fields(cls):
            text = environment.get(setting.name)
            if text is not None:
                settings[setting.name] = setting.metadata["read"](setting.name, text)
        return cls(**settings)


@dataclass(frozen=True, kw_only=True)
class LabConfig(Config):
    """The settings of `./dev lab`, which ignores DATABASE_URL and uses its own database."""

    DATABASE_URL: str = _setting(LAB_DATABASE_URL, lambda *_: LAB_DATABASE_URL, repr=False)
    LAB_DELAY_MS: tuple[int, int] = _setting((0, 0), read_delay)
    LAB_FAILURE_PERCENT: int = _number(0, least=0, most=100)
    LAB_SEED: int = _number(1, least=0)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.WORKERS != 1:
            raise ConfigError("WORKERS must be 1 for ./dev lab, which counts requests in memory.")


def _settings_file(path: Path) -> dict[str, str | None]:
    try:
        return dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    except UnicodeDecodeError:  # Its message would quote the file.
        raise ConfigError(f"{path} is not encoded as UTF-8. Save it anew as UTF-8.") from None
