import re
from pathlib import Path

import pytest

import config
from app import create_app
from config import DEFAULT_DATABASE_URL, LAB_DATABASE_URL, Config, LabConfig
from helpers.settings import ConfigError

KEY = "k" * 32
FILMS = "postgresql://me@/films?"
TWO_HOSTS = f"{FILMS}host=a,b&port=1,2&target_session_attrs=read-write"


def read(**settings: str) -> Config:
    return Config.from_environment({"SECRET_KEY": KEY, **settings})


def read_lab(**settings: str) -> LabConfig:
    return LabConfig.from_environment({"SECRET_KEY": KEY, **settings})


def test_takes_the_settings_that_are_there() -> None:
    assert read(
        SECRET_KEY_FALLBACKS=f"{'a' * 32}, {'b' * 32}",
        PORT="8080",
        REFRESH_GRACE_SECONDS="0",
        CORS_ORIGINS="https://Films.Example/, http://[::1]:80,capacitor://localhost",
        LIMIT_LOGIN_PAIR=" ",
        LAB_SEED="seven",
    ) == Config(
        SECRET_KEY=KEY,
        SECRET_KEY_FALLBACKS=("a" * 32, "b" * 32),
        PORT=8080,
        REFRESH_GRACE_SECONDS=0,
        CORS_ORIGINS=("https://films.example", "http://[::1]:80", "capacitor://localhost"),
        LIMIT_LOGIN_PAIR=None,
    )


def test_an_empty_setting_counts_as_missing() -> None:
    names = ("DATABASE_URL", "ACCESS_TOKEN_SECONDS", "HOST", "PORT", "PUBLIC_URL")
    assert read(**dict.fromkeys(names, "")) == Config(SECRET_KEY=KEY)
    assert Config(SECRET_KEY=KEY).DATABASE_URL == DEFAULT_DATABASE_URL


def test_there_may_be_no_origin_at_all() -> None:
    assert read(CORS_ORIGINS="").CORS_ORIGINS == ()


def test_a_public_url_ends_without_a_slash() -> None:
    assert read(PUBLIC_URL="https://films.example/api/").url == "https://films.example/api"


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(f"SECRET_KEY='{KEY}'\nPORT=1111\nHOST=from-the-file\n", "utf-8")
    monkeypatch.setattr(config, "ROOT", tmp_path)
    monkeypatch.delenv("HOST", raising=False)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("PORT", "2222")
    settings = Config.from_environment()
    assert (settings.SECRET_KEY, settings.HOST, settings.PORT) == (KEY, "from-the-file", 2222)


def test_refuses_a_file_that_is_not_utf_8_and_shows_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(f"# Ключ\nSECRET_KEY={KEY}", "cp1251")
    monkeypatch.setattr(config, "ROOT", tmp_path)
    with pytest.raises(ConfigError, match="is not encoded as UTF-8") as refused:
        Config.from_environment()
    assert KEY not in str(refused.value)


# Settings, error messages, and the invalid values that cause them.
REFUSED = [
    ("SECRET_KEY", "must have at least 32 bytes", ["", "k" * 31]),
    ("SECRET_KEY_FALLBACKS", "SECRET_KEY_FALLBACKS must have at least 32", [f"{KEY}, short"]),
    ("SECRET_KEY", "SECRET_KEY must have no comma", [f"{KEY},{KEY}"]),
    ("ACCESS_TOKEN_SECONDS", "must be a whole number from 1", ["-1", "0", "1.5", "١", "1" * 10]),
    ("PORT", "PORT must be a whole number from 1 to 65535", ["65536"]),
    ("WHOLE_LIST_DELAY_MS", "must be a whole number from 0 to 5000", ["5001"]),
    ("DATABASE_URL", "DATABASE_URL must begin with", ["mysql://me:secret@host/films"]),
    ("DATABASE_URL", "write postgresql:// instead", ["postgres://me:secret@host/films"]),
    ("DATABASE_URL", "DATABASE_URL has a ?", ["sqlite:////secret.db?mode=ro"]),
    (
        "DATABASE_URL",
        "DATABASE_URL must name a file",
        ["sqlite://", "sqlite:///?mode=rw", "sqlite:///%3Amemory%3A", "sqlite:///file:secret"],
    ),
    (
        "DATABASE_URL",
        "cannot be read: it is",
        [
            *("postgresql://me:sec/ret@host/films", "postgresql://me@host/films#secret"),
            *("postgresql://a/b@secret", "postgresql://host", "postgresql://host:99999/films"),
        ],
    ),
    (
        "DATABASE_URL",
        "has several hosts, which are",
        [
            *("postgresql://me:secret@a:1,b:2/films", f"{FILMS}host=a:1&host=b:2"),
            *(f"{FILMS}hostaddr=192.0.2.1,192.0.2.2", f"{TWO_HOSTS}&hostaddr=192.0.2.1,192.0.2.2"),
            *(TWO_HOSTS.replace("read-write", "any"), TWO_HOSTS.replace("@/", "@c/")),
            *(TWO_HOSTS.replace("port=1,2", ports) for ports in ("", "port=1", "port=1,x")),
            *(TWO_HOSTS.replace("1,2", ports) for ports in ("1,0", "1,65536")),
            *(TWO_HOSTS.replace("a,b", hosts) for hosts in ("a,", "a,%20b", "[::1],b")),
        ],
    ),
    (
        "CORS_ORIGINS",
        "CORS_ORIGINS must have origins with their schemes",
        [
            *("films.example", "*,films.example", "https://films.example/app", "https://"),
            *("https://*.example", "http://a b", "http://u@host"),
        ],
    ),
    ("PUBLIC_URL", "must be an address such as https://", ["ftp://films.example", "https://a?c"]),
    ("LIMIT_LOGIN_PAIR", 'must be "hits/seconds"', ["10", "10/0", "0/60", "10/9999999999"]),
    ("METRICS_TOKEN", "must have 32 to 512 characters", ["k" * 31, "k" * 513, "k" * 32 + "Ё"]),
]


