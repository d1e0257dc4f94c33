"""Examine any backend of the course's brief over HTTP, and print its report card.

A product of its own: it imports nothing of Kinoteka and needs only Python's standard library.
`promises/` says what is examined, `server.py` is the examined server as a promise sees it,
`examination.py` runs the promises, `card.py`, `reports.py` and `school.py` show what came out.
"""

VERSION = "2.0"
