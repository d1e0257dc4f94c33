"""What was acknowledged to people, compared with what is shown and what is in the database."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from dao.models import Director, Favorite, Genre, ListState, Movie, User
from tests.contract.client import Api
from tests.system.people import Person, expect


def assert_all_is_shown(url: str, people: Sequence[Person]) -> None:
    """One instance shows everybody what was acknowledged to them, wherever that was."""
    with Api(url) as api:
        for person in people:
            films = expect(api.get("/favorites/movies/", headers=person.headers())).json()
            assert [film["id"] for film in films] == person.favorites
            assert expect(api.get("/user/", headers=person.headers())).json()["name"] == person.name
            expect(api.refresh(person.tokens))
            expect(api.log_in(*person.accounts[-1]))
        films = api.get("/movies/", params={"sort": "popular"}).json()
    liked = Counter(movie_id for person in people for movie_id in person.favorites)
    expected = sorted((film["id"] for film in films), key=lambda film: (-liked[film], film))
    assert [film["id"] for film in films] == expected


def assert_all_is_kept(connection: Connection, people: Sequence[Person]) -> None:
    """The database has every account and favorite, and counts that are what is counted."""
    emails = {email for person in people for email, _ in person.accounts}
    assert emails <= set(connection.scalars(select(User.email)))
    favorites = [person.favorites for person in people]
    assert connection.scalar(select(func.count()).select_from(Favorite)) == sum(map(len, favorites))
    liked = Counter(movie_id for some in favorites for movie_id in some)
    counts = select(Movie.id, Movie.favorites_count).where(Movie.favorites_count != 0)
    assert dict(connection.execute(counts).all()) == dict(liked)
    for model in (Genre, Director, Movie):
        total = select(ListState.total).where(ListState.name == model.__tablename__)
        assert connection.scalar(total) == connection.scalar(select(func.count(model.id)))
