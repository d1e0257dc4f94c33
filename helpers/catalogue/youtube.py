"""URLs of videos on YouTube, which has many spellings of each."""

from __future__ import annotations

import re
from itertools import product
from urllib.parse import parse_qs, urlsplit

_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_HOSTS = ("youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com")
_VIDEO_FOLDERS = {("youtu.be", ""), *product(_HOSTS, ("embed", "shorts", "v"))}


def canonical_url(text: str) -> str:
    """Return the one spelling of a YouTube video's URL, or "" for anything else."""
    try:
        url = urlsplit(text.strip())
    except ValueError:  # Brackets that enclose no IPv6 address.
        return ""
    folder, _, name = url.path.strip("/").rpartition("/")
    if url.hostname in _HOSTS and (folder, name) == ("", "watch"):
        video = parse_qs(url.query).get("v", [""])[0]
    elif (url.hostname, folder) in _VIDEO_FOLDERS:
        video = name
    else:
        video = ""
    return f"https://www.youtube.com/watch?v={video}" if _VIDEO_ID.fullmatch(video) else ""
