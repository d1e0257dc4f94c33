"""Rib: posters of films, drawn as SVG of about a kilobyte.

`draw_poster` is a pure function that returns the same picture for the same film. The genre chooses
the motif, the year chooses a background of paper or night, and the id everything else. Callers can
ignore how it works. Drawn posters need no network and no rights, and imported films have them, too.
Image files would add megabytes to the repository.
"""

from helpers.posters.poster import MEDIA_TYPE, draw_poster

__all__ = ["MEDIA_TYPE", "draw_poster"]
