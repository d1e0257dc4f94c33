// The address says what is shown: "?q=dune&sort=new", "?film=9", "?view=profile". Each entry of the
// history remembers how far it was scrolled, because what it shows comes later.
const visits = new EventTarget();

export const query = () => new URLSearchParams(location.search);

/** Call back with `{ scroll, isNew }` when the address has become another one. */
export function onVisit(listener) {
  visits.addEventListener("visit", ({ detail }) => listener(detail));
}

/**
 * Go to an address like "?film=9", in place of the current one with `replace`.
 *
 * Anything else leads to the start: links may come from anywhere, so may what they have in `to`.
 */
export function go(search, { replace = false } = {}) {
  const address = /^\?./.test(search) ? search : location.origin + location.pathname;
  if (replace) {
    history.replaceState(null, "", address);
  } else {
    remember();
    history.pushState(null, "", address);
  }
  visit(0, !replace);
}

/** Return the address of the sign-in, which leads back to where somebody is now. */
export function signInAddress() {
  const to = query().get("to") ?? location.search;
  return `?${new URLSearchParams({ view: "sign-in", to })}`;
}

const remember = () => history.replaceState({ scroll: scrollY }, "");

function visit(scroll, isNew) {
  visits.dispatchEvent(new CustomEvent("visit", { detail: { scroll, isNew } }));
}

history.scrollRestoration = "manual";
addEventListener("pagehide", remember);
addEventListener("popstate", () => visit(history.state?.scroll ?? 0, true));

// Links are links: what opens them elsewhere goes on to do so.
document.addEventListener("click", (event) => {
  const search = event.target.closest("a")?.getAttribute("href");
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!search?.startsWith("?") || opensElsewhere || event.button !== 0) return;
  event.preventDefault();
  go(search);
});
