"""How soon a password is guessed, estimated without a network."""

from math import prod

from zxcvbn import zxcvbn

from helpers.text import seen

# The estimate takes more than linear time, so it reads no more characters than these.
_JUDGED_LENGTH = 40

# The keys of a Russian keyboard, and what a Latin one types with them.
_LATIN_KEYS = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбю.ё", "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
)

# Characters that stand for one letter. The estimate tries all combinations of those that a
# password has, each as slowly as the whole password; no password that means a word has more.
_L33T = ("4@", "({[<", "69", "1!|", "1|7", "$5", "+7")
_MOST_COMBINATIONS = 8
_ONE_OF_EACH = str.maketrans("@{[<9!|$+", "4(((61157")


def guesses(password: str) -> int:
    """Return how many guesses find the beginning of a password, in any case of its letters.

    It is read as it looks, and as typed on a Russian keyboard by somebody who meant a Latin
    one. Words, names, repeats, sequences, dates, rows of keys and l33t are what is guessed first
    (Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", 2016).
    """
    typed = seen(password).casefold()[:_JUDGED_LENGTH]
    return min(_guesses(text) for text in {typed, typed.translate(_LATIN_KEYS)})


def _guesses(text: str) -> int:
    combinations = prod(max(1, len(set(text) & set(letter))) for letter in _L33T)
    if combinations > _MOST_COMBINATIONS:
        text = text.translate(_ONE_OF_EACH)
    return int(zxcvbn(text)["guesses"])
