// The page: shows what the address says, and nothing older than what was asked for last.
import { entering, profile, registering } from "./account.js";
import { ApiError, onSession, session } from "./api.js";
import { button, element, icon, link, notice, tell } from "./elements.js";
import { loadFavorites } from "./movies.js";
import { go, onVisit, query, signInAddress } from "./navigation.js";
import { language, say, speak } from "./texts.js";
import { FILTERS, favorites, movie, movies, start } from "./views.js";

const VIEWS = new Map(Object.entries({ favorites, profile, register: registering, "sign-in": entering }));
const PAUSE = 150; // Milliseconds after a letter, in which the next one may come.

const main = document.getElementById("main");
const search = document.getElementById("search").elements.q;
let current = new AbortController();
let typing;

function viewOf(wanted) {
  if (wanted.has("film")) return movie;
  return VIEWS.get(wanted.get("view")) ?? (FILTERS.some((name) => wanted.get(name)) ? movies : start);
}

async function show({ scroll = 0, isNew = false } = {}) {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  main.ariaBusy = "true";
  const shown = await make(viewOf(query()), signal);
  if (signal.aborted) return; // It may have come, and been read, before it was aborted.
  if (shown.redirect !== undefined) return go(shown.redirect, { replace: true });
  main.replaceChildren(...shown.nodes.filter(Boolean));
  main.ariaBusy = "false";
  document.title = [shown.title, "Kinoteka"].filter(Boolean).join(" — ");
  showAccount();
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
  if (error.status === 401) return { title: say("sign_in"), nodes: [notice(say("signed_out"), say("signed_out_hint"), [link("sign_in", signInAddress())])] };
  if (error.status === 400 || error.status === 404) return { title: say("failed"), nodes: [notice(say("failed"), error.message, [link("to_films", "?")])] };
  const again = () => show({ isNew: true });
  if (error.retryAfter) setTimeout(() => signal.aborted || again(), error.retryAfter * 1000);
  addEventListener("online", again, { once: true, signal });
  return { title: say("failed"), nodes: [notice(say("failed"), error.message, [button("again", again)])] };
}

function focusHeading() {
  const heading = main.querySelector("h1") ?? main;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function showAccount() {
  const view = query().get("view");
  const links = [["favorites", "?view=favorites", "heart"], session() ? ["profile", "?view=profile", "person"] : ["sign_in", signInAddress(), "person"]];
  document.getElementById("account").replaceChildren(
    ...links.map(([key, href, name]) => element("a", { href, ...(href === `?view=${view}` && { "aria-current": "page" }) }, icon(name), element("span", {}, say(key)))),
  );
  for (const list of document.querySelectorAll("#lists a")) list.ariaCurrent = list.search === location.search ? "page" : null;
}

function showTexts() {
  speak(language());
  for (const place of document.querySelectorAll("[data-say]")) {
    for (const property of (place.dataset.of ?? "textContent").split(" ")) place[property] = say(place.dataset.say);
  }
  const other = language() === "ru" ? "en" : "ru";
  const choice = document.getElementById("language");
  Object.assign(choice, { lang: other, textContent: other === "ru" ? "Русский" : "English" });
  choice.onclick = () => {
    speak(other);
    showTexts();
    show({ scroll: scrollY });
  };
}

async function meet() {
  showAccount();
  try {
    await loadFavorites();
  } catch (error) {
    if (error.status !== 401) tell(error.message);
  }
}

function find() {
  const wanted = viewOf(query()) === movies ? query() : new URLSearchParams();
  wanted.delete("page");
  if (search.value.trim()) wanted.set("q", search.value);
  else wanted.delete("q");
  go(`?${wanted}`, { replace: query().has("q") });
}

search.addEventListener("input", () => {
  current.abort(); // Whatever comes now is older than this letter.
  clearTimeout(typing);
  typing = setTimeout(find, PAUSE);
});
search.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  find();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  search.select();
});
onVisit((visit) => {
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
