// The texts of the page in English and Russian. A list contains plural forms.
const KEY = "kinoteka.language";
const TEXTS = {
  skip: ["Skip to the films", "К фильмам"],
  lists: ["Lists", "Списки"],
  account: ["Account", "Личное"],
  footer: [
    "Made of an API that you can build on.",
    "Сделано из API, на котором можно строить своё.",
  ],
  docs: ["Documentation of the API", "Документация API"],
  search: ["Search by title", "Поиск по названию"],
  new: ["Newest", "Новинки"],
  rating: ["Best", "Лучшие"],
  popular: ["Popular", "Популярные"],
  title: ["A–Z", "По алфавиту"],
  all: ["All", "Все"],
  genres: ["Genres", "Жанры"],
  today: ["Film of the day", "Фильм дня"],
  trailer: ["Trailer", "Трейлер"],
  opens: ["on YouTube, in a new tab", "на YouTube, в новой вкладке"],
  rated: ["Rating: {rating} of 10", "Рейтинг: {rating} из 10"],
  director: ["Director", "Режиссёр"],
  same_genre: ["More of this genre", "Ещё в этом жанре"],
  same_director: ["By the same director", "Того же режиссёра"],
  films: [
    ["{n} film", "{n} films"],
    ["{n} фильм", "{n} фильма", "{n} фильмов"],
  ],
  likes: [
    ["{n} person likes it", "{n} people like it"],
    ["нравится {n} человеку", "нравится {n} людям", "нравится {n} людям"],
  ],
  order: ["Order", "Порядок"],
  found: ["“{q}”", "«{q}»"],
  empty: ["The catalogue has no films yet.", "В каталоге пока нет фильмов."],
  nothing: ["Nothing fits.", "Ничего не нашлось."],
  nothing_hint: [
    "Try fewer letters, or another genre.",
    "Попробуйте ввести меньше букв или выбрать другой жанр.",
  ],
  short_hint: [
    "One or two letters find titles that begin with them.",
    "По одной-двум буквам находятся названия, которые с них начинаются.",
  ],
  pages: ["Pages", "Страницы"],
  page: ["Page {page} of {last}", "Страница {page} из {last}"],
  prev: ["Previous", "Назад"],
  next: ["Next", "Дальше"],
  favorite: ["Favorite", "В избранное"],
  favorite_film: ["“{title}” is a favorite", "«{title}» в избранном"],
  favorites: ["Favorites", "Избранное"],
  no_favorites: ["You have no favorites yet.", "В избранном пока пусто."],
  no_favorites_hint: [
    "Press the heart of a film that you like.",
    "Нажмите на сердце у фильма, который вам нравится.",
  ],
  to_films: ["To the films", "К фильмам"],
  sign_in: ["Sign in", "Войти"],
  register: ["Register", "Зарегистрироваться"],
  sign_out: ["Sign out", "Выйти"],
  entrance: ["Sign in", "Вход"],
  registration: ["Register", "Регистрация"],
  new_here: ["New here?", "Впервые здесь?"],
  known_here: ["Have an account?", "Уже есть аккаунт?"],
  signed_out: ["Sign in to see this.", "Войдите, чтобы увидеть это."],
  signed_out_hint: [
    "Favorites and your profile are yours alone.",
    "Избранное и профиль видите только вы.",
  ],
  email: ["E-mail", "Эл. почта"],
  password: ["Password", "Пароль"],
  profile: ["Profile", "Профиль"],
  about_you: ["About you", "О вас"],
  name: ["Name", "Имя"],
  surname: ["Surname", "Фамилия"],
  favorite_genre: ["Favorite genre", "Любимый жанр"],
  none: ["None", "Нет"],
  save: ["Save", "Сохранить"],
  saved: ["Saved.", "Сохранено."],
  old_password: ["Current password", "Текущий пароль"],
  new_password: ["New password", "Новый пароль"],
  change_password: ["Change the password", "Сменить пароль"],
  password_changed: [
    "The password is changed. You are signed out everywhere else.",
    "Пароль изменён. На других устройствах вы вышли.",
  ],
  failed: ["That did not work", "Не получилось"],
  offline: [
    "The server cannot be reached. Are you online?",
    "Сервер недоступен. Есть ли подключение к сети?",
  ],
  unexpected: ["The server answered with the status {status}.", "Сервер ответил с кодом {status}."],
  again: ["Try again", "Повторить"],
  by_itself: ["The page tries again by itself.", "Страница попробует снова сама."],
};

// Indexes of plural categories (Intl.PluralRules). All other categories take the last form.
const FORMS = { one: 0, few: 1 };

/** Return the language chosen on the page, or else that of the browser. */
export const language = () => localStorage.getItem(KEY) ?? document.documentElement.lang;
export const choose = (chosen) => localStorage.setItem(KEY, chosen);

export const number = (value, options) => new Intl.NumberFormat(language(), options).format(value);

/** Return a text with its values filled in; `n` selects the plural form. */
export function say(key, values = {}) {
  const text = TEXTS[key][language() === "ru" ? 1 : 0];
  const chosen = Array.isArray(text) ? plural(text, values.n) : text;
  return chosen.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : value;
  });
}

function plural(forms, n) {
  return forms[FORMS[new Intl.PluralRules(language()).select(n)] ?? forms.length - 1];
}
