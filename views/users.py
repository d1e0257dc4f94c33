"""The account of the signed-in user."""

from typing import Any

from flask_restx import Resource

from helpers.tokens import Claims
from implemented import services
from views import schemas
from views.guard import auth_required, client_ip
from views.http.openapi import Namespace

users = Namespace("user", "Your profile", path="/user")


@users.route("/")
class Profile(Resource):
    @auth_required
    @users.returns(schemas.User())
    @users.doc("get_profile")
    def get(self, caller: Claims) -> Any:
        """Get your profile."""
        return services.users.get(caller.user_id)

    @auth_required
    @users.takes(schemas.ProfileChanges())
    @users.returns(schemas.User())
    @users.doc("change_profile")
    def patch(self, caller: Claims, body: dict[str, Any]) -> Any:
        """Change your name, surname or favorite genre.

        What is not sent stays as it is; null clears. The genre may be spelled `favorite_genre`
        or `favourite_genre`.
        """
        return services.users.update(caller, body)

    @auth_required
    @users.takes(schemas.AccountDeletion())
    @users.fails(429)
    @users.returns(None, 204, "Deleted")
    @users.doc("delete_account")
    def delete(self, caller: Claims, body: dict[str, str]) -> None:
        """Delete your account, with its sessions and favorites.

        A wrong password is 400.
        """
        services.users.delete(caller, **body, ip=client_ip())


@users.route("/password/")
class Password(Resource):
    @auth_required
    @users.takes(schemas.PasswordChange())
    @users.fails(429)
    @users.returns(None, 204, "Changed")
    @users.doc("change_password")
    def put(self, caller: Claims, body: dict[str, str]) -> None:
        """Change your password.

        All your other sessions end, this one goes on. A wrong old password is 400.
        """
        services.users.change_password(caller, **body, ip=client_ip())
