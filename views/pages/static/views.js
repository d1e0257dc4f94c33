// What there is to see of films: each view is made of the query of the address, and returns a title
// and elements. Its requests end with the signal, when somebody has gone on.
import { request, requestSignedIn } from "./api.js";
import { element, link, notice } from "./elements.js";
import { grid, shelf, spotlight, titleLink } from "./movies.js";
import { say } from "./texts.js";

export const ORDERS = ["new", "rating", "popular", "title"];
export const FILTERS = ["q", "genre_id", "director_id", "sort"];
const SHELF = 14;
const PAGE = 24;

/** Return the genres, which are requested once. */
export const genres = once(async () => (await request("genres/")).body);

// A promise that has failed is not kept: the next one may not fail.
function once(make) {
  let made;
  return () => (made ??= make().catch((error) => ((made = undefined), Promise.reject(error))));
}

// For the API the newest films are a status, and the other orders a sort.
function moviesPath(filters) {
  const { sort, ...others } = filters;
  const order = sort === "new" ? { status: "new" } : { sort };
  return `movies/?${new URLSearchParams({ page: 1, ...others, ...order })}`;
}

export async function start(_, signal) {
  const shelves = ["new", "rating", "popular"].map((sort) => request(moviesPath({ sort, per_page: SHELF }), { signal }));
  const [newest, best, popular] = (await Promise.all(shelves)).map(({ body }) => body);
  if (best.length === 0) return { title: null, nodes: [notice(say("empty"), "")] };
  const today = best[Math.floor(Date.now() / 86_400_000) % best.length];
  return {
    title: null,
    nodes: [
      element("h1", { className: "unseen" }, "Kinoteka"),
      spotlight(today, say("today"), titleLink(today)),
      shelf(say("new"), "?sort=new", newest),
      shelf(say("rating"), "?sort=rating", best),
      shelf(say("popular"), "?sort=popular", popular),
      element("section", { className: "shelf" }, element("h2", {}, say("genres")), choices(await genres(), {}, (genre) => `?genre_id=${genre.id}`)),
    ],
  };
}

export async function movies(query, signal) {
  const wanted = Object.fromEntries(FILTERS.filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
  const sort = ORDERS.includes(wanted.sort) ? wanted.sort : "rating";
  const page = Number(query.get("page") ?? 1);
  const path = moviesPath({ ...wanted, sort, page, per_page: PAGE });
  const [found, known] = await Promise.all([request(path, { signal }), genres()]);
  const name = headingOf(wanted, found.body, known);
  const to = (changes) => `?${new URLSearchParams(Object.entries({ ...wanted, ...changes }).filter(([, value]) => value))}`;
  return {
    title: name ?? say(sort),
    nodes: [
      heading(name ?? say(sort), found.total),
      element("div", { className: "filters" }, orders(sort, to, name), choices(known, wanted, (genre) => to({ genre_id: genre.id }), to({ genre_id: "" }))),
      ...listing(found, page, to, notice(say("nothing"), say(hintOf(wanted)), [], "h2")),
    ],
  };
}

function headingOf({ q, genre_id: genreId, director_id: directorId }, found, known) {
  if (q) return say("found", { q });
  if (directorId) return found[0]?.director.name;
  return known.find((genre) => String(genre.id) === genreId)?.name;
}

const hintOf = ({ q }) => (q && q.length < 3 ? "short_hint" : "nothing_hint");

const heading = (name, total) => element("div", { className: "heading" }, element("h1", {}, name), element("p", { role: "status" }, say("films", { n: total })));

// Without a filter the bar at the top has them, where there is room.
function orders(current, to, isFiltered) {
  const links = ORDERS.map((sort) => choice(say(sort), to({ sort }), sort === current));
  return element("nav", { className: isFiltered ? "choices orders" : "choices orders again", ariaLabel: say("order") }, ...links);
}

function choices(known, { genre_id: current }, to, toAll) {
  const all = toAll ? choice(say("all"), toAll, !current) : null;
  const links = known.map((genre) => choice(genre.name, to(genre), String(genre.id) === current));
  return element("nav", { className: "choices genres", ariaLabel: say("genres") }, all, ...links);
}

const choice = (text, href, isCurrent) => element("a", { href, className: "choice", ...(isCurrent && { "aria-current": "true" }) }, text);

/** Return a page of a list with links to its neighbors, and what is said where it is empty. */
function listing({ body, pages }, page, to, empty) {
  const [previous, next] = ["prev", "next"].map((relation) => pages[relation] ? element("a", { className: "button quiet", rel: relation, href: to({ page: pages[relation] }) }, say(relation)) : null);
  const place = element("span", {}, say("page", { page, last: Number(pages.last) }));
  const turn = element("nav", { className: "pages", ariaLabel: say("pages") }, previous, place, next);
  return [body.length ? grid(body) : empty, previous || next ? turn : null];
}

export async function movie(query, signal) {
  const { body } = await request(`movies/${encodeURIComponent(query.get("film"))}/`, { signal });
  const others = [{ director_id: body.director.id }, { genre_id: body.genre.id }].map(async (filter) => {
    const found = await request(moviesPath({ ...filter, sort: "popular", per_page: SHELF }), { signal });
    return found.body.filter((other) => other.id !== body.id);
  });
  const [ofDirector, ofGenre] = await Promise.all(others);
  const likes = element("span", { className: "likes" });
  const tellLikes = (n) => (likes.textContent = n ? say("likes", { n }) : "");
  tellLikes(body.favorites_count);
  addEventListener("favorite", ({ detail }) => detail.id === body.id && tellLikes((body.favorites_count += detail.isFavorite ? 1 : -1)), { signal });
  return {
    title: body.title,
    nodes: [
      spotlight(body, null, element("h1", { className: "title" }, body.title), likes),
      shelf(say("same_director"), `?director_id=${body.director.id}`, ofDirector),
      shelf(say("same_genre"), `?genre_id=${body.genre.id}`, ofGenre),
    ],
  };
}

export async function favorites(query, signal) {
  const page = Number(query.get("page") ?? 1);
  const found = await requestSignedIn(`favorites/movies/?page=${page}&per_page=${PAGE}`, { signal });
  const to = (changes) => `?${new URLSearchParams({ view: "favorites", ...changes })}`;
  const empty = notice(say("no_favorites"), say("no_favorites_hint"), [link("to_films", "?sort=popular")], "h2");
  return { title: say("favorites"), nodes: [heading(say("favorites"), found.total), ...listing(found, page, to, empty)] };
}
