"""Measurements against other ways of doing the same: `./dev bench`.

Numbers of a shared machine mean nothing by themselves, so everything here is a ratio of two sides
that were measured in turn, in one run.
"""
