"""What the cards of `./dev grade` say, to people and to programs."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from grader.card import Card
from grader.model import PROMISES
from grader.reports import FORMATS
from grader.school import School, read
from grader.summary import Summary, Words
from tests.grader.choices import Choices
from tests.grader.examined import examined, served
from tests.grader.routes import backend
from tests.support.ports import free_port
from tests.support.servers import ROOT
from tests.support.waiting import wait_for


@pytest.fixture(scope="module")
def sound() -> Summary:
    with served(backend()) as url:
        return examined(url)


@pytest.fixture(scope="module")
def broken() -> Summary:
    with served(backend(None, "no profile", "pages of 10", "no cors")) as url:
        return examined(url)


def lines(summary: Summary) -> list[str]:
    return list(Card(summary, 100, colors=False).lines())


def grade(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "grader", *map(str, arguments)]
    env = {"PYTHONPATH": str(ROOT), "HTTP_PROXY": "http://127.0.0.1:1", "COLUMNS": "100"}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_the_card_of_a_good_backend_fits_a_screen(sound: Summary) -> None:
    assert 20 <= len(lines(sound)) <= 40


def test_the_card_begins_with_what_hides_most(broken: Summary) -> None:
    first_screen = "\n".join(lines(broken)[:24])
    assert "1. `GET /user/` shows one's own profile [profile]" in first_screen
    assert "not examined because of it: profile-protected, names" in first_screen
    assert "2. `page` gives 12 records a page" in first_screen
    assert "came: 10: 1, 2, 3" in first_screen
    assert "expected: 12 records, number 1 to 12 of the whole list" in first_screen


def test_a_request_of_the_card_can_be_pasted(broken: Summary) -> None:
    assert f"   curl -i -X GET '{broken.examination.url}/movies/?page=1'" in lines(broken)


def test_points_are_given_in_parts() -> None:
    with served(backend(None, "no surname")) as url:
        summary = examined(url)
    shares = {result.promise.id: result.share for result in summary.counted}
    # What could not be examined because of it has none: a missing route gives no points.
    assert (shares["names"], shares["patch-keeps"], shares["login"]) == (0.5, 0, 1)
    assert summary.points == pytest.approx(100 * sum(shares.values()) / len(shares), abs=0.1)


def test_good_manners_count_only_when_they_are_asked_for() -> None:
    with served(backend(None, "no cors")) as url:
        assert examined(url).is_passed
        assert not examined(url, counts_all=True).is_passed


def test_the_json_has_every_promise_and_every_case(broken: Summary) -> None:
    card = json.loads(FORMATS["json"](broken))
    by_id = {one["id"]: one for one in card["promises"]}
    assert list(by_id) == [promise.id for promise in PROMISES]
    assert (by_id["names"]["outcome"], by_id["names"]["because"]) == ("not examined", "profile")
    assert [case["outcome"] for case in by_id["pages"]["cases"]] == ["broken"] * 6
    assert (card["passed"], card["ended"], card["counted"]) == (False, "complete", "brief")


def test_junit_and_markdown_say_the_same(broken: Summary) -> None:
    root = ET.fromstring(FORMATS["junit"](broken))  # noqa: S314 # It is our own.
    failed = [
        case.get("name", "") for case in root.iter("testcase") if case.find("failure") is not None
    ]
    assert [name.partition(":")[0] for name in failed] == ["pages", "profile", "cors"]
    markdown = FORMATS["markdown"](broken)
    assert markdown.count("❌") == len(failed)


def test_russian_knows_every_sentence(broken: Summary) -> None:
    russian = tomllib.loads((ROOT / "grader" / "ru.toml").read_text("utf-8"))
    english = tomllib.loads((ROOT / "grader" / "en.toml").read_text("utf-8"))
    sentences = {promise.title for promise in PROMISES} | set(english)
    sentences |= {case.expected for result in broken.results for case in result.broken}
    assert sentences - set(russian) == set()


@pytest.mark.parametrize(
    ("arguments", "code"), [((), 0), (("--all",), 1), (("--step", "2", "--lang", "ru"), 0)]
)
def test_the_exit_code_tells_whether_all_that_counts_is_kept(
    arguments: tuple[str, ...], code: int
) -> None:
    with served(backend(None, "no cors")) as url:
        graded = grade(url, *arguments)
    assert (graded.returncode, graded.stderr) == (code, "")


def test_an_old_card_does_not_stay_when_the_server_is_dead(tmp_path: Path) -> None:
    files = [tmp_path / f"card.{name}" for name in FORMATS]
    for file in files:
        file.write_text("old")
    options = [
        part for name, file in zip(FORMATS, files, strict=True) for part in (f"--{name}", file)
    ]
    graded = grade(f"127.0.0.1:{free_port()}", *options)
    assert graded.returncode == 2
    card = json.loads(files[0].read_text("utf-8"))
    assert {one["outcome"] for one in card["promises"]} == {"not examined"}
    assert (card["ended"], card["passed"]) == ("unreachable", False)


@pytest.mark.parametrize("url", ["", "ftp://127.0.0.1", "http://", "http://[", "http://a:99999"])
def test_what_is_no_url_of_a_server_is_said_in_a_line(url: str) -> None:
    graded = grade(url)
    assert (graded.returncode, "Traceback" in graded.stderr) == (2, False)


def test_what_is_known_is_told_when_somebody_interrupts(tmp_path: Path) -> None:
    card = tmp_path / "card.json"
    slow, requested = backend(Choices(answer_seconds=0.2)), []

    def noting(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        requested.append(environ["PATH_INFO"])
        return slow(environ, start_response)

    with served(noting) as url:
        command = [sys.executable, "-m", "grader", url, "--json", str(card)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            wait_for(lambda: len(requested) > 4)  # The examination is under way.
            process.terminate()
            output, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Interrupted after" in output
    assert json.loads(card.read_text("utf-8"))["ended"] == "interrupted"


def test_a_class_is_a_table_with_the_hardest_promise_first(
    sound: Summary, broken: Summary, tmp_path: Path
) -> None:
    for name, summary in (("ada", sound), ("<bob>", broken), ("=eve", broken)):
        (tmp_path / f"{name}.json").write_text(FORMATS["json"](summary), "utf-8")
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "ada.json").write_text(FORMATS["json"](broken), "utf-8")
    pupils, earlier = (
        [pupil for path in sorted(folder.glob("*.json")) if (pupil := read(path))]
        for folder in (tmp_path, tmp_path / "before")
    )
    school = School(pupils, earlier, Words("ru"))
    rows = school.as_csv().splitlines()
    assert rows[0].startswith("Студент,Баллы,pages,profile,cors,movies")
    assert [row.split(",")[0] for row in rows[1:]] == ["<bob>", "'=eve", "ada"]
    page = school.as_html()
    assert "&lt;bob&gt;" in page
    assert "<bob>" not in page
    assert "ada: `page` gives 12 records a page, one page after another: теперь выполнено" in page


def test_what_is_no_card_is_left_out_of_a_class(sound: Summary, tmp_path: Path) -> None:
    (tmp_path / "ada.json").write_text(FORMATS["json"](sound), "utf-8")
    (tmp_path / "other.json").write_text("[]", "utf-8")
    graded = grade("class", *tmp_path.glob("*.json"), "-o", tmp_path / "class.html")
    assert graded.returncode == 0
    assert graded.stderr == f"{tmp_path / 'other.json'} is no card and left out.\n"
    assert "ada" in (tmp_path / "class.html").read_text("utf-8")
