"""The cards of a class in one table: people and promises, the hardest promise first."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from grader.summary import Words

_MARKS = {"kept": "✓", "broken": "✗", "not examined": "–"}
_STYLE = """body{font:14px system-ui;margin:2em}table{border-collapse:collapse}
td,th{border:1px solid #ccc;padding:.2em .5em;text-align:center}
td:first-child,th:first-child{text-align:left}.kept{background:#dcf5dc}.broken{background:#f9d6d6}
.changed{outline:2px solid #222;outline-offset:-2px}"""


@dataclass(frozen=True)
class Pupil:
    name: str
    points: float
    promises: dict[str, dict[str, Any]]
    """As they are in the card, by id."""

    def outcome_of(self, promise: str) -> str:
        return str(self.promises.get(promise, {}).get("outcome", ""))

    def told_of(self, promise: str) -> str:
        """Say what is wrong with a promise."""
        found = self.promises.get(promise, {})
        broken = [case for case in found.get("cases", []) if case["outcome"] == "broken"]
        first = broken[0] if broken else {}
        return str((first and f"{first['name']}: {first['came']}") or found.get("reason") or "")


def read(path: Path) -> Pupil | None:
    """Return the card in a file; None when it is none."""
    try:
        card = json.loads(path.read_text("utf-8"))
        promises = {str(one["id"]): dict(one) for one in card["promises"]}
        # As workflows name them: ada/card.json.
        name = path.resolve().parent.name if path.stem == "card" else path.stem
        pupil = Pupil(name, float(card["points"]), promises)
        [pupil.told_of(promise) for promise in promises]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return pupil


class School:
    def __init__(self, pupils: Sequence[Pupil], earlier: Sequence[Pupil], words: Words) -> None:
        self._pupils = sorted(pupils, key=lambda pupil: pupil.name)
        self._earlier = {pupil.name: pupil for pupil in earlier}
        self._words = words
        titles = {
            id_: one.get("title", id_) for pupil in pupils for id_, one in pupil.promises.items()
        }
        self._titles = dict(sorted(titles.items(), key=lambda item: -self._broken_by(item[0])))

    def as_csv(self) -> str:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([self._words("Person"), self._words("Points"), *self._titles])
        for pupil in self._pupils:
            # A spreadsheet takes what begins with one of these for a formula.
            name = f"'{pupil.name}" if pupil.name[:1] in "=+-@" else pupil.name
            outcomes = [pupil.outcome_of(promise) for promise in self._titles]
            writer.writerow([name, f"{pupil.points:g}", *outcomes])
        return text.getvalue()

    def as_html(self) -> str:
        words, title = self._words, escape(self._words("Report cards of the class"))
        names = "".join(f"<th>{escape(pupil.name)}</th>" for pupil in self._pupils)
        points = "".join(f"<td>{pupil.points:g}</td>" for pupil in self._pupils)
        rows = [
            f"<tr><th>{words('Promise')}</th><th>{words('broken by')}</th>{names}</tr>",
            f"<tr><th>{words('Points')}</th><td></td>{points}</tr>",
        ]
        for promise, name in self._titles.items():
            cells = "".join(self._cell(pupil, promise) for pupil in self._pupils)
            broken_by = self._broken_by(promise)
            rows.append(f"<tr><td>{escape(name)}</td><td>{broken_by}</td>{cells}</tr>")
        changes = "".join(f"<li>{escape(change)}</li>" for change in self._changes())
        head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        table = "\n".join(rows)
        after = f"<h2>{words('Changes')}</h2><ul>{changes}</ul>" if self._earlier else ""
        return f"<!doctype html>{head}<h1>{title}</h1>\n<table>\n{table}\n</table>\n{after}\n"

    def _cell(self, pupil: Pupil, promise: str) -> str:
        outcome = pupil.outcome_of(promise)
        kind = f"{escape(outcome)}{' changed' if self._change(pupil, promise) else ''}"
        told = escape(pupil.told_of(promise))
        return f'<td class="{kind}" title="{told}">{_MARKS.get(outcome, "")}</td>'

    def _changes(self) -> list[str]:
        """Say person by person what differs from the earlier cards."""
        return [
            f"{pupil.name}: {title}: {self._words(change)}"
            for pupil in self._pupils
            for promise, title in self._titles.items()
            if (change := self._change(pupil, promise))
        ]

    def _change(self, pupil: Pupil, promise: str) -> str:
        before = self._earlier.get(pupil.name, pupil).outcome_of(promise) or "not examined"
        now = pupil.outcome_of(promise)
        return "" if "kept" not in {before, now} or before == now else f"now {now}"

    def _broken_by(self, promise: str) -> int:
        return sum(pupil.outcome_of(promise) == "broken" for pupil in self._pupils)
