// Films as they are shown: as a card, on a shelf, in the spotlight; and the hearts on them.
import { address, requestSignedIn, session } from "./api.js";
import { element, icon, tell } from "./elements.js";
import { go, signInAddress } from "./navigation.js";
import { number, say } from "./texts.js";

let favorites = new Set();

/** Learn which films are favorites: lists are the same for everybody, and do not say. */
export async function loadFavorites() {
  favorites = new Set(session() ? (await requestSignedIn("favorites/movies/ids/")).body : []);
  document.querySelectorAll(".heart").forEach(draw);
}

const draw = (heart) => heart.setAttribute("aria-pressed", favorites.has(Number(heart.dataset.movie)));

function mark(id, isFavorite) {
  favorites[isFavorite ? "add" : "delete"](id);
  document.querySelectorAll(`.heart[data-movie="${id}"]`).forEach(draw);
}

export function heart(movie, label = null) {
  const made = element("button", { type: "button", className: "heart" }, icon("heart"), label);
  if (!label) made.ariaLabel = say("favorite_film", { title: movie.title });
  made.dataset.movie = movie.id;
  made.addEventListener("click", () => toggle(movie.id));
  draw(made);
  return made;
}

// The heart changes at once, and back if the server refuses. What is sent is the state that is
// wanted, so it may be sent twice.
async function toggle(id) {
  if (!session()) return go(signInAddress());
  const wanted = !favorites.has(id);
  mark(id, wanted);
  try {
    await requestSignedIn(`favorites/movies/${id}/`, { method: wanted ? "POST" : "DELETE" });
    dispatchEvent(new CustomEvent("favorite", { detail: { id, isFavorite: wanted } }));
  } catch (error) {
    mark(id, !wanted);
    tell(error.message);
  }
}

// Our own drawing: `poster` of a film that was imported may be on a server of others.
function poster(movie, properties = {}) {
  return element("img", { className: "poster", alt: "", width: 300, height: 450, src: address(`movies/${movie.id}/poster.svg`), ...properties });
}

const href = (movie) => `?film=${movie.id}`;

function rating(movie) {
  if (movie.rating === null) return null;
  const rounded = number(movie.rating, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return element("span", { className: "rating", role: "img", ariaLabel: say("rated", { rating: rounded }) }, icon("star"), rounded);
}

function card(movie) {
  const title = element("span", { className: "title" }, movie.title);
  const meta = element("span", { className: "meta" }, `${movie.year}`, rating(movie));
  return element("li", {}, element("a", { className: "card", href: href(movie) }, poster(movie, { loading: "lazy" }), title, meta), heart(movie));
}

export const grid = (movies) => element("ul", { className: "grid" }, ...movies.map(card));

export function shelf(heading, search, movies) {
  if (movies.length === 0) return null;
  const more = element("a", { className: "more", href: search, ariaLabel: `${say("all")}: ${heading}` }, say("all"));
  return element("section", { className: "shelf" }, element("div", { className: "heading" }, element("h2", {}, heading), more), element("ul", { tabIndex: 0, ariaLabel: heading }, ...movies.map(card)));
}

/** Show one film large. `eyebrow` stands above its title, `extra` beside its buttons. */
export function spotlight(movie, eyebrow, title, extra = null) {
  const trailer = movie.trailer && element("a", { className: "button", href: movie.trailer, target: "_blank", rel: "noopener noreferrer", ariaLabel: `${say("trailer")} (${say("opens")})` }, icon("play"), say("trailer"));
  const meta = element("p", { className: "meta" }, rating(movie), element("span", {}, `${movie.year}`), element("a", { href: `?genre_id=${movie.genre.id}` }, movie.genre.name));
  const director = element("p", { className: "meta director" }, element("span", {}, say("by")), element("a", { href: `?director_id=${movie.director.id}` }, movie.director.name));
  return element(
    "section",
    { className: "spotlight" },
    poster(movie, { className: "glow" }),
    element("div", { className: "words" }, eyebrow && element("p", { className: "eyebrow" }, eyebrow), title, meta, element("p", { className: "description" }, movie.description), director, element("div", { className: "actions" }, trailer || null, heart(movie, say("favorite")), extra)),
    poster(movie),
  );
}

export const titleLink = (movie) => element("h2", { className: "title" }, element("a", { href: href(movie) }, movie.title));
