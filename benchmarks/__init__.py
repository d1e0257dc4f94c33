"""Measurements against other implementations: `./dev bench`.

Absolute numbers from a shared machine mean nothing, so every result is a ratio of two sides that
were measured alternately in one run.
"""
