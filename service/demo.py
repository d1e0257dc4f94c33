"""Demo accounts, whose favorites make orders, counts and pages of favorites meaningful."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from constants import DEMO_EMAIL, DEMO_PASSWORD
from dao.favorite import FavoriteDAO
from dao.lists import MovieFilter
from dao.movie import MovieDAO
from dao.user import UserDAO
from helpers.catalogue import seeded_favorites
from helpers.passwords import Passwords

_NAMES = (
    "Alice Anna Ben Boris Chloe Daria David Egor Emma Finn Gleb Grace Hanna Hugo Iris Ivan Jack "
    "Kira Lev Maria Nikita Olga Oscar Pavel Roman Sofia Timur Vera Zoe Zoya"
)
PEOPLE = {f"demo-{name.lower()}@example.com": name for name in _NAMES.split()}


@dataclass(frozen=True)
class DemoService:
    """Adds demo people with favorites. `microseconds` returns the time since the epoch."""

    _users: UserDAO
    _favorites: FavoriteDAO
    _movies: MovieDAO
    _passwords: Passwords
    _transaction: Callable[[], AbstractContextManager[None]]
    _microseconds: Callable[[], int]

    def populate(self, password: str | None, *, with_account: bool) -> None:
        """Add thirty people with favorites, unless there are accounts already.

        They have this password, or else one that nobody knows. `with_account` adds the demo
        account, too. The same catalogue gets the same favorites each time.
        """
        hashed = self._passwords.hash(password) if password else self._passwords.unusable_hash()
        account_hash = self._passwords.hash(DEMO_PASSWORD) if with_account else None
        with self._transaction():
            if not self._users.is_empty():
                return
            best_first = self._movies.find(MovieFilter(), "rating").column("id")
            people = [self._users.add(email, hashed, name).id for email, name in PEOPLE.items()]
            account = None
            if account_hash:
                account = self._users.add(DEMO_EMAIL, account_hash, None).id
            now = self._microseconds()
            self._favorites.add_all(seeded_favorites(people, account, best_first, now))
