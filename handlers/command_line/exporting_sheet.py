"""Texts as an XLSX workbook in which every cell is a text, so that no spreadsheet computes anything of it."""

import io
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

_LONGEST = 32_767
"""Characters of a cell."""
_NO_CHARACTERS = "\ufffe\uffff"
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Spreadsheets read `_x0041_` as A; the underscore before it is escaped itself."""


def as_xlsx(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet: the columns' names, and the rows under them."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("questions")
    for row in [columns, *rows]:
        sheet.append([_cell(sheet, text) for text in row])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _cell(sheet: Any, text: str) -> Any:
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
