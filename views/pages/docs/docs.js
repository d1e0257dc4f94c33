// Swagger UI, with a bar above it to sign in, which shows who is signed in.
import { Session } from "./session.js";

const METHODS = ["get", "post", "put", "patch", "delete"];
const REFRESH = ["/auth/login", "put"];

// Hidden headers: browsers send them by themselves, or every request may have them.
const NOT_TO_FILL_IN = ["If-None-Match", "X-Request-ID"];

const place = document.getElementById("docs");
const signIn = document.getElementById("sign-in");
const signOut = document.getElementById("sign-out");
const message = document.getElementById("message");
const root = new URL(".", new URL(place.dataset.document, location)).href;
const session = new Session(root, showSession);
let ui;
let linked = []; // From the fragment of the URL: ["operations", TAG, NAME], or an anchor.

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", followColorScheme);
followColorScheme();
showSession();
addEventListener("DOMContentLoaded", draw); // After the script of Swagger UI.

function draw() {
  ui = SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    operationsSorter: (one, other) =>
      one.get("path").localeCompare(other.get("path")) ||
      METHODS.indexOf(one.get("method")) - METHODS.indexOf(other.get("method")),
    plugins: [deepLinks, signOutWithDialog],
    requestInterceptor,
    responseInterceptor,
    onComplete() {
      signIn.querySelector("button").disabled = false;
      place.querySelectorAll(".description h2").forEach(fold);
      // Otherwise Swagger UI empties the body when its operation is opened.
      ui.oas3Actions.setRetainRequestBodyValueFlag({ value: true, pathMethod: REFRESH });
      showTokens();
      document.getElementById(linked.join("-"))?.scrollIntoView();
    },
  });
}

function requestInterceptor(request) {
  if (request.loadSpec) return request;
  // Shown in the curl command, too. Swagger UI adds the token only where it is required, and a film
  // has more to show with it.
  if (session.tokens) request.headers.Authorization ??= `Bearer ${session.tokens.access_token}`;
  request.userFetch = (url, options) => session.send(url, options);
  return request;
}

// Requests go to the origin of the page, whatever server URL the document names.
function responseInterceptor(response) {
  if (!response.ok || !response.url.endsWith(place.dataset.document)) return response;
  const description = { ...response.obj, servers: [{ url: root.slice(0, -1) }] };
  for (const path of Object.values(description.paths)) {
    for (const operation of METHODS.flatMap((method) => path[method] ?? [])) {
      operation.parameters = operation.parameters?.filter(
        ({ name }) => !NOT_TO_FILL_IN.includes(name),
      );
    }
  }
  response.text = JSON.stringify(description);
  return response;
}

// Swagger UI's own deep links read `_` as a blank, and scroll before the description is folded.
function deepLinks() {
  const parseDeepLinkHash = (_, { layoutActions, layoutSelectors }) => (hash) => {
    linked = layoutSelectors.isShownKeyFromUrlHashArray(hash.replace(/^#!?\/?/, "").split("/"));
    if (linked.length) layoutActions.show(linked, true);
  };
  return { statePlugins: { layout: { wrapActions: { parseDeepLinkHash } } } };
}

// Signing out in the dialog of a padlock ends the session, too.
function signOutWithDialog() {
  const logout = (original) => (names) => {
    original(names);
    if (session.tokens) tellingFailure(() => session.signOut());
  };
  return { statePlugins: { auth: { wrapActions: { logout } } } };
}

async function showSession(hasEnded = false) {
  const { tokens } = session;
  signIn.hidden = Boolean(tokens);
  signOut.hidden = !tokens;
  message.textContent = hasEnded ? message.dataset.ended : "";
  showTokens();
  if (!tokens) return;
  await tellingFailure(async () => {
    const profile = await session.profile();
    signOut.querySelector("output").textContent = profile?.email ?? "";
  });
}

// Close the padlocks, and fill in the body of the next refresh.
function showTokens() {
  if (!ui) return;
  const { tokens } = session;
  if (tokens) ui.preauthorizeApiKey("bearer", tokens.access_token);
  else if (ui.authSelectors.authorized()?.size) ui.authActions.logout(["bearer"]);
  const value = tokens ? JSON.stringify(tokens, null, 2) : undefined;
  ui.oas3Actions.setRequestBodyValue({ value, pathMethod: REFRESH });
}

function followColorScheme() {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

// Fold the sections of the description, so that the operations are near.
function fold(heading) {
  const section = document.createElement("details");
  const summary = document.createElement("summary");
  summary.append(...heading.childNodes);
  section.append(summary);
  heading.replaceWith(section);
  while (section.nextSibling && section.nextSibling.nodeName !== "H2") {
    section.append(section.nextSibling);
  }
}

signIn.addEventListener("submit", async (event) => {
  event.preventDefault();
  await tellingFailure(async () => {
    const response = await session.signIn(new FormData(signIn));
    if (!response.ok) message.textContent = (await response.json()).message;
  });
});

signOut.addEventListener("submit", async (event) => {
  event.preventDefault();
  await tellingFailure(async () => {
    const response = await session.signOut();
    if (!response.ok && session.tokens) message.textContent = (await response.json()).message;
  });
});

async function tellingFailure(action) {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    message.textContent = message.dataset.unreachable; // fetch failed: no response.
  }
}
