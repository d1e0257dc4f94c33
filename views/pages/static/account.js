// Signing in, registering, and the profile: forms that show what the API says of their fields.
import { register, requestSignedIn, session, signIn, signOut } from "./api.js";
import { button, element, link, tell } from "./elements.js";
import { say } from "./texts.js";
import { genres } from "./views.js";

const EMAIL = { name: "email", type: "email", autocomplete: "username", required: true };
const PASSWORD = { name: "password", type: "password", autocomplete: "current-password", required: true };

/** Return a form. `send` takes its values, and raises an ApiError. */
function form(heading, fields, submit, send) {
  const said = element("p", { className: "said", role: "alert" });
  const sending = element("button", { className: "button" }, say(submit));
  const made = element("form", { className: "card-form" }, heading, ...fields.map(labelled), said, sending);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    show(made, said, {});
    sending.disabled = true;
    let wait = 0;
    try {
      await send(Object.fromEntries(new FormData(made)));
    } catch (error) {
      show(made, said, error);
      wait = error.retryAfter;
    }
    setTimeout(() => (sending.disabled = false), wait * 1000);
  });
  return made;
}

function labelled({ control, ...properties }) {
  const input = control ?? element("input", properties);
  input.id = `field-${input.name}`;
  const reason = element("span", { className: "reason", id: `${input.id}-reason` });
  return element("p", {}, element("label", { htmlFor: input.id }, say(input.name)), input, reason);
}

// Reasons stand beside their fields; the message is said where it has no field.
function show(made, said, { message = "", errors = {} }) {
  said.textContent = Object.keys(errors).some((name) => made.elements[name]) ? "" : message;
  for (const input of made.querySelectorAll("input, select")) {
    const reasons = errors[input.name] ?? [];
    input.setAttribute("aria-invalid", reasons.length > 0);
    input.setAttribute("aria-describedby", `${input.id}-reason`);
    input.nextElementSibling.textContent = reasons.join(" ");
  }
  made.querySelector('[aria-invalid="true"]')?.focus();
}

// Signing in and registering differ in words. Whoever has signed in, here or in another tab, goes on
// to where they came from.
function entrance(name, submit, password, send, question, other, otherView) {
  return (query) => {
    const to = query.get("to") ?? "";
    if (session()) return { redirect: to };
    const elsewhere = link(other, `?${new URLSearchParams({ view: otherView, to })}`, "");
    const fields = form(element("h1", {}, say(name)), [EMAIL, { ...PASSWORD, ...password }], submit, send);
    return { title: say(name), nodes: [element("div", { className: "forms" }, fields, element("p", {}, say(question), " ", elsewhere))] };
  };
}

export const entering = entrance("entrance", "sign_in", {}, signIn, "new_here", "register", "register");
export const registering = entrance("registration", "register", { autocomplete: "new-password" }, register, "known_here", "sign_in", "sign-in");

export async function profile(_, signal) {
  const [{ body: user }, known] = await Promise.all([requestSignedIn("user/", { signal }), genres()]);
  return {
    title: say("profile"),
    nodes: [
      element("div", { className: "heading" }, element("h1", {}, say("profile")), element("p", {}, user.email), button("sign_out", leave, "button quiet")),
      element("div", { className: "forms" }, about(user, known), password()),
    ],
  };
}

function about(user, known) {
  const options = [["", say("none")], ...known.map((genre) => [genre.id, genre.name])];
  const genre = element("select", { name: "favorite_genre" }, ...options.map(([value, text]) => element("option", { value }, text)));
  genre.value = user.favorite_genre ?? "";
  const fields = [
    { name: "name", value: user.name ?? "", autocomplete: "given-name" },
    { name: "surname", value: user.surname ?? "", autocomplete: "family-name" },
    { control: genre },
  ];
  return form(element("h2", {}, say("about_you")), fields, "save", async (values) => {
    const body = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value || null]));
    await requestSignedIn("user/", { method: "PATCH", body });
    tell(say("saved"));
  });
}

function password() {
  const fields = [{ ...PASSWORD, name: "old_password" }, { ...PASSWORD, name: "new_password", autocomplete: "new-password" }];
  const made = form(element("h2", {}, say("password")), fields, "change_password", async (body) => {
    await requestSignedIn("user/password/", { method: "PUT", body });
    made.reset();
    tell(say("password_changed"));
  });
  return made;
}

async function leave() {
  try {
    await signOut();
  } catch (error) {
    tell(error.message);
  }
}
