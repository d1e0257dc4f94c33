"""The twin modules by engine."""

from helpers.database import postgresql, sqlite

# By SQLAlchemy's name of the engine. The settings allow no other URLs.
ENGINE_MODULES = {"sqlite": sqlite, "postgresql": postgresql}
