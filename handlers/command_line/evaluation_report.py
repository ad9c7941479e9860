"""The result of an evaluation, as tables for people and as JSON for programs."""

import json
import sys
from collections.abc import Iterator
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from handlers.command_line.evaluation_run import EvaluationResult, FileResult
from knowledge.evaluation.judging import InScope, Judged, OutOfScope
from knowledge.evaluation.reliability import expected_calibration_error
from knowledge.evaluation.scoring import Scores, by_label, scores
from knowledge.finding import Outcome

_PLAIN_WIDTH = 120
_COLUMNS = {
    InScope.ANSWERED_RIGHT: "right",
    InScope.RIGHT_AMONG_SUGGESTIONS: "suggested",
    InScope.WRONG_SUGGESTIONS: "none fits",
    InScope.ANSWERED_WRONG: "wrong",
    InScope.REFUSED: "refused",
}


def print_tables(result: EvaluationResult, *, failures: bool) -> None:
    """Prints a table for each file, a total, and how reliable the confidences are."""
    console = _console()
    for file in result.files:
        console.print(_file_table(file))
    if len(result.files) > 1:
        console.print(_scores_table("all files", {"all": scores(result.judged)}))
    console.print(_reliability_table(result))
    _print_unsatisfiable(console, result)
    if failures:
        _print_failures(console, result)


def _console() -> Console:
    """Wide enough for the tables where the output is no terminal."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_PLAIN_WIDTH)


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