@pytest.mark.parametrize(
    ("name", "message", "text"),
    [(name, message, text) for name, message, texts in REFUSED for text in texts],
)
def test_refuses_what_it_cannot_use_and_shows_nothing_of_it(
    name: str, message: str, text: str
) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)) as refused:
        read(**{name: text})
    for secret in re.findall(r"k{4,}|, short|me:|secret", text):
        assert secret not in str(refused.value)


def test_the_laboratory_has_settings_and_a_database_of_its_own() -> None:
    assert read_lab(
        DATABASE_URL="postgresql://me@host/films",
        PORT="8080",
        LAB_DELAY_MS="200-1500",
        LAB_FAILURE_PERCENT="20",
        LAB_SEED="7",
    ) == LabConfig(
        SECRET_KEY=KEY,
        DATABASE_URL=LAB_DATABASE_URL,
        PORT=8080,
        LAB_DELAY_MS=(200, 1500),
        LAB_FAILURE_PERCENT=20,
        LAB_SEED=7,
    )
    assert read_lab(LAB_DELAY_MS="300").LAB_DELAY_MS == (300, 300)
    assert read_lab(LAB_DELAY_MS="", LAB_SEED="") == LabConfig(SECRET_KEY=KEY)


RANGE = "LAB_DELAY_MS must be a whole number from 0 to 30000, or a range such as 200-1500."


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        *(
            ("LAB_DELAY_MS", text, RANGE)
            for text in ("30001", "200-30001", "1500-200", "5-", "1-2-3", "١")
        ),
        ("LAB_FAILURE_PERCENT", "101", "LAB_FAILURE_PERCENT must be a whole number from 0 to 100."),
        ("WORKERS", "2", "WORKERS must be 1 for ./dev lab"),
        ("SECRET_KEY", "short", "must have at least 32 bytes"),
    ],
)
def test_refuses_a_laboratory_that_cannot_be(name: str, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)):
        read_lab(**{name: text})


def test_shows_no_secret() -> None:
    settings = Config(
        SECRET_KEY=KEY,
        SECRET_KEY_FALLBACKS=(KEY,),
        DATABASE_URL="postgresql://me:password@host/films",
        METRICS_TOKEN="token" * 7,
    )
    assert re.findall("kkkk|token|password", repr(settings)) == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://me:secret@host/films?secret=1", "an option after its . that PostgreSQL"),
        ("sqlite:////dev/null/films.db", "The folder of DATABASE_URL cannot be made"),
    ],
)
def test_does_not_start_with_a_database_that_cannot_be(url: str, message: str) -> None:
    with pytest.raises(SystemExit, match=rf"^Kinoteka cannot start\. .*{message}") as refused:
        create_app(Config(SECRET_KEY=KEY, DATABASE_URL=url))
    assert "secret" not in str(refused.value)


def test_takes_several_hosts_of_postgresql() -> None:
    create_app(Config(SECRET_KEY=KEY, DATABASE_URL=TWO_HOSTS))


def test_clients_and_the_owner_learn_that_a_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "films.db").write_text("no database" * 100, "utf-8")
    app = create_app(Config(SECRET_KEY=KEY, DATABASE_URL=f"sqlite:///{tmp_path}/films.db"))
    told = "The file of the database is damaged, or none of SQLite's."
    response = app.test_client().get("/genres/")
    assert (response.status_code, response.json) == (503, {"message": told})
    assert response.headers["Retry-After"] == "2"
    result = app.test_cli_runner().invoke(args=["user", "list"])
    assert (result.exit_code, result.stderr) == (1, f"Error: {told}\n")
