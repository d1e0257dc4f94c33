"""URLs in responses."""

from marshmallow import fields


class URLOrPath(fields.String):
    """A stored URL, or, if it is empty, a `path` of this server with the row's id for `{id}`.

    The row serializer adds the prefix that a proxy has stripped, as `Link` and `Location` have it.
    So clients resolve all of them against the URL of the response (RFC 3986, section 5). `dump`
    gives the stored URL only.
    """

    def __init__(self, path: str, *, example: str) -> None:
        description = "A URL, to be resolved against that of the response."
        documented = {"description": description, "format": "uri-reference", "example": example}
        super().__init__(required=True, metadata=documented)
        self.path = path
