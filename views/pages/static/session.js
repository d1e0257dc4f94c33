// The session: a token pair in local storage. Every tab reads it anew for each request.
import { ApiError, request } from "./api.js";

const KEY = "kinoteka.session";
// Milliseconds until other tabs, which may be other processes, see what this one has stored.
const SPREADING = 100;
const changes = new EventTarget();

export const session = () => JSON.parse(localStorage.getItem(KEY));

/** Call back after a sign-in or sign-out, in this tab or another one. */
export const onSession = (listener) => changes.addEventListener("change", listener);

// This event reaches all tabs but the one that wrote. If a pair replaces another, it is a refresh.
addEventListener("storage", ({ key, oldValue, newValue }) => {
  const isAll = key === null;
  if (isAll || (key === KEY && !(oldValue && newValue))) changes.dispatchEvent(new Event("change"));
});

function keep(pair) {
  if (pair) localStorage.setItem(KEY, JSON.stringify(pair));
  else localStorage.removeItem(KEY);
}

function change(pair) {
  keep(pair);
  changes.dispatchEvent(new Event("change"));
}

/** Send a request with the access token. An expired token is refreshed first. */
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

// One tab at a time refreshes the pair, and waiting tabs then find the new one. Without locks
// (plain HTTP under another name than localhost) several tabs may refresh at once, which the API's
// grace period allows. Navigation does not abort it: the old pair may be used up already.
async function exchange(expired) {
  await exclusively(async () => {
    const pair = session();
    if (pair?.access_token !== expired) return;
    const isCurrent = () => session()?.access_token === expired;
    try {
      const { body } = await request("auth/login/", { method: "PUT", body: pair });
      if (isCurrent()) keep(body);
      await new Promise((resolve) => setTimeout(resolve, SPREADING));
    } catch (error) {
      if (error.status !== 401) throw error;
      if (isCurrent()) change(null);
    }
  });
}

const exclusively = (task) => (navigator.locks ? navigator.locks.request(KEY, task) : task());

export async function signIn(credentials) {
  const { body } = await request("auth/login/", { method: "POST", body: credentials });
  change(body);
}

export async function register(credentials) {
  await request("auth/register/", { method: "POST", body: credentials });
  await signIn(credentials);
}

/** End the session. This browser forgets it, whatever the server responds. */
export async function signOut() {
  try {
    await requestSignedIn("auth/login/", { method: "DELETE" });
  } catch (error) {
    if (error.status !== 401) throw error; // A 401 means that it had already ended.
  } finally {
    change(null);
  }
}
