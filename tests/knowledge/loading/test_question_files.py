"""Question files are read as design.md describes, and their faults have a line."""

import re
from pathlib import Path

import pytest

from knowledge.errors import QuestionFileError
from knowledge.loading.question_files import AskedTurn, Case, Expected, read_questions


def _read(folder: Path, text: str | bytes, name: str = "q.jsonl") -> list[Case]:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return read_questions(folder / name)


def test_question_with_an_entry(tmp_path: Path) -> None:
    (case,) = _read(tmp_path, '{"id": "a", "question": "예산?", "entry": "budget", "style": "casual", "fact": "x"}\n')
    assert case == Case("a", (AskedTurn("예산?", Expected(entries=("budget",))),), {"style": "casual"}, 1)


def test_any_of_several_entries_may_answer(tmp_path: Path) -> None:
    (case,) = _read(tmp_path, '{"id": "a", "question": "q", "entry": ["b", "c"]}')
    assert case.turns[0].expected.entries == ("b", "c")


def test_must_is_compiled(tmp_path: Path) -> None:
    (case,) = _read(tmp_path, r'{"id": "a", "question": "q", "must": ["4116\\s*억", "2024"]}')
    assert [pattern.pattern for pattern in case.turns[0].expected.must] == [r"4116\s*억", "2024"]


def test_conversation_has_turns_and_shared_labels(tmp_path: Path) -> None:
    turns = '[{"question": "q", "must": "x"}, {"question": "r", "unanswerable": true}]'
    (case,) = _read(tmp_path, f'{{"id": "t", "kind": "near", "turns": {turns}}}')
    assert [turn.question for turn in case.turns] == ["q", "r"]
    assert (case.turns[1].expected.unanswerable, case.labels) == (True, {"kind": "near"})


def test_yaml_holds_the_same(tmp_path: Path) -> None:
    text = """
- {id: a, question: 예산?, must: [4116억], style: polite}
- id: b
  question: 주차?
  unanswerable: true
"""
    first, second = _read(tmp_path, text, "q.yaml")
    assert (first.turns[0].expected.must, first.line) == ((re.compile("4116억"),), 2)
    assert (second.turns[0].expected.unanswerable, second.line) == (True, 3)


def test_empty_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    assert [case.line for case in _read(tmp_path, '\ufeff\n{"id": "a", "question": "q", "entry": "b"}\n\n')] == [2]


FAULTS = {
    "broken JSON": ('{"id": }', "not JSON"),
    "deep JSON": ("[" * 100_000, "not JSON"),
    "no object": ('["q"]', "a question must be a mapping"),
    "no question": ('{"id": "a", "entry": "b"}', "'question' is missing"),
    "no expectation": ('{"id": "a", "question": "q"}', "name one of"),
    "two expectations": ('{"id": "a", "question": "q", "entry": "b", "must": ["c"]}', "name one of"),
    "false alone": ('{"id": "a", "question": "q", "unanswerable": false}', "name one of"),
    "bad regex": ('{"id": "a", "question": "q", "must": ["(b"]}', r"'\(b' is not a regular expression"),
    "bad must": ('{"id": "a", "question": "q", "must": [5]}', "'must' must be text or a list of texts"),
    "no entries": ('{"id": "a", "question": "q", "entry": []}', "'entry' must be text"),
    "no turns": ('{"id": "a", "turns": []}', "'turns' must be a list"),
    "both": ('{"id": "a", "question": "q", "turns": [{"question": "q", "entry": "b"}]}', "no 'question' beside it"),
    "bad turn": ('{"id": "a", "turns": ["q"]}', "'question' is missing"),
    "bad id": ('{"id": {}, "question": "q", "entry": "b"}', "'id' must be text"),
    "not UTF-8": (b'{"id": "\xb0\xa1"}', "not UTF-8 text"),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_fault_names_the_line(tmp_path: Path, text: str | bytes, message: str) -> None:
    raw = text.encode() if isinstance(text, str) else text
    with pytest.raises(QuestionFileError, match=message) as caught:
        _read(tmp_path, b'{"id": "ok", "question": "q", "entry": "b"}\n' + raw)
    assert [fault.line for fault in caught.value.faults] == [2]


def test_every_faulty_line_is_told(tmp_path: Path) -> None:
    lines = ["{", '{"id": "ok", "question": "q", "entry": "b"}', '{"id": "a", "question": "q"}', "7"]
    with pytest.raises(QuestionFileError, match=r"q\.jsonl:1: .* \(2 more\)$") as caught:
        _read(tmp_path, "\n".join(lines))
    assert [(fault.line, fault.kind) for fault in caught.value.faults] == [
        (1, "question-not-json"),
        (3, "question-outcome"),
        (4, "question-form"),
    ]


def test_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="cannot be read: No such file"):
        read_questions(tmp_path / "none.jsonl")


