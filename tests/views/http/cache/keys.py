"""Keys that show how far their caller has come."""

from threading import Event


class Key(str):
    """A key that tells when it is looked up: its caller has a place among the others then.

    The tested code looks keys up under its lock, so nobody else can come in between.
    """

    __slots__ = ("looked_up",)

    def __init__(self, _: str) -> None:
        self.looked_up = Event()

    def __hash__(self) -> int:
        self.looked_up.set()
        return super().__hash__()
