import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from dao.models import Favorite
from setup_db import Base
from tests.dao.migrated import MIGRATIONS, downgrade, upgrade
from tests.support.builders import a_movie, a_user, save


def copied_migrations(folder: Path, last_upgrade: str) -> Path:
    """Copy the migrations of the project, with their settings, and add one at the end."""
    copy = shutil.copytree(MIGRATIONS, folder / "migrations")
    head = ScriptDirectory(str(copy)).get_current_head()
    (copy / "versions" / "last.py").write_text(
        "from alembic import op\n"
        "revision = 'last'\n"
        f"down_revision = {head!r}\n"
        f"def upgrade():\n{last_upgrade}"
    )
    return copy


def is_modelled(name: str | None, *_: object) -> bool:
    """Return whether the models describe it. They leave out what only one engine has."""
    return not (name or "").startswith(("movie_titles", "ix_movies_title_parts", "ix_movies_id"))


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_migrations_make_what_the_models_describe(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"compare_server_default": True, "include_name": is_modelled}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_titles_are_compared_by_code_point_whatever_the_locale_of_the_server(
    engine: Engine,
) -> None:
    columns = {column["name"]: column for column in inspect(engine).get_columns("movies")}
    collation = getattr(columns["folded_title"]["type"], "collation", None)
    assert collation == {"sqlite": None, "postgresql": "C"}[engine.dialect.name]


def test_migrations_can_be_taken_back_and_made_again(empty: Engine) -> None:
    upgrade()
    downgrade("base")
    assert tables(empty) == set()
    upgrade()
    assert set(filter(is_modelled, tables(empty))) == set(Base.metadata.tables)


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(empty: Engine, tmp_path: Path) -> None:
    upgrade()
    user, film = a_user(), a_movie()
    with Session(empty, expire_on_commit=False) as session:
        save(session, user, film)
        save(session, Favorite(user_id=user.id, movie_id=film.id, created_at=1))

    rebuild = (
        "    with op.batch_alter_table('movies') as movies:\n"
        "        movies.alter_column('title', new_column_name='name')\n"
    )
    upgrade(migrations=copied_migrations(tmp_path, rebuild))

    with Session(empty) as session:
        assert session.scalars(select(Favorite.movie_id)).all() == [film.id]


def test_a_migration_that_fails_changes_nothing(empty: Engine, tmp_path: Path) -> None:
    broken = "    op.execute('CREATE TABLE half (id INTEGER)')\n    op.execute('NONSENSE')\n"
    with pytest.raises(SQLAlchemyError, match="NONSENSE"):
        upgrade(migrations=copied_migrations(tmp_path, broken))
    assert tables(empty) == set()
