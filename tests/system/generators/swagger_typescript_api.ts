// Uses the API through the class that swagger-typescript-api generates from its document.

import { Api } from "./client.js";

declare const process: { argv: string[] };
declare const console: { log(text: string): void };

const [email, password] = process.argv.slice(2);
const api = new Api<string>({
  // Called only for operations with a security scheme, including optional ones.
  securityWorker: (token) => (token ? { headers: { Authorization: `Bearer ${token}` } } : {}),
});
await api.auth.register({ email, password });
const { data: tokens } = await api.auth.logIn({ email, password });

const film = async () => (await api.movies.getMovie(9)).data;
const isFavorite = [(await film()).is_favorite];
api.setSecurityData(tokens.access_token);
isFavorite.push((await film()).is_favorite);
await api.favorites.addFavorite(9);
isFavorite.push((await film()).is_favorite);
console.log(JSON.stringify(isFavorite));
