"""URLs of videos on YouTube, which has many spellings of each."""

import re
from itertools import product
from urllib.parse import parse_qs, urlsplit

from constants import URL_LENGTH

_SCHEME = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
# Two players that are no video have names of that shape.
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
    """Return the one spelling of a YouTube video's URL, or "" for anything else."""
    if len(text) > URL_LENGTH:
        return ""
    try:
        url = urlsplit(f"https://{_SCHEME.sub('', text.strip(), count=1)}")
    except ValueError:  # Brackets that enclose no IPv6 address.
        return ""
    folder, _, name = url.path.strip("/").rpartition("/")
    video = name if (url.hostname, folder) in _VIDEO_FOLDERS else ""
    if url.hostname in _HOSTS and (folder, name) == ("", "watch"):
        video = parse_qs(url.query).get("v", [""])[0]
    return f"https://www.youtube.com/watch?v={video}" if _VIDEO_ID.fullmatch(video) else ""
