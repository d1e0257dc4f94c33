"""Running the kit as `./dev grade` does, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_SECONDS = 400

# The same command with less patience: whoever waits for a silent server has waited long enough.
_IMPATIENT = """
import sys
from tests.contract import patience
from tests.contract.grade import main
patience.SECONDS = 0.5
sys.exit(main())
"""


@dataclass(frozen=True)
class Graded:
    code: int
    output: str
    errors: str
    card: dict[str, Any]

    def promises(self, outcome: str) -> set[str]:
        """Return the words of all promises with an outcome."""
        return {one["promise"] for one in self.card["promises"] if one["outcome"] == outcome}


class Run:
    """An examination that has begun."""

    def __init__(self, url: str, folder: Path, *, patient: bool = True) -> None:
        self._json = folder / "card.json"
        program = ["-m", "tests.contract.grade"] if patient else ["-c", _IMPATIENT]
        self._process = subprocess.Popen(
            [sys.executable, "-P", *program, url, "--json", str(self._json)],
            cwd=folder.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def result(self) -> Graded:
        try:
            output, errors = self._process.communicate(timeout=LONGEST_SECONDS)
        finally:
            self._process.kill()
        card = json.loads(self._json.read_text("utf-8")) if self._json.exists() else {}
        return Graded(self._process.returncode, output, errors, card)
