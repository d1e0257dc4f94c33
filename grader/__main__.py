"""Examine a backend of the brief, or put the cards of a class into one table.

Exit code 0 when all that counts is kept, 1 when something is broken or could not be examined,
2 when no server answers or an argument is wrong, 130 when somebody interrupts.
"""

import argparse
import os
import shutil
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

from grader import VERSION, promises  # noqa: F401 # Importing the promises fills their list.
from grader.card import Card
from grader.examination import Examination
from grader.model import LAST_STEP, PROMISES
from grader.reports import FORMATS
from grader.school import Pupil, School, read
from grader.summary import LANGUAGES, Summary, Words

_WIDEST = 110
_CODES = {"unreachable": 2, "interrupted": 130}


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr] # They are text streams.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    return _class(sys.argv[2:]) if sys.argv[1:2] == ["class"] else _grade(sys.argv[1:])


def _grade(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./dev grade",
        description="Examine a backend of the brief and print its report card. People and "
        "favorites are made there; films, genres and directors stay as they are.",
        epilog="A table of a whole class: ./dev grade class --help",
    )
    option = parser.add_argument
    option("url", type=_url, help="for instance http://127.0.0.1:25000")
    option("--lang", choices=LANGUAGES, default="en", help="language of the card")
    steps = range(1, LAST_STEP + 1)
    option("--step", type=int, choices=steps, default=LAST_STEP, help="how far it is; 5: star task")
    option("--brief", action="store_true", help="good manners are told, not counted (default)")
    option("--all", action="store_true", help="good manners count too")
    option("--points", type=_positive, default=100.0, metavar="N", help="points for everything")
    option("--deadline", type=_positive, default=60.0, metavar="SECONDS")
    for name in FORMATS:
        option(f"--{name}", type=_file, metavar="FILE", help="write the card there too")
    option("--version", action="version", version=VERSION)
    chosen = parser.parse_args(arguments)
    files = {name: path for name in FORMATS if (path := getattr(chosen, name))}
    for path in files.values():
        path.unlink(missing_ok=True)  # Whatever happens, no old card is taken for this one.
    expected = [promise for promise in PROMISES if promise.step <= chosen.step]
    examination = Examination(chosen.url, expected, chosen.deadline)
    examination.run(_show_progress if sys.stderr.isatty() else lambda *_: None)
    words = Words(chosen.lang)
    summary = Summary(examination, examination.results, chosen.all, chosen.points, words)
    for name, path in files.items():
        path.write_text(FORMATS[name](summary), "utf-8", errors="replace")
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    colors = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    sys.stdout.write("\n".join(Card(summary, width, colors=colors).lines()) + "\n")
    return _CODES.get(examination.ended, 0 if summary.is_passed else 1)


def _class(arguments: list[str]) -> int:
    about = "Put cards of --json, named after the people (ada.json), into one table."
    parser = argparse.ArgumentParser(prog="./dev grade class", description=about)
    option = parser.add_argument
    option("cards", nargs="+", type=Path)
    option("-o", "--output", type=_file, required=True, metavar="CLASS.HTML")
    option("--csv", type=_file, metavar="FILE", help="the table as CSV")
    option("--before", nargs="+", type=Path, default=[], help="earlier cards, to show changes")
    option("--lang", choices=LANGUAGES, default="en")
    chosen = parser.parse_args(arguments)
    pupils, earlier = (
        [pupil for path in paths if (pupil := _read(path))]
        for paths in (chosen.cards, chosen.before)
    )
    school = School(pupils, earlier, Words(chosen.lang))
    chosen.output.write_text(school.as_html(), "utf-8")
    if chosen.csv:  # Without a byte order mark Excel takes it for another encoding.
        chosen.csv.write_text(school.as_csv(), "utf-8-sig")
    return 0 if pupils else 2


def _read(path: Path) -> Pupil | None:
    pupil = read(path)
    if pupil is None:
        sys.stderr.write(f"{path} is no card and left out.\n")
    return pupil


def _url(text: str) -> str:
    url = text if "://" in text else f"http://{text}"
    parts = urlsplit(url)  # A ValueError is told by argparse.
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise argparse.ArgumentTypeError(f"no address of a server: {text}")
    return url.rstrip("/")


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"no positive number: {text}")
    return number


def _file(text: str) -> Path:
    path = Path(text)
    if path.is_dir() or not os.access(path.resolve().parent, os.W_OK):
        raise argparse.ArgumentTypeError(f"cannot be written: {text}")
    return path


def _show_progress(known: int, expected: int) -> None:
    sys.stderr.write(f"\r{known}/{expected}\r")
    sys.stderr.flush()


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # Threads that still wait for a silent server are not waited for.
