// Sends requests as the existing front end does: an Authorization header on every request, even
// without a token, a trailing slash on every path, and a refresh after each 401, even if another
// refresh is under way.
const api = new URLSearchParams(location.search).get("api");
const find = (selector) => document.querySelector(selector);
const alert_ = find("[role=alert]");

const tokens = () => JSON.parse(localStorage.getItem("tokens") ?? "{}");
const keep = (pair) => localStorage.setItem("tokens", JSON.stringify(pair));

// The API's refusal of a request, with its message.
class Refused extends Error {}

async function send(method, path, body) {
  const headers = {
    Authorization: `Bearer ${tokens().access_token}`,
    "Content-Type": "application/json",
  };
  const response = await fetch(api + path, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, data: text ? JSON.parse(text) : undefined };
}

async function ask(method, path, body) {
  const response = await send(method, path, body);
  if (response.status >= 400) throw new Refused(response.data.message);
  return response.data;
}

// Does the same for a request that needs a signed-in user.
async function askSignedIn(method, path, body) {
  const response = await send(method, path, body);
  if (response.status !== 401) {
    if (response.status >= 400) throw new Refused(response.data.message);
    return response.data;
  }
  const refresh = await send("PUT", "/auth/login/", tokens());
  if (refresh.status !== 200) {
    leave();
    throw new Refused(refresh.data.message);
  }
  keep(refresh.data);
  return askSignedIn(method, path, body);
}

function leave() {
  localStorage.removeItem("tokens");
  location.hash = "#login";
}

const screens = {
  login() {},

  async films() {
    list("#films", await ask("GET", "/movies/?page=1&status=new"));
  },

  async favorites() {
    list("#favorites", await askSignedIn("GET", "/favorites/movies/?page=1"));
  },

  async film(id) {
    const film = await ask("GET", `/movies/${id}/`);
    const favorites = await askSignedIn("GET", "/favorites/movies/");
    find("#film h1").textContent = film.title;
    find("#film p").textContent = `${film.year}, ${film.genre.name}, ${film.director.name}`;
    find("#film a").href = film.trailer.replace("watch?v=", "embed/");
    const isFavorite = favorites.some((favorite) => favorite.id === film.id);
    const like = find("[name=like]");
    const unlike = find("[name=unlike]");
    like.hidden = isFavorite;
    unlike.hidden = !isFavorite;
    like.onclick = () => change("POST");
    unlike.onclick = () => change("DELETE");
    const change = tried(async (method) => {
      await askSignedIn(method, `/favorites/movies/${id}/`);
      await screens.film(id);
    });
  },

  async profile() {
    // The requests are concurrent, so an expired token is refreshed more than once.
    const [user, genres] = await Promise.all([
      askSignedIn("GET", "/user/"),
      ask("GET", "/genres/"),
      askSignedIn("GET", "/favorites/movies/"),
    ]);
    const options = genres.map((genre) => new Option(genre.name, genre.id));
    document.forms.profile.favourite_genre.replaceChildren(new Option("", ""), ...options);
    fill(user);
  },
};

function list(screen, films) {
  const items = films.map((film) => {
    const link = document.createElement("a");
    link.href = `#film/${film.id}`;
    link.textContent = film.title;
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  find(`${screen} ul`).replaceChildren(...items);
}

function fill(user) {
  const form = document.forms.profile;
  find("#profile h1").textContent = user.email;
  form.elements.name.value = user.name ?? "";
  form.elements.surname.value = user.surname ?? "";
  form.elements.favourite_genre.value = user.favourite_genre ?? "";
}

// Shows refusals of the API. Any other error is a bug in this page.
function tried(action) {
  return async (...given) => {
    alert_.textContent = "";
    try {
      await action(...given);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      alert_.textContent = error.message;
    }
  };
}

const show = tried(async () => {
  const [name, id] = (location.hash.slice(1) || "films").split("/");
  for (const section of document.querySelectorAll("section")) section.hidden = true;
  await screens[name](id);
  find(`#${name}`).hidden = false;
});

function onSubmit(form, action) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tried(action)(Object.fromEntries(new FormData(form, event.submitter)));
  });
}

onSubmit(find("#login form"), async ({ action, ...credentials }) => {
  if (action === "register") await ask("POST", "/auth/register/", credentials);
  keep(await ask("POST", "/auth/login/", credentials));
  location.hash = "#films";
});

onSubmit(document.forms.profile, async (changes) => {
  fill(await askSignedIn("PATCH", "/user/", changes));
  alert_.textContent = "Saved.";
});

onSubmit(document.forms.password, async (passwords) => {
  await askSignedIn("PUT", "/user/password/", passwords);
  document.forms.password.reset();
  alert_.textContent = "Changed.";
});

find("#log-out").addEventListener("click", leave);
window.addEventListener("hashchange", show);
show();
