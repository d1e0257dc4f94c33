from __future__ import annotations

import pytest

from config import DEFAULT_DATABASE_URL, Config, ConfigError

KEY = "k" * 32


def test_takes_the_settings_that_are_there() -> None:
    config = Config.from_environment(
        {
            "SECRET_KEY": KEY,
            "SECRET_KEY_FALLBACKS": f"{'a' * 32}, {'b' * 32}",
            "ACCESS_TOKEN_SECONDS": "60",
            "REFRESH_GRACE_SECONDS": "0",
            "CORS_ORIGINS": "https://one.example,https://two.example",
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


@pytest.mark.parametrize("text", ["-1", "0", "1.5", "soon", "١"])
def test_refuses_what_is_no_number_of_seconds(text: str) -> None:
    with pytest.raises(ConfigError, match="ACCESS_TOKEN_SECONDS must be a whole number"):
        Config.from_environment({"SECRET_KEY": KEY, "ACCESS_TOKEN_SECONDS": text})


def test_shows_no_secret() -> None:
    config = Config(SECRET_KEY=KEY, DATABASE_URL="postgresql://me:password@host/films")
    assert KEY not in repr(config)
    assert "password" not in repr(config)
