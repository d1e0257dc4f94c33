// A client of the API: one request, the session that all tabs share, and errors that can be shown.
import { language, say } from "./texts.js";

const API = new URL(document.documentElement.dataset.api, location); // "/", or below a prefix.
const KEY = "kinoteka.session";
const TIMEOUT = 20_000;
const changes = new EventTarget();

/** Why a request failed: the status of the answer, or 0 where none came. */
export class ApiError extends Error {
  constructor(status, answer, retryAfter = 0) {
    super(answer?.message ?? say(status ? "unexpected" : "offline", { status: String(status) }));
    this.status = status;
    this.errors = answer?.errors ?? {}; // Reasons by field.
    this.retryAfter = retryAfter; // Seconds.
  }
}

/** Return the address of a path of the API, written without its first slash: "movies/9/". */
export const address = (path) => new URL(path, API).href;

/**
 * Send a request, and return the body of the answer with what its headers say of a list:
 * `total`, and `pages` by their relation (RFC 8288): { next: "3", last: "7" }.
 *
 * What has an ETag needs no code: browsers store it, ask whether it is current, and take a 304.
 */
export async function request(path, { method = "GET", body, token, signal } = {}) {
  const headers = { "Accept-Language": language() };
  if (body) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  const timeout = AbortSignal.timeout(TIMEOUT);
  const options = { method, headers, body: body && JSON.stringify(body), signal: signal ? AbortSignal.any([signal, timeout]) : timeout };
  const { response, text } = await receive(address(path), options);
  const answer = parse(text);
  if (!response.ok) throw new ApiError(response.status, answer, Number(response.headers.get("Retry-After")));
  return { body: answer, total: Number(response.headers.get("X-Total-Count")), pages: pagesOf(response) };
}

async function receive(url, options) {
  try {
    const response = await fetch(url, options);
    return { response, text: await response.text() };
  } catch (error) {
    throw error.name === "AbortError" ? error : new ApiError(0);
  }
}

// What a proxy says by itself need not be JSON.
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function pagesOf(response) {
  const links = response.headers.get("Link") ?? "";
  const found = links.matchAll(/<([^>]*)>; rel="(\w+)"/g);
  return Object.fromEntries(Array.from(found, ([, link, relation]) => [relation, new URL(link, response.url).searchParams.get("page")]));
}

// The session: the pair of tokens, in storage, where every tab reads it anew for each request.

export const session = () => JSON.parse(localStorage.getItem(KEY));

/** Call back when somebody has signed in or out, in this tab or another one. */
export const onSession = (listener) => changes.addEventListener("change", listener);

addEventListener("storage", ({ key, oldValue, newValue }) => {
  const isExchange = oldValue && newValue;
  if ((key === KEY && !isExchange) || key === null) changes.dispatchEvent(new Event("change"));
});

function keep(pair) {
  if (pair) localStorage.setItem(KEY, JSON.stringify(pair));
  else localStorage.removeItem(KEY);
}

function change(pair) {
  keep(pair);
  changes.dispatchEvent(new Event("change"));
}

/** Send a request as whoever is signed in; a token that has expired is exchanged on the way. */
export async function requestSignedIn(path, options) {
  const token = session()?.access_token;
  if (!token) throw new ApiError(401);
  try {
    return await request(path, { ...options, token });
  } catch (error) {
    if (error.status !== 401) throw error;
    await exchange(token);
    if (!session()) throw error;
    return request(path, { ...options, token: session().access_token });
  }
}

// One tab at a time exchanges the pair, and those that waited find it done. Without locks (plain
// HTTP under another name than localhost) two may do it at once; the API forgives that for some
// seconds. Nothing aborts it: an answer that is lost takes the new pair with it.
async function exchange(expired) {
  await exclusively(async () => {
    const pair = session();
    if (pair?.access_token !== expired) return;
    const isCurrent = () => session()?.refresh_token === pair.refresh_token;
    try {
      const { body } = await request("auth/login/", { method: "PUT", body: pair });
      if (isCurrent()) keep(body);
    } catch (error) {
      if (error.status !== 401) throw error;
      if (isCurrent()) change(null);
    }
  });
}

const exclusively = (task) => (navigator.locks ? navigator.locks.request(KEY, task) : task());

export async function signIn(credentials) {
  change((await request("auth/login/", { method: "POST", body: credentials })).body);
}

export async function register(credentials) {
  await request("auth/register/", { method: "POST", body: credentials });
  await signIn(credentials);
}

/** End the session. This browser forgets it whatever the server says. */
export async function signOut() {
  try {
    await requestSignedIn("auth/login/", { method: "DELETE" });
  } catch (error) {
    if (error.status !== 401) throw error; // It had ended by itself.
  } finally {
    change(null);
  }
}
