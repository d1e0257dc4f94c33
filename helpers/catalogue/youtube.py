"""URLs of YouTube videos, each of which has many spellings."""

import re
from itertools import product
from urllib.parse import parse_qs, urlsplit

from constants import URL_LENGTH

_SCHEME = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
# The two excluded names have the shape of an id, but are players and not videos.
_VIDEO_ID = re.compile(r"(?!videoseries|live_stream)[A-Za-z0-9_-]{11}")
_HOSTS = (
    *("youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"),
    *("youtube-nocookie.com", "www.youtube-nocookie.com"),
)
_VIDEO_FOLDERS = {
    *product(("youtu.be", "www.youtu.be"), ("",)),
    *product(_HOSTS, ("embed", "shorts", "live", "v", "e")),
}


def canonical_url(text: str) -> str:
    """Return the canonical URL of a YouTube video, or "" for anything else."""
    if len(text) > URL_LENGTH:
        return ""
    try:
        url = urlsplit(f"https://{_SCHEME.sub('', text.strip(), count=1)}")
    except ValueError:  # Brackets without an IPv6 address.
        return ""
    folder, _, name = url.path.strip("/").rpartition("/")
    video = name if (url.hostname, folder) in _VIDEO_FOLDERS else ""
    if url.hostname in _HOSTS and (folder, name) == ("", "watch"):
        video = parse_qs(url.query).get("v", [""])[0]
    return f"https://www.youtube.com/watch?v={video}" if _VIDEO_ID.fullmatch(video) else ""
