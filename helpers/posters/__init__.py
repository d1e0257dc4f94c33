"""Rib: posters of films, drawn from what is known of them, as SVG of about a kilobyte.

`draw_poster` takes the facts of a film and gives the same picture each time: the genre chooses the
motif, the year paper or night, and the id everything else. A reader may ignore how: it is a
function from facts to a text. It is worth pictures for whoever builds a page without a network and
without anybody's rights, where files would be megabytes in the repository and none for films that
are imported.
"""

from helpers.posters.poster import MEDIA_TYPE, draw_poster

__all__ = ["MEDIA_TYPE", "draw_poster"]
