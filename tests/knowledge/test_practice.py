"""Practice questions are read from `questions/<author>/*.jsonl`, their faults with file and line."""

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.base import PracticeQuestion
from knowledge.loading.practice import read_practice


def _write(folder: Path, name: str, *records: Any) -> None:
    file = folder / "questions" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_question_has_its_author_and_labels(tmp_path: Path) -> None:
    record = {"question": "예산?", "entry": ["budget", "period"], "also": ["place"], "kind": "k", "noise": "typo"}
    _write(tmp_path, "first/q.jsonl", record)
    expected = PracticeQuestion("예산?", ("budget", "period"), "first", also=("place",), kind="k", noise="typo")
    assert read_practice(tmp_path) == ((expected,), [])


def test_unanswerable_question_has_no_entries(tmp_path: Path) -> None:
    _write(tmp_path, "first/q.jsonl", {"question": "날씨?", "unanswerable": True, "kind": "far"})
    (question,), _faults = read_practice(tmp_path)
    assert (question.entries, question.kind) == ((), "far")


def test_turns_know_the_questions_before_them(tmp_path: Path) -> None:
    turns = [{"question": text, "entry": "budget"} for text in "abc"]
    _write(tmp_path, "first/q.jsonl", {"turns": turns})
    questions, _faults = read_practice(tmp_path)
    assert [(question.text, question.before) for question in questions] == [("a", ()), ("b", ("a",)), ("c", ("a", "b"))]


def test_regression_questions_of_staff_are_not_learnt_from(tmp_path: Path) -> None:
    for name in ("staff/staff.jsonl", "first/q.jsonl"):
        _write(tmp_path, name, {"question": name, "entry": "budget"})
    (question,), faults = read_practice(tmp_path)
    assert (question.author, faults) == ("first", [])


def test_authors_and_files_are_read_in_order(tmp_path: Path) -> None:
    for name in ("second/a.jsonl", "first/b.jsonl", "first/a.jsonl"):
        _write(tmp_path, name, {"question": name, "entry": "budget"})
    questions, _faults = read_practice(tmp_path)
    assert [question.text for question in questions] == ["first/a.jsonl", "first/b.jsonl", "second/a.jsonl"]


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    _write(tmp_path, "first/notes.txt", "no question")
    _write(tmp_path, "loose.jsonl", "{")
    assert read_practice(tmp_path) == ((), [])


def test_folder_without_questions_has_none(tmp_path: Path) -> None:
    assert read_practice(tmp_path) == ((), [])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ({"question": "q"}, "name one of 'must', 'entry' and 'unanswerable: true'"),
        ({"question": "q", "entry": "a", "also": [3]}, "'also' must be text or a list of texts"),
        ({"entry": "a"}, "'question' is missing"),
    ],
)
def test_fault_has_its_file_and_line(tmp_path: Path, line: Any, message: str) -> None:
    _write(tmp_path, "first/bad.jsonl", {"question": "q", "entry": "a"}, line)
    _write(tmp_path, "second/good.jsonl", {"question": "q", "entry": "a"})
    questions, (fault,) = read_practice(tmp_path)
    assert str(fault).startswith("questions/first/bad.jsonl:2:")
    assert message in str(fault)
    assert [question.author for question in questions] == ["second"]
