"""The owner's commands for accounts, and the demo account."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

import commands.catalogue
import commands.users
from commands.users import init_user_commands
from config import Config
from constants import DEMO_EMAIL, DEMO_PASSWORD
from dao.models import LoginSession, User
from service.demo import PEOPLE
from tests.conftest import SECRET_KEY
from tests.support.builders import a_login_session, a_user, save

GOOD = "the words of another sentence"


def run(app: Flask, *arguments: str, typed: str = "") -> Result:
    return app.test_cli_runner().invoke(args=arguments, input=typed)


def emails(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(User.email).order_by(User.email)))


def log_in(app: Flask, email: str, password: str) -> int:
    credentials = {"email": email, "password": password}
    return app.test_client().post("/auth/login/", json=credentials).status_code


@pytest.fixture
def ann(session: Session) -> User:
    """Ann has an account and a session, and Bob has an account."""
    user = a_user(email="ann@example.com")
    save(session, a_user(email="bob@example.com"), user)
    save(session, a_login_session(user_id=user.id))
    return user


@pytest.mark.usefixtures("ann")
def test_lists_all_accounts(app: Flask) -> None:
    result = run(app, "user", "list")
    assert (result.exit_code, result.stdout) == (0, "ann@example.com\nbob@example.com\n")


@pytest.mark.usefixtures("ann")
def test_sets_a_password_and_ends_all_sessions(app: Flask, session: Session) -> None:
    result = run(app, "user", "set-password", "Ann@EXAMPLE.com", typed=f"{GOOD}\n{GOOD}\n")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == (
        "ann@example.com has a new password and is signed out everywhere."
    )
    assert GOOD not in result.output
    assert session.scalars(select(LoginSession)).all() == []
    assert log_in(app, "ann@example.com", GOOD) == 200


@pytest.mark.usefixtures("ann")
def test_deletes_an_account_after_a_question(app: Flask, session: Session) -> None:
    refused = run(app, "user", "delete", "ann@example.com", typed="n\n")
    assert (refused.exit_code, emails(session)) == (1, ["ann@example.com", "bob@example.com"])
    result = run(app, "user", "delete", "ann@example.com", typed="y\n")
    assert (result.exit_code, emails(session)) == (0, ["bob@example.com"])
    assert result.stdout.splitlines()[-1] == "ann@example.com is deleted."


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (("delete", "eve@example.com", "--yes"), 1, "There is no account with this e-mail"),
        (("set-password", "ann@example.com", "--password", "87654321"), 1, "one of the first that"),
        (("set-password", "ann@example.com", "--password", "short"), 1, "between 8 and 128"),
        (("set-password", "ann", "--password", GOOD), 2, "Invalid value for 'E-MAIL': "),
    ],
    ids=str,
)
def test_says_what_it_cannot_do_in_a_sentence(
    app: Flask, session: Session, arguments: tuple[str, ...], code: int, reason: str
) -> None:
    result = run(app, "user", *arguments)
    assert result.exit_code == code
    assert reason in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.output
    assert emails(session) == ["ann@example.com", "bob@example.com"]


@pytest.fixture
def default(app: Flask, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application, set up so that its commands take its database for the default one."""
    for module in (commands.catalogue, commands.users):
        monkeypatch.setattr(module, "NO_DEMO_ACCOUNT", tmp_path / "no_demo_account")
    config = Config(SECRET_KEY=SECRET_KEY)
    monkeypatch.setattr(app.cli, "commands", dict(app.cli.commands))
    commands.catalogue.init_catalogue_commands(app, config)
    init_user_commands(app, config)
    return app


def prepare(app: Flask) -> None:
    assert run(app, "prepare", "--demo-account").exit_code == 0


def test_restores_a_demo_account_with_another_password(default: Flask) -> None:
    prepare(default)
    run(default, "user", "set-password", DEMO_EMAIL, "--password", GOOD)
    prepare(default)
    assert log_in(default, DEMO_EMAIL, DEMO_PASSWORD) == 200


def test_leaves_the_demo_account_deleted_where_the_owner_has_deleted_it(
    default: Flask, session: Session
) -> None:
    prepare(default)
    assert run(default, "user", "delete", DEMO_EMAIL, "--yes").exit_code == 0
    prepare(default)
    assert DEMO_EMAIL not in emails(session)


def test_adds_no_demo_account_without_the_option(default: Flask, session: Session) -> None:
    assert run(default, "prepare").exit_code == 0
    assert emails(session) == []


def test_fills_an_empty_database_with_people_without_a_usable_password(
    default: Flask, session: Session
) -> None:
    prepare(default)
    assert emails(session) == [*sorted(PEOPLE), DEMO_EMAIL]
    assert log_in(default, min(PEOPLE), DEMO_PASSWORD) == 401


def test_adds_people_without_the_demo_account_where_its_owner_does_not_want_it(
    default: Flask, session: Session
) -> None:
    commands.users.NO_DEMO_ACCOUNT.touch()
    prepare(default)
    assert emails(session) == sorted(PEOPLE)
