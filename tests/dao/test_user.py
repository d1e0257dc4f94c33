import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from dao.base import Duplicate
from dao.models import Favorite, LoginSession, User
from dao.user import Account, UserDAO
from tests.dao.threads import at_once
from tests.support.builders import a_genre, a_login_session, a_movie, a_user, save


@pytest.fixture
def users(session: Session) -> UserDAO:
    return UserDAO(session)


def test_adds_one_account_for_many_at_once(session: Session, engine: Engine) -> None:
    added = at_once(
        engine,
        8,
        lambda own, number: UserDAO(own).add("ann@example.com", f"hash {number}"),
        refusal=Duplicate,
    )
    [winner] = [user.password_hash for user in added if user]
    assert session.scalars(select(User.password_hash)).all() == [winner]


def test_knows_whether_anybody_has_an_account(users: UserDAO) -> None:
    assert users.is_empty()
    added = users.add("ann@example.com", "a hash", "Ann")
    assert not users.is_empty()
    assert added == Account(added.id, "ann@example.com", "a hash", "Ann", None, None)


def test_finds_exactly_this_email(session: Session, users: UserDAO) -> None:
    ann = users.add("ann@example.com", "a hash")
    assert users.find_by_email("ann@example.com") == ann
    assert [users.find_by_email(it) for it in ("ANN@example.com", "a%")] == [None, None]


def test_reads_what_was_written_before_a_lock(session: Session, engine: Engine) -> None:
    user = a_user(name="")
    save(session, user)

    def lengthen_name(own: Session, _: int) -> None:
        locked = UserDAO(own).lock(user.id)
        assert locked is not None
        UserDAO(own).update(user.id, name=f"{locked.name}x")

    at_once(engine, 8, lengthen_name)
    assert session.scalar(select(User.name)) == "xxxxxxxx"


def test_changes_and_clears_only_the_columns_it_is_given(session: Session, users: UserDAO) -> None:
    genre, user = a_genre(), a_user(name="Ann", surname="Lee", password_hash="a hash")
    save(session, genre, user)
    changed = users.update(user.id, surname="Li", favorite_genre_id=genre.id)
    assert changed == Account(user.id, user.email, "a hash", "Ann", "Li", genre.id)
    cleared = users.update(user.id, surname=None, favorite_genre_id=None)
    assert cleared == Account(user.id, user.email, "a hash", "Ann", None, None)
    assert users.get(user.id) == cleared


def test_deletes_this_account_alone_with_its_sessions_and_favorites(
    session: Session, users: UserDAO
) -> None:
    user, other, film = a_user(), a_user(), a_movie()
    save(session, user, other, film)
    for owner in (user, other):
        favorite = Favorite(user_id=owner.id, movie_id=film.id, created_at=1)
        save(session, a_login_session(user_id=owner.id), favorite)
    users.delete(user.id)
    for left in (User.id, LoginSession.user_id, Favorite.user_id):
        assert session.scalars(select(left)).all() == [other.id]


def test_never_reuses_the_id_of_a_deleted_account(
    session: Session, users: UserDAO, engine: Engine
) -> None:
    deleted = users.add("ann@example.com", "a hash").id
    session.commit()
    users.delete(deleted)
    session.commit()
    session.close()
    engine.dispose()  # As after a restart.
    assert users.add("bob@example.com", "a hash").id > deleted
    session.commit()


def test_yields_the_emails_of_all_accounts_in_their_order(users: UserDAO) -> None:
    for name in ("bob", "eve", "ann"):
        users.add(f"{name}@example.com", "a hash")
    assert list(users.emails()) == ["ann@example.com", "bob@example.com", "eve@example.com"]
