// The ids of the user's favorites, and the heart buttons.
import { element, icon, tell } from "./elements.js";
import { go, signInAddress } from "./navigation.js";
import { requestSignedIn, session } from "./session.js";
import { say } from "./texts.js";

let favorites = new Set();
let writing = Promise.resolve();

/** Load the ids of the favorites. Lists of films are public, so they do not include this. */
export async function loadFavorites() {
  favorites = new Set(session() ? (await requestSignedIn("favorites/movies/ids/")).body : []);
  document.querySelectorAll(".heart").forEach(draw);
}

export function heart({ id, title }, label = null) {
  const properties = { type: "button", value: id, onclick: () => toggle(id) };
  if (!label) properties.ariaLabel = say("favorite_film", { title });
  const made = element("button.heart", properties, icon("heart"), label);
  draw(made);
  return made;
}

const draw = (made) => made.setAttribute("aria-pressed", favorites.has(Number(made.value)));

/** Wait until all requests of heart buttons have been answered. */
export const written = () => writing;

// Hearts change at once, and back if the server refuses. Requests send the wanted state, one after
// the other, so the last click decides.
function toggle(id) {
  if (!session()) return go(signInAddress());
  const isFavorite = !favorites.has(id);
  mark(id, isFavorite);
  writing = writing.then(async () => {
    try {
      const method = isFavorite ? "POST" : "DELETE";
      await requestSignedIn(`favorites/movies/${id}/`, { method });
    } catch (error) {
      mark(id, !isFavorite);
      tell(error.message);
    }
  });
}

function mark(id, isFavorite) {
  favorites[isFavorite ? "add" : "delete"](id);
  document.querySelectorAll(`.heart[value="${id}"]`).forEach(draw);
  dispatchEvent(new CustomEvent("favorite", { detail: { id, isFavorite } }));
}
