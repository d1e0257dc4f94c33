"""Parsing of settings. Each `read_...` function takes a setting's name and its text."""

import re
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from constants import MAX_WAIT_MS
from helpers.numbers import ascii_int


class Rate(NamedTuple):
    """At most `hits` within `seconds`."""

    hits: int
    seconds: int


# A host with an optional port, in characters that links and headers allow.
_HOST = r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?"


class ConfigError(ValueError):
    """A setting is missing or invalid. The text names it, and never shows a secret."""


def read_number(name: str, text: str, *, default: int, least: int, most: int) -> int:
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise ConfigError(f"{name} must be a whole number from {least} to {most}.")
    return int(text)


def read_delay(name: str, text: str) -> tuple[int, int]:
    if not text.strip():
        return 0, 0
    found = re.fullmatch(r"([0-9]{1,9})(?:-([0-9]{1,9}))?", text.strip())
    if found is None or not int(found[1]) <= int(found[2] or found[1]) <= MAX_WAIT_MS:
        raise ConfigError(
            f"{name} must be a whole number from 0 to {MAX_WAIT_MS}, or a range such as 200-1500."
        )
    return int(found[1]), int(found[2] or found[1])


def read_rate(name: str, text: str) -> Rate | None:
    if not text.strip():
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,8})/([1-9][0-9]{0,8})", text.strip())
    if found is None:
        raise ConfigError(f'{name} must be "hits/seconds", for instance 10/60, or empty.')
    return Rate(int(found[1]), int(found[2]))


def read_list(_name: str, text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(",") if item.strip())


def read_origins(name: str, text: str) -> tuple[str, ...]:
    # An origin has no path, but is often written with a final slash. Browsers send lower case.
    origins = tuple(origin.rstrip("/").lower() for origin in read_list(name, text))
    if not all(re.fullmatch(rf"\*|[a-z][a-z0-9+.-]*://{_HOST}", origin) for origin in origins):
        example = "https://films.example,http://localhost:3000"
        raise ConfigError(f"{name} must have origins with their schemes, such as {example}, or *.")
    return origins


def read_url(name: str, text: str) -> str | None:
    if text and not re.fullmatch(rf"https?://{_HOST}(/[A-Za-z0-9._~-]+)*/?", text):
        raise ConfigError(f"{name} must be an address such as https://films.example/api.")
    return text.rstrip("/") or None


def read_bearer_token(name: str, text: str) -> str | None:
    # The characters that a header allows (RFC 6750, section 2.1), and too many to guess.
    if text and not re.fullmatch(r"[A-Za-z0-9._~+/-]{32,512}=*", text):
        raise ConfigError(
            f"{name} must have 32 to 512 characters out of A-Z a-z 0-9 . _ ~ + / and -. Make one "
            f"with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return text or None


def check_database_url(url: str) -> None:
    """Raise ConfigError for an invalid URL. The text repeats no part of it."""
    if url.startswith("postgres://"):
        raise ConfigError("DATABASE_URL begins with postgres://: write postgresql:// instead.")
    if re.fullmatch(r"sqlite://(/(:memory:|file:.*)?)?", unquote(url.partition("?")[0])):
        raise ConfigError("DATABASE_URL must name a file: every thread would have another memory.")
    if url.startswith("sqlite:///"):
        if "?" in url:
            raise ConfigError("DATABASE_URL has a ?, which is written %3F in the path of a file.")
        return
    if not re.match(r"postgresql(\+psycopg)?://", url):
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    try:
        parts = urlsplit(url)
        is_quoted = "@" not in parts.path and not parts.fragment
        are_hosts_read = _are_hosts_read(parts)
        is_read = is_quoted and (not are_hosts_read or parts.port != 0)
    except ValueError:  # Unescaped characters of the password end up in the port.
        is_read = False
    if not is_read or not parts.path.strip("/"):
        raise ConfigError(
            "DATABASE_URL cannot be read: it is postgresql://user:password@host:port/database, "
            "and in a password @ is written %40, / %2F, : %3A, # %23, ? %3F and % %25."
        )
    if not are_hosts_read:
        raise ConfigError(
            "DATABASE_URL has several hosts, which are written postgresql://user:password@/database"
            "?host=one,two&port=5432,5432&target_session_attrs=read-write, a port for each."
        )


def _are_hosts_read(parts: SplitResult) -> bool:
    """Return whether a URL has one host, or several in the only form that all programs read.

    SQLAlchemy, psql and pg_dump each accept other forms, too.
    """
    query = parse_qs(parts.query)
    authority = parts.netloc.rpartition("@")[2]
    hosts, ports, addresses = (query.get(name, []) for name in ("host", "port", "hostaddr"))
    if len(hosts) <= 1 and "," not in "".join([authority, *hosts, *ports, *addresses]):
        return True
    return (
        not authority
        and not addresses
        and len(hosts) == len(ports) == 1
        and all(re.fullmatch(r"[^\s\0[\]]+", host) for host in hosts[0].split(","))
        and all(ascii_int(port, 65_536) in range(1, 65_536) for port in ports[0].split(","))
        and hosts[0].count(",") == ports[0].count(",")
        # Without it a program may connect to a standby, which is read-only.
        and query.get("target_session_attrs") == ["read-write"]
    )
