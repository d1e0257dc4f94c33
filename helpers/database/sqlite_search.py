"""The triggers that keep SQLite's title search up to date.

They belong to the table of films. A migration that rebuilds the table loses them silently.
"""

from sqlalchemy import Connection, text

# By name, as the migrations create them.
TRIGGERS = {
    "movie_titles_insert": "AFTER INSERT ON movies BEGIN "
    "INSERT INTO movie_titles (rowid, folded_title) VALUES (new.id, new.folded_title); END",
    "movie_titles_delete": "AFTER DELETE ON movies BEGIN "
    "INSERT INTO movie_titles (movie_titles, rowid, folded_title) "
    "VALUES ('delete', old.id, old.folded_title); END",
    "movie_titles_update": "AFTER UPDATE OF folded_title ON movies "
    "WHEN old.folded_title <> new.folded_title BEGIN "
    "INSERT INTO movie_titles (movie_titles, rowid, folded_title) "
    "VALUES ('delete', old.id, old.folded_title); "
    "INSERT INTO movie_titles (rowid, folded_title) VALUES (new.id, new.folded_title); END",
}


def repair_of_search(connection: Connection) -> list[str]:
    """Return the statements that restore missing or different triggers; none if all are right."""
    if connection.dialect.name != "sqlite":
        return []
    triggers = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    there = {row.name: row.sql for row in connection.execute(triggers)}
    statements = []
    for name, action in TRIGGERS.items():
        sql = f"CREATE TRIGGER {name} {action}"
        if there.get(name) != sql:
            statements += [f"DROP TRIGGER IF EXISTS {name}", sql]
    if statements:
        statements.append("INSERT INTO movie_titles (movie_titles) VALUES ('rebuild')")
    return statements
