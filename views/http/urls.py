"""URLs in responses."""

from marshmallow import fields


class URLOrPath(fields.String):
    """A URL that is stored, or where none is a `path` of this server, with the id for `{id}`.

    Like `Link` and `Location` the path has the prefix that a proxy took away, so that clients can
    resolve all of them in one way: against the URL of the response (RFC 3986, section 5). The row
    serializer puts it there; `dump` knows only what is stored.
    """

    def __init__(self, path: str, *, example: str) -> None:
        description = "A URL, to be resolved against that of the response."
        documented = {"description": description, "format": "uri-reference", "example": example}
        super().__init__(required=True, metadata=documented)
        self.path = path
