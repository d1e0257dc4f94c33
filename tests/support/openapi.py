"""Reading the documents of the API."""

from typing import Any

Json = dict[str, Any]
Operations = dict[str, Json]


def operations_of(document: Json) -> Operations:
    """Return all operations by method and path, with the parameters of their path.

    The paths of Swagger 2.0 end in a slash, those of OpenAPI do not; here all of them do, but for
    names of files.
    """
    return {
        f"{method.upper()} {path if path.endswith('.svg') else path.rstrip('/') + '/'}": {
            **operation,
            "parameters": [*item.get("parameters", []), *operation.get("parameters", [])],
        }
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }
