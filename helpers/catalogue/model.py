"""What a catalogue file says, whatever its format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

# Told how far a step is: its name, what is done, and of how much.
Progress = Callable[[str, int, int], None]


class CatalogueError(ValueError):
    """A catalogue file is broken; the text names the file and, where there is one, the line."""


class Film(NamedTuple):
    """A film of a file. `director_id` and `external_id` are the file's own ids."""

    external_id: str
    title: str
    description: str
    trailer: str
    year: int
    rating: float | None
    genre: str
    director_id: str


@dataclass(frozen=True)
class Catalogue:
    """`source` tells files of different places apart; `directors` are names by the file's id.

    `films` are so many as `size` says, and may be a stream, read once. `skipped` counts the rows
    that were left out, by reason.
    """

    source: str
    genres: Iterable[str]
    directors: Mapping[str, str]
    films: Iterable[Film]
    size: int
    skipped: Counter[str] = field(default_factory=Counter)


_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE = ("youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com")
_VIDEO_FOLDERS = {("youtu.be", ""), *product(_YOUTUBE, ("embed", "shorts", "v"))}


def youtube_address(text: str) -> str:
    """Return the one spelling of a YouTube video's address, or "" for anything else."""
    try:
        address = urlsplit(text.strip())
    except ValueError:  # Brackets that enclose no IPv6 address.
        return ""
    folder, _, name = address.path.strip("/").rpartition("/")
    if address.hostname in _YOUTUBE and (folder, name) == ("", "watch"):
        video = parse_qs(address.query).get("v", [""])[0]
    elif (address.hostname, folder) in _VIDEO_FOLDERS:
        video = name
    else:
        video = ""
    return f"https://www.youtube.com/watch?v={video}" if _VIDEO_ID.fullmatch(video) else ""
