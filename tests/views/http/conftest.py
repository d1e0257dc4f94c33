from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.support.databases import Databases
from tests.views.conftest import configured


@pytest.fixture(scope="module")
def client_behind_a_proxy(databases: Databases) -> Iterator[FlaskClient]:
    """A client of the application on an empty database. The application trusts one proxy."""
    with configured(databases, TRUSTED_PROXIES=1) as app:
        yield app.test_client()
