"""Numbers that clients write as text."""


def ascii_int(text: object, most: int) -> int | None:
    """Return the number that is written in ASCII digits, or `most` if it is larger.

    Returns None for anything else: signs, spaces, underscores and digits of other scripts.
    """
    if not (isinstance(text, str) and text.isascii() and text.isdigit()):
        return None
    digits = text.lstrip("0") or "0"
    # The length is compared first, because int() refuses thousands of digits.
    return most if len(digits) > len(str(most)) else min(int(digits), most)
