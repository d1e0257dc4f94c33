"""An estimate of how soon a password is guessed, made without a network."""

from math import prod

from zxcvbn import zxcvbn

from helpers.text import visible_text

# The estimate takes more than linear time, so it reads at most this many characters.
_JUDGED_LENGTH = 40

# The characters of a Russian keyboard, and those of the same keys on a Latin one.
_LATIN_KEYS = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбю.ё", "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
)

# Groups of characters that replace the same letter. The estimate tries all combinations of those
# in a password, and each takes as long as the whole password. A disguised word has at most eight.
_L33T = ("4@", "({[<", "69", "1!|", "1|7", "$5", "+7")
_MAX_COMBINATIONS = 8
_ONE_OF_EACH = str.maketrans("@{[<9!|$+", "4(((61157")


def guesses(password: str) -> int:
    """Return how many guesses find the beginning of a password, regardless of its case.

    The smaller of two estimates counts: one of the password as it looks, and one with Russian
    letters replaced by the Latin ones on the same keys. Words, names, repeats, sequences, dates,
    rows of keys and l33t are guessed first (Wheeler, "zxcvbn: Low-Budget Password Strength
    Estimation", 2016).
    """
    typed = visible_text(password).casefold()[:_JUDGED_LENGTH]
    return min(_guesses(text) for text in {typed, typed.translate(_LATIN_KEYS)})


def _guesses(text: str) -> int:
    combinations = prod(max(1, len(set(text) & set(letter))) for letter in _L33T)
    if combinations > _MAX_COMBINATIONS:
        text = text.translate(_ONE_OF_EACH)
    return int(zxcvbn(text)["guesses"])
