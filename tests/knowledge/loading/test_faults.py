"""Each kind of mistake is told with its file, line and column, and what to do."""

from pathlib import Path

import pytest

from knowledge.loading.schema import MAX_ANSWER_LENGTH
from tests.knowledge.loading.knowledge_folder import ENTRY, faults_of, write_folder

HEAD = "topic: money\nentries:\n"
BUDGET = "  - {id: budget, question: 예산?, answer: 답}\n"

CASES = {
    "unknown key": (HEAD + "  - {id: a, question: q, answer: a, anwser: b}\n", "3:37: 'anwser' is not a key"),
    "missing key": (HEAD + "  - {id: a, question: q}\n", "3:5: 'answer' is missing"),
    "duplicate key": (HEAD + "  - id: a\n    id: b\n    question: q\n    answer: a\n", "4:5: 'id' stands twice"),
    "duplicate id": (HEAD + BUDGET + BUDGET, "4:10: id 'budget' stands already at entries/money.yaml:3"),
    "wrong id": (HEAD + "  - {id: Größe, question: q, answer: a}\n", "3:10: 'Größe' is not an id"),
    "list for text": (
        HEAD + "  - {id: a, question: q, answer: [a]}\n",
        "3:34: 'answer' must be text, or a mapping with 'ko' and 'en', not a list",
    ),
    "text for list": (HEAD + "  - {id: a, question: q, answer: a, see_also: b}\n", "3:47: 'see_also' must be a list"),
    "empty answer": (HEAD + "  - {id: a, question: q, answer: ''}\n", "3:34: 'ko' is empty"),
    "empty question": (HEAD + "  - {id: a, question: ' ', answer: a}\n", "3:23: 'ko' is empty"),
    "long answer": (
        HEAD + f"  - {{id: a, question: q, answer: {'가' * (MAX_ANSWER_LENGTH + 1)}}}\n",
        "3:34: 'ko' is over",
    ),
    "open bold": (HEAD + "  - {id: a, question: q, answer: '**굵게'}\n", "3:34: 'ko': a ** for bold is opened"),
    "bad as_of": (
        HEAD + "  - {id: a, question: q, answer: a, as_of: 2020년}\n",
        "3:44: 'as_of': '2020년' is not a year",
    ),
    "bad month": (
        HEAD + "  - {id: a, question: q, answer: a, as_of: 2020-13}\n",
        "3:44: 'as_of': '2020-13' is not a day",
    ),
    "bad day": (
        HEAD + "  - {id: a, question: q, answer: a, review_by: 2024-02-30}\n",
        "3:48: 'review_by': '2024-02-30' is not a day of the calendar",
    ),
    "bad gap": (HEAD + "  - {id: a, question: q, answer: a, known_gap: yes}\n", "3:48: 'known_gap': 'yes' is neither"),
    "no such source": (
        HEAD + "  - {id: a, question: q, answer: a, source: x}\n",
        "3:45: 'x' is no key of sources.yaml",
    ),
    "no such neighbour": (
        HEAD + "  - {id: a, question: q, answer: a, see_also: [b]}\n",
        "3:48: no entry has the id 'b'",
    ),
    "unknown language": (HEAD + "  - {id: a, question: {ko: q, de: q}, answer: a}\n", "3:31: 'de' is not a key"),
    "no topic": ("entries: []\n", "1:1: 'topic' is missing"),
    "list at the top": ("- a\n", "1:1: the file must be a mapping, not a list"),
    "empty file": ("", "1:1: the file is empty"),
    "tab": (HEAD + "\t- {id: a}\n", "3:1: not YAML"),
    "open quote": (HEAD + "  - {id: 'a, question: q, answer: a}\n", "4:1: not YAML"),
    "a mapping as key": ("? {a: b}\n: c\n", "1:3: a key must be text, not a mapping"),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_fault_names_its_place(tmp_path: Path, text: str, expected: str) -> None:
    faults = faults_of(write_folder(tmp_path, money=text))
    assert any(fault.startswith(f"entries/money.yaml:{expected}") for fault in faults), faults


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    twice = "topic: twice\nentries:\n  - {id: budget, question: q, answer: a, color: red}\n  - {id: b, answer: a}\n"
    broken = "topic: broken\nentries: [\n"
    folder = write_folder(tmp_path, broken=broken, money=ENTRY, twice=twice, sources="paper: {title: x}\n")
    starts = [fault.split(":")[0] for fault in faults_of(folder)]
    assert starts == ["entries/broken.yaml", "entries/twice.yaml", "entries/twice.yaml", "sources.yaml", "sources.yaml"]


def test_topic_of_two_files_is_a_fault(tmp_path: Path) -> None:
    other = "topic: money\nentries: []\n"
    assert faults_of(write_folder(tmp_path, a=ENTRY, b=other)) == [
        "entries/b.yaml:1:8: topic 'money' stands already at entries/a.yaml:1"
    ]


def test_missing_folder_is_named(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "nowhere")
    assert fault == f"{tmp_path}/nowhere/entries:1:1: no *.yaml file here; name the folder that has entries/"


def test_file_that_is_not_text_is_a_fault(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    (folder / "entries/money.yaml").write_bytes(ENTRY.encode("cp949"))
    (fault,) = faults_of(folder)
    assert fault.startswith("entries/money.yaml:1:1: the file is not UTF-8 text")


def test_folder_in_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, money=ENTRY)
    (folder / "entries/topic.yaml").mkdir()
    assert faults_of(folder) == ["entries/topic.yaml:1:1: the file cannot be read: Is a directory"]


def test_sources_must_be_a_mapping(tmp_path: Path) -> None:
    assert faults_of(write_folder(tmp_path, money=ENTRY, sources="- a\n")) == [
        "sources.yaml:1:1: must be a mapping of keys to sources"
    ]
