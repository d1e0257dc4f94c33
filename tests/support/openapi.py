"""Reading the Swagger and OpenAPI documents."""

from typing import Any

Json = dict[str, Any]
Operations = dict[str, Json]


def operations_of(document: Json) -> Operations:
    """Return all operations by method and path, including the parameters of the path item.

    Paths end in a slash in Swagger 2.0 and not in OpenAPI. The keys here always do, except for
    file names.
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
