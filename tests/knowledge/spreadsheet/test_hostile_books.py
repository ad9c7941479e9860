"""Workbooks that are none, or that would cost too much, are refused in one plain line, and nothing is written."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from knowledge.errors import KnowledgeFaultsError
from knowledge.spreadsheet.import_plan import planned
from knowledge.spreadsheet.sheet_rows import MOST_BYTES
from knowledge.spreadsheet.workbook import exported
from tests.knowledge.loading.knowledge_folder import ENTRY, write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path, money=ENTRY)


def _saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _with(change: Callable[[Any], None]) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        book = load_workbook(io.BytesIO(content))
        change(book["money"])
        return _saved(book)

    return changed


def _formula(sheet: Any) -> None:
    sheet["D2"].value = '=HYPERLINK("http://x")'


def _merged(sheet: Any) -> None:
    sheet.merge_cells("A2:B2")


def _missing_column(sheet: Any) -> None:
    sheet["D1"].value = None


def _unknown_column(sheet: Any) -> None:
    sheet["D1"].value = "대답"


def _error(sheet: Any) -> None:
    sheet["D2"].value = "#REF!"
    sheet["D2"].data_type = "e"


def _packed(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


def _million_rows(content: bytes) -> bytes:
    row = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    return _replaced(content, b"<sheetData>" + row * 1_000_000 + b"</sheetData>")


def _replaced(content: bytes, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet2.xml"
    start, end = parts[name].index(b"<sheetData>"), parts[name].index(b"</sheetData>") + len(b"</sheetData>")
    return _packed(parts | {name: parts[name][:start] + data + parts[name][end:]})


def _entities(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    return _packed(parts | {"xl/sharedStrings.xml": bomb})


HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "formula": (_with(_formula), "sheet-formula"),
    "merged cells": (_with(_merged), "sheet-merged"),
    "missing column": (_with(_missing_column), "sheet-missing-column"),
    "unknown column": (_with(_unknown_column), "sheet-unknown-column"),
    "error value": (_with(_error), "sheet-error"),
    "a million rows": (_million_rows, "sheet-too-many-rows"),
    "a bomb of zeros": (lambda _: _packed({"xl/workbook.xml": bytes(100_000_000)}), "sheet-too-large"),
    "a bomb of entities": (_entities, "sheet-not-excel"),
    "no zip": (lambda _: "주차,요금".encode("cp949"), "sheet-not-excel"),
    "half a file": (lambda content: content[: len(content) // 2], "sheet-not-excel"),
    "another zip": (lambda _: _packed({"a.txt": b"x"}), "sheet-not-excel"),
    "far too many bytes": (lambda _: bytes(MOST_BYTES + 1), "sheet-too-large"),
    "broken xml": (lambda content: _replaced(content, b"<sheetData><row>"), "sheet-not-excel"),
}


@pytest.mark.parametrize(("spoilt", "kind"), HOSTILE.values(), ids=HOSTILE.keys())
def test_it_is_refused_in_a_plain_line(folder: Path, spoilt: Callable[[bytes], bytes], kind: str) -> None:
    content = spoilt(exported(folder))
    with pytest.raises(KnowledgeFaultsError) as caught:
        planned(folder, content, "base.xlsx", date(2027, 1, 15))
    assert kind in {fault.kind for fault in caught.value.faults}
    assert all("Traceback" not in fault.wrong("ko") and "\n" not in fault.wrong("ko") for fault in caught.value.faults)
    assert (folder / "entries/money.yaml").read_text(encoding="utf-8") == ENTRY
