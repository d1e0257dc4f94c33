// A client of the API: sends one request, reads the paging headers, and turns failures into errors.
import { language, say } from "./texts.js";

const API = new URL(document.documentElement.dataset.api, location); // "/", or below a prefix.
const TIMEOUT = 20_000; // Milliseconds.

/** A failed request: the status of the response, or 0 without a response. */
export class ApiError extends Error {
  constructor(status, answer, retryAfter = 0) {
    super(answer?.message ?? say(status ? "unexpected" : "offline", { status: String(status) }));
    this.status = status;
    this.errors = answer?.errors ?? {}; // Reasons by field.
    this.retryAfter = retryAfter; // Seconds.
  }
}

/** Return the URL of a path of the API. The path has no leading slash. */
export const address = (path) => new URL(path, API).href;

/**
 * Send a request, and return the body of the response with the paging headers of a list: `total`,
 * and `pages`, page numbers by link relation: { next: "3", last: "7" }.
 *
 * ETags need no code: browsers store the response and revalidate it.
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

// An error page of a proxy need not be JSON.
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// The paths of `Link` (RFC 8288) are resolved against the URL of the response.
function pagesOf(response) {
  const links = response.headers.get("Link") ?? "";
  const pages = {};
  for (const [, path, relation] of links.matchAll(/<([^>]*)>; rel="(\w+)"/g)) {
    pages[relation] = new URL(path, response.url).searchParams.get("page");
  }
  return pages;
}
