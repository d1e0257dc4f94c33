// Elements of the page, made of what is to be seen.
import { say } from "./texts.js";

const said = document.getElementById("said");
let silence;

/** Make an element of its properties or attributes, and of what is in it; null is left out. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Return an icon of the page's templates. */
export const icon = (name) => document.getElementById(name).content.cloneNode(true);

/** Tell something in passing, for a few seconds. */
export function tell(text) {
  said.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => (said.textContent = ""), 5000);
}

/** Return what stands where there is nothing to show: why, and what to do about it. */
export function notice(text, hint, actions = [], heading = "h1") {
  return element("section", { className: "notice" }, element(heading, {}, text), element("p", {}, hint), element("p", { className: "actions" }, ...actions));
}

export const button = (key, onclick, className = "button") => element("button", { type: "button", className, onclick }, say(key));
export const link = (key, href, className = "button") => element("a", { href, className }, say(key));
