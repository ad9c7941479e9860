"""Reads a workbook that may hold anything: what is not a plain table of texts is refused before it costs much."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.errors import Fault, KnowledgeFaultsError, details
from knowledge.spreadsheet.columns import BY_NAME, COLUMNS, REQUIRED, YES
from knowledge.spreadsheet.workbook import HIDDEN
from knowledge.wording.sheet_words import HOW_TO

MOST_BYTES: Final = 20_000_000
"""Of the file as it is sent."""
_MOST_UNPACKED: Final = 60_000_000
MOST_ROWS: Final = 20_000
"""Of all sheets together."""
_MOST_CELLS: Final = 600_000
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HOW_TO_TITLES = frozenset(title for title, _ in HOW_TO.values())
_DATES = frozenset({"as_of", "review_by", "verified"})
_NUMBER = re.compile(r"(?P<thousands>#,##)?0(?:\.(?P<decimals>0+))?(?P<percent>%)?")
"""The forms of numbers that Excel offers, apart from money."""
_PLAIN_NUMBERS = frozenset({"GENERAL", "@", "STANDARD"})
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
"""What stands in the form of a cell and is shown as it is, or is for Excel alone."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a topic's sheet: its texts by the columns' names, and where they stand."""

    sheet: str
    number: int
    texts: dict[str, str]
    columns: dict[str, int]
    """The column, from 1, in which each text stands."""

    def fault(self, book: str, column: str, kind: str, **values: object) -> Fault:
        """A fault of one of the row's cells."""
        place = self.columns.get(column, 1)
        return Fault(f"{book}[{self.sheet}]", self.number, place, kind, details(**values), self.texts.get(column, ""))


@dataclass(frozen=True, slots=True)
class SheetBook:
    """What a workbook says: its rows, the topics of its sheets, and the marks of the texts that were exported."""

    name: str
    rows: tuple[SheetRow, ...]
    topics: dict[str, str]
    marks: dict[tuple[str, str], str]
    """By entry and column; empty when the workbook was not exported by this program."""
    faults: tuple[Fault, ...] = ()
    """Of cells and columns that cannot be read; they are left out."""


def read_book(content: bytes, name: str) -> SheetBook:
    """The workbook with that content; `name` is how faults call it. Raises KnowledgeFaultsError."""
    _check_packed(content, name)
    _check_size(content, name)
    book = _opened(content, name)
    topics, marks = _exported_marks(book)
    sheets = [sheet for sheet in book.worksheets if sheet.title not in {HIDDEN, *_HOW_TO_TITLES}]
    faults: list[Fault] = []
    rows: list[SheetRow] = []
    for sheet in sheets:
        reading = _SheetReading(sheet, name)
        rows += reading.rows()
        faults += reading.faults
    return SheetBook(name, tuple(rows), topics, marks, tuple(faults))


def _refused(name: str, kind: str, **values: object) -> KnowledgeFaultsError:
    return KnowledgeFaultsError([Fault(name, 1, 1, kind, details(**values))])


