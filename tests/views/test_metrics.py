"""What the server reports to Prometheus, and who may read it."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from sqlalchemy import Engine

from setup_db import db
from tests.support.databases import Databases
from tests.support.metrics import requests, value
from tests.views.conftest import GONE, configured, failing

TOKEN = "a-token.that/only~the+tests_have"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def measured_app(databases: Databases) -> Iterator[Flask]:
    with configured(databases, METRICS_TOKEN=TOKEN) as made:
        yield made


@pytest.fixture
def measured(measured_app: Flask) -> FlaskClient:
    return measured_app.test_client()


@pytest.fixture
def measured_engine(measured_app: Flask) -> Engine:
    with measured_app.app_context():
        return db.engine


def told(client: FlaskClient) -> str:
    return client.get("/metrics", headers=BEARER).text


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_without_the_setting_it_is_a_path_like_any_other_that_is_not_there(
    client: FlaskClient,
) -> None:
    response = client.get("/metrics", headers=BEARER)
    assert (response.status_code, response.json) == (404, client.get("/nothing").json)


@pytest.mark.parametrize("path", ["/metrics", "/metrics/"])
def test_is_shown_with_the_token(measured: FlaskClient, path: str) -> None:
    response = measured.get(path, headers=BEARER)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert value(response.text, "database_up") == 1


@pytest.mark.parametrize(
    "accept",
    [
        "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3",
        "application/openmetrics-text;version=new",
    ],
)
def test_uses_the_newer_format_for_clients_that_prefer_it(
    measured: FlaskClient, accept: str
) -> None:
    """Prometheus prefers OpenMetrics, whose end marker reveals a truncated response."""
    response = measured.get("/metrics", headers={**BEARER, "Accept": accept})
    newer = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    assert response.headers["Content-Type"] == newer
    families = text_string_to_metric_families(response.text)  # type: ignore[no-untyped-call]
    assert "kinoteka_build" in {family.name for family in families}


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (None, ""),
        (f"Basic {TOKEN}", ""),
        (f"Bearer {TOKEN[:-1]}", ', error="invalid_token"'),
        ("Bearer ключ", ', error="invalid_token"'),
    ],
)
def test_is_refused_without_the_token(measured: FlaskClient, sent: str | None, code: str) -> None:
    headers = {} if sent is None else {"Authorization": sent.encode().decode("latin-1")}
    response = measured.get("/metrics", headers=headers)
    assert (response.status_code, response.headers["Cache-Control"]) == (401, "no-store")
    assert response.json == {"message": "This needs the token of the setting METRICS_TOKEN."}
    assert response.headers["WWW-Authenticate"] == f'Bearer realm="Kinoteka"{code}'


def test_only_a_refused_token_is_logged(
    measured: FlaskClient, capfd: pytest.CaptureFixture[str]
) -> None:
    measured.get("/metrics", headers=BEARER)
    measured.get("/metrics")
    [line] = map(json.loads, capfd.readouterr().out.splitlines())
    assert (line["status"], line["route"]) == (401, "/metrics/")


def test_is_no_part_of_the_documents(measured: FlaskClient) -> None:
    assert "metrics" not in measured.get("/swagger.json").text


def test_every_response_counts_under_its_route_wherever_it_was_made(measured: FlaskClient) -> None:
    before = told(measured)
    page = "/movies/?page=1"
    tag = measured.get(page).headers["ETag"]
    measured.get(page)
    measured.get(page, headers={"If-None-Match": tag})
    measured.get("/movies/?page=x")
    measured.get("/movies/12")
    measured.options("/movies/", headers={"Access-Control-Request-Method": "GET", "Origin": "x"})
    measured.get("/no/such/path")
    after = told(measured)
    assert Counter(requests(after)) - Counter(requests(before)) == {
        ("GET", "/movies/", "200"): 2,
        ("GET", "/movies/", "304"): 1,
        ("GET", "/movies/", "400"): 1,
        ("GET", "/movies/<int:movie_id>/", "404"): 1,
        ("OPTIONS", "other", "204"): 1,
        ("GET", "other", "404"): 1,
        ("GET", "/metrics/", "200"): 1,
    }
    names = ("response_cache_hits_total", "response_cache_misses_total")
    assert [value(after, name) - value(before, name) for name in names] == [2, 1]


def test_tells_what_the_cache_and_the_pool_hold(
    measured: FlaskClient, measured_engine: Engine
) -> None:
    before = told(measured)
    measured.get("/movies/?page=2")
    with measured_engine.connect():
        after = told(measured)
    cached = [value(text, "response_cache_memory_bytes") for text in (before, after)]
    assert cached[1] > cached[0] + 1000
    assert value(after, "response_cache_disk_bytes") == 0
    used = [value(text, "database_connections_used") for text in (before, after)]
    assert used == [0, 1]
    assert value(after, "database_connections_max") == measured_engine.pool.size()  # type: ignore[attr-defined]


def test_goes_on_while_the_database_is_down(measured: FlaskClient, measured_engine: Engine) -> None:
    with failing(measured_engine, GONE):
        response = measured.get("/metrics", headers=BEARER)
    assert (response.status_code, value(response.text, "database_up")) == (200, 0)
