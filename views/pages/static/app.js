// The page: shows the view of the current URL, never an outdated one.
import { entering, profile, registering } from "./account.js";
import { ApiError } from "./api.js";
import { button, element, icon, link, notice, tell } from "./elements.js";
import { loadFavorites } from "./favorites.js";
import { go, onVisit, query, signInAddress } from "./navigation.js";
import { onSession, session } from "./session.js";
import { choose, language, say } from "./texts.js";
import { FILTERS, favorites, movie, movies, start } from "./views.js";

const VIEWS = { favorites, profile, register: registering, "sign-in": entering };
const PAUSE = 150; // Milliseconds to wait for the next letter before searching.

const main = document.getElementById("main");
const search = document.getElementById("search").elements.q;
let current = new AbortController();
let typing;

function viewOf(wanted) {
  const name = wanted.get("view");
  if (wanted.has("film")) return movie;
  if (Object.hasOwn(VIEWS, name)) return VIEWS[name];
  return FILTERS.some((filter) => wanted.get(filter)) ? movies : start;
}

async function show({ scroll = 0, isNew = false } = {}) {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  main.ariaBusy = "true";
  const shown = await make(viewOf(query()), signal);
  if (signal.aborted) return; // The response may have arrived before the request was aborted.
  if (shown.redirect !== undefined) return go(shown.redirect, { replace: true });
  main.replaceChildren(...shown.nodes.filter(Boolean));
  main.ariaBusy = "false";
  document.title = shown.title ? `${shown.title} — Kinoteka` : "Kinoteka";
  showBar();
  scrollTo({ top: scroll, behavior: "instant" });
  if (isNew && document.activeElement !== search) focusHeading();
}

async function make(view, signal) {
  try {
    return await view(query(), signal);
  } catch (error) {
    if (!signal.aborted && !(error instanceof ApiError)) throw error;
    return failure(error, signal);
  }
}

function failure(error, signal) {
  const page = (title, ...rest) => ({ title, nodes: [notice(element("h1", title), ...rest)] });
  if (error.status === 401) {
    return page(say("signed_out"), say("signed_out_hint"), link("sign_in", signInAddress()));
  }
  if (error.status === 400 || error.status === 404) {
    return page(say("failed"), error.message, link("to_films", "?"));
  }
  const again = () => show({ isNew: true });
  addEventListener("online", again, { once: true, signal });
  if (error.retryAfter) setTimeout(() => signal.aborted || again(), error.retryAfter * 1000);
  const hint = error.retryAfter ? `${error.message} ${say("by_itself")}` : error.message;
  return page(say("failed"), hint, button("again", again));
}

// Screen readers go on at the new content.
function focusHeading() {
  const heading = main.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function showBar() {
  const links = [
    ["favorites", "?view=favorites", "heart"],
    session() ? ["profile", "?view=profile", "person"] : ["sign_in", signInAddress(), "person"],
  ];
  const made = links.map(([key, href, image]) =>
    element("a", { href }, icon(image), element("span", say(key))),
  );
  document.getElementById("account").replaceChildren(...made);
  for (const one of document.querySelectorAll("header nav a")) {
    one.ariaCurrent = one.search === location.search ? "page" : null;
  }
}

function showTexts() {
  document.documentElement.lang = language();
  for (const place of document.querySelectorAll("[data-say]")) {
    const properties = place.dataset.of ?? "textContent";
    for (const property of properties.split(" ")) place[property] = say(place.dataset.say);
  }
}

function find() {
  const wanted = viewOf(query()) === movies ? query() : new URLSearchParams();
  wanted.delete("page");
  wanted.delete("q");
  if (search.value.trim()) wanted.set("q", search.value);
  go(`?${wanted}`, { replace: query().has("q") });
}

async function meet() {
  try {
    await loadFavorites();
  } catch (error) {
    if (error.status !== 401) tell(error.message);
  }
}

search.addEventListener("input", () => {
  current.abort(); // Pending responses are older than this letter.
  clearTimeout(typing);
  typing = setTimeout(find, PAUSE);
});
search.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  find();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, select")) return;
  event.preventDefault();
  search.select();
});
for (const one of document.querySelectorAll("#language button")) {
  one.addEventListener("click", () => {
    choose(one.lang);
    showTexts();
    show({ scroll: scrollY });
  });
}
onVisit((visit) => {
  clearTimeout(typing); // After navigating, the pending search is no longer wanted.
  search.value = query().get("q") ?? "";
  show(visit);
});
onSession(() => {
  meet();
  show({ scroll: scrollY });
});

showTexts();
search.value = query().get("q") ?? "";
meet();
show({ scroll: history.state?.scroll });
