from __future__ import annotations

import tomllib

import pytest

from config import DEFAULT_DATABASE_URL, ROOT, Config, ConfigError
from constants import VERSION

KEY = "k" * 32


def test_takes_the_settings_that_are_there() -> None:
    config = Config.from_environment(
        {
            "SECRET_KEY": KEY,
            "SECRET_KEY_FALLBACKS": f"{'a' * 32}, {'b' * 32}",
            "ACCESS_TOKEN_SECONDS": "60",
            "REFRESH_GRACE_SECONDS": "0",
            "CORS_ORIGINS": "https://one.example, https://two.example/",
            "HOME": "/nowhere",
        }
    )
    assert config == Config(
        SECRET_KEY=KEY,
        SECRET_KEY_FALLBACKS=("a" * 32, "b" * 32),
        ACCESS_TOKEN_SECONDS=60,
        REFRESH_GRACE_SECONDS=0,
        CORS_ORIGINS=("https://one.example", "https://two.example"),
    )


def test_an_empty_setting_is_none_at_all() -> None:
    config = Config.from_environment(
        {"SECRET_KEY": KEY, "DATABASE_URL": "", "ACCESS_TOKEN_SECONDS": ""}
    )
    assert (config.DATABASE_URL, config.ACCESS_TOKEN_SECONDS) == (DEFAULT_DATABASE_URL, 900)


@pytest.mark.parametrize("key", ["", "too short", "k" * 31])
def test_there_is_no_start_without_a_good_key(key: str) -> None:
    with pytest.raises(ConfigError, match="SECRET_KEY") as refused:
        Config.from_environment({"SECRET_KEY": key})
    assert not key or key not in str(refused.value)


def test_a_short_fallback_is_no_good_key_either() -> None:
    with pytest.raises(ConfigError, match="SECRET_KEY_FALLBACKS"):
        Config.from_environment({"SECRET_KEY": KEY, "SECRET_KEY_FALLBACKS": "short"})


def test_a_key_with_a_comma_could_never_be_replaced() -> None:
    with pytest.raises(ConfigError, match="SECRET_KEY must have no comma") as refused:
        Config.from_environment({"SECRET_KEY": f"{KEY},{KEY}"})
    assert KEY not in str(refused.value)


@pytest.mark.parametrize("text", ["-1", "0", "1.5", "soon", "١"])
def test_refuses_what_is_no_number_of_seconds(text: str) -> None:
    with pytest.raises(ConfigError, match="ACCESS_TOKEN_SECONDS must be a whole number"):
        Config.from_environment({"SECRET_KEY": KEY, "ACCESS_TOKEN_SECONDS": text})


def test_shows_no_secret() -> None:
    config = Config(SECRET_KEY=KEY, DATABASE_URL="postgresql://me:password@host/films")
    assert KEY not in repr(config)
    assert "password" not in repr(config)


@pytest.mark.parametrize("url", ["mysql://localhost/films", "sqlite://", "films.db"])
def test_refuses_a_database_it_does_not_know(url: str) -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL must begin with"):
        Config(SECRET_KEY=KEY, DATABASE_URL=url)


@pytest.mark.parametrize("text", ["10", "10/0", "0/60", "ten/60", "10/60/1", "10/9999999999"])
def test_refuses_what_is_no_rate(text: str) -> None:
    with pytest.raises(ConfigError, match="LIMIT_LOGIN_PAIR must be"):
        Config.from_environment({"SECRET_KEY": KEY, "LIMIT_LOGIN_PAIR": text})


def test_an_empty_rate_is_no_limit() -> None:
    config = Config.from_environment({"SECRET_KEY": KEY, "LIMIT_LOGIN_PAIR": " "})
    assert config.LIMIT_LOGIN_PAIR is None
    assert config.LIMIT_LOGIN_IP == (100, 900)


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == VERSION
