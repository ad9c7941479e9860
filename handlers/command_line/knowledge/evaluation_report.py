"""Asks every question of question files, and shows the scores: tables, JSON, and limits that are to be kept."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.masking import mask
from handlers.command_line.output import counted_on_a_bar, wide_console
from handlers.command_line.root import CompositionRoot
from knowledge.evaluation.verdicts import (
    Bin,
    InScope,
    Judge,
    Judged,
    OutOfScope,
    Scores,
    by_label,
    expected_calibration_error,
    reliability,
    scores,
)
from knowledge.finding import Finding, Outcome
from knowledge.loading.question_files import read_questions


@dataclass(frozen=True, slots=True)
class FileResult:
    """The verdicts on one file's questions."""

    file: Path
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """The verdicts on all files, and how far the confidences can be relied on."""

    files: tuple[FileResult, ...]
    reliability: tuple[Bin, ...]

    @property
    def judged(self) -> tuple[Judged, ...]:
        return tuple(each for result in self.files for each in result.judged)


def evaluate_files(root: CompositionRoot, files: Sequence[Path]) -> EvaluationResult:
    """Asks what the files ask. They are all read first, so that a fault in one shows before the waiting."""
    read = [(file, read_questions(file)) for file in files]
    knowledge = root.knowledge()
    finder = root.finder(knowledge)
    judge = Judge(knowledge)

    def ask(question: str, previous: str | None) -> Finding:
        return finder.find(mask(question), previous)

    with counted_on_a_bar(sum(len(cases) for _, cases in read)) as counted:
        results = tuple(FileResult(file, tuple(judge.judge(counted(cases), ask))) for file, cases in read)
    return EvaluationResult(results, tuple(reliability((each for r in results for each in r.judged), judge)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLimits:
    """Shares in 0..1 over all files together; None is no limit."""

    min_answered_right: float | None = None
    min_right_or_suggested: float | None = None
    max_answered_wrong: float | None = None
    max_out_of_scope_answered: float | None = None
    max_calibration_error: float | None = None

    def broken(self, result: EvaluationResult) -> list[str]:
        """A line for each limit that is not kept."""
        return list(self._broken(result))

    def _broken(self, result: EvaluationResult) -> Iterator[str]:
        total = scores(result.judged)
        right = total.share(InScope.ANSWERED_RIGHT)
        right_or_suggested = total.share(InScope.ANSWERED_RIGHT, InScope.RIGHT_AMONG_SUGGESTIONS)
        yield from _below("answered right", right, self.min_answered_right)
        yield from _below("right or among the suggestions", right_or_suggested, self.min_right_or_suggested)
        yield from _above("answered wrong", total.share(InScope.ANSWERED_WRONG), self.max_answered_wrong)
        answered = total.out_of_scope_share(OutOfScope.ANSWERED)
        yield from _above("out of scope answered", answered, self.max_out_of_scope_answered)
        error = expected_calibration_error(result.reliability)
        yield from _above("calibration error", error, self.max_calibration_error)


def _below(name: str, value: float | None, limit: float | None) -> Iterator[str]:
    if limit is not None and (value is None or value < limit):
        yield f"{name}: {_figure(value)} is below the limit of {limit:.3f}"


def _above(name: str, value: float | None, limit: float | None) -> Iterator[str]:
    if limit is not None and (value is None or value > limit):
        yield f"{name}: {_figure(value)} is above the limit of {limit:.3f}"


def _figure(value: float | None) -> str:
    return "no question of that kind, which" if value is None else f"{value:.3f}"


_COLUMNS = {
    InScope.ANSWERED_RIGHT: "right",
    InScope.RIGHT_AMONG_SUGGESTIONS: "suggested",
    InScope.WRONG_SUGGESTIONS: "none fits",
    InScope.ANSWERED_WRONG: "wrong",
    InScope.REFUSED: "refused",
}


def print_tables(result: EvaluationResult, *, failures: bool) -> None:
    """Prints a table for each file, a total, and how reliable the confidences are."""
    console = wide_console()
    for file in result.files:
        console.print(_file_table(file))
    if len(result.files) > 1:
        console.print(_scores_table("all files", {"all": scores(result.judged)}))
    console.print(_reliability_table(result))
    _print_unsatisfiable(console, result)
    if failures:
        _print_failures(console, result)


def _file_table(file: FileResult) -> Table:
    return _scores_table(file.file.name, {"all": scores(file.judged)} | by_label(file.judged))


def _scores_table(title: str, rows: dict[str, Scores]) -> Table:
    table = Table(title=Text(title), title_justify="left", box=SIMPLE)
    table.add_column("", no_wrap=True)
    for name in ("in scope", *_COLUMNS.values()):
        table.add_column(name, justify="right")
    for name in ("out of scope", "answered", "suggested", "refused"):
        table.add_column(name, justify="right", style="dim")
    for label, row in rows.items():
        table.add_row(Text(label), *_cells(row), end_section=label == "all")
    return table


def _cells(row: Scores) -> Iterator[str]:
    yield str(row.in_scope_asked or "")
    yield from (_percent(row.share(verdict)) for verdict in _COLUMNS)
    yield str(row.out_of_scope_asked or "")
    yield from (_percent(row.out_of_scope_share(verdict)) for verdict in OutOfScope)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _reliability_table(result: EvaluationResult) -> Table:
    table = Table(title="confidence of the best candidate", title_justify="left", box=SIMPLE)
    for name in ("from", "to", "questions", "confidence", "right"):
        table.add_column(name, justify="right")
    for each in result.reliability:
        table.add_row(
            f"{each.low:.1f}", f"{each.high:.1f}", str(each.questions), _percent(each.confidence), _percent(each.right)
        )
    error = expected_calibration_error(result.reliability)
    table.caption = f"expected calibration error {error:.3f}" if error is not None else None
    return table


def _print_unsatisfiable(console: Console, result: EvaluationResult) -> None:
    ids = [each.id for each in result.judged if not each.satisfiable]
    if ids:
        console.print(f"No entry could satisfy {len(ids)}, counted as they were replied to: {', '.join(ids)}")


def _print_failures(console: Console, result: EvaluationResult) -> None:
    for file in result.files:
        for each in filter(lambda judged: judged.failed, file.judged):
            line = f"{file.file.name} {each.id} {each.verdict}: {each.turn.question}"
            console.print(Text(line), soft_wrap=True)
            console.print(Text(f"    {_replied(each)}"), style="dim", soft_wrap=True)


def _replied(each: Judged) -> str:
    finding = each.finding
    if finding.outcome is Outcome.SUGGESTIONS:
        replied = "suggested " + ", ".join(entry.id for entry in finding.suggestions)
    else:
        replied = f"{finding.outcome} {finding.entry.id if finding.entry else ''}".rstrip()
    best = ", ".join(f"{candidate.entry.id} {candidate.confidence:.2f}" for candidate in finding.candidates[:3])
    return f"{replied}; best: {best}"


def print_json(result: EvaluationResult, *, failures: bool) -> None:
    """Prints the same figures as one JSON object."""
    data: dict[str, Any] = {
        "files": [_file_data(file) for file in result.files],
        "total": _scores_data(scores(result.judged)),
        "reliability": [
            {"from": b.low, "to": b.high, "questions": b.questions, "confidence": b.confidence, "right": b.right}
            for b in result.reliability
        ],
        "expected_calibration_error": expected_calibration_error(result.reliability),
        "unsatisfiable": [each.id for each in result.judged if not each.satisfiable],
    }
    if failures:
        data["failures"] = [_failure_data(each) for each in result.judged if each.failed]
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _file_data(file: FileResult) -> dict[str, Any]:
    labels = {label: _scores_data(row) for label, row in by_label(file.judged).items()}
    return {"file": str(file.file), "all": _scores_data(scores(file.judged)), "labels": labels}


def _scores_data(row: Scores) -> dict[str, Any]:
    return {
        "in_scope": {"asked": row.in_scope_asked} | {verdict.value: row.in_scope[verdict] for verdict in InScope},
        "out_of_scope": {"asked": row.out_of_scope_asked}
        | {verdict.value: row.out_of_scope[verdict] for verdict in OutOfScope},
    }


def _failure_data(each: Judged) -> dict[str, Any]:
    return {"id": each.id, "question": each.turn.question, "verdict": each.verdict.value, "replied": _replied(each)}
