"""The `Prefer` header (RFC 7240): `handling=strict` refuses unknown query parameters."""

from difflib import get_close_matches
from http import HTTPMethod

from flask import current_app, request
from marshmallow import ValidationError

from views.http.environ import Environ

# Names are cut at this length before they are compared and repeated in a message.
_NAME_LENGTH = 50


def preferences(environ: Environ) -> dict[str, str]:
    """Return the preferences of the client, by name in lower case."""
    values: dict[str, str] = {}
    for preference in environ.get("HTTP_PREFER", "").split(","):
        name, _, value = preference.partition(";")[0].partition("=")
        # The first one counts (section 2).
        values.setdefault(name.strip().lower(), value.strip().strip('"'))
    return values


def is_strict(environ: Environ) -> bool:
    """Return whether the client asks for strict handling (section 4.4)."""
    return preferences(environ).get("handling", "").lower() == "strict"


def refuse_unknown_parameters() -> None:
    """Raise ValidationError for the first query parameter that the operation does not know."""
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
    """Return the documented query parameters of the operation."""
    view = current_app.view_functions[request.endpoint or ""]
    method = HTTPMethod.GET if request.method == HTTPMethod.HEAD else request.method
    handler = getattr(getattr(view, "view_class", None), method.lower(), None)
    documented = getattr(handler, "__apidoc__", {}).get("params", {})
    return [name for name, parameter in documented.items() if parameter["in"] == "query"]
