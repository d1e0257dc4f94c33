"""What a client prefers (RFC 7240, `Prefer`): `handling=strict` refuses unknown parameters."""

from difflib import get_close_matches
from http import HTTPMethod

from flask import current_app, request
from marshmallow import ValidationError

from views.http.environ import Environ

# What is repeated of a name, and compared: a query may hold a much longer one.
_NAME_LENGTH = 50


def preferences(environ: Environ) -> dict[str, str]:
    """Return the values of what the client prefers, by names in small letters."""
    values: dict[str, str] = {}
    for preference in environ.get("HTTP_PREFER", "").split(","):
        name, _, value = preference.partition(";")[0].partition("=")
        # The first one counts (section 2).
        values.setdefault(name.strip().lower(), value.strip().strip('"'))
    return values


def is_strict(environ: Environ) -> bool:
    """Return whether the client prefers errors to being misunderstood (section 4.4)."""
    return preferences(environ).get("handling", "").lower() == "strict"


def refuse_unknown_parameters() -> None:
    """Raise ValidationError for the first parameter of the query that the operation has not."""
    if request.method == HTTPMethod.OPTIONS:
        return
    known = _parameters()
    unknown = next((name for name in request.args if name not in known), None)
    if unknown is None:
        return
    name = unknown[:_NAME_LENGTH]
    nearest = get_close_matches(name, known, n=1, cutoff=0)
    reason = f"The nearest is {nearest[0]}." if nearest else "There are none here."
    raise ValidationError({name: [f"There is no such parameter. {reason}"]})


def _parameters() -> list[str]:
    """Return the names of the query's parameters that the document of the operation has."""
    view = current_app.view_functions[request.endpoint or ""]
    method = HTTPMethod.GET if request.method == HTTPMethod.HEAD else request.method
    handler = getattr(getattr(view, "view_class", None), method.lower(), None)
    documented = getattr(handler, "__apidoc__", {}).get("params", {})
    return [name for name, parameter in documented.items() if parameter["in"] == "query"]
