// A session with the API: a token pair that survives a reload of the page but not its tab.
const KEY = "kinoteka.docs.tokens";

export class Session {
  #onChange;
  #login;
  #profile;
  #exchange;

  // `root` is the URL of the API. `onChange` is called when the pair is replaced or removed, with
  // whether the session has expired.
  constructor(root, onChange) {
    this.#onChange = onChange;
    this.#login = new URL("auth/login/", root).href;
    this.#profile = new URL("user/", root).href;
    this.tokens = JSON.parse(sessionStorage.getItem(KEY));
  }

  // Fetch with the access token. If it has expired, refresh the pair and repeat the request.
  async send(url, options = {}) {
    const { method = "GET" } = options;
    const sent = this.tokens;
    let response = await this.#fetch(url, options);
    const isForTokens = withSlash(url) === this.#login && method !== "DELETE";
    if (response.status === 401 && sent && !isForTokens) {
      // Concurrent requests share the pending refresh.
      if (this.tokens === sent) await (this.#exchange ??= this.#refresh());
      if (this.tokens && this.tokens !== sent) response = await this.#fetch(url, options);
    }
    await this.#heed(url, method, response);
    return response;
  }

  signIn(credentials) {
    return this.send(this.#login, { method: "POST", body: new URLSearchParams(credentials) });
  }

  signOut() {
    return this.send(this.#login, { method: "DELETE" });
  }

  async profile() {
    const response = await this.send(this.#profile);
    return response.ok ? response.json() : undefined;
  }

  #fetch(url, options) {
    const authorization = this.tokens && { Authorization: `Bearer ${this.tokens.access_token}` };
    return fetch(url, { ...options, headers: { ...options.headers, ...authorization } });
  }

  async #refresh() {
    try {
      const response = await fetch(this.#login, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(this.tokens),
      });
      if (response.ok) this.#use(await response.json());
      if (response.status === 401) this.#use(null, true);
    } finally {
      this.#exchange = undefined;
    }
  }

  // Operations tried on the page sign in and out, just as the form at its top does.
  async #heed(url, method, response) {
    const path = withSlash(url);
    const isSignOut = method === "DELETE" && [this.#login, this.#profile].includes(path);
    if (path === this.#login && response.status === 200) this.#use(await response.clone().json());
    if (isSignOut && response.status === 204) this.#use(null);
  }

  #use(tokens, hasEnded = false) {
    this.tokens = tokens;
    if (tokens) sessionStorage.setItem(KEY, JSON.stringify(tokens));
    else sessionStorage.removeItem(KEY);
    this.#onChange(hasEnded);
  }
}

// The server accepts paths with and without the final slash, and the document omits it.
function withSlash(url) {
  const { origin, pathname } = new URL(url, location);
  return `${origin}${pathname.replace(/\/?$/, "/")}`;
}