def _check_packed(content: bytes, name: str) -> None:
    """Looks at the parts of the file without unpacking more of them than is allowed."""
    if len(content) > MOST_BYTES:
        raise _refused(name, "sheet-too-large", limit=f"{MOST_BYTES // 1_000_000}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise _refused(name, "sheet-too-large", limit=f"{_MOST_UNPACKED // 1_000_000}")
            names = packed.namelist()
            if "xl/workbook.xml" not in names:
                raise _refused(name, "sheet-not-excel")
            for part in names:
                with packed.open(part) as stream:
                    if _DOCTYPE.search(stream.read(4096)):
                        raise _refused(name, "sheet-not-excel")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        raise _refused(name, "sheet-not-excel") from None


def _opened(content: bytes, name: str, *, streaming: bool = False) -> Workbook:
    try:
        return load_workbook(io.BytesIO(content), read_only=streaming, keep_links=False)
    except Exception:  # noqa: BLE001  # openpyxl raises whatever comes to it at a broken file
        raise _refused(name, "sheet-not-excel") from None


def _check_size(content: bytes, name: str) -> None:
    """Counts rows and cells one by one, without keeping them."""
    book = _opened(content, name, streaming=True)
    try:
        too_many = _is_too_large(book)
    except Exception:  # noqa: BLE001  # as above
        raise _refused(name, "sheet-not-excel") from None
    finally:
        book.close()
    if too_many:
        raise _refused(name, "sheet-too-many-rows", limit=f"{MOST_ROWS:,}")


def _is_too_large(book: Workbook) -> bool:
    rows = cells = 0
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its own size need not be so
        for row in sheet.iter_rows():
            rows, cells = rows + 1, cells + len(row)
            if rows > MOST_ROWS or cells > _MOST_CELLS:
                return True
    return False


def _exported_marks(book: Workbook) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    topics: dict[str, str] = {}
    marks: dict[tuple[str, str], str] = {}
    columns: list[str] = []
    for row in book[HIDDEN].iter_rows(values_only=True) if HIDDEN in book.sheetnames else ():
        kind, first, *rest = (str(value or "") for value in (*row, None, None)[: len(row) + 2])
        if kind == "columns":
            columns = rest
        elif kind == "sheet":
            topics[first] = rest[0]
        elif kind == "entry":
            marks.update({(first, name): mark for name, mark in zip(columns, rest, strict=False)})
    return topics, marks


class _SheetReading:
    """One topic's sheet."""

    def __init__(self, sheet: Worksheet, book: str) -> None:
        self._sheet, self._book = sheet, book
        self.faults: list[Fault] = []

    def rows(self) -> Iterator[SheetRow]:
        """Its rows that say something; what is wrong with it is among the faults."""
        for merged in self._sheet.merged_cells.ranges:
            self._fault(merged.min_row, merged.min_col, "sheet-merged", cells=str(merged))
        columns = self._columns()
        if self.faults:
            return
        for cells in self._sheet.iter_rows(min_row=2):
            number = int(cells[0].row or 0) if cells else 0
            texts = {name: self._text(cells[at - 1], name) for name, at in columns.items() if at <= len(cells)}
            if any(texts.values()):
                yield SheetRow(self._sheet.title, number, texts, columns)

    def _columns(self) -> dict[str, int]:
        """Where each of our columns stands."""
        known = {_plain(column.heading): column.name for column in COLUMNS} | {name: name for name in BY_NAME}
        columns: dict[str, int] = {}
        for at, cell in enumerate(next(self._sheet.iter_rows(max_row=1), ()), start=1):
            heading = _plain(str(cell.value or ""))
            if heading and heading not in known:
                self._fault(1, at, "sheet-unknown-column", name=str(cell.value)[:40])
            elif heading and known[heading] in columns:
                self._fault(1, at, "sheet-column-twice", name=str(cell.value)[:40])
            elif heading:
                columns[known[heading]] = at
        for name in REQUIRED:
            if name not in columns:
                self._fault(1, 1, "sheet-missing-column", name=BY_NAME[name].heading)
        return columns

    def _text(self, cell: Any, name: str) -> str:
        """The cell's text as an editor sees it."""
        value = cell.value
        kind = {"f": "sheet-formula", "e": "sheet-error"}.get(cell.data_type)
        if value is None or kind:
            if kind:
                self._fault(cell.row, cell.column, kind, text=str(getattr(value, "text", value))[:40])
            return ""
        if isinstance(value, datetime | date | time | timedelta):
            return self._date(cell, value, name)
        if isinstance(value, bool):
            return str(value).upper() if name != "known_gap" else YES if value else ""
        if isinstance(value, int | float):
            return self._number(cell, value)
        return _lines(str(value))

    def _number(self, cell: Any, value: float) -> str:
        """The number as Excel shows it, where it is known how that is."""
        shape = str(cell.number_format)
        match = _NUMBER.fullmatch(shape)
        if match:
            decimals = len(match["decimals"] or "")
            number = Decimal(str(value)) * (100 if match["percent"] else 1)
            rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
            return f"{rounded:{',' if match['thousands'] else ''}f}{match['percent'] or ''}"
        if shape.upper() not in _PLAIN_NUMBERS:
            self._fault(cell.row, cell.column, "sheet-date", text=f"{value:.15g}")
            return ""
        return str(int(value)) if float(value).is_integer() else f"{value:.15g}"

    def _date(self, cell: Any, value: datetime | date | time | timedelta, name: str) -> str:
        """Excel makes dates of what looks like one; where no date belongs, nobody knows what was typed."""
        if name not in _DATES or not isinstance(value, date):
            self._fault(cell.row, cell.column, "sheet-date", text=str(value).removesuffix(" 00:00:00"))
            return ""
        day = value.date() if isinstance(value, datetime) else value
        shape = _LITERAL.sub("", str(cell.number_format).lower())
        length = 10 if "d" in shape or name != "as_of" or "y" not in shape else 7 if "m" in shape else 4
        return day.isoformat()[:length]

    def _fault(self, row: int, column: int, kind: str, **values: object) -> None:
        self.faults.append(Fault(f"{self._book}[{self._sheet.title}]", row, column, kind, details(**values)))


def _plain(heading: str) -> str:
    return re.sub(r"\s+", " ", heading).strip().casefold()


def _lines(text: str) -> str:
    """The text with the line breaks of this program, without spaces and empty lines around it."""
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
