from __future__ import annotations

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
        "There is no command nonsense. There are: run, test, grade, check, bench, flask, lock.\n"
    )


@pytest.mark.processes
def test_ends_with_the_code_of_a_command_that_fails(dev: ModuleType) -> None:
    with pytest.raises(SystemExit) as ended:
        dev.call(sys.executable, "-c", "raise SystemExit(3)")
    assert ended.value.code == 3


@pytest.mark.parametrize(
    ("content", "makes_a_key"),
    [(None, True), ("SECRET_KEY=\nPORT=1\n", True), ("PORT=1\nexport SECRET_KEY='a key'\n", False)],
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
