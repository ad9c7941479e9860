"""Writes a knowledge base into a workbook: a sheet a topic, one with how to, and a hidden one to tell changes by."""

import io
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.loading.loader import read_knowledge
from knowledge.loading.references import TopicFile
from knowledge.spreadsheet.columns import COLUMNS, cells_of, mark_of
from knowledge.wording import EditorLanguage
from knowledge.wording.sheet_words import HOW_TO

HIDDEN = "_export"
"""The sheet that says what every cell held when it was exported."""
LONGEST_TITLE = 31
"""Letters; Excel takes no more in a sheet's name."""
_TOP = Alignment(vertical="top", wrap_text=True)
_HEAD = PatternFill("solid", fgColor="FFDDE8F3")


def exported(folder: Path, language: EditorLanguage = "ko") -> bytes:
    """The workbook of the knowledge base in the folder, as a file. Raises KnowledgeFaultsError."""
    files = read_knowledge(folder).files
    book = Workbook()
    how_to: Any = book.active
    _write_how_to(how_to, language)
    marks = book.create_sheet(HIDDEN)
    marks.sheet_state = "veryHidden"
    marks.append(["columns", "", *(column.name for column in COLUMNS)])
    for file in files:
        title = _title(file.shape.topic, book.sheetnames)
        marks.append(["sheet", title, file.shape.topic])
        _write_topic(book.create_sheet(title), file, marks)
    book.move_sheet(marks, len(files))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _title(topic: str, taken: list[str]) -> str:
    title = topic[:LONGEST_TITLE]
    number = 2
    while title in taken:
        title = f"{topic[: LONGEST_TITLE - 3]}-{number}"
        number += 1
    return title


def _write_how_to(sheet: Worksheet, language: EditorLanguage) -> None:
    title, lines = HOW_TO[language]
    sheet.title = title
    sheet.column_dimensions["A"].width = 100
    for line in lines:
        sheet.append([line])
    for (cell,) in sheet.iter_rows():
        cell.alignment = _TOP
    sheet["A1"].font = Font(bold=True)


def _write_topic(sheet: Worksheet, file: TopicFile, marks: Worksheet) -> None:
    for number, column in enumerate(COLUMNS, start=1):
        _write(sheet, 1, number, column.heading)
        sheet.cell(1, number).font = Font(bold=True)
        sheet.cell(1, number).fill = _HEAD
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for row, entry in enumerate(file.shape.entries, start=2):
        cells = cells_of(entry)
        for number, column in enumerate(COLUMNS, start=1):
            _write(sheet, row, number, cells[column.name])
        marks.append(["entry", entry.id, *(mark_of(cells[column.name]) for column in COLUMNS)])
    # Further rows are text too, or Excel would make a date or a number of what is typed.
    for number in range(1, len(COLUMNS) + 1):
        sheet.column_dimensions[get_column_letter(number)].number_format = "@"
    sheet.freeze_panes = "C2"


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell: Any = sheet.cell(row, column)
    cell.value = text or None
    if text:
        cell.data_type = "s"  # never a formula, whatever it begins with
    cell.number_format = "@"
    cell.alignment = _TOP
