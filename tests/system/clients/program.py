"""Uses the API through the client of openapi-python-client.

It does the same as program.ts and prints the same.
"""

import json
import sys

from kinoteka_client import AuthenticatedClient, Client
from kinoteka_client.api.auth import log_in, log_out, register
from kinoteka_client.api.favorites import add_favorite, list_favorites
from kinoteka_client.api.movies import get_movie, list_movies
from kinoteka_client.api.user import change_profile, get_profile
from kinoteka_client.models import (
    Credentials,
    ListMoviesSort,
    LogInDataBody,
    MovieDetail,
    ProfileChanges,
    Registration,
)

base_url, email, password = sys.argv[1:]
anybody = Client(base_url=base_url)

best = {"page": 1, "per_page": 3, "sort": ListMoviesSort.RATING}
answer = list_movies.sync_detailed(client=anybody, **best)
films, tag = answer.parsed, answer.headers["ETag"]
of_genre = list_movies.sync(client=anybody, genre_id=films[0].genre.id)
again = list_movies.sync_detailed(client=anybody, if_none_match=tag, **best)
mistake = list_movies.sync(client=anybody, page=0)

register.sync(client=anybody, body=Registration(email=email, password=password))
by_form = log_in.sync(client=anybody, body=LogInDataBody(email=email, password=password))
pair = log_in.sync(client=anybody, body=Credentials(email=email, password=password))

somebody = AuthenticatedClient(base_url=base_url, token=pair.access_token)
add_favorite.sync(films[0].id, client=somebody)
film = get_movie.sync(films[0].id, client=somebody)
later = MovieDetail.from_dict({**film.to_dict(), "duration": 107})
favorites = list_favorites.sync(client=somebody)
change_profile.sync(client=somebody, body=ProfileChanges(name="Анна", surname=None))
user = get_profile.sync(client=somebody)
goodbye = log_out.sync_detailed(client=somebody)
refusal = get_profile.sync(client=somebody)

shown = {
    "films": [film.title for film in films],
    "total": answer.headers["X-Total-Count"],
    "ofGenre": sorted({film.genre.name for film in of_genre}),
    "again": again.status_code,
    "mistake": mistake.errors["page"],
    "byForm": by_form.refresh_token != pair.refresh_token,
    "isFavorite": later.is_favorite,
    "favorites": [film.title for film in favorites],
    "user": [user.email, user.name, user.surname],
    "goodbye": goodbye.status_code,
    "refusal": refusal.message,
}
sys.stdout.write(json.dumps(shown))
