from collections.abc import Iterator

import flask_migrate
import pytest
from flask.testing import FlaskClient

from app import create_app
from config import Config
from setup_db import db
from tests.support.databases import Databases


@pytest.fixture(scope="module")
def client_behind_a_proxy(databases: Databases) -> Iterator[FlaskClient]:
    """A client of the application on an empty database; what it says of proxies is believed."""
    app = create_app(
        Config(SECRET_KEY="k" * 32, DATABASE_URL=databases.new("sqlite"), TRUSTED_PROXIES=1)
    )
    with app.app_context():
        flask_migrate.upgrade()
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()
