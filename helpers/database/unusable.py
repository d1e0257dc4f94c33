"""Databases that respond but cannot be used as they are."""

from sqlalchemy.engine import ExceptionContext


class UnusableDatabase(Exception):
    """The message tells the owner of the server what to do."""


# Messages of SQLite about a file that is damaged or not a database.
_NO_DATABASE = ("file is not a database", "database disk image is malformed")


def raise_unusable(context: ExceptionContext) -> None:
    """Replace the driver's error by UnusableDatabase; a listener of `handle_error`."""
    raise_if_unusable(context.original_exception)


def raise_if_unusable(error: BaseException) -> None:
    """Raise UnusableDatabase if the driver's error means that."""
    if str(error) in _NO_DATABASE:
        raise UnusableDatabase(
            "The file of the database is damaged, or none of SQLite's."
        ) from error
    is_missing = getattr(error, "sqlstate", None) == "42P01"  # PostgreSQL's undefined_table.
    if is_missing or str(error).startswith("no such table: "):
        raise UnusableDatabase(
            "The database has no tables yet. Make them first: flask --app app prepare."
        ) from error
