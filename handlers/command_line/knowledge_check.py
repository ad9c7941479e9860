"""Collects and prints what the command `check` finds."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from handlers.command_line.fault_reports import Report, ReportFormat, printed
from handlers.command_line.root import CompositionRoot
from knowledge.evaluation.checking import check_question_files
from knowledge.evaluation.left_out import confused_phrasings
from knowledge.loading.base_files import strays
from knowledge.loading.lint import lint
from knowledge.loading.loader import read_leniently
from knowledge.wording import EditorLanguage


def check_knowledge(root: CompositionRoot, shape: ReportFormat, language: EditorLanguage, *, deep: bool) -> bool:
    """Prints every error and warning in that form. True when there is no error."""
    settings = root.settings()
    folder = settings.knowledge_dir
    report = _report(folder, ZoneInfo(settings.timezone))
    typer.echo(printed(report, folder, shape, language))
    if deep and not report.errors:
        for line in confused_phrasings(root.knowledge(), root.finder):
            typer.echo(f"warning: {line}")
    return not report.errors


def _report(folder: Path, timezone: ZoneInfo) -> Report:
    files, faults = read_leniently(folder)
    remarks = lint(files, datetime.now(timezone).date())
    in_questions = check_question_files(folder, None if faults else files.knowledge)
    errors = list(dict.fromkeys([*faults, *remarks.errors, *in_questions]))  # loading reads some question files too
    warnings = sorted([*strays(folder), *([] if faults else remarks.warnings)])
    return Report(tuple(errors), tuple(warnings), len(files.knowledge.entries))
