"""The demo users and their favorites."""

from collections import Counter
from unittest.mock import Mock, call

import pytest

from constants import DEMO_EMAIL, DEMO_PASSWORD
from helpers.catalogue.seeded import ACCOUNTS_FAVORITES, MOST_FAVORITES
from helpers.pages import Page
from service.demo import PEOPLE, DemoService
from tests.service.doubles import NOW, Clock, Transaction
from tests.support.builders import a_user

FILMS = 80
YEAR_MICROSECONDS = 365 * 86_400 * 1_000_000


@pytest.fixture
def demo(doubles: Mock, transaction: Transaction) -> DemoService:
    """There are no accounts, and film 1 has the highest rating."""
    rows = [("Film", number) for number in range(1, FILMS + 1)]
    doubles.movies.find.return_value = Page(rows, ("title", "id"), FILMS, 5, None, 12)
    doubles.users.is_empty.return_value = True
    doubles.users.add.side_effect = (a_user(id=number) for number in range(1, 100))
    doubles.passwords.unusable_hash.return_value = "hash of nobody's"
    return DemoService(
        doubles.users,
        doubles.favorites,
        doubles.movies,
        doubles.passwords,
        transaction,
        Clock(NOW * 1_000_000),
    )


def added_favorites(doubles: Mock) -> list[tuple[int, int, int]]:
    """Return user, film and time of each added favorite."""
    [(favorites,)] = [made.args for made in doubles.favorites.add_all.mock_calls]
    return list(favorites)


def test_adds_thirty_people_in_one_transaction(demo: DemoService, doubles: Mock) -> None:
    demo.populate(None, with_account=False)
    assert len(PEOPLE) == 30
    added = [call.users.add(email, "hash of nobody's", name) for email, name in PEOPLE.items()]
    assert [made for made in doubles.mock_calls if made[0] == "users.add"] == added
    order = [name for name, *_ in doubles.mock_calls if name != "users.add"]
    assert order == [
        *("passwords.unusable_hash", "begin", "users.is_empty", "movies.find"),
        *("favorites.add_all", "commit"),
    ]


def test_the_demo_account_has_its_password_and_two_pages_of_favorites(
    demo: DemoService, doubles: Mock
) -> None:
    demo.populate("films for all", with_account=True)
    adds = {made.args[0]: made.args[1:] for made in doubles.users.add.mock_calls}
    assert adds.pop(DEMO_EMAIL) == (f"hash of {DEMO_PASSWORD}", None)
    assert {hashed for hashed, _ in adds.values()} == {"hash of films for all"}
    theirs = Counter(user_id for user_id, _, _ in added_favorites(doubles))
    assert (theirs[1], theirs[30], theirs[31]) == (MOST_FAVORITES, 0, ACCOUNTS_FAVORITES)
    assert {theirs[number] > 0 for number in range(2, 30)} == {True}


def test_few_films_have_many_favorites_and_some_have_none(demo: DemoService, doubles: Mock) -> None:
    demo.populate(None, with_account=True)
    favorites = added_favorites(doubles)
    pairs = [(user_id, movie_id) for user_id, movie_id, _ in favorites]
    assert len(set(pairs)) == len(pairs)
    assert all(0 <= NOW * 1_000_000 - since <= YEAR_MICROSECONDS for _, _, since in favorites)
    likes = Counter(movie_id for _, movie_id in pairs)
    most = [number for _, number in likes.most_common()]
    assert most[0] >= 15
    assert most[len(most) // 2] <= 5
    assert 5 <= FILMS - len(likes) <= 15
    better, worse = (sum(likes[film] for film in half) for half in (range(1, 41), range(41, 81)))
    assert better > 1.5 * worse


def test_the_same_films_get_the_same_favorites_each_time(demo: DemoService, doubles: Mock) -> None:
    favorites = []
    for _ in range(2):
        doubles.favorites.add_all.reset_mock()
        doubles.users.add.side_effect = (a_user(id=number) for number in range(1, 100))
        demo.populate(None, with_account=True)
        favorites.append(added_favorites(doubles))
    assert favorites[0] == favorites[1]


def test_adds_no_people_if_there_is_an_account(demo: DemoService, doubles: Mock) -> None:
    doubles.users.is_empty.return_value = False
    demo.populate(None, with_account=True)
    assert doubles.users.add.mock_calls == doubles.favorites.add_all.mock_calls == []
