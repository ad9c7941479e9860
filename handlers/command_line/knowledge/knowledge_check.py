"""What `check` finds in a knowledge base, as text for people, as JSON for programs, and as annotations for GitHub."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import typer

from handlers.command_line.output import counted_on_a_bar
from handlers.command_line.root import CompositionRoot
from knowledge.errors import Fault
from knowledge.evaluation.advice import advise, confused_phrasings
from knowledge.loading.base_files import strays, topics_in
from knowledge.loading.lint import fault_of_entry, lint
from knowledge.loading.loader import ABOUT, KnowledgeFiles, read_leniently
from knowledge.loading.practice import check_question_files
from knowledge.loading.silence import Silence
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


def check_knowledge(
    root: CompositionRoot, shape: ReportFormat, language: EditorLanguage, *, deep: bool, everything: bool
) -> bool:
    """Prints every error and warning in that form. True when there is no error."""
    settings = root.settings()
    folder = settings.knowledge_dir
    words = report_words(language)
    with counted_on_a_bar(len(topics_in(folder)), words.reading) as counted:
        files, faults = read_leniently(folder, counted)
    report = _report(folder, files, faults, ZoneInfo(settings.timezone))
    if deep and not report.errors:
        found = Silence(files.texts, ABOUT).heard([*_confused(root, files, words.asking), *_advice(root, files)])
        report = replace(report, warnings=tuple(sorted([*report.warnings, *found])))
    typer.echo(printed(report, folder, shape, language, everything=everything))
    return not report.errors


def _confused(root: CompositionRoot, files: KnowledgeFiles, what: str) -> Iterator[Fault]:
    total = sum(len(texts) for entry in files.knowledge.entries.values() for texts in entry.phrasings.values())
    with counted_on_a_bar(total, what) as counted:
        for each in confused_phrasings(files.knowledge, root.finder, counted):
            yield fault_of_entry(files, each.entry_id, "won-by-another", text=each.text, other=each.other_id)


def _advice(root: CompositionRoot, files: KnowledgeFiles) -> Iterator[Fault]:
    """What the entries that nobody practised on do to the practice questions; nothing where there are none."""
    knowledge = files.knowledge
    asked = (question.text for question in knowledge.practice if not question.before)
    added = (entry_id for entry_id in knowledge.entries if entry_id in knowledge.unpractised)
    for advice in advise(knowledge, added, asked, root.finder):
        entry_id = advice.entry_id
        yield from (fault_of_entry(files, entry_id, "missed-question", text=text) for text in advice.missed)
        for text, lost in advice.won:
            yield fault_of_entry(files, entry_id, "question-taken", text=text, other=lost)
        yield from (fault_of_entry(files, gap, "gap-is-answered", other=entry_id) for gap in advice.gaps)


def _report(folder: Path, files: KnowledgeFiles, faults: Sequence[Fault], timezone: ZoneInfo) -> Report:
    remarks = lint(files, datetime.now(timezone).date(), strays(folder))
    in_questions = check_question_files(folder, None if faults else files.knowledge)
    errors = list(dict.fromkeys([*faults, *remarks.errors, *in_questions]))  # loading reads some question files too
    warnings = remarks.warnings if not faults else sorted(strays(folder))
    return Report(tuple(errors), tuple(warnings), len(files.knowledge.entries))


def list_stale(root: CompositionRoot, language: EditorLanguage) -> None:
    """Prints the entries that are past their day of review, those of one owner together, the longest past first."""
    settings = root.settings()
    today = datetime.now(ZoneInfo(settings.timezone)).date()
    words = report_words(language)
    due = root.knowledge().due_by_owner(today)
    for owner, entries in due.items():
        typer.echo(f"{owner or words.nobody} ({len(entries)})")
        for entry in entries:
            typer.echo(f"  {entry.review_day}  {entry.topic_id}/{entry.id}  {entry.question.ko}")
    typer.echo(words.stale.format(count=sum(map(len, due.values()))))


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
