"""Recorded questions, with what staff answered, as JSON, as CSV and as an XLSX workbook."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.wording.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from bot.follow_up.workspace import Workspace
    from bot.records.groups import Group
    from bot.records.questions import Nearest, RecordedQuestion

_FORMULA = re.compile(r"(?:^|[;|\t])(?=[\s\"']*[=+\-@＝＋－＠﹢﹣﹦﹫])")
"""Where a spreadsheet would begin a formula: in a cell, or after what some spreadsheets take for the end of one."""
COLUMNS = (
    *("number", "asked_at", "state", "outcome", "language", "question", "nearest"),
    *("group", "answer_ko", "answer_en", "entry_id", "answered_at", "reason"),
)
_TIMES = ("asked_at", "answered_at")

_PORTION = 500

Row = dict[str, Any]


async def read_rows(workspace: "Workspace") -> list[Row]:
    """Every recorded question, newest first, each with what staff decided on its group.

    Between portions others have their turn.
    """
    rows = list[Row]()
    before: int | None = None
    while questions := await workspace.storage.questions.listed(limit=_PORTION, before=before):
        numbers = {question.group for question in questions if question.group}
        groups = {group.number: group for group in await workspace.store.groups.of_numbers(numbers)}
        rows += [_row(question, groups) for question in questions]
        before = questions[-1].number
    return rows


def exported(rows: "Sequence[Row]", form: str, timezone: "tzinfo") -> bytes:
    """The rows as `json`, `csv` or `xlsx`; tables have times as the clocks in that time zone show them."""
    if form == "csv":
        return as_csv(rows, timezone)
    if form == "xlsx":
        return as_xlsx(COLUMNS, [cells_of(row, timezone) for row in rows])
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(rows: "Sequence[Row]", timezone: "tzinfo") -> bytes:
    """The rows as CSV; it begins with a byte order mark, without which Excel garbles Hangul."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([cell(text) for text in cells_of(row, timezone)])
    return sheet.getvalue().encode("utf-8-sig")


def cells_of(row: Row, timezone: "tzinfo") -> list[str]:
    """The row's values as texts, in the order of the columns."""
    nearest = ", ".join(f"{near['entry_id']} {near['confidence']:.2f}" for near in row["nearest"])
    times = {name: _local(row[name], timezone) for name in _TIMES if row[name] is not None}
    values = {**row, "nearest": nearest, **times}
    return ["" if values[column] is None else str(values[column]) for column in COLUMNS]


def _local(moment: str, timezone: "tzinfo") -> str:
    return f"{datetime.fromisoformat(moment).astimezone(timezone):%Y-%m-%d %H:%M:%S}"


def cell(text: str) -> str:
    """The text so that no spreadsheet takes it, or a part of it, for a formula."""
    return _FORMULA.sub(lambda match: f"{match[0]}'", one_line(text))


def question_object(question: "RecordedQuestion") -> dict[str, Any]:
    """The question as an object."""
    return {
        "number": question.number,
        "question": question.text,
        "language": question.language,
        "outcome": question.outcome.value,
        "state": question.state.value,
        "asked_at": question.asked_at.isoformat(),
        "nearest": nearest_objects(question.nearest),
        "group": question.group,
    }


def nearest_objects(nearest: "Iterable[Nearest]") -> list[dict[str, Any]]:
    """Nearest entries as objects."""
    return [{"entry_id": near.entry_id, "confidence": near.confidence} for near in nearest]


def _row(question: "RecordedQuestion", groups: "Mapping[int, Group]") -> Row:
    group = groups.get(question.group or 0)
    standing = group.standing if group else None
    answer = standing.answer if standing else None
    answered = standing.answered if standing else None
    return {
        **question_object(question),
        "answer_ko": answer.ko if answer else None,
        "answer_en": answer.en if answer else None,
        "entry_id": standing.entry_id if standing else None,
        "answered_at": answered.at.isoformat() if answered else None,
        "reason": standing.reason if standing else None,
    }


_LONGEST = 32_767
"""Characters of a cell."""
_NO_CHARACTERS = "\ufffe\uffff"
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Spreadsheets read `_x0041_` as A; the underscore before it is escaped itself."""


def as_xlsx(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet: the columns' names, and the rows under them."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("questions")
    for row in [columns, *rows]:
        sheet.append([_cell(sheet, text) for text in row])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    made = WriteOnlyCell(sheet)
    made.value = _LOOKS_ESCAPED.sub("_x005F_", printable(text))
    made.data_type = "s"  # without this, a text that begins with = would be a formula
    made.quotePrefix = True  # and it would become one when somebody edits the cell
    return made


def printable(text: str) -> str:
    """The text without characters that a workbook cannot hold or that could act on a screen; lines stay lines."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (character for character in plain if character in "\n\t" or not _is_control(character))
    return "".join(kept)[:_LONGEST]


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} or character in _NO_CHARACTERS
