"""Recorded questions as JSON objects and as a spreadsheet's CSV."""

import csv
import io
import re
from typing import Any

from bot.questions import RecordedQuestion
from handlers.command_line.output import one_line

_FORMULA = re.compile(r"(?:^|;)(?=\s*[=+\-@＝＋－＠﹢﹣﹦﹫])")
"""Where a spreadsheet would begin a formula: in a cell, or after what some spreadsheets take for the end of one."""
_COLUMNS = ("number", "asked_at", "state", "outcome", "language", "question", "nearest")


def as_object(question: RecordedQuestion) -> dict[str, Any]:
    """The question as an object for programs."""
    return {
        "number": question.number,
        "question": question.text,
        "language": question.language,
        "outcome": question.outcome.value,
        "state": question.state.value,
        "asked_at": question.asked_at.isoformat(),
        "nearest": [{"entry_id": near.entry_id, "confidence": near.confidence} for near in question.nearest],
    }


def as_csv(questions: list[RecordedQuestion]) -> bytes:
    """The questions as CSV; it begins with a byte order mark, without which Excel garbles Hangul."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    for question in questions:
        nearest = ", ".join(f"{near.entry_id} {near.confidence:.2f}" for near in question.nearest)
        values = {**as_object(question), "nearest": nearest}
        writer.writerow([cell(str(values[column])) for column in _COLUMNS])
    return sheet.getvalue().encode("utf-8-sig")


def cell(text: str) -> str:
    """The text so that no spreadsheet takes it, or a part of it, for a formula."""
    return _FORMULA.sub(lambda match: f"{match[0]}'", one_line(text))
