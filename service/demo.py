"""People whose favorites let orders, counts and pages of favorites mean something."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from heapq import nlargest
from random import Random

from constants import DEMO_EMAIL, DEMO_PASSWORD
from dao.favorite import FavoriteDAO
from dao.lists import MovieFilter
from dao.movie import MovieDAO
from dao.user import UserDAO
from helpers.passwords import Passwords

_NAMES = (
    "Alice Anna Ben Boris Chloe Daria David Egor Emma Finn Gleb Grace Hanna Hugo Iris Ivan Jack "
    "Kira Lev Maria Nikita Olga Oscar Pavel Roman Sofia Timur Vera Zoe Zoya"
)
PEOPLE = {f"demo-{name.lower()}@example.com": name for name in _NAMES.split()}

# How many films the demo account, the first of the people and the last one like: two pages of them,
# several pages, and none. The others like up to as many as the first.
ACCOUNTS_FAVORITES, MOST_FAVORITES, FEWEST_FAVORITES = 15, 40, 0

_SEED = 1895
_YEAR_MICROSECONDS = 365 * 24 * 60 * 60 * 1_000_000


@dataclass(frozen=True)
class DemoService:
    """`clock` gives microseconds since the epoch."""

    _users: UserDAO
    _favorites: FavoriteDAO
    _movies: MovieDAO
    _passwords: Passwords
    _transaction: Callable[[], AbstractContextManager[None]]
    _clock: Callable[[], int]

    def populate(self, password: str | None, *, with_account: bool) -> None:
        """Add thirty people with favorites, unless somebody has an account already.

        They have this password, or else one that nobody knows. `with_account` adds the demo
        account, too. The same catalogue gets the same favorites each time.
        """
        hashed = self._passwords.hash(password) if password else self._passwords.nobodys()
        people: list[tuple[str, str, str | None]] = [
            (email, hashed, name) for email, name in PEOPLE.items()
        ]
        if with_account:
            people.append((DEMO_EMAIL, self._passwords.hash(DEMO_PASSWORD), None))
        with self._transaction():
            if not self._users.is_empty():
                return
            page = self._movies.find(MovieFilter(), "rating")
            best_first = [row[page.columns.index("id")] for row in page.rows]
            ids = [self._users.add(*person).id for person in people]
            self._favorites.add_all(_favorites(ids, best_first, self._clock()))


def _favorites(
    people: list[int], best_first: list[int], now: int
) -> Iterator[tuple[int, int, int]]:
    """Yield who likes which film since when, within the last year.

    A good film has better chances, and a film of rank n a chance of about 1/n (Zipf's law), so few
    are liked by many, and many by few.
    """
    # Of all its methods, this one alone gives the same numbers in every version of Python.
    random = Random(_SEED).random  # noqa: S311  # No secret is made.
    places = {movie: place * random() for place, movie in enumerate(best_first, start=1)}
    ranked = sorted(places, key=places.__getitem__)
    del ranked[len(ranked) * 15 // 16 :]  # Nobody likes the last of them.
    others = [int(MOST_FAVORITES ** random()) for _ in PEOPLE][2:]
    numbers = [MOST_FAVORITES, *others, FEWEST_FAVORITES, ACCOUNTS_FAVORITES]
    for user_id, number in zip(people, numbers, strict=False):
        # Weighted choice without repetition: Efraimidis and Spirakis, 2006, algorithm A.
        keys = {movie: random() ** rank for rank, movie in enumerate(ranked, start=1)}
        for movie_id in nlargest(number, keys, key=keys.__getitem__):
            yield user_id, movie_id, now - int(random() * _YEAR_MICROSECONDS)
