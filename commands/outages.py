"""Reporting of refusals and outages of the database in a sentence instead of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

import click
from marshmallow import ValidationError

from helpers.catalogue import CatalogueError
from helpers.database import UnusableDatabase
from service.errors import Conflict, InvalidInput, NotFound
from setup_db import DATABASE_UNAVAILABLE


@contextmanager
def reporting_outages() -> Iterator[None]:
    """End a command with an error if its input is refused or the database cannot be used."""
    try:
        yield
    except (CatalogueError, Conflict, NotFound, UnusableDatabase) as error:
        raise click.ClickException(str(error)) from error
    except InvalidInput as error:
        raise click.ClickException(" ".join(chain(*error.errors.values()))) from error
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    except DATABASE_UNAVAILABLE as error:
        # The first line of the driver's message has the host, never the password. Advice follows.
        reason = str(getattr(error, "orig", error)).partition("\n")[0]
        raise click.ClickException(f"The database does not answer: {reason}") from error
