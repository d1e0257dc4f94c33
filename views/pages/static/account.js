// Forms for signing in, registering and the profile. They show the API's errors beside the fields.
import { button, element, tell } from "./elements.js";
import { register, requestSignedIn, session, signIn, signOut } from "./session.js";
import { say } from "./texts.js";
import { genres } from "./views.js";

const EMAIL = { name: "email", type: "email", autocomplete: "username", required: true };
const PASSWORD = { name: "password", type: "password", required: true };
const CURRENT = { ...PASSWORD, autocomplete: "current-password" };
const NEW = { ...PASSWORD, autocomplete: "new-password" };

export const entering = entrance({
  title: "entrance",
  submit: "sign_in",
  send: signIn,
  password: CURRENT,
  question: "new_here",
  other: { text: "register", view: "register" },
});

export const registering = entrance({
  title: "registration",
  submit: "register",
  send: register,
  password: NEW,
  question: "known_here",
  other: { text: "sign_in", view: "sign-in" },
});

// After signing in, here or in another tab, the user goes back to where they came from.
function entrance({ title, submit, send, password, question, other }) {
  return (query) => {
    const to = query.get("to") ?? "";
    if (session()) return { redirect: to };
    const href = `?${new URLSearchParams({ view: other.view, to })}`;
    const elsewhere = element("p", say(question), " ", element("a", { href }, say(other.text)));
    const made = form(element("h1", say(title)), [EMAIL, password], submit, send);
    return { title: say(title), nodes: [element("div.forms", made, elsewhere)] };
  };
}

export async function profile(_, signal) {
  const asked = requestSignedIn("user/", { signal });
  const [{ body: user }, all] = await Promise.all([asked, genres()]);
  const title = say("profile");
  const heading = [element("h1", title), element("p", user.email), button("sign_out", leave)];
  const forms = element("div.forms", aboutForm(user, all), passwordForm());
  return { title, nodes: [element("div.heading", ...heading), forms] };
}

function aboutForm(user, all) {
  const options = all.map(({ id, name }) => new Option(name, id));
  const none = new Option(say("none"), "");
  const select = element("select", { name: "favorite_genre" }, none, ...options);
  select.value = user.favorite_genre ?? "";
  const fields = [
    { name: "name", value: user.name ?? "", autocomplete: "given-name" },
    { name: "surname", value: user.surname ?? "", autocomplete: "family-name" },
    select,
  ];
  return form(element("h2", say("about_you")), fields, "save", async (values) => {
    const filled = Object.entries(values).map(([name, value]) => [name, value || null]);
    await requestSignedIn("user/", { method: "PATCH", body: Object.fromEntries(filled) });
    tell(say("saved"));
  });
}

function passwordForm() {
  const fields = [
    { ...CURRENT, name: "old_password" },
    { ...NEW, name: "new_password" },
  ];
  const made = form(element("h2", say("password")), fields, "change_password", async (body) => {
    await requestSignedIn("user/password/", { method: "PUT", body });
    made.reset();
    tell(say("password_changed"));
  });
  return made;
}

function leave() {
  signOut().catch((error) => tell(error.message));
}

// A form; `send` takes its values, and raises an ApiError. A field is a control, or an input's
// properties.
function form(heading, fields, submit, send) {
  const said = element("p.said", { role: "alert" });
  const sending = element("button.button", say(submit));
  const made = element("form", heading, ...fields.map(labelled), said, sending);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    show(made, said, {});
    sending.disabled = true;
    try {
      await send(Object.fromEntries(new FormData(made)));
      sending.disabled = false;
    } catch (error) {
      show(made, said, error);
      setTimeout(() => (sending.disabled = false), error.retryAfter * 1000);
    }
  });
  return made;
}

function labelled(field) {
  const control = field instanceof Element ? field : element("input", field);
  control.id = `field-${control.name}`;
  const reason = element("span.reason", { id: `${control.id}-reason` });
  control.setAttribute("aria-describedby", reason.id);
  const label = element("label", { htmlFor: control.id }, say(control.name));
  return element("p", label, control, reason);
}

// Reasons stand beside their fields. Without such a field the message is shown.
function show(made, said, { message = "", errors = {} }) {
  const controls = [...made.querySelectorAll("input, select")];
  for (const control of controls) {
    control.setAttribute("aria-invalid", control.name in errors);
    control.nextElementSibling.textContent = errors[control.name]?.join(" ") ?? "";
  }
  const wrong = controls.find((control) => control.name in errors);
  wrong?.focus();
  said.textContent = wrong ? "" : message;
}
