"""URLs of posters, which may be on any host."""

import re
from urllib.parse import quote, urlsplit

from constants import URL_LENGTH

# Characters that stay unescaped in a URL, and escapes (RFC 3986, sections 2.1 to 2.3).
_ALLOWED = "%:/?#[]@!$&'()*+,;=-._~"
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def http_url(text: str) -> str:
    """Return an http or https URL in ASCII, as browsers would request it, or "" for anything else.

    A URL with a user name or a password is refused, because the catalogue is public.
    """
    text = text.strip()
    if len(text) > URL_LENGTH or _CONTROL.search(text):
        return ""
    try:
        url = urlsplit(text)
        host = (url.hostname or "").encode("idna").decode()
        port = "" if url.port is None else f":{url.port}"
    except ValueError:  # Brackets without an IPv6 address, or an invalid host or port.
        return ""
    if url.scheme not in ("http", "https") or "@" in url.netloc or not _HOST.fullmatch(host):
        return ""
    rest = url._replace(scheme="", netloc="").geturl()
    address = f"{url.scheme}://{host}{port}{quote(rest, safe=_ALLOWED)}"
    return address if len(address) <= URL_LENGTH else ""
