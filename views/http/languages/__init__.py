"""Rib: messages and documents in the language that the client prefers, English or Russian.

All code writes English. When a response leaves, its sentences are looked up in a table, `ru.toml`,
and replaced by their translations, whether a service, a field or a library wrote them. You can
ignore the folder and write English; a test names each sentence without a translation. It costs
nothing when a request succeeds, and no layer needs a second form of its messages.
"""

from views.http.languages.language import (
    in_preferred_language,
    preferred_language,
    state_language,
    translated,
)

__all__ = ["in_preferred_language", "preferred_language", "state_language", "translated"]
