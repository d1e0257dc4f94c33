"""Examine a server, and print its report card.

Exit code 0 when every promise is kept, 1 when one is broken or could not be checked, 2 when there
is no server at the address.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

import httpx
import pytest

from tests.contract import patience
from tests.contract.card import Card
from tests.contract.examination import Examination

_FOLDER = Path(__file__).resolve().parent
_ROOT = _FOLDER.parent.parent
_WIDEST = 110


def main() -> int:
    arguments = _arguments()
    url = arguments.url.rstrip("/")
    if fault := _unreachable(url):
        sys.stderr.write(f"There is nothing to grade at {url}: {fault}\n")
        return 2
    examination = Examination(_show_progress if sys.stderr.isatty() else lambda *_: None)
    code = _examine(url, examination)
    if code == pytest.ExitCode.INTERRUPTED:
        return 130
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        sys.stderr.write("The kit itself has failed; the lines above say why.\n")
        return 3
    card = Card(url, examination.promises.values(), len(examination.elsewhere))
    if arguments.json:
        arguments.json.write_text(card.as_json(), "utf-8")
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr] # It is a text stream.
    colors = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    sys.stdout.write(card.as_text(width, colors=colors) + "\n")
    return 0 if card.is_all_kept else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./dev grade",
        description="Examine a server of the brief, and print what it keeps and what it breaks. "
        "The examination makes accounts and favorites there.",
    )
    parser.add_argument("url", help="address of the server, for instance http://127.0.0.1:25000")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the card there too")
    arguments = parser.parse_args()
    # Better now than after the examination.
    if arguments.json and not os.access(arguments.json.resolve().parent, os.W_OK):
        parser.error(f"there is no folder for {arguments.json} that can be written to")
    return arguments


def _unreachable(url: str) -> str | None:
    """Say why the server does not answer at all."""
    try:
        httpx.get(f"{url}/movies/", params={"page": 1}, timeout=patience.SECONDS)
    except httpx.TimeoutException:
        return f"no answer within {patience.SECONDS} seconds."
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"{error}."
    return None


def _examine(url: str, examination: Examination) -> int:
    # What pytest would take from the environment is about other tests than these.
    os.environ.pop("PYTEST_ADDOPTS", None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    # Here it prints long comparisons, which nobody would see.
    for name in ("CI", "BUILD_NUMBER"):
        os.environ.pop(name, None)
    options = ["-p", "no:terminal", "-p", "no:cacheprovider", "--rootdir", str(_ROOT)]
    options += ["-c", str(_ROOT / "pyproject.toml"), "-o", "addopts=--import-mode=importlib"]
    # A server may be as strange as it likes without a warning's making an error of it.
    options += ["-o", "filterwarnings=ignore"]
    return pytest.main([*options, "--base-url", url, str(_FOLDER)], plugins=[examination])


def _show_progress(begun: int, expected: int) -> None:
    end = "\n" if begun == expected else ""
    sys.stderr.write(f"\rChecking {begun} of {expected}{end}")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
