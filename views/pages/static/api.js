// A client of the API: one request, what its answer says of a list, and errors that can be shown.
import { language, say } from "./texts.js";

const API = new URL(document.documentElement.dataset.api, location); // "/", or below a prefix.
const TIMEOUT = 20_000; // Milliseconds.

/** Why a request failed: the status of the answer, or 0 where none came. */
export class ApiError extends Error {
  constructor(status, answer, retryAfter = 0) {
    super(answer?.message ?? say(status ? "unexpected" : "offline", { status: String(status) }));
    this.status = status;
    this.errors = answer?.errors ?? {}; // Reasons by field.
    this.retryAfter = retryAfter; // Seconds.
  }
}

/** Return the address of a path of the API, which is written without its first slash. */
export const address = (path) => new URL(path, API).href;

/**
 * Send a request, and return the body of the answer with what its headers say of a list: `total`,
 * and `pages`, the numbers of other pages by their relation: { next: "3", last: "7" }.
 *
 * An ETag needs no code: browsers store the answer, ask whether it is current, and take a 304.
 */
export async function request(path, { method = "GET", body, token, signal } = {}) {
  const headers = { "Accept-Language": language() };
  if (body) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  const ends = [AbortSignal.timeout(TIMEOUT), signal].filter(Boolean);
  const options = { method, headers, body: body && JSON.stringify(body) };
  const [response, text] = await receive(path, { ...options, signal: AbortSignal.any(ends) });
  const answer = text ? parsed(text) : null;
  if (!response.ok || answer === undefined) {
    throw new ApiError(response.status, answer, Number(response.headers.get("Retry-After")));
  }
  const total = Number(response.headers.get("X-Total-Count"));
  return { body: answer, total, pages: pagesOf(response) };
}

async function receive(path, options) {
  try {
    const response = await fetch(address(path), options);
    return [response, await response.text()];
  } catch (error) {
    throw error.name === "AbortError" ? error : new ApiError(0);
  }
}

// What a proxy says by itself need not be JSON.
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// `Link` (RFC 8288) has paths, which the address of the answer makes whole.
function pagesOf(response) {
  const links = response.headers.get("Link") ?? "";
  const pages = {};
  for (const [, path, relation] of links.matchAll(/<([^>]*)>; rel="(\w+)"/g)) {
    pages[relation] = new URL(path, response.url).searchParams.get("page");
  }
  return pages;
}