YAML_SLIPS = {
    "no key": ("- 주차비\n", "2:3: question-without-key: - 주차비"),
    "no key, and more below": ("- 주차비\n  entry: fee\n", "2:3: question-without-key: - 주차비"),
    "neither dash nor key": ("주차비\n", "2:1: question-without-key: 주차비"),
    "no colon": ("- question 주차비\n  entry: fee\n", "2:11: missing-colon: - question 주차비"),
    "full-width colon": ("- question: 주차비\n  entry： fee\n", "3:8: full-width-colon:   entry： fee"),
    "not far enough in": ("- question: 주차비\n entry: fee\n", "3:2: indentation:  entry: fee"),
    "a line that is nothing": ("- question: 주차비\n  entry: fee\n  주차\n", "4:3: strange-line:   주차"),
}


@pytest.mark.parametrize(("slip", "expected"), YAML_SLIPS.values(), ids=YAML_SLIPS.keys())
def test_a_slip_in_yaml_is_told_once_in_its_place(tmp_path: Path, slip: str, expected: str) -> None:
    with pytest.raises(QuestionFileError) as caught:
        _read(tmp_path, "- {question: q, entry: b}\n" + slip + "- question: 언제\n  entry: hours\n", "q.yaml")
    told = [f"{fault.line}:{fault.column}: {fault.kind}: {fault.text}" for fault in caught.value.faults]
    assert told == [expected]


@pytest.mark.parametrize(("text", "line"), [("- {id: a\n", 1), ("a: b\n", 1), ("- {id: a}\n- &x b\n", 2)])
def test_yaml_faults_name_the_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(QuestionFileError) as caught:
        _read(tmp_path, text, "q.yml")
    assert [fault.line for fault in caught.value.faults] == [line]


MISSPELT = {
    "needed": ('{"question": "q", "entri": "b"}', "2:19: Write 'entry'."),
    "needed, and far off": ('{"question": "q", "entries": ["b"]}', "2:19: Write 'entry'."),
    "the question": ('{"id": "a", "qestion": "q", "entry": "b"}', "2:13: Write 'question'."),
    "the conversation": ('{"turnes": [{"question": "q", "entry": "b"}]}', "2:2: Write 'turns'."),
    "one that may be left out": ('{"question": "q", "entry": "b", "alos": ["c"]}', "2:33: Write 'also'."),
    "a label": ('{"question": "q", "unanswerable": true, "knid": "near"}', "2:41: Write 'kind'."),
    "a capital": ('{"Question": "q", "entry": "b"}', "2:2: Write 'question'."),
    "of the second turn": (
        '{"turns": [{"question": "entri:", "entry": "b"}, {"question": "\\"entri\\": 1", "entri": "b"}]}',
        "2:79: Write 'entry'.",
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISSPELT.values(), ids=MISSPELT.keys())
def test_a_misspelt_key_is_told_once_where_it_stands(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(QuestionFileError) as caught:
        _read(tmp_path, '{"question": "q", "entry": "b"}\n' + text)
    assert [f"{each.line}:{each.column}: {each.advice()}" for each in caught.value.faults] == [expected]


def test_a_misspelt_key_in_yaml_is_told_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError) as caught:
        _read(tmp_path, "- question: q\n  entri: b\n- turns:\n    - {question: q, entry: b, alsoo: c}\n", "q.yaml")
    assert [(each.line, each.column, each.kind) for each in caught.value.faults] == [
        (2, 3, "unknown-key"),
        (4, 31, "unknown-key"),
    ]


def test_keys_of_ones_own_are_left_alone(tmp_path: Path) -> None:
    own = '"fact": "x", "thing": 1, "notes": "n", "source": "s", "answer": "a", "question_en": "q", "entry_title": "t"'
    assert len(_read(tmp_path, f'{{"question": "q", "entry": "b", {own}}}')) == 1
