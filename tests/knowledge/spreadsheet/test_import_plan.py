"""A workbook goes out and comes back: unchanged it changes no byte, and each edit arrives as it was typed."""

import io
import random
import shutil
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from knowledge.errors import KnowledgeFaultsError
from knowledge.loading.loader import load_knowledge, read_knowledge
from knowledge.spreadsheet.columns import COLUMNS, cells_of
from knowledge.spreadsheet.import_plan import ImportPlan, planned
from knowledge.spreadsheet.workbook import HIDDEN, exported
from knowledge.writing.publication import publish
from tests.knowledge.loading.knowledge_folder import write_folder

ROOT = Path(__file__).parents[3] / "knowledge"
BASES = [ROOT, *sorted((ROOT / "training/bases").iterdir())]
TODAY = date(2027, 1, 15)
AT = {column.name: number for number, column in enumerate(COLUMNS, start=1)}
EDITED = ("question.ko", "question.en", "answer.ko", "answer.en", "phrasings.ko", "phrasings.en")
ODD_TEXTS = (
    *("네: 아니요 #1", "'따옴표' \"둘\"", "*별표", "- 줄표", "첫째 줄\n둘째 줄", "[괄호] {중괄호}", "12", "yes"),
    "가" * 200,
)
TOPIC = """\
# Kept by the parking office.
topic: parking
title: 주차
entries:
  # the most asked
  - id: fee
    question: 주차 요금은 얼마예요?
    phrasings:
      - 주차비
      # said by phone
      - 요금 얼마
    answer: 한 시간에 1,000원입니다.   # until 2027
    source: guide
    as_of: 2026

  - id: hours
    question: {ko: 몇 시까지 열어요?, en: When does it close?}
    answer:
      ko: |
        밤 10시까지 엽니다.
        주말에는 8시까지입니다.
      en: It closes at ten.
    see_also: [fee]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "base", sources="guide: {name: 안내서}\n", parking=TOPIC)


def _copied(base: Path, place: Path) -> Path:
    place.mkdir()
    for file in base.glob("*.yaml"):
        shutil.copyfile(file, place / file.name)
    shutil.copytree(base / "entries", place / "entries")
    return place


def _changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    book = load_workbook(io.BytesIO(content))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _row_of(sheet: Any, entry_id: str) -> int:
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == entry_id)


def _set(entry_id: str, column: str, value: Any, sheet: str = "parking") -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet].cell(_row_of(book[sheet], entry_id), AT[column]).value = value

    return change


def _imported(folder: Path, change: Callable[[Any], None]) -> ImportPlan:
    plan = planned(folder, _changed(exported(folder), change), "base.xlsx", TODAY)
    publish(folder, plan.changes)
    return plan


def _text(folder: Path, name: str = "parking") -> str:
    return (folder / f"entries/{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.name)
def test_out_and_in_unchanged_changes_no_byte(base: Path) -> None:
    plan = planned(base, exported(base), "base.xlsx", TODAY)
    assert (plan.changes, plan.notes) == ((), ())


@pytest.mark.parametrize("base", BASES[1:], ids=lambda base: base.name)
def test_what_another_program_saves_unchanged_changes_no_byte(base: Path) -> None:
    plan = planned(base, _changed(exported(base), lambda _: None), "base.xlsx", TODAY)
    assert (plan.changes, plan.notes) == ((), ())


def test_an_edit_changes_its_own_words_alone(folder: Path) -> None:
    _imported(folder, _set("fee", "answer.ko", "무료입니다."))
    assert _text(folder) == TOPIC.replace("한 시간에 1,000원입니다.", "무료입니다.")


def test_phrasings_come_and_go_line_by_line(folder: Path) -> None:
    _imported(folder, _set("fee", "phrasings.ko", "주차비\n얼마 내요: 주차\n돈 내요?"))
    expected = TOPIC.replace("      - 요금 얼마\n", '      - "얼마 내요: 주차"\n      - 돈 내요?\n')
    assert _text(folder) == expected


def test_english_can_be_added_to_a_plain_text(folder: Path) -> None:
    _imported(folder, _set("fee", "question.en", "How much is parking?"))
    question = load_knowledge(folder).entries["fee"].question
    assert (question.ko, question.en) == ("주차 요금은 얼마예요?", "How much is parking?")


def test_a_cell_that_is_emptied_takes_its_key_away(folder: Path) -> None:
    _imported(folder, _set("fee", "as_of", None))
    assert _text(folder) == TOPIC.replace("    as_of: 2026\n", "")


def test_what_excel_makes_of_typed_dates_and_numbers_arrives(folder: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["parking"]
        sheet.cell(_row_of(sheet, "fee"), AT["as_of"]).value = 2027
        sheet.cell(_row_of(sheet, "fee"), AT["review_by"]).value = datetime(2027, 12, 31)  # noqa: DTZ001  # as Excel has it
        sheet.cell(_row_of(sheet, "hours"), AT["answer.ko"]).value = "열 시까지_x000D_\n엽니다."

    _imported(folder, change)
    entries = load_knowledge(folder).entries
    assert (entries["fee"].as_of, str(entries["fee"].review_by)) == ("2027", "2027-12-31")
    assert entries["hours"].answer.ko == "열 시까지\n엽니다."


def test_a_new_row_becomes_an_entry_with_an_id_of_its_own(folder: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["parking"]
        row = sheet.max_row + 1
        sheet.cell(row, AT["question.ko"]).value = "장애인은 무료예요?"
        sheet.cell(row, AT["question.en"]).value = "Is parking free for disabled people?"
        sheet.cell(row, AT["answer.ko"]).value = "=무료입니다: 모두"
        sheet.cell(row, AT["answer.ko"]).data_type = "s"
        sheet.cell(row, AT["phrasings.ko"]).value = "장애인 주차\n복지카드 있어요"

    plan = _imported(folder, change)
    entry = load_knowledge(folder).entries["parking-free-disabled-people"]
    assert plan.added == 1
    assert (entry.answer.ko, entry.phrasings["ko"]) == ("=무료입니다: 모두", ("장애인 주차", "복지카드 있어요"))
    assert _text(folder).startswith(TOPIC)


def _with_new_row(question: str, *phrasings: str, answer: str = "예.", entry_id: str = "") -> Callable[[Any], None]:
    def change(book: Any) -> None:
        sheet = book["parking"]
        row = sheet.max_row + 1
        said = {"id": entry_id, "question.ko": question, "phrasings.ko": "\n".join(phrasings), "answer.ko": answer}
        for name, text in said.items():
            sheet.cell(row, AT[name]).value = text or None

    return change


def test_a_workbook_that_is_brought_in_twice_adds_nothing_twice(folder: Path) -> None:
    content = _changed(exported(folder), _with_new_row("장애인은 무료예요?", "장애인 주차"))
    publish(folder, planned(folder, content, "base.xlsx", TODAY).changes)
    text = _text(folder)
    plan = planned(folder, content, "base.xlsx", TODAY)
    assert (plan.added, plan.edited, plan.changes) == (0, 0, ())
    mended = _changed(content, _with_new_row("장애인은 무료예요?", "장애인 주차", answer="네."))
    assert _text(folder) == text
    with pytest.raises(KnowledgeFaultsError, match="parking"):
        planned(folder, mended, "base.xlsx", TODAY)  # the same row twice


def test_a_row_that_was_brought_in_before_changes_its_entry(folder: Path) -> None:
    publish(folder, planned(folder, _changed(exported(folder), _with_new_row("무료예요?")), "base.xlsx", TODAY).changes)
    file = folder / "entries/parking.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "    owner: 시설팀\n", encoding="utf-8")
    book = _changed(_before_export(folder), _with_new_row("무료예요?", answer="네."))
    plan = planned(folder, book, "base.xlsx", TODAY)
    publish(folder, plan.changes)
    entry = load_knowledge(folder).entries["parking-1"]
    assert (plan.added, plan.edited, entry.answer.ko, entry.owner) == (0, 1, "네.", "시설팀")


def _before_export(folder: Path) -> bytes:
    """The workbook as it was when the base had no more than the topic of this module."""
    before = write_folder(folder.parent / "before", sources="guide: {name: 안내서}\n", parking=TOPIC)
    return exported(before)


def test_what_another_entry_is_asked_by_is_told_at_its_cell(folder: Path) -> None:
    with pytest.raises(KnowledgeFaultsError) as caught:
        _imported(folder, _with_new_row("얼마 내요?", "정기권", "주차비"))
    (fault,) = caught.value.faults
    assert (fault.line, fault.column, fault.kind) == (4, AT["phrasings.ko"], "sheet-asked")
    assert dict(fault.details) == {"text": "주차비", "other": "fee"}
    assert _text(folder) == TOPIC


def test_dates_are_written_without_quotes(folder: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["parking"]
        for entry_id, as_of in (("fee", "2024"), ("hours", "2025-06")):
            sheet.cell(_row_of(sheet, entry_id), AT["as_of"]).value = as_of
        sheet.cell(_row_of(sheet, "hours"), AT["review_by"]).value = "2027-12-31"

    _imported(folder, change)
    lines = _text(folder).splitlines()
    assert {"    as_of: 2024", "    as_of: 2025-06", "    review_by: 2027-12-31"} <= set(lines)


@pytest.mark.parametrize(
    ("value", "shape", "arrives"),
    [
        (0.15, "0%", "15%"),
        (0.155, "0.0%", "15.5%"),
        (1000, "#,##0", "1,000"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0.1 + 0.2, "General", "0.3"),
        (3, "General", "3"),
        (True, "General", "TRUE"),
        ("2024", "@", "2024"),
        ("007", "@", "007"),
    ],
)
def test_a_number_arrives_as_excel_shows_it(folder: Path, value: Any, shape: str, arrives: str) -> None:
    _imported(folder, _shaped("answer.ko", value, shape))
    assert load_knowledge(folder).entries["fee"].answer.ko == arrives


@pytest.mark.parametrize(
    ("value", "shape", "arrives"),
    [
        (datetime(2026, 11, 1), "mmm-yy", "2026-11"),  # noqa: DTZ001  # as Excel has it, like the others
        (datetime(2026, 11, 20), 'yyyy"년" m"월" d"일"', "2026-11-20"),  # noqa: DTZ001
        (datetime(2026, 11, 20), "[$-ko-KR]yyyy", "2026"),  # noqa: DTZ001
        (2026, "General", "2026"),
    ],
)
def test_a_date_arrives_as_far_as_excel_shows_it(folder: Path, value: Any, shape: str, arrives: str) -> None:
    _imported(folder, _shaped("as_of", value, shape))
    assert load_knowledge(folder).entries["fee"].as_of == arrives


@pytest.mark.parametrize(
    ("value", "shape"),
    [(time(22), "h:mm"), (datetime(2026, 3, 1), "m/d"), (5000, '"₩"#,##0'), (0.5, "# ?/?")],  # noqa: DTZ001
)
def test_what_nobody_knows_the_typed_text_of_is_told(folder: Path, value: Any, shape: str) -> None:
    with pytest.raises(KnowledgeFaultsError) as caught:
        _imported(folder, _shaped("answer.ko", value, shape))
    assert [(fault.kind, fault.column) for fault in caught.value.faults] == [("sheet-date", AT["answer.ko"])]


def _shaped(column: str, value: Any, shape: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        cell = book["parking"].cell(_row_of(book["parking"], "fee"), AT[column])
        cell.value = value
        cell.number_format = shape

    return change


def _with_sheet(name: str, *rows: tuple[str, str]) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        sheet = book.create_sheet(name)
        sheet.append(["id", "물음", "답"])
        for question, answer in rows:
            sheet.append([None, question, answer])

    return change


def test_a_new_sheet_becomes_a_topic(folder: Path) -> None:
    plan = _imported(folder, _with_sheet("bus", ("버스가 있나요?", "네, 있습니다.")))
    assert load_knowledge(folder).entries["bus-1"].topic_id == "bus"
    assert [(note.file, note.kind) for note in plan.notes] == [("entries/bus.yaml", "no-title")]


def test_a_sheet_that_can_be_no_topic_is_one_fault_beside_those_of_its_cells(folder: Path) -> None:
    with pytest.raises(KnowledgeFaultsError) as caught:
        _imported(folder, _with_sheet("버스", ("버스 있나요?", "네."), ("몇 번이에요?", ""), ("막차는요?", "11시.")))
    told = [(fault.file, fault.line, fault.kind) for fault in caught.value.faults]
    assert told == [("base.xlsx[버스]", 2, "sheet-bad-topic"), ("base.xlsx[버스]", 3, "sheet-empty")]


def test_what_was_changed_in_the_files_alone_stays(folder: Path) -> None:
    content = exported(folder)
    (folder / "entries/parking.yaml").write_text(TOPIC.replace("주차비", "주차 비용"), encoding="utf-8")
    plan = planned(folder, _changed(content, _set("fee", "answer.ko", "무료입니다.")), "base.xlsx", TODAY)
    publish(folder, plan.changes)
    assert "주차 비용" in _text(folder)
    assert "무료입니다." in _text(folder)
    assert plan.notes == ()


def test_what_was_changed_in_both_is_told_and_left(folder: Path) -> None:
    content = exported(folder)
    (folder / "entries/parking.yaml").write_text(TOPIC.replace("1,000원", "2,000원"), encoding="utf-8")
    plan = planned(folder, _changed(content, _set("fee", "answer.ko", "무료입니다.")), "base.xlsx", TODAY)
    assert plan.changes == ()
    (note,) = plan.notes
    assert note.kind == "sheet-conflict"
    assert "2,000원" in note.wrong("ko")
    assert "무료입니다." in note.wrong("ko")


def test_a_deleted_row_deletes_nothing_and_is_told(folder: Path) -> None:
    plan = _imported(folder, lambda book: book["parking"].delete_rows(_row_of(book["parking"], "hours")))
    assert [(note.kind, dict(note.details)) for note in plan.notes] == [("sheet-row-missing", {"value": "hours"})]
    assert _text(folder) == TOPIC


def test_a_cell_that_cannot_be_is_told_with_its_place(folder: Path) -> None:
    with pytest.raises(KnowledgeFaultsError) as caught:
        _imported(folder, _set("fee", "as_of", "작년"))
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.column, fault.kind) == ("base.xlsx[parking]", 2, AT["as_of"], "bad-date")
    assert _text(folder) == TOPIC


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("answer.ko", None, "sheet-empty"),
        ("question.ko", None, "sheet-empty"),
        ("source", "guidd", "unknown-source"),
        ("see_also", "hour", "unknown-entry"),
        ("see_also", "fee", "self-reference"),
        ("subject.ko", "주차", "subject-without-gap"),
        ("as_of", "2027-02", "future-date"),
        ("verified", "2027-01-16", "future-date"),
        ("question.ko", "몇 시까지 열어요?", "sheet-asked"),
        ("phrasings.ko", "몇 시까지 열어요?", "sheet-asked"),
        ("answer.ko", "**굵게", "open-bold"),
        ("review_by", "2027-02-30", "no-such-day"),
    ],
)
def test_what_does_not_fit_the_rest_is_told_at_its_cell(folder: Path, column: str, value: Any, kind: str) -> None:
    with pytest.raises(KnowledgeFaultsError) as caught:
        _imported(folder, _set("fee", column, value))
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.column, fault.kind) == ("base.xlsx[parking]", 2, AT[column], kind)


@pytest.mark.parametrize(("column", "value"), [("as_of", "2027-01-15"), ("as_of", "2027"), ("verified", "2027-01-15")])
def test_a_date_that_has_come_is_taken(folder: Path, column: str, value: str) -> None:
    _imported(folder, _set("fee", column, value))
    assert value in _text(folder)


def test_a_date_to_come_of_a_new_row_is_told_and_nothing_is_written(folder: Path) -> None:
    def change(book: Any) -> None:
        _with_new_row("정기권이 있나요?", entry_id="ticket")(book)
        _set("ticket", "as_of", "2028")(book)

    with pytest.raises(KnowledgeFaultsError) as caught:
        _imported(folder, change)
    assert [fault.kind for fault in caught.value.faults] == ["future-date"]
    assert _text(folder) == TOPIC


def test_entries_of_one_workbook_may_name_each_other(folder: Path) -> None:
    def change(book: Any) -> None:
        _set("fee", "see_also", "ticket")(book)
        _with_new_row("정기권이 있나요?", entry_id="ticket")(book)

    _imported(folder, change)
    assert load_knowledge(folder).entries["fee"].see_also == ("ticket",)


def test_a_source_that_is_nowhere_is_told_once(folder: Path) -> None:
    def change(book: Any) -> None:
        for entry_id in ("fee", "hours"):
            _set(entry_id, "source", "leaflet")(book)

    with pytest.raises(KnowledgeFaultsError) as caught:
        _imported(folder, change)
    assert [(fault.line, fault.kind) for fault in caught.value.faults] == [(2, "unknown-source")]


def test_a_hundred_random_edits_arrive_exactly(tmp_path: Path) -> None:
    chance = random.Random(100)  # noqa: S311  # a draw that is the same each time
    folder = _copied(ROOT, tmp_path / "own")
    before = _cells(folder)
    wanted: dict[tuple[str, str], str] = {}

    def change(book: Any) -> None:
        sheets = [sheet for sheet in book.worksheets if sheet.title not in (HIDDEN, "사용법")]
        rows = [(sheet, row) for sheet in sheets for row in range(2, sheet.max_row + 1)]
        for number, (sheet, row) in enumerate(chance.sample(rows, 100)):
            entry_id = sheet.cell(row, 1).value
            names = [name for name in EDITED if before[entry_id, f"{name.partition('.')[0]}.ko"]]
            name = chance.choice(names)
            text = f"{chance.choice(ODD_TEXTS)} {number}"
            if name.startswith("question"):
                text = text.replace("\n", " ")
            if name.startswith("phrasings"):
                text = text.replace("\n", " ")
                old = before[entry_id, name].split("\n")
                chance.shuffle(old)
                text = "\n".join(filter(None, [*old[: len(old) // 2], text]))
            sheet.cell(row, AT[name]).value = text
            wanted[entry_id, name] = text

    plan = _imported(folder, change)
    after = _cells(folder)
    assert plan.edited == len(wanted) == 100
    assert {key: after[key] for key in wanted} == wanted
    assert {key: text for key, text in after.items() if key not in wanted} == {
        key: text for key, text in before.items() if key not in wanted
    }
    assert _comments(ROOT) == _comments(folder)


def _comments(folder: Path) -> list[str]:
    files = sorted((folder / "entries").iterdir())
    lines = [line for file in files for line in file.read_text(encoding="utf-8").split("\n")]
    return [line for line in lines if line.lstrip().startswith("#")]


def _cells(folder: Path) -> dict[tuple[str, str], str]:
    entries = [entry for file in read_knowledge(folder).files for entry in file.shape.entries]
    return {(entry.id, name): text for entry in entries for name, text in cells_of(entry).items()}


def test_a_workbook_without_marks_of_an_export_is_taken_as_it_is(folder: Path) -> None:
    def change(book: Any) -> None:
        del book[HIDDEN]
        _set("fee", "answer.ko", "무료입니다.")(book)

    assert _imported(folder, change).edited == 1


def test_columns_may_be_moved_and_left_out(folder: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "parking"
    sheet.append(["답", "id", "물음"])
    sheet.append(["무료입니다.", "fee", "주차 요금은 얼마예요?"])
    content = io.BytesIO()
    book.save(content)
    publish(folder, planned(folder, content.getvalue(), "own.xlsx", TODAY).changes)
    assert _text(folder) == TOPIC.replace("한 시간에 1,000원입니다.", "무료입니다.")
