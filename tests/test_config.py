import re
from pathlib import Path

import pytest

import config
from app import create_app
from config import DEFAULT_DATABASE_URL, LAB_DATABASE_URL, Config, LabConfig
from helpers.settings import ConfigError

KEY = "k" * 32


def read(**settings: str) -> Config:
    return Config.from_environment({"SECRET_KEY": KEY, **settings})


def test_takes_the_settings_that_are_there() -> None:
    assert read(
        SECRET_KEY_FALLBACKS=f"{'a' * 32}, {'b' * 32}",
        PORT="8080",
        ACCESS_TOKEN_SECONDS="60",
        REFRESH_GRACE_SECONDS="0",
        CORS_ORIGINS="https://one.example, https://two.example/",
        HOME="/nowhere",
    ) == Config(
        SECRET_KEY=KEY,
        SECRET_KEY_FALLBACKS=("a" * 32, "b" * 32),
        PORT=8080,
        ACCESS_TOKEN_SECONDS=60,
        REFRESH_GRACE_SECONDS=0,
        CORS_ORIGINS=("https://one.example", "https://two.example"),
    )


def test_an_empty_setting_counts_as_missing() -> None:
    names = ("DATABASE_URL", "ACCESS_TOKEN_SECONDS", "HOST", "PORT", "WORKERS")
    assert read(**dict.fromkeys(names, "")) == Config(SECRET_KEY=KEY)
    assert Config(SECRET_KEY=KEY).DATABASE_URL == DEFAULT_DATABASE_URL


def test_takes_origins_as_browsers_send_them() -> None:
    origins = "https://Films.Example/,http://localhost:3000,http://[::1]:80,capacitor://localhost"
    assert (
        *("https://films.example", "http://localhost:3000"),
        *("http://[::1]:80", "capacitor://localhost"),
    ) == read(CORS_ORIGINS=origins).CORS_ORIGINS
    assert (read(CORS_ORIGINS="*").CORS_ORIGINS, read(CORS_ORIGINS="").CORS_ORIGINS) == (("*",), ())


def test_a_public_url_ends_without_a_slash() -> None:
    assert read(PUBLIC_URL="https://films.example/api/").url == "https://films.example/api"
    assert read(PUBLIC_URL="").url == "http://127.0.0.1:25000"


