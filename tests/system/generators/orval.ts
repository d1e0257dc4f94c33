// Uses the API through the functions that orval generates from its document.

import { addFavorite, getMovie, logIn, register } from "./client.js";
import type { MovieDetail } from "./client.js";

declare const process: { argv: string[] };
declare const console: { log(text: string): void };

const [email, password] = process.argv.slice(2);
await register({ email, password });
const login = await logIn({ email, password });
if (login.status !== 200) throw new Error(login.data.message);
const headers = { Authorization: `Bearer ${login.data.access_token}` };

async function film(options?: RequestInit): Promise<MovieDetail> {
  const response = await getMovie(9, options);
  if (response.status !== 200) throw new Error(JSON.stringify(response));
  return response.data;
}

const isFavorite = [(await film()).is_favorite, (await film({ headers })).is_favorite];
await addFavorite(9, { headers });
isFavorite.push((await film({ headers })).is_favorite);
console.log(JSON.stringify(isFavorite));
