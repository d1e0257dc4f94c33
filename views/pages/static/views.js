// The views of films. A view takes the query of the URL, and returns its title and elements. The
// signal aborts its requests when the user navigates away.
import { request } from "./api.js";
import { element, link, notice } from "./elements.js";
import { written } from "./favorites.js";
import { addressOf, grid, shelf, spotlight } from "./movies.js";
import { requestSignedIn } from "./session.js";
import { say } from "./texts.js";

export const FILTERS = ["q", "genre_id", "director_id", "sort"];
const ORDERS = ["new", "rating", "popular", "title"];
const SHELF = 14;
const PAGE = 24;
const DAY = 86_400_000; // Milliseconds.

let known;

/** Return the genres. They are requested once, unless the request fails. */
export async function genres() {
  known ??= (await request("genres/")).body;
  return known;
}

// In the API the newest films are a `status`, and the other orders a `sort`.
function requestMovies({ sort, ...filters }, signal) {
  const order = sort === "new" ? { status: "new" } : { sort };
  return request(`movies/?${new URLSearchParams({ page: 1, ...filters, ...order })}`, { signal });
}

export async function start(_, signal) {
  const lists = ["new", "rating", "popular"].map(async (sort) => {
    const { body } = await requestMovies({ sort, per_page: SHELF }, signal);
    return [sort, body];
  });
  const [all, ...shelves] = await Promise.all([genres(), ...lists]);
  const [, [, best]] = shelves;
  if (best.length === 0) return { title: "", nodes: [notice(element("h1", say("empty")), "")] };
  return {
    title: "",
    nodes: [
      element("h1.unseen", "Kinoteka"),
      ofTheDay(best[Math.floor(Date.now() / DAY) % best.length]),
      ...shelves.map(([sort, movies]) => shelf(say(sort), `?sort=${sort}`, movies)),
      element("h2", say("genres")),
      choices(all, null, (id) => `?genre_id=${id}`),
    ],
  };
}

function ofTheDay(movie) {
  const title = element("h2.title", element("a", { href: addressOf(movie) }, movie.title));
  return spotlight(movie, element("div", element("p.eyebrow", say("today")), title));
}

export async function movies(query, signal) {
  const given = FILTERS.filter((name) => query.get(name)).map((name) => [name, query.get(name)]);
  const filters = Object.fromEntries(given);
  const sort = ORDERS.includes(filters.sort) ? filters.sort : "rating";
  const page = Number(query.get("page") ?? 1);
  const asked = requestMovies({ ...filters, sort, page, per_page: PAGE }, signal);
  const [list, all] = await Promise.all([asked, genres()]);
  const name = nameOf(filters, list.body, all);
  const to = (changes) => addressWith({ ...filters, ...changes });
  const empty = notice(element("h2", say("nothing")), say(hintOf(filters)));
  return {
    title: name ?? say(sort),
    nodes: [
      heading(name ?? say(sort), list.total),
      orders(sort, (other) => to({ sort: other }), name),
      choices(all, filters.genre_id ?? "", (id) => to({ genre_id: id })),
      ...listing(list, page, to, empty),
    ],
  };
}

function addressWith(filters) {
  return `?${new URLSearchParams(Object.entries(filters).filter(([, value]) => value))}`;
}

function nameOf({ q, genre_id: genreId, director_id: directorId }, found, all) {
  if (q) return say("found", { q });
  if (directorId) return found[0]?.director.name;
  return all.find((genre) => String(genre.id) === genreId)?.name;
}

const hintOf = ({ q }) => (q && q.length < 3 ? "short_hint" : "nothing_hint");

function heading(name, total) {
  const count = element("p", { role: "status" }, say("films", { n: total }));
  return element("div.heading", element("h1", name), count);
}

// Without a filter the bar at the top has these links, if there is room.
function orders(current, to, isFiltered) {
  const links = ORDERS.map((sort) => choice(say(sort), to(sort), sort === current));
  const name = isFiltered ? "nav.choices" : "nav.choices.narrow";
  return element(name, { ariaLabel: say("order") }, ...links);
}

// The current genre is an id, "" for all genres, or null if none is marked.
function choices(all, current, to) {
  const links = all.map(({ id, name }) => choice(name, to(id), String(id) === current));
  const every = current === null ? null : choice(say("all"), to(""), current === "");
  return element("nav.choices", { ariaLabel: say("genres") }, every, ...links);
}

function choice(text, href, isCurrent) {
  const properties = isCurrent ? { href, "aria-current": "true" } : { href };
  return element("a.choice", properties, text);
}

// A page of a list with links to its neighbors, or a message if it is empty.
function listing({ body, pages }, page, to, empty) {
  const place = element("span", say("page", { page, last: Number(pages.last) }));
  const [back, on] = ["prev", "next"].map((rel) => {
    const href = pages[rel] && to({ page: pages[rel] });
    return href ? element("a.button.quiet", { href, rel }, say(rel)) : null;
  });
  const turn = element("nav.pages", { ariaLabel: say("pages") }, back, place, on);
  return [body.length ? grid(body) : empty, back || on ? turn : null];
}

export async function movie(query, signal) {
  const id = Number(query.get("film")); // Not the text itself: "." would change the path.
  await written(); // Otherwise the count could miss a heart that was just pressed.
  const { body: shown } = await request(`movies/${id}/`, { signal });
  const others = async (filter) => {
    const { body } = await requestMovies({ ...filter, sort: "popular", per_page: SHELF }, signal);
    return body.filter((other) => other.id !== shown.id);
  };
  const ofDirector = { director_id: shown.director.id };
  const ofGenre = { genre_id: shown.genre.id };
  const [byDirector, alike] = await Promise.all([others(ofDirector), others(ofGenre)]);
  return {
    title: shown.title,
    nodes: [
      spotlight(shown, element("h1.title", shown.title), likes(shown, signal)),
      shelf(say("same_director"), addressWith(ofDirector), byDirector),
      shelf(say("same_genre"), addressWith(ofGenre), alike),
    ],
  };
}

// The number of favorites, which the heart beside it changes.
function likes({ id, favorites_count: count }, signal) {
  const made = element("span.likes");
  const show = (n) => (made.textContent = n ? say("likes", { n }) : "");
  const follow = ({ detail }) => detail.id === id && show((count += detail.isFavorite ? 1 : -1));
  addEventListener("favorite", follow, { signal });
  show(count);
  return made;
}

export async function favorites(query, signal) {
  const page = Number(query.get("page") ?? 1);
  const asked = new URLSearchParams({ page, per_page: PAGE });
  await written();
  const list = await requestSignedIn(`favorites/movies/?${asked}`, { signal });
  const to = (changes) => addressWith({ view: "favorites", ...changes });
  const why = element("h2", say("no_favorites"));
  const empty = notice(why, say("no_favorites_hint"), link("to_films", "?sort=popular"));
  const title = say("favorites");
  return { title, nodes: [heading(title, list.total), ...listing(list, page, to, empty)] };
}
