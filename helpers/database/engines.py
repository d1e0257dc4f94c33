"""Which of the twin modules belongs to a database."""

from helpers.database import postgresql, sqlite

# By SQLAlchemy's name of an engine. There are no others: the settings allow these URLs alone.
ENGINE_MODULES = {"sqlite": sqlite, "postgresql": postgresql}
