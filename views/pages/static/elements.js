// Elements of the page, made of what is to be seen.
import { say } from "./texts.js";

const said = document.getElementById("said");
let silence;

/**
 * Make an element: element("a.button", { href }, "Sign in"). What it is given are properties or
 * attributes, and what is in it; what is missing (null) is left out.
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

/** Return an icon, of the templates of the page. */
export const icon = (name) => document.getElementById(name).content.cloneNode(true);

export function button(key, onclick) {
  return element("button.button", { type: "button", onclick }, say(key));
}

export const link = (key, href) => element("a.button", { href }, say(key));

/** Return what stands where there is nothing to show: why, and what to do about it. */
export function notice(heading, hint, ...actions) {
  return element("section.notice", heading, element("p", hint), element("p.actions", ...actions));
}

/** Say something in passing, for a few seconds. */
export function tell(text) {
  said.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => (said.textContent = ""), 5000);
}
