"""Every test of the kit is a promise that can be read on a card."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

KIT = Path(__file__).resolve().parent.parent / "contract"
FILES = sorted(KIT.glob("test_*.py"))
LONGEST = 100
LONGEST_TITLE = 65


def first_paragraph(node: ast.Module | ast.FunctionDef) -> str:
    return " ".join((ast.get_docstring(node) or "").partition("\n\n")[0].split())


def promises(file: Path) -> dict[str, str]:
    """Return the words of every test by its name."""
    module = ast.parse(file.read_text("utf-8"))
    return {
        node.name: first_paragraph(node)
        for node in module.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_test_says_in_a_sentence_what_it_checks(file: Path) -> None:
    said = promises(file)
    assert [name for name, words in said.items() if not words.endswith(".")] == []
    assert [name for name, words in said.items() if len(words) > LONGEST] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_module_says_in_a_few_words_what_its_promises_are_about(file: Path) -> None:
    title = first_paragraph(ast.parse(file.read_text("utf-8")))
    assert 0 < len(title) <= LONGEST_TITLE


def test_no_two_promises_have_the_same_words() -> None:
    words = Counter(words for file in FILES for words in promises(file).values())
    assert [sentence for sentence, times in words.items() if times > 1] == []
