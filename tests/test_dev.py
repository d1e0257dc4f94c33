import hashlib
import os
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

DEV = Path(__file__).resolve().parent.parent / "dev"

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    loader = SourceFileLoader("dev", str(DEV))
    spec = spec_from_loader("dev", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def folder(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project folder. The environment has no secret key."""
    monkeypatch.setenv("SECRET_KEY", "")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "INSTANCE", tmp_path / "instance")
    return tmp_path


UNKNOWN = "There is no command {}. There are: run, lab, test, grade, check, bench, flask, lock.\n"
NO_ARGUMENTS = "./dev {} takes no arguments; settings are environment variables or in .env.\n"


@pytest.mark.parametrize(
    ("name", "told"),
    [("x", UNKNOWN), *((name, NO_ARGUMENTS) for name in ("run", "lab", "check", "lock"))],
)
def test_refuses_unknown_commands_in_a_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: Capture, name: str, told: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["dev", name, "--port=8000"])
    with pytest.raises(SystemExit) as ended:
        dev.main()
    assert (ended.value.code, capsys.readouterr()) == (2, ("", told.format(name)))


@pytest.mark.parametrize(
    ("content", "makes_a_key"),
    [
        ("SECRET_KEY=\nPORT=1\n", True),
        ("PORT=1\nexport SECRET_KEY='a key'\n", False),
        ("\ufeffSECRET_KEY='a key'\n", False),
    ],
)
def test_makes_a_secret_key_where_no_setting_names_one(
    dev: ModuleType, folder: Path, content: str, makes_a_key: bool
) -> None:
    (folder / ".env").write_text(content, "utf-8")
    dev.set_secret_key()
    assert (folder / "instance" / "secret_key").exists() is makes_a_key


def test_keeps_a_key_that_only_its_owner_can_read(dev: ModuleType, folder: Path) -> None:
    instance = folder / "instance"
    instance.mkdir(0o700)
    (instance / "secret_key").touch()  # As after a crash.
    dev.set_secret_key()
    made = os.environ.pop("SECRET_KEY")
    dev.set_secret_key()
    assert os.environ["SECRET_KEY"] == made
    assert len(made) >= 48
    [file] = instance.iterdir()
    assert [each.stat().st_mode & 0o777 for each in (instance, file)] == [0o700, 0o600]


def test_a_crash_leaves_a_whole_key_or_none(
    dev: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(dev.os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        dev.set_secret_key()
    assert not (folder / "instance" / "secret_key").exists()


def test_says_that_python_makes_no_environment_in_a_folder_with_a_colon(
    dev: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "ROOT", folder / "a:b")
    (folder / "a:b").mkdir()
    with pytest.raises(SystemExit, match="Python makes no environment in a folder with ':' in its"):
        dev.check_folder()


def test_says_where_the_file_of_settings_is_not_utf_8(dev: ModuleType, folder: Path) -> None:
    (folder / ".env").write_text("SECRET_KEY='a key'", "utf-16")
    with pytest.raises(SystemExit, match=r"\.env is not encoded as UTF-8"):
        dev.set_secret_key()


def test_makes_the_environment_anew_whose_python_is_gone(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv, made = tmp_path / ".venv", []
    venv.mkdir()
    wanted = (DEV.parent / "requirements.txt").read_bytes() + sys.version.encode()
    (venv / "requirements.txt.stamp").write_text(hashlib.sha256(wanted).hexdigest())
    (venv / "python").write_text(sys.version)

    def call(command: list[str], **_: object) -> int:
        if command[1:] == ["-c", ""]:
            raise FileNotFoundError(command[0])
        venv.mkdir(exist_ok=True)  # It was removed with everything in it.
        made.append(command[1:3])
        return 0

    monkeypatch.setattr(dev, "VENV", venv)
    monkeypatch.setattr(dev.subprocess, "call", call)
    dev.install("requirements.txt")
    assert made == [["-m", "venv"], ["-m", "pip"]]


def test_waits_for_the_server_where_no_process_can_become_another(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows has no `exec` that replaces a process."""
    monkeypatch.setattr(dev.os, "name", "nt")
    monkeypatch.delattr(dev.os, "execv")
    monkeypatch.setattr(
        dev.subprocess, "call", lambda command: 3 if command[1:] == ["serve"] else 0
    )
    with pytest.raises(SystemExit) as ended:
        dev.become("serve")
    assert ended.value.code == 3


@pytest.mark.processes
def test_the_application_needs_nothing_that_windows_lacks(tmp_path: Path) -> None:
    program = (
        "import os, sys; sys.modules['fcntl'] = None; del os.pread, os.execv, os.fork\n"
        "from app import create_app; from config import Config\n"
        "from views.http.cache import spool\n"
        f"create_app(Config(SECRET_KEY='k' * 32, DATABASE_URL='sqlite:///{tmp_path}/films.db'))\n"
        "print(len(b''.join(spool([b'x' * 300_000])[0])))\n"
    )
    # filelock warns, since it finds neither `fcntl` nor the Windows module.
    command = [sys.executable, "-W", "ignore::UserWarning", "-c", program]
    result = subprocess.run(command, cwd=DEV.parent, capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("300000\n", "")
