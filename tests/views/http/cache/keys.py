"""Keys that signal their lookup."""

from threading import Event


class Key(str):
    """A key that sets `looked_up` when it is hashed. Its caller is then in line.

    The tested code looks keys up under its lock, so no other caller can come in between.
    """

    __slots__ = ("looked_up",)

    def __init__(self, _: str) -> None:
        self.looked_up = Event()

    def __hash__(self) -> int:
        self.looked_up.set()
        return super().__hash__()
