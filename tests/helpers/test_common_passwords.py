from __future__ import annotations

import pytest

from constants import DEMO_PASSWORD
from helpers.common_passwords import is_common


@pytest.mark.parametrize("password", ["password", "12345678", "qwertyuiop", "iloveyou", "trustno1"])
def test_knows_what_is_guessed_first(password: str) -> None:
    assert is_common(password) is True


@pytest.mark.parametrize("password", ["", "correct horse battery", "пароль от кино", DEMO_PASSWORD])
def test_does_not_know_what_few_would_choose(password: str) -> None:
    assert is_common(password) is False
