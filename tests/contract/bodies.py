"""Valid request bodies, which tests then break."""

from tests.contract.client import Account, Json, a_password, an_email
from tests.contract.routes import Route


def good_body(route: Route, account: Account) -> Json:
    """Return a valid request body for this route and account."""
    values = {
        "email": an_email() if route.status == 201 else account.email,
        "password": account.password,
        **account.tokens,
        "name": "Анна",
        "surname": "Петрова",
        "old_password": account.password,
        "new_password": a_password(),
    }
    return {field: values[field] for field in route.text_fields}
