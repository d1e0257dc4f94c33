"""Accounts and sessions: registration, login, refresh, logout."""

from typing import Any

from flask import url_for
from flask_restx import Resource

from helpers.tokens import Claims, TokenPair
from implemented import services
from views import schemas
from views.guard import auth_required, client_ip, not_stored
from views.http.openapi import Namespace

auth = Namespace("auth", "Registration, login, refresh, logout", path="/auth")


@auth.route("/register/")
class Registration(Resource):
    @auth.takes(schemas.Registration(), or_form=True)
    @auth.fails(409, 429)
    @auth.returns(schemas.User(), 201, "Registered", headers={"Location": "Where the profile is."})
    @auth.doc("register")
    def post(self, body: dict[str, str]) -> Any:
        """Register an account.

        The fields may also come as a form (`application/x-www-form-urlencoded`).
        """
        return services.users.register(**body, ip=client_ip()), {
            "Location": url_for("user_profile")
        }


@auth.route("/login/")
class Login(Resource):
    @not_stored
    @auth.takes(schemas.Credentials(), or_form=True)
    @auth.fails(401, 429)
    @auth.returns(schemas.TokenPair())
    @auth.doc("log_in")
    def post(self, body: dict[str, str]) -> TokenPair:
        """Sign in.

        Send the access token as `Authorization: Bearer …` from now on, and exchange the pair for
        a new one when the API answers 401. The fields may also come as a form
        (`application/x-www-form-urlencoded`).
        """
        return services.auth.log_in(**body, ip=client_ip())

    @not_stored
    @auth.takes(schemas.Tokens())
    @auth.fails(401)
    @auth.returns(schemas.TokenPair())
    @auth.doc("refresh")
    def put(self, body: dict[str, str]) -> TokenPair:
        """Exchange a token pair for a new one.

        The access token may have expired, the refresh token may not. A refresh token works once:
        who shows an old one again, some seconds after it was exchanged, ends the session.
        """
        return services.auth.refresh(**body)

    @auth_required
    @auth.returns(None, 204, "Signed out")
    @auth.doc("log_out")
    def delete(self, caller: Claims) -> None:
        """Sign out.

        Both tokens of this session are worth nothing from now on.
        """
        services.auth.log_out(caller)
