"""What the linter says of a knowledge base that can be read."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import Fault
from knowledge.loading.lint import lint
from knowledge.loading.loader import read_knowledge
from tests.knowledge.loading.knowledge_folder import write_folder

TODAY = date(2026, 1, 1)
NO_CONTACT = "about.yaml:1:1: no-contact"


def _entry(name: str, *phrasings: str, more: str = "") -> str:
    listed = ", ".join(phrasings)
    return f"  - {{id: {name}, question: {name} 질문, answer: {name} 답, phrasings: [{listed}]{more}}}\n"


def _told(fault: Fault) -> str:
    where = dict(fault.details).get("where", "")
    return f"{fault.file}:{fault.line}:{fault.column}: {fault.kind} {where}".strip()


def _remarks(folder: Path, **topics: str) -> tuple[list[str], list[str]]:
    texts = {name: f"topic: {name}\nentries:\n{text}" for name, text in topics.items()}
    remarks = lint(read_knowledge(write_folder(folder, **texts)), TODAY)
    warnings = [_told(fault) for fault in remarks.warnings]
    assert NO_CONTACT in warnings
    return [_told(fault) for fault in remarks.errors], [warning for warning in warnings if warning != NO_CONTACT]


def test_one_phrasing_under_two_entries_is_an_error_with_both_places(tmp_path: Path) -> None:
    errors, _ = _remarks(tmp_path, a=_entry("one", "예산이 얼마?"), b=_entry("two", "다른 말", "예산이얼마"))
    assert errors == ["entries/b.yaml:3:66: asked-twice entries/a.yaml:3:60"]


def test_one_phrasing_twice_under_one_entry_is_a_warning(tmp_path: Path) -> None:
    errors, warnings = _remarks(tmp_path, a=_entry("one", "예산", "'예 산!'"))
    assert not errors
    assert "entries/a.yaml:3:64: asked-again entries/a.yaml:3:60" in warnings


def test_phrasings_by_language_have_places_too(tmp_path: Path) -> None:
    text = "  - {id: one, question: 하나, answer: 답, phrasings: {ko: [하나], en: [Uno]}}\n"
    other = "  - {id: two, question: {ko: 둘, en: uno?}, answer: 답}\n"
    errors, warnings = _remarks(tmp_path, a=text, b=other)
    assert errors == ["entries/b.yaml:3:37: asked-twice entries/a.yaml:3:67"]
    assert any(warning.startswith("entries/a.yaml:3:57: asked-again") for warning in warnings)


def test_few_phrasings_and_missing_english_are_warnings(tmp_path: Path) -> None:
    english = "  - {id: two, question: {ko: 둘, en: two}, answer: {ko: 답, en: a}}\n"
    _, warnings = _remarks(tmp_path, a=_entry("one", "말") + english)
    assert warnings[:3] == [
        "entries/a.yaml:3:25: no-english",
        "entries/a.yaml:3:41: no-english",
        "entries/a.yaml:3:59: few-phrasings",
    ]


def test_a_base_that_speaks_korean_alone_misses_no_english(tmp_path: Path) -> None:
    english = "  - {id: two, question: {ko: 둘, en: two}, answer: 답}\n"
    (tmp_path / "about.yaml").write_text("languages: [ko]\ncontact: {office: 시청}\n", encoding="utf-8")
    folder = write_folder(tmp_path, a=f"topic: a\nentries:\n{english}")
    assert [fault.kind for fault in lint(read_knowledge(folder), TODAY).warnings] == ["few-phrasings"]


def test_a_base_without_any_english_is_not_told_so_at_each_entry(tmp_path: Path) -> None:
    _, warnings = _remarks(tmp_path, a=_entry("one", "말") + _entry("two", "말씀"))
    assert {warning.split()[-1] for warning in warnings} == {"few-phrasings"}


def test_a_fact_of_a_time_to_come_is_an_error(tmp_path: Path) -> None:
    entries = _entry("one", "말", more=", as_of: 2026-02") + _entry("two", "말씀", more=", verified: 2026-01-02")
    errors, _ = _remarks(tmp_path, a=entries + _entry("now", "지금", more=", as_of: 2026, verified: 2026-01-01"))
    assert errors == ["entries/a.yaml:3:71: future-date", "entries/a.yaml:4:75: future-date"]


def test_a_figure_without_a_source_is_told_where_others_name_theirs(tmp_path: Path) -> None:
    entries = (
        "  - {id: one, question: 하나, answer: 5000억원입니다.}\n"
        "  - {id: two, question: 둘, answer: 7억원입니다., source: paper}\n"
        "  - {id: three, question: 셋, answer: 숫자가 없습니다.}\n"
    )
    folder = write_folder(tmp_path, sources="paper: {name: 신문}\n", a=f"topic: a\nentries:\n{entries}")
    told = [fault for fault in lint(read_knowledge(folder), TODAY).warnings if fault.kind == "figure-without-source"]
    assert [(fault.line, dict(fault.details)["figure"]) for fault in told] == [(3, "5000억원입니다.")]


def test_a_person_who_verifies_resets_the_clock_for_a_year(tmp_path: Path) -> None:
    dates = ["2024-12-30", "2025-01-01", "2024-12-31"]
    entries = "".join(
        _entry(f"e{number}", f"말{number}", more=f", review_by: 2024-12-31, verified: {day}")
        for number, day in enumerate(dates)
    )
    files = read_knowledge(write_folder(tmp_path, a=f"topic: a\nentries:\n{entries}"))
    due = [entry.id for entry in files.knowledge.entries.values() if entry.review_is_due(date(2026, 1, 1))]
    assert due == ["e0", "e2"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("  # check off few-phrasings: 드물게 묻습니다\n", []),
        ("  # check off few-phrasings\n", ["no-reason", "few-phrasings"]),
        ("  # check off no-english: 까닭\n", ["few-phrasings"]),
    ],
)
def test_advice_can_be_turned_off_with_a_reason(tmp_path: Path, text: str, rules: list[str]) -> None:
    (tmp_path / "about.yaml").write_text("contact: {office: 시청}\n", encoding="utf-8")
    entry = "  - {id: one, question: 하나, answer: 답}\n"
    folder = write_folder(tmp_path, a=f"topic: a\nentries:\n{text}{entry}")
    assert [fault.kind for fault in lint(read_knowledge(folder), TODAY).warnings] == rules


def test_a_note_at_the_head_counts_for_its_file_or_from_about_for_all(tmp_path: Path) -> None:
    (tmp_path / "about.yaml").write_text("# check off few-phrasings: 이제 시작\nlanguages: [ko]\n", encoding="utf-8")
    text = f"# check off asked-again: 둘 다 씁니다\ntopic: a\nentries:\n{_entry('one', '예산', '예산!')}"
    folder = write_folder(tmp_path, a=text, b=f"topic: b\nentries:\n{_entry('two', '돈', '돈!')}")
    told = [(fault.file, fault.kind) for fault in lint(read_knowledge(folder), TODAY).warnings]
    assert told == [("about.yaml", "no-contact"), ("entries/b.yaml", "asked-again")]


def test_passed_reviews_are_told_once_a_file_and_day(tmp_path: Path) -> None:
    more = ", review_by: 2024-12-31"
    text = (
        _entry("one", "가", more=more)
        + _entry("two", "나", more=more)
        + _entry("new", "다", more=", review_by: 2030-01-01")
    )
    _, warnings = _remarks(tmp_path, a=text)
    due = [warning for warning in warnings if "review-due" in warning]
    assert due == ["entries/a.yaml:3:75: review-due"]
