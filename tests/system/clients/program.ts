// Uses the API through the types that openapi-typescript generates from its document.
// It does the same as program.py and prints the same.

import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

declare const process: { argv: string[] };
declare const console: { log(text: string): void };

type Movie = components["schemas"]["Movie"];
type User = components["schemas"]["User"];

const [baseUrl, email, password] = process.argv.slice(2);
const api = createClient<paths>({ baseUrl });

// Never called. The compiler reports each expected error that does not occur.
export function misuse(movie: Movie, user: User): void {
  // @ts-expect-error  Films have a title, not a name.
  movie.name;
  // @ts-expect-error  The rating of a film may be null.
  movie.rating.toFixed(1);
  // @ts-expect-error  The name of a user may be null.
  user.name.length;
  // @ts-expect-error  There is no such path.
  void api.GET("/films");
  // @ts-expect-error  A page is a number.
  void api.GET("/movies", { params: { query: { page: "1" } } });
  // @ts-expect-error  There is no such order.
  void api.GET("/movies", { params: { query: { sort: "year" } } });
  // @ts-expect-error  The path has an id.
  void api.GET("/movies/{movie_id}");
  // @ts-expect-error  The password is required.
  void api.POST("/auth/login", { body: { email: "anna@example.com" } });
  // @ts-expect-error  The field is called email.
  void api.POST("/auth/login", { body: { login: "anna", password: "…" } });
  // @ts-expect-error  A name is a string.
  void api.PATCH("/user", { body: { name: 20 } });
}

function found<T>(answer: { data?: T }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer));
  return answer.data;
}

const best = { page: 1, per_page: 3, sort: "rating" } as const;
const answer = await api.GET("/movies", { params: { query: best } });
const films: Movie[] = found(answer);
const tag = answer.response.headers.get("ETag") ?? undefined;
const query = { genre_id: films[0].genre.id };
const ofGenre = found(await api.GET("/movies", { params: { query } }));
const header = { "If-None-Match": tag };
const again = await api.GET("/movies", { params: { query: best, header } });
const mistake = await api.GET("/movies", { params: { query: { page: 0 } } });

const credentials = { email, password };
const form = { "Content-Type": "application/x-www-form-urlencoded" };
found(await api.POST("/auth/register", { body: credentials }));
const byForm = found(await api.POST("/auth/login", { body: credentials, headers: form }));
const pair = found(await api.POST("/auth/login", { body: credentials }));

api.use({
  onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${pair.access_token}`);
  },
});
const path = { movie_id: films[0].id };
found(await api.POST("/favorites/movies/{movie_id}", { params: { path } }));
const film = found(await api.GET("/movies/{movie_id}", { params: { path } }));
const favorites = found(await api.GET("/favorites/movies"));
found(await api.PATCH("/user", { body: { name: "Анна", surname: null } }));
const user: User = found(await api.GET("/user"));
const goodbye = await api.DELETE("/auth/login");
const refusal = await api.GET("/user");

console.log(
  JSON.stringify({
    films: films.map((film) => film.title),
    total: answer.response.headers.get("X-Total-Count"),
    ofGenre: [...new Set(ofGenre.map((film) => film.genre.name))],
    again: again.response.status,
    mistake: mistake.error && "errors" in mistake.error ? mistake.error.errors?.page : null,
    byForm: byForm.refresh_token !== pair.refresh_token,
    isFavorite: film.is_favorite,
    favorites: favorites.map((film) => film.title),
    user: [user.email, user.name, user.surname],
    goodbye: goodbye.response.status,
    refusal: refusal.error?.message,
  }),
);
