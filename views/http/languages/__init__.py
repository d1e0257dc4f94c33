"""Rib: what people read is said in the language that their client prefers, English or Russian.

All code speaks English. Where a response leaves, its sentences are recognized and said again from
a table, `ru.toml`: those of services and fields, of libraries, and of the documents alike. A
reader may ignore it and write English; a test names the sentence that lacks its translation. It
costs nothing where a request succeeds, and spares a second form of every message in every layer.
"""

from views.http.languages.language import (
    in_preferred_language,
    preferred_language,
    state_language,
    translated,
)

__all__ = ["in_preferred_language", "preferred_language", "state_language", "translated"]
