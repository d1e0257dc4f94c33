from __future__ import annotations

import os
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

DEV = Path(__file__).resolve().parent.parent / "dev"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(DEV), *arguments], capture_output=True, text=True, check=False
    )


@pytest.fixture
def dev() -> ModuleType:
    loader = SourceFileLoader("dev", str(DEV))
    spec = spec_from_loader("dev", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.processes
@pytest.mark.parametrize(("arguments", "code"), [(["--help"], 0), (["-h"], 0), ([], 2)])
def test_shows_its_commands(arguments: list[str], code: int) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stderr) == (code, "")
    assert "./dev test " in result.stdout


@pytest.mark.processes
def test_names_the_commands_there_are_instead_of_an_unknown_one() -> None:
    result = run("nonsense")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "There is no command nonsense. "
        "There are: run, lab, test, grade, check, bench, flask, lock.\n"
    )


@pytest.mark.processes
@pytest.mark.parametrize("name", ["run", "lab", "check", "lock"])
def test_refuses_arguments_where_there_are_none(name: str) -> None:
    result = run(name, "--port", "8000")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        f"./dev {name} takes no arguments; settings are environment variables or in .env.\n"
    )


@pytest.mark.parametrize(
    ("content", "makes_a_key"),
    [
        (None, True),
        ("SECRET_KEY=\nPORT=1\n", True),
        ("PORT=1\nexport SECRET_KEY='a key'\n", False),
        ("\ufeffSECRET_KEY='a key'\n", False),
    ],
)
def test_makes_a_secret_key_where_no_setting_names_one(
    dev: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: str | None,
    makes_a_key: bool,
) -> None:
    monkeypatch.setenv("SECRET_KEY", "")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "INSTANCE", tmp_path / "instance")
    if content is not None:
        (tmp_path / ".env").write_text(content, "utf-8")
    dev.set_secret_key()
    assert (tmp_path / "instance" / "secret_key").exists() is makes_a_key


@pytest.fixture
def instance(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project that has no setting."""
    monkeypatch.setenv("SECRET_KEY", "")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "INSTANCE", tmp_path / "instance")
    return tmp_path / "instance"


@pytest.mark.parametrize("left", ["", "\n"])
def test_makes_a_key_anew_that_a_crash_left_empty(
    dev: ModuleType, instance: Path, left: str
) -> None:
    instance.mkdir()
    (instance / "secret_key").write_text(left)
    dev.set_secret_key()
    assert len(os.environ["SECRET_KEY"]) >= 48
    assert (instance / "secret_key").read_text() == os.environ["SECRET_KEY"]


def test_keeps_a_key_and_lets_nobody_else_read_it(dev: ModuleType, instance: Path) -> None:
    dev.set_secret_key()
    made = os.environ.pop("SECRET_KEY")
    dev.set_secret_key()
    assert os.environ["SECRET_KEY"] == made
    [file] = instance.iterdir()
    assert [each.stat().st_mode & 0o777 for each in (instance, file)] == [0o700, 0o600]


def test_a_crash_leaves_a_whole_key_or_none(
    dev: ModuleType, instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(dev.os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        dev.set_secret_key()
    assert not (instance / "secret_key").exists()


def test_says_that_python_makes_no_environment_in_a_folder_with_a_colon(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a:b"
    folder.mkdir()
    monkeypatch.setattr(dev, "ROOT", folder)
    with pytest.raises(SystemExit, match="Python makes no environment in a folder with ':' in its"):
        dev.check_folder()


@pytest.mark.processes
def test_the_application_needs_nothing_that_windows_lacks(tmp_path: Path) -> None:
    program = (
        "import os, sys; sys.modules['fcntl'] = None; del os.pread, os.execv, os.fork\n"
        "from app import create_app; from config import Config\n"
        "from views.http.cache import spool\n"
        f"create_app(Config(SECRET_KEY='k' * 32, DATABASE_URL='sqlite:///{tmp_path}/films.db'))\n"
        "print(len(b''.join(spool([b'x' * 300_000])[0])))\n"
    )
    result = subprocess.run(
        # Where there is neither `fcntl` nor Windows's own module, filelock warns.
        [sys.executable, "-W", "ignore::UserWarning", "-c", program],
        cwd=DEV.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.stdout, result.stderr) == ("300000\n", "")


def test_says_where_the_file_of_settings_is_not_utf_8(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    (tmp_path / ".env").write_text("SECRET_KEY='a key'", "utf-16")
    with pytest.raises(SystemExit, match=r"\.env is not encoded as UTF-8"):
        dev.set_secret_key()
