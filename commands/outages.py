"""A database that cannot be used, in a sentence instead of a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from helpers.database import UnusableDatabase
from setup_db import DATABASE_UNAVAILABLE


@contextmanager
def reporting_outages() -> Iterator[None]:
    try:
        yield
    except UnusableDatabase as error:
        raise click.ClickException(str(error)) from error
    except DATABASE_UNAVAILABLE as error:
        # The driver's own words have the host and never the password; the rest is advice.
        reason = str(getattr(error, "orig", error)).partition("\n")[0]
        raise click.ClickException(f"The database does not answer: {reason}") from error
