"""What is examined: one function a promise, in the order of the brief."""

from grader.promises import catalogue, accounts, profile, swagger, star, safety, manners  # noqa: F401, I001
