// Films as a card, on a shelf, or large in the spotlight.
import { address } from "./api.js";
import { element, icon } from "./elements.js";
import { heart } from "./favorites.js";
import { number, say } from "./texts.js";

export const grid = (movies) => element("ul.grid", ...movies.map(card));

/** Return a row of films with a heading and a link to all of them; null if there are none. */
export function shelf(heading, href, movies) {
  if (movies.length === 0) return null;
  const all = element("a", { href, ariaLabel: `${say("all")}: ${heading}` }, say("all"));
  const row = element("ul", { tabIndex: 0, ariaLabel: heading }, ...movies.map(card));
  return element("section.shelf", element("div.heading", element("h2", heading), all), row);
}

function card(movie) {
  const inside = [
    poster("img.poster", movie, { loading: "lazy" }),
    element("span.title", movie.title),
    element("span.meta", element("span", String(movie.year)), rating(movie)),
  ];
  return element("li", element("a.card", { href: addressOf(movie) }, ...inside), heart(movie));
}

/** Show one film large. `heading` contains its title, and `extra` stands beside its buttons. */
export function spotlight(movie, heading, extra = null) {
  const { genre, director } = movie;
  const facts = [
    rating(movie),
    element("span", String(movie.year)),
    element("a", { href: `?genre_id=${genre.id}` }, genre.name),
    element("a", { href: `?director_id=${director.id}`, title: say("director") }, director.name),
  ];
  const words = [
    heading,
    element("p.meta", ...facts),
    element("p.description", movie.description),
    element("div.actions", trailer(movie), heart(movie, say("favorite")), extra),
  ];
  const [glow, image] = [poster("img.glow", movie), poster("img.poster", movie)];
  return element("section.spotlight", glow, element("div.words", ...words), image);
}

export const addressOf = (movie) => `?film=${movie.id}`;

function trailer({ trailer: href }) {
  if (!href) return null;
  const ariaLabel = `${say("trailer")} (${say("opens")})`;
  const properties = { href, target: "_blank", rel: "noopener noreferrer", ariaLabel };
  return element("a.button", properties, icon("play"), say("trailer"));
}

function rating(movie) {
  if (movie.rating === null) return null;
  const text = number(movie.rating, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const ariaLabel = say("rated", { rating: text });
  return element("span.rating", { role: "img", ariaLabel }, icon("star"), text);
}

// Always our own drawing: the `poster` of an imported film may lie on another server, which the
// content policy of the page does not allow.
function poster(description, { id }, properties = {}) {
  const src = address(`movies/${id}/poster.svg`);
  return element(description, { alt: "", width: 300, height: 450, ...properties, src });
}
