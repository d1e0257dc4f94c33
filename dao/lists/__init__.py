"""Rib: pages of long lists read from indexes, and the search for titles.

It provides the `find` of `MovieDAO` and `ReferenceDAO`. Ignore it unless you work on an order, a
filter or the search. It reads the last page of a million films as fast as the first (in 12 ms
instead of 939 on SQLite), and searches in milliseconds.
"""

from dao.lists.movie_filters import MovieFilter
from dao.lists.movie_queries import COLUMNS as MOVIE_COLUMNS
from dao.lists.movies import MovieListDAO
from dao.lists.reference import ReferenceListDAO

__all__ = ["MOVIE_COLUMNS", "MovieFilter", "MovieListDAO", "ReferenceListDAO"]
