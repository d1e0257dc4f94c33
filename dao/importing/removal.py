"""Deleting rows that a file does not have."""

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from dao.base import visible
from dao.importing.base import ImportDAO
from dao.importing.tables import OTHERS, STAGED, is_staged
from dao.models import CatalogueRow, Director, Favorite, Genre, Movie, User


@dataclass(frozen=True, kw_only=True)
class Others:
    """Counts of the rows that a file does not have, and of the favorites of those films."""

    movies: int = 0
    favorites: int = 0
    directors: int = 0
    genres: int = 0

    @property
    def any(self) -> bool:
        return any(vars(self).values())


class RemovalDAO(ImportDAO):
    """Deletes rows that StagingDAO has not staged.

    Rows are deleted by position: at most `limit` of those after position `after`. Films go first,
    since they refer to directors and genres. The methods return how many rows they deleted.
    """

    def find_others(self, source: str) -> Others:
        """Find visible rows that are not in the file."""
        for model, others in OTHERS.items():
            in_file = select(model.id).join(STAGED[model], is_staged(model, source))
            ids = select(model.id).where(visible(model)).except_(in_file).subquery().c
            self._run(insert(others).from_select(["id"], select(ids.id).order_by(ids.id)))
        favorites = select(func.sum(Movie.favorites_count)).join(
            OTHERS[Movie], OTHERS[Movie].c.id == Movie.id
        )
        return Others(
            movies=self._count(OTHERS[Movie]),
            favorites=self._execute(favorites).scalar() or 0,
            directors=self._count(OTHERS[Director]),
            genres=self._count(OTHERS[Genre]),
        )

    def delete_movies(self, after: int, limit: int) -> int:
        """Delete films with their favorites."""
        ids = self._ids(Movie, after, limit)
        # Adding a favorite locks its film, so none can be added after this.
        self._execute(
            select(Movie.id).where(Movie.id.in_(ids)).order_by(Movie.id).with_for_update()
        ).all()
        self._run(delete(Favorite).where(Favorite.movie_id.in_(ids)))
        self._run(delete(Movie).where(Movie.id.in_(ids)))
        return len(ids)

    def delete_directors(self, after: int, limit: int) -> int:
        ids = self._ids(Director, after, limit)
        self._run(delete(Director).where(Director.id.in_(ids)))
        return len(ids)

    def delete_genres(self, after: int, limit: int) -> int:
        """Delete genres. Users who have one as their favorite genre have none afterwards."""
        ids = self._ids(Genre, after, limit)
        forget = update(User).where(User.favorite_genre_id.in_(ids)).values(favorite_genre_id=None)
        # Users are locked before genres, as when a user chooses a genre, to prevent a deadlock. The
        # second update finds users who chose one before the genres were locked.
        self._run(forget)
        self._execute(select(Genre.id).where(Genre.id.in_(ids)).with_for_update()).all()
        self._run(forget)
        self._run(delete(Genre).where(Genre.id.in_(ids)))
        return len(ids)

    def _ids(self, model: type[CatalogueRow], after: int, limit: int) -> list[int]:
        others = OTHERS[model].c
        is_next = others.position.between(after + 1, after + limit)
        return list(self._execute(select(others.id).where(is_next)).scalars())
