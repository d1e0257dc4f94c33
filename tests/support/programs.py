"""Programs that some tests need."""

import os
import shutil

import pytest


def installed(name: str) -> str:
    """Return the path of a program. Without it the test is skipped, or fails with `CI=true`."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None and os.environ.get("CI") != "true":
        pytest.skip(f"{name} is not installed.")
    assert found is not None, f"{name} is not installed."
    return found
