// The URL determines the view: "?q=dune&sort=new", "?film=9", "?view=profile". Each history entry
// stores its scroll position, because its content is loaded later.
const visits = new EventTarget();

export const query = () => new URLSearchParams(location.search);

/** Call back with `{ scroll, isNew }` when the URL has changed. */
export function onVisit(listener) {
  visits.addEventListener("visit", ({ detail }) => listener(detail));
}

/**
 * Go to a URL such as "?film=9"; `replace` replaces the current history entry.
 *
 * Any other URL leads to the start page, because `to` comes from links that anybody can write.
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

/** Return the URL of the sign-in form, which leads back to the current view. */
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

// Links stay links: clicks that open a new tab or window work as usual.
document.addEventListener("click", (event) => {
  const search = event.target.closest("a")?.getAttribute("href");
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!search?.startsWith("?") || opensElsewhere || event.button !== 0) return;
  event.preventDefault();
  go(search);
});
