// Helpers that create elements of the page.
import { say } from "./texts.js";

const said = document.getElementById("said");
let silence;

/**
 * Create an element: element("a.button", { href }, "Sign in"). It takes properties or attributes,
 * and children. Whatever is null is left out.
 */
export function element(description, ...given) {
  const [name, ...classes] = description.split(".");
  const made = document.createElement(name);
  made.classList.add(...classes);
  for (const one of given) {
    if (one?.constructor === Object) set(made, one);
    else if (one) made.append(one);
  }
  return made;
}

function set(made, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
}

/** Return an icon from the templates of the page. */
export const icon = (name) => document.getElementById(name).content.cloneNode(true);

export function button(key, onclick) {
  return element("button.button", { type: "button", onclick }, say(key));
}

export const link = (key, href) => element("a.button", { href }, say(key));

/** Return the message of an empty view: the reason, and what to do about it. */
export function notice(heading, hint, ...actions) {
  return element("section.notice", heading, element("p", hint), element("p.actions", ...actions));
}

/** Show a message for a few seconds. */
export function tell(text) {
  said.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => (said.textContent = ""), 5000);
}
