"""What an answer has to be, in the sentences of the word lists."""

from typing import Any

from grader.model import BrokenError
from grader.response import Response

SUCCESS, REFUSAL = "success (2xx)", "a refusal (4xx)"
NO_CRASH = "no crash (5xx)"
Record = dict[str, Any]


def expect(
    condition: object,
    expected: str,
    response: Response | None = None,
    came: str = "",
    **values: Any,
) -> None:
    """Break the promise unless the condition holds."""
    if not condition:
        raise BrokenError(expected, response, came, values)


def succeeded(response: Response) -> Response:
    expect(response.is_success, SUCCESS, response)
    return response


def records_of(response: Response) -> list[Record]:
    """Return the list of objects in an answer; raises BrokenError when there is none."""
    found = succeeded(response).data()
    is_good = isinstance(found, list) and all(isinstance(one, dict) for one in found)
    expect(is_good, "a JSON array of objects", response)
    return list(found)


def object_of(response: Response) -> Record:
    """Return the object in an answer; raises BrokenError when there is none."""
    found = succeeded(response).data()
    expect(isinstance(found, dict), "a JSON object", response)
    return dict(found)
