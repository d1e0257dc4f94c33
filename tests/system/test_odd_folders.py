"""`./dev run` starts in any folder, with any name and any files in it."""

from pathlib import Path

import pytest

from tests.support.projects import is_served, refusal, started
from tests.support.waiting import wait_for


def test_starts_in_a_folder_with_any_name(project: Path, tmp_path: Path) -> None:
    with started(project, tmp_path) as server:
        wait_for(lambda: is_served(server), 30)
    instance = project / "instance"
    files = {path.name: path.stat().st_mode & 0o777 for path in instance.iterdir()}
    assert files["kinoteka.db"] == files["secret_key"] == 0o600
    assert instance.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in tmp_path.iterdir()} >= {"log", "random.py"}
    assert list(tmp_path.glob("*.db")) == []


@pytest.mark.parametrize(
    ("command", "settings", "sentence"),
    [
        ("run", {"WORKERS": "0"}, "WORKERS must be a whole number from 1 to"),
        ("lab", {"WORKERS": "2"}, "WORKERS must be 1 for ./dev lab"),
    ],
    ids=["run", "lab"],
)
def test_a_wrong_setting_is_reported_in_a_sentence_before_anything_starts(
    project: Path, tmp_path: Path, command: str, settings: dict[str, str], sentence: str
) -> None:
    assert sentence in refusal(project, tmp_path, command, **settings)
