// The address says what is shown: "?q=dune&sort=new", "?film=9", "?view=profile". Each entry of the
// history remembers how far it was scrolled, as what it shows comes later.
const visits = new EventTarget();
const visit = (detail) => visits.dispatchEvent(new CustomEvent("visit", { detail }));

export const query = () => new URLSearchParams(location.search);

/** Call back with `{ scroll, isNew }` whenever the address is another one. */
export const onVisit = (listener) => visits.addEventListener("visit", ({ detail }) => listener(detail));

/** Go to a state of the page, instead of the current one with `replace`. */
export function go(search, { replace = false } = {}) {
  if (!replace) remember();
  history[replace ? "replaceState" : "pushState"](null, "", search.length > 1 ? search : location.pathname);
  visit({ scroll: 0, isNew: !replace });
}

/** Return the address of the sign-in, which leads back to where somebody is now. */
export const signInAddress = () => `?${new URLSearchParams({ view: "sign-in", to: query().get("to") ?? location.search })}`;

const remember = () => history.replaceState({ scroll: scrollY }, "");

history.scrollRestoration = "manual";
addEventListener("pagehide", remember);
addEventListener("popstate", () => visit({ scroll: history.state?.scroll ?? 0, isNew: true }));

document.addEventListener("click", (event) => {
  const search = event.target.closest("a")?.getAttribute("href");
  const isOrdinary = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!isOrdinary || !search?.startsWith("?")) return;
  event.preventDefault();
  go(search);
});