def test_an_empty_rate_is_no_limit() -> None:
    settings = read(LIMIT_LOGIN_PAIR=" ")
    assert (settings.LIMIT_LOGIN_PAIR, settings.LIMIT_LOGIN_IP) == (None, (100, 900))


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


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251"])
def test_refuses_a_file_that_is_not_utf_8_and_shows_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    (tmp_path / ".env").write_text(f"# Ключ\nSECRET_KEY={KEY}", encoding)
    monkeypatch.setattr(config, "ROOT", tmp_path)
    with pytest.raises(ConfigError, match="is not encoded as UTF-8") as refused:
        Config.from_environment()
    assert KEY not in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY and each of SECRET_KEY_FALLBACKS must have at least 32"),
        ({"SECRET_KEY": "k" * 31}, "must have at least 32 bytes"),
        ({"SECRET_KEY_FALLBACKS": f"{KEY}, short"}, "SECRET_KEY_FALLBACKS must have at least 32"),
        ({"SECRET_KEY": f"{KEY},{KEY}"}, "SECRET_KEY must have no comma"),
        ({"DATABASE_URL": "mysql://me:secret@host/films"}, "DATABASE_URL must begin with"),
        *(
            ({"DATABASE_URL": f"sqlite://{path}"}, "DATABASE_URL must name a file")
            for path in ("", "/", "/:memory:", "/%3Amemory%3A", "/file:secret?uri=true")
        ),
        ({"DATABASE_URL": "sqlite:////secret.db?mode=ro"}, "DATABASE_URL has a ?"),
        *(
            ({"ACCESS_TOKEN_SECONDS": text}, "ACCESS_TOKEN_SECONDS must be a whole number from 1")
            for text in ("-1", "0", "1.5", "soon", "١", "1_0", "1000000000")
        ),
        ({"DATABASE_URL": "sqlite:///?mode=rw"}, "DATABASE_URL must name a file"),
        ({"DATABASE_URL": "postgres://me:secret@host/films"}, "write postgresql:// instead"),
        *(
            ({"DATABASE_URL": f"postgresql://me:{password}@host/films"}, "cannot be read: it is")
            for password in ("sec/ret", "sec#ret", "sec?ret", "a/b@secret", "sec:ret/1", "12/ab")
        ),
        ({"DATABASE_URL": "postgresql://host"}, "cannot be read: it is"),
        ({"DATABASE_URL": "postgresql://host:99999/films"}, "cannot be read: it is"),
        ({"DATABASE_URL": "postgresql://[::1/films"}, "cannot be read: it is"),
        *(
            ({"DATABASE_URL": f"postgresql://me:secret@{hosts}"}, "has several hosts, which are")
            for hosts in (
                *("a:1,b:2/films", "a,b/films", "/films?host=a:1&host=b:2"),
                *("/films?host=a&host=b&port=1&port=2", "/films?host=a,b&port=1,2"),
                "/films?host=a,b&port=1,2&target_session_attrs=any",
                "/films?host=a,b&target_session_attrs=read-write",
                "/films?host=a,b&port=1&target_session_attrs=read-write",
                "/films?host=a&port=1,2&target_session_attrs=read-write",
                "/films?host=a,&port=1,2&target_session_attrs=read-write",
                *(
                    f"/films?host=a,b&port=1,{port}&target_session_attrs=read-write"
                    for port in ("x", "٣", "0", "65536", "+1")
                ),
                "/films?host=a,%20b&port=1,2&target_session_attrs=read-write",
                "/films?host=[::1],b&port=1,2&target_session_attrs=read-write",
                "/films?hostaddr=192.0.2.1,192.0.2.2",
                "/films?host=a,b&hostaddr=192.0.2.1,192.0.2.2&port=1,2"
                "&target_session_attrs=read-write",
                "c/films?host=a,b&port=1,2&target_session_attrs=read-write",
            )
        ),
        ({"WORKERS": "0"}, "WORKERS must be a whole number from 1"),
        ({"PORT": "65536"}, "PORT must be a whole number from 1 to 65535"),
        *(
            ({"CORS_ORIGINS": text}, "CORS_ORIGINS must have origins with their schemes")
            for text in (
                *("films.example", "*,films.example", "//films.example", "null", "https://"),
                *("https://films.example/app", "https://*.example", "http://a b", "http://u@host"),
            )
        ),
        *(
            ({"PUBLIC_URL": text}, "PUBLIC_URL must be an address such as https://")
            for text in ("films.example", "ftp://films.example", "https://a/b?c", "https://u:p@a")
        ),
        (
            {"WHOLE_LIST_DELAY_MS": "-1"},
            "WHOLE_LIST_DELAY_MS must be a whole number from 0 to 5000",
        ),
        *(
            ({"LIMIT_LOGIN_PAIR": text}, 'LIMIT_LOGIN_PAIR must be "hits/seconds"')
            for text in ("10", "10/0", "0/60", "ten/60", "10/60/1", "10/9999999999")
        ),
        *(
            ({"METRICS_TOKEN": text}, "METRICS_TOKEN must have 32 to 512 characters out of")
            for text in ("too short", "k" * 31, "k" * 513, "k" * 32 + " k", "k" * 32 + "Ё")
        ),
    ],
)
def test_refuses_what_it_cannot_use_and_shows_nothing_of_it(
    settings: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as refused:
        read(**settings)
    for secret in re.findall(r"k{4,}|too short|, short|me:|secret", ",".join(settings.values())):
        assert secret not in str(refused.value)


def read_lab(**settings: str) -> LabConfig:
    return LabConfig.from_environment({"SECRET_KEY": KEY, **settings})


def test_the_laboratory_has_settings_and_a_database_of_its_own() -> None:
    settings = read_lab(
        DATABASE_URL="postgresql://me@host/films",
        PORT="8080",
        LAB_DELAY_MS="200-1500",
        LAB_FAILURE_PERCENT="20",
        LAB_SEED="7",
    )
    assert settings == LabConfig(
        SECRET_KEY=KEY,
        DATABASE_URL=LAB_DATABASE_URL,
        PORT=8080,
        LAB_DELAY_MS=(200, 1500),
        LAB_FAILURE_PERCENT=20,
        LAB_SEED=7,
    )
    assert read_lab(LAB_DELAY_MS="300").LAB_DELAY_MS == (300, 300)
    names = ("LAB_DELAY_MS", "LAB_FAILURE_PERCENT", "LAB_SEED", "WORKERS")
    assert read_lab(**dict.fromkeys(names, "")) == LabConfig(SECRET_KEY=KEY)
    assert read(LAB_SEED="seven") == Config(SECRET_KEY=KEY)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        *(
            ({"LAB_DELAY_MS": text}, "LAB_DELAY_MS must be a whole number from 0 to 30000, or a ")
            for text in ("30001", "200-30001", "1500-200", "-5", "5-", "1.5", "1-2-3", "a", "١")
        ),
        *(
            ({"LAB_FAILURE_PERCENT": text}, "LAB_FAILURE_PERCENT must be a whole number from 0 to")
            for text in ("101", "-1", "20%")
        ),
        ({"LAB_SEED": "seven"}, "LAB_SEED must be a whole number from 0 to"),
        ({"WORKERS": "2"}, "WORKERS must be 1 for ./dev lab"),
        ({"SECRET_KEY": "short"}, "must have at least 32 bytes"),
    ],
    ids=str,
)
def test_refuses_a_laboratory_that_cannot_be(settings: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)):
        read_lab(**settings)


def test_shows_no_secret() -> None:
    settings = Config(
        SECRET_KEY=KEY,
        SECRET_KEY_FALLBACKS=(KEY,),
        DATABASE_URL="postgresql://me:password@host/films",
        METRICS_TOKEN="token" * 7,
    )
    assert KEY not in repr(settings)
    assert "token" not in repr(settings)
    assert "password" not in repr(settings)


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
    hosts = "postgresql://me@/films?host=a,b&port=1,2&target_session_attrs=read-write"
    create_app(Config(SECRET_KEY=KEY, DATABASE_URL=hosts))


def test_a_file_that_is_no_database_is_told_to_clients_and_to_the_owner(tmp_path: Path) -> None:
    (tmp_path / "films.db").write_text("no database" * 100, "utf-8")
    app = create_app(Config(SECRET_KEY=KEY, DATABASE_URL=f"sqlite:///{tmp_path}/films.db"))
    told = "The file of the database is damaged, or none of SQLite's."
    response = app.test_client().get("/genres/")
    assert (response.status_code, response.json) == (503, {"message": told})
    assert response.headers["Retry-After"] == "2"
    result = app.test_cli_runner().invoke(args=["user", "list"])
    assert (result.exit_code, result.stderr) == (1, f"Error: {told}\n")
