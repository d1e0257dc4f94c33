// Swagger UI with a sign-in of its own: every request carries the access token of the last pair
// that was given, whether the form at the top asked for it or an operation.
const METHODS = ["get", "post", "put", "patch", "delete"];
const REFRESH = ["/auth/login/", "put"];
const NO_PAIR = { access_token: "eyJhbGciOi…", refresh_token: "eyJhbGciOi…" };
const place = document.getElementById("docs");
const { login, profile } = place.dataset;
const signIn = document.getElementById("sign-in");
const signOut = document.getElementById("sign-out");
const said = document.querySelector("header output");
let token;

const ui = SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  operationsSorter: (one, other) =>
    one.get("path").localeCompare(other.get("path")) ||
    METHODS.indexOf(one.get("method")) - METHODS.indexOf(other.get("method")),
  onComplete() {
    signIn.querySelector("button").disabled = false;
    place.querySelectorAll(".description h2").forEach(fold);
  },
  requestInterceptor(request) {
    // Swagger UI itself sends it only where there is a padlock; a film tells more with it.
    if (token) request.headers.Authorization ??= `Bearer ${token}`;
    return request;
  },
  responseInterceptor(response) {
    // The page asks the server that it comes from, whatever that one calls itself.
    if (response.url.endsWith(place.dataset.document)) {
      response.text = JSON.stringify({ ...response.obj, host: location.host, schemes: [location.protocol.slice(0, -1)] });
      return response;
    }
    heed(response.url, response.status, response.obj);
    return response;
  },
});

// Fold a section of the description away, so that the operations are near.
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

// Keep to what an answer says about the session. On these paths only a DELETE answers 204.
function heed(url, status, body) {
  const path = new URL(url, location).pathname;
  if (path === login && status === 200) use(body);
  if ((path === login || path === profile) && status === 204) use(undefined);
  if (path !== login && status === 401 && token) {
    said.textContent = document.getElementById("expired").textContent;
  }
}

function use(pair) {
  token = pair?.access_token;
  if (pair) {
    ui.preauthorizeApiKey("bearer", `Bearer ${token}`);
  } else {
    ui.authActions.logout(["bearer"]);
  }
  setRefreshBody(pair ?? NO_PAIR);
  signIn.hidden = Boolean(pair);
  signOut.hidden = !pair;
  said.textContent = "";
}

// Have the body of the next refresh ready. Swagger UI knows a parameter by its name until its
// operation has been open, and by what it is from then on.
function setRefreshBody(pair) {
  const body = JSON.stringify(pair, null, 2);
  const found = ui.specSelectors.specResolvedSubtree(["paths", ...REFRESH, "parameters", 0]);
  if (found) {
    ui.specActions.changeParamByIdentity(REFRESH, found, body, false);
  } else {
    ui.specActions.changeParam(REFRESH, "payload", "body", body, false);
  }
}

async function ask(method, options) {
  const response = await fetch(login, { method, ...options });
  const body = response.status === 204 ? undefined : await response.json();
  heed(response.url, response.status, body);
  return { status: response.status, message: body?.message };
}

signIn.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { message } = await ask("POST", { body: new URLSearchParams(new FormData(signIn)) });
  said.textContent = message ?? "";
});

signOut.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { status } = await ask("DELETE", { headers: { Authorization: `Bearer ${token}` } });
  if (status === 401) use(undefined); // The session has ended by itself.
});
