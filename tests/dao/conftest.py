from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event


@pytest.fixture
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements that the database is sent, but for BEGIN; clear it where yours begin."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
