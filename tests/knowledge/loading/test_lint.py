"""What the linter says of a knowledge base that can be read."""

from datetime import date
from pathlib import Path

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
    _, warnings = _remarks(tmp_path, a=_entry("one", "말"))
    assert warnings == [
        "entries/a.yaml:3:25: no-english",
        "entries/a.yaml:3:41: no-english",
        "entries/a.yaml:3:59: few-phrasings",
    ]


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
