"""Collects and prints what the command `check` finds."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from handlers.command_line.root import CompositionRoot
from knowledge.errors import Fault, KnowledgeFaultsError
from knowledge.evaluation.checking import check_question_files
from knowledge.evaluation.left_out import confused_phrasings
from knowledge.loading.lint import Remarks, lint
from knowledge.loading.loader import KnowledgeFiles, read_knowledge


def check_knowledge(root: CompositionRoot, *, deep: bool) -> bool:
    """Prints every error and warning, one a line. True when there is no error."""
    settings = root.settings()
    folder = settings.knowledge_dir
    files, remarks = _lint(folder, ZoneInfo(settings.timezone))
    in_questions = check_question_files(folder, files.knowledge if files else None)
    errors = list(dict.fromkeys([*remarks.errors, *in_questions]))  # loading reads some of the question files too
    for fault in errors:
        _print(folder, fault, "error")
    for fault in remarks.warnings:
        _print(folder, fault, "warning")
    if deep and files and not errors:
        for line in confused_phrasings(files.knowledge, root.finder):
            typer.echo(f"warning: {line}")
    entries = len(files.knowledge.entries) if files else 0
    typer.echo(f"{entries} entries, {len(errors)} errors, {len(remarks.warnings)} warnings")
    return not errors


def _lint(folder: Path, timezone: ZoneInfo) -> tuple[KnowledgeFiles | None, Remarks]:
    try:
        files = read_knowledge(folder)
    except KnowledgeFaultsError as error:
        return None, Remarks(error.faults, [])
    return files, lint(files, datetime.now(timezone).date())


def _print(folder: Path, fault: Fault, severity: str) -> None:
    place = f"{folder / fault.file}:{fault.line}:{fault.column}"
    typer.echo(f"{place}: {severity}: {fault.message}")
