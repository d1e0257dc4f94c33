"""Cards for programs: JSON, JUnit's XML and Markdown."""

import json
import re
import xml.etree.ElementTree as ET  # Only written.
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from grader import VERSION
from grader.model import Result
from grader.summary import Summary

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKS = {"kept": "✅", "broken": "❌", "not examined": "➖"}


def as_json(summary: Summary) -> str:
    examination = summary.examination
    card = {
        "grader": VERSION,
        "url": examination.url,
        "server": examination.server_header or None,
        "time": datetime.fromtimestamp(examination.began_at, UTC).isoformat(timespec="seconds"),
        "duration_seconds": round(examination.seconds, 1),
        "ended": examination.ended,
        "counted": "all" if summary.counts_all else "brief",
        "passed": summary.is_passed,
        "points": summary.points,
        "max_points": summary.max_points,
        "promises": [_promise(summary, result) for result in summary.results],
    }
    return json.dumps(card, ensure_ascii=False, indent=2) + "\n"


def _promise(summary: Summary, result: Result) -> dict[str, Any]:
    words, promise = summary.words, result.promise
    is_open = result.outcome == "not examined"
    cases = [
        {
            "name": case.name or promise.id,
            "outcome": case.outcome,
            "came": words(case.came) or None,
            "expected": words.expected(case) or None,
            "reason": f"{words(case.reason)} {case.cause}".strip() or None,
            "curl": case.request.as_curl() if case.request else None,
        }
        for case in result.cases
    ]
    return {
        "id": promise.id,
        "tier": promise.tier,
        "step": promise.step,
        "title": words(promise.title),
        "outcome": result.outcome,
        "counted": summary.is_counted(result),
        "reason": words.why_not(result) if is_open else None,
        "because": (result.left_out.cause or None) if is_open else None,
        "hint": words(promise.topic),
        "cases": cases,
    }


def as_junit(summary: Summary) -> str:
    suites = ET.Element("testsuites")
    for section, results in summary.sections():
        outcomes = [result.outcome for result in results]
        suite = ET.SubElement(suites, "testsuite", name=section, tests=str(len(results)))
        suite.set("failures", str(outcomes.count("broken")))
        suite.set("skipped", str(outcomes.count("not examined")))
        for result in results:
            name = f"{result.promise.id}: {summary.words(result.promise.title)}"
            case = ET.SubElement(suite, "testcase", classname=section, name=name)
            if result.outcome == "broken":
                told = [_NO_XML.sub("", line) for line in _told(summary, result)]
                ET.SubElement(case, "failure", message=told[0]).text = "\n".join(told)
            elif result.outcome == "not examined":
                ET.SubElement(case, "skipped", message=summary.words.why_not(result))
    return ET.tostring(suites, "unicode", xml_declaration=True) + "\n"


def as_markdown(summary: Summary) -> str:
    words = summary.words
    lines = [f"# {words('Report card of {url}', url=summary.examination.url)}", ""]
    lines.append(f"**{summary.sums}** ({summary.ended})")
    for result in summary.broken:
        lines += ["", f"## {words(result.promise.title)}", ""]
        *told, curl = _told(summary, result)
        lines += [*(f"- {line}" for line in told), "", "```", curl, "```"]
    for section, results in summary.sections():
        lines += ["", f"## {section}", ""]
        lines += [f"- {_MARKS[one.outcome]} {words(one.promise.title)}" for one in results]
    return "\n".join(lines) + "\n"


def _told(summary: Summary, result: Result) -> list[str]:
    """Return lines about the first broken case; the last of them is a command for a shell."""
    words, case = summary.words, result.broken[0]
    return [
        f"{case.name}: {words(case.came)}",
        f"{words('expected')}: {words.expected(case)}",
        f"{words('read')}: {words(result.promise.topic)}",
        case.request.as_curl() if case.request else "",
    ]


FORMATS: dict[str, Callable[[Summary], str]] = {
    "json": as_json,
    "junit": as_junit,
    "markdown": as_markdown,
}
