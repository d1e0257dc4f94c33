// Who is signed in: a pair of tokens in storage, where every tab reads it anew for each request.
import { ApiError, request } from "./api.js";

const KEY = "kinoteka.session";
// Milliseconds in which other tabs, which are other processes, come to see what one has stored.
const SPREADING = 100;
const changes = new EventTarget();

export const session = () => JSON.parse(localStorage.getItem(KEY));

/** Call back when somebody has signed in or out, in this tab or another one. */
export const onSession = (listener) => changes.addEventListener("change", listener);

// Sent to all tabs but the one that has written. One pair in place of another is an exchange.
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

/** Send a request as whoever is signed in. A token that has expired is exchanged on the way. */
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

// One tab at a time exchanges the pair, and those that have waited find it done. Without locks
// (plain HTTP under another name than localhost) several may do it at once, which the API forgives
// for some seconds. It goes on when somebody goes elsewhere: the old pair may be worth nothing.
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

/** End the session. This browser forgets it, whatever the server says. */
export async function signOut() {
  try {
    await requestSignedIn("auth/login/", { method: "DELETE" });
  } catch (error) {
    if (error.status !== 401) throw error; // It had ended by itself.
  } finally {
    change(null);
  }
}
