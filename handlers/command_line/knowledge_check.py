"""Collects and prints what the command `check` finds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from handlers.command_line.fault_reports import Report, ReportFormat, printed
from handlers.command_line.root import CompositionRoot
from knowledge.errors import Fault
from knowledge.evaluation.advice import advise
from knowledge.evaluation.checking import check_question_files
from knowledge.evaluation.left_out import confused_phrasings
from knowledge.loading.base_files import strays
from knowledge.loading.lint import fault_of_entry, lint
from knowledge.loading.loader import KnowledgeFiles, read_leniently
from knowledge.wording import EditorLanguage, report_words


def check_knowledge(
    root: CompositionRoot, shape: ReportFormat, language: EditorLanguage, *, deep: bool, everything: bool
) -> bool:
    """Prints every error and warning in that form. True when there is no error."""
    settings = root.settings()
    folder = settings.knowledge_dir
    report = _report(folder, ZoneInfo(settings.timezone))
    if deep and not report.errors:
        files, _ = read_leniently(folder)
        found = [*_confused(root, files), *_advice(root, files)]
        report = replace(report, warnings=tuple(sorted([*report.warnings, *found])))
    typer.echo(printed(report, folder, shape, language, everything=everything))
    return not report.errors


def _confused(root: CompositionRoot, files: KnowledgeFiles) -> Iterator[Fault]:
    for each in confused_phrasings(files.knowledge, root.finder):
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


def _report(folder: Path, timezone: ZoneInfo) -> Report:
    files, faults = read_leniently(folder)
    remarks = lint(files, datetime.now(timezone).date())
    in_questions = check_question_files(folder, None if faults else files.knowledge)
    errors = list(dict.fromkeys([*faults, *remarks.errors, *in_questions]))  # loading reads some question files too
    warnings = sorted([*strays(folder), *([] if faults else remarks.warnings)])
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
