"""The documents agree with the code where a test can tell, and are not too long."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from config import ROOT, LabConfig
from helpers.settings import Rate

LIST_FILES = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
TRACKED = subprocess.run(
    LIST_FILES, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
).stdout.splitlines()
DOCUMENTS = [name for name in TRACKED if name.endswith(".md") and (ROOT / name).exists()]
DECISIONS = [name for name in DOCUMENTS if re.match(r"docs/decisions/\d{4}-", name)]
READMES = ["README.md", "README.ru.md"]

# Settings that `./dev run` and the container read before the application exists.
OF_THE_SERVER = {"HOST", "PORT", "WORKERS"}

FOLDERS = {name.partition("/")[0] for name in TRACKED if "/" in name}
SUFFIXES = r"(?:py|md|toml|ya?ml|conf|css|js|ts|html|svg|png)"
# Matches `views/guard.py`, `tests/dao/` and `setup_db.py`, but not the API path /swagger.json.
NAMED_FILE = re.compile(rf"(?<![\w./<])((?:[\w.-]+/)*[\w.-]+\.{SUFFIXES}|(?:[\w.-]+/)+)(?![\w/<])")
LINK = re.compile(r"\]\((?!https?:|/)([^)#\s]*)(#[^)\s]*)?\)")
BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
NAMED_TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def settings_of(readme: str) -> dict[str, str]:
    """Return the defaults in a README, as written there, by the name of the setting."""
    rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \| (.*?) \|", text_of(readme), re.MULTILINE)
    names_and_defaults = ((name.split(", "), default.split(", ")) for name, default in rows)
    return {
        name.strip("`"): default.strip("`")
        for names, defaults in names_and_defaults
        for name, default in zip(names, defaults, strict=True)
    }


def written(default: object) -> str:
    """Return a default as it would be written in the environment."""
    match default:
        case Rate(hits, seconds):
            return f"{hits}/{seconds}"
        case (int(least), int(most)) if least == most:  # A range.
            return str(least)
        case tuple():
            return ",".join(map(str, default))
    return str(default)


def test_a_line_has_at_most_100_columns() -> None:
    long = {
        (name, line)
        for name in DOCUMENTS
        for line in text_of(name).splitlines()
        if len(line) > 100 and not line.startswith("|") and "](" not in line
    }
    assert long == set()


def test_a_document_is_short() -> None:
    most = dict.fromkeys((*READMES, "docs/architecture.md"), 150) | dict.fromkeys(DECISIONS, 40)
    lines = {name: len(text_of(name).splitlines()) for name in most}
    assert {name for name in most if lines[name] > most[name]} == set()


def test_a_link_leads_somewhere() -> None:
    broken = {
        (name, target, anchor)
        for name in DOCUMENTS
        for target, anchor in LINK.findall(text_of(name))
        for document in [(ROOT / name).parent / target if target else ROOT / name]
        if not document.exists() or (anchor and anchor[1:] not in anchors_of(document))
    }
    assert broken == set()


def anchors_of(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_a_file_that_is_named_exists() -> None:
    known = {Path(tracked).name for tracked in TRACKED}
    missing = {
        (name, file)
        for name in DOCUMENTS
        for code in re.findall(r"`([^`\n]+)`", BLOCK.sub("", text_of(name)))
        for file in NAMED_FILE.findall(code)
        if (file.partition("/")[0] in FOLDERS or "/" not in file)
        and not (ROOT / file).exists()
        and file not in known
    }
    assert missing == set()


def test_a_test_that_is_named_exists() -> None:
    missing = {
        (name, file, test)
        for name in DOCUMENTS
        for file, test in NAMED_TEST.findall(text_of(name))
        if f"def {test}(" not in text_of(file)
    }
    assert missing == set()


@pytest.mark.parametrize("pattern", [r"^#+ ", r"^```", r"^    \S", r"^- ", r"^\|"])
def test_both_readmes_have_the_same_parts(pattern: str) -> None:
    english, russian = (len(re.findall(pattern, text_of(r), re.MULTILINE)) for r in READMES)
    assert english == russian


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_begins_with_the_two_commands(readme: str) -> None:
    commands = [line.split("#")[0].strip() for line in text_of(readme).splitlines()[2:4]]
    assert commands == ["./dev run", "./dev test"]


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_has_every_setting_with_its_default(readme: str) -> None:
    told = settings_of(readme)
    assert told.keys() == {field.name for field in fields(LabConfig)} | OF_THE_SERVER
    wrong = {
        field.name: told[field.name]
        for field in fields(LabConfig)
        if isinstance(field.default, int | tuple)
        and field.default != ()
        and told[field.name] != written(field.default)
    }
    assert wrong == {}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_every_path(client: FlaskClient, readme: str) -> None:
    paths = [
        re.sub(r"\{\w+\}", "{id}", path) for path in client.get("/swagger.json").get_json()["paths"]
    ]
    told = re.findall(r"(/[a-z/{}]+(?:/|\.svg))`", text_of(readme))
    assert set(paths) - set(told) == set()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_every_parameter_of_films(client: FlaskClient, readme: str) -> None:
    parameters = client.get("/swagger.json").get_json()["paths"]["/movies/"]["get"]["parameters"]
    [row] = re.findall(r"^\| `GET /movies/`.*$", text_of(readme), re.MULTILINE)
    told = set(re.findall(r"[a-z_]+", row))
    assert {one["name"] for one in parameters if one["in"] == "query"} - told == set()


def test_the_template_of_the_environment_has_every_setting() -> None:
    told = re.findall(r"^(?:# )?([A-Z_]+)=", text_of(".env.example"), re.MULTILINE)
    assert set(told) == {field.name for field in fields(LabConfig)} | OF_THE_SERVER


def test_every_decision_is_listed() -> None:
    listed = re.findall(r"\]\((\d{4}-[^)]*)\)", text_of("docs/decisions/README.md"))
    assert [f"docs/decisions/{name}" for name in listed] == DECISIONS
