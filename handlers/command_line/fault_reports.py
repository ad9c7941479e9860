"""Faults of a knowledge base as text for people, as JSON for programs, and as annotations for GitHub."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.errors import Fault
from knowledge.wording import EditorLanguage, report_words

ReportFormat = Literal["text", "json", "github"]
_MOST_ALIKE = 4
"""Pieces of advice of one rule that are shown one by one."""
_ESCAPED = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_ESCAPED_IN_PROPERTIES = {**_ESCAPED, ":": "%3A", ",": "%2C"}


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a knowledge base of so many readable entries."""

    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    entries: int


def printed(
    report: Report, folder: Path, shape: ReportFormat, language: EditorLanguage, *, everything: bool = False
) -> str:
    """The report in that form and language; without `everything`, advice that repeats is one line of the text."""
    if shape == "json":
        return _json(report, folder, language)
    told = [(fault, level) for level, faults in _levels(report) for fault in faults]
    if shape == "github":
        return "\n".join(_annotation(fault, level, folder, language) for fault, level in told)
    words = report_words(language)
    names = {"error": words.error, "warning": words.warning}
    lines = [fault.told(language, names["error"], str(folder / fault.file)) for fault in report.errors]
    often = Counter(fault.kind for fault in report.warnings)
    repeated = {kind for kind, count in often.items() if count > _MOST_ALIKE and not everything}
    for fault in report.warnings:
        if fault.kind not in repeated:
            lines.append(fault.told(language, names["warning"], str(folder / fault.file)))
        elif often[fault.kind]:
            files = len({each.file for each in report.warnings if each.kind == fault.kind})
            lines.append(f"{fault.told(language, names['warning'], str(folder / fault.file))}")
            lines.append(f"    {words.more.format(count=often[fault.kind] - 1, rule=fault.kind, files=files)}")
            often[fault.kind] = 0
    counts = {"errors": len(report.errors), "warnings": len(report.warnings)}
    return "\n".join([*lines, words.summary.format(entries=report.entries, **counts)])


def _levels(report: Report) -> tuple[tuple[str, tuple[Fault, ...]], ...]:
    return (("error", report.errors), ("warning", report.warnings))


def _json(report: Report, folder: Path, language: EditorLanguage) -> str:
    faults = [
        {
            "file": str(folder / fault.file),
            "line": fault.line,
            "column": fault.column,
            "level": level,
            "rule": fault.kind,
            "message": fault.wrong(language),
            "advice": fault.advice(language),
            "text": fault.text,
        }
        for level, faults in _levels(report)
        for fault in faults
    ]
    return json.dumps({"entries": report.entries, "faults": faults}, ensure_ascii=False, indent=2)


def _annotation(fault: Fault, level: str, folder: Path, language: EditorLanguage) -> str:
    properties = {"file": folder / fault.file, "line": fault.line, "col": fault.column, "title": fault.kind}
    shown = ",".join(f"{name}={_escaped(str(value), _ESCAPED_IN_PROPERTIES)}" for name, value in properties.items())
    return f"::{level} {shown}::{_escaped(f'{fault.wrong(language)} {fault.advice(language)}', _ESCAPED)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
