"""Any request gets a response that the contract allows.

Schemathesis generates valid and invalid requests from the OpenAPI document, and Hypothesis
generates requests outside of the document. Every run generates the same requests.
"""

import json
import re
import secrets
import time
from collections.abc import Callable
from itertools import count
from math import ceil
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
)
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from helpers.passwords import Passwords
from helpers.tokens import Tokens
from tests.conftest import SECRET_KEY
from tests.support.builders import a_login_session, a_movie, a_user, save
from tests.support.hostile import PASSWORD_MARK, Request, requests

# Minimum numbers of requests for each engine. The long cases make 10,000 in total.
SCHEMA_CASES = [60, pytest.param(400, marks=pytest.mark.long)]
RAW_CASES = [300, pytest.param(4_600, marks=pytest.mark.long)]

# Rules that JSON Schema cannot express. A request that breaks one gets 400 despite a valid schema.
BEYOND_THE_SCHEMA = {
    "GET /movies": "per_page needs page, sort excludes status=new",
    "GET /genres": "per_page needs page",
    "GET /directors": "per_page needs page",
    "GET /favorites/movies": "per_page needs page",
    "GET /favorites/movies/ids": "per_page needs page",
    "POST /auth/register": "a password may be too common, and holds no U+0000",
    "POST /auth/login": "a password holds no U+0000",
    "PATCH /user": "there is such a genre, its spellings agree, names hold no control characters",
    "DELETE /user": "the password is the right one",
    "PUT /user/password": "the old password is the right one, the new one not too common",
}

# Pages and their assets. Only these may contain HTML.
PAGES = {
    "/",
    "/favicon.ico",
    "/pages/<version>/<filename>",
    "/docs/",
    "/docs/static/<version>/<filename>",
    "/docs/swagger-ui/<version>/<filename>",
}
NEVER_SHOWN = [PASSWORD_MARK, "$argon2", "Traceback", "<html", "<!doctype"]

# Returns the headers of a signed-in user.
SignIn = Callable[[], dict[str, str]]


@pytest.fixture
def sign_in(session: Session) -> SignIn:
    """Return a function that logs in without hashing. It is called again after a logout."""
    user = a_user(password_hash=Passwords().hash("no request has this one"))
    save(session, user, *(a_movie() for _ in range(3)))
    tokens = Tokens([SECRET_KEY], access_seconds=3600)

    def sign_in() -> dict[str, str]:
        now, session_id = int(time.time()), secrets.token_hex(16)
        times = {"created_at": now, "rotated_at": now, "expires_at": now + 3600}
        save(session, a_login_session(id=session_id, user_id=user.id, **times))
        pair = tokens.issue(user.id, session_id, 0, now=now, session_end=now + 3600)
        return {"Authorization": f"Bearer {pair.access_token}"}

    return sign_in


def profile(cases: int) -> settings:
    return settings(
        max_examples=cases,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize("cases", SCHEMA_CASES)
def test_the_api_does_what_its_document_says(
    app: Flask, sign_in: SignIn, subtests: pytest.Subtests, cases: int
) -> None:
    """Run all checks of Schemathesis on every operation, with valid and invalid requests."""
    operations = [
        result.ok()  # type: ignore[union-attr]  # An invalid operation fails here.
        for result in schemathesis.openapi.from_wsgi("/openapi.json", app).get_all_operations()
    ]
    # The document lists the methods of a path in no particular order.
    operations.sort(key=lambda operation: operation.label)
    kinds = [(operation, mode) for operation in operations for mode in GenerationMode]
    caller, sent = sign_in(), count()

    def check(case: schemathesis.Case[Any]) -> None:
        next(sent)
        is_anonymous = case.meta is not None and case.meta.is_negative_at(ParameterLocation.HEADER)
        headers = {} if is_anonymous else caller
        response = case.call(headers=headers)
        excused: list[Any] = []
        if response.status_code == 400 and case.operation.label in BEYOND_THE_SCHEMA:
            excused.append(positive_data_acceptance)
        # Schemathesis does not know 414 as a refusal, nor that an empty filter has no effect.
        if response.status_code == 414 or "" in (case.query or {}).values():
            excused.append(negative_data_rejection)
        if response.status_code == 204:
            caller.update(sign_in())
        case.validate_response(
            response,
            headers=headers,
            excluded_checks=excused,
            transport_kwargs={"headers": headers},
        )

    for operation, mode in kinds:
        with subtests.test(operation.label, mode=mode.value):
            strategy = operation.as_strategy(generation_mode=mode)
            profile(ceil(cases / len(kinds)))(given(strategy)(check))()
    assert next(sent) >= cases


@pytest.mark.parametrize("cases", RAW_CASES)
def test_no_request_gets_an_undocumented_response(
    app: Flask, client: FlaskClient, sign_in: SignIn, subtests: pytest.Subtests, cases: int
) -> None:
    """No response is a 5xx. Errors are JSON in Russian, and reveal no secret."""
    rules = app.url_map.iter_rules()
    endpoints = [(rule.rule, method) for rule in rules for method in sorted(rule.methods or ())]
    caller, sent = sign_in(), count()

    def check(method: str, is_page: bool, request: Request) -> None:
        next(sent)
        # Schemathesis changes how Hypothesis prints arguments.
        note(f"{method} {request}")
        response = client.open(
            method=method,
            query_string=request.query,
            headers={"Accept-Language": "ru", **caller, **request.headers},
            data=request.body,
            environ_overrides=request.environ,
        )
        if response.status_code == 204:
            caller.update(sign_in())
        check_response(response, is_page=is_page)

    for rule, method in endpoints:
        with subtests.test(rule, method=method):
            drawn = st.just(method), st.just(rule in PAGES), requests(rule, method)
            profile(ceil(cases / len(endpoints)))(given(*drawn)(check))()
    assert next(sent) >= cases


def check_response(response: TestResponse, *, is_page: bool) -> None:
    is_error = response.status_code >= 400
    assert response.status_code < 500
    assert re.fullmatch("[A-Za-z0-9-]{1,64}", response.headers["X-Request-ID"])
    if is_error or not is_page:
        assert [text for text in NEVER_SHOWN if text in response.text] == []
    if is_error and response.request.method != "HEAD":
        body = json.loads(response.text)
        assert response.mimetype == "application/json"
        assert set(body) <= {"message", "errors"}
        assert isinstance(body["message"], str)
        # One sentence without a translation would make the whole response English.
        assert response.headers["Content-Language"] == "ru", body
        assert re.search("[а-яё]", body["message"])
